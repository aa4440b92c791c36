import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import { createTally } from '../../../src/records/tally.js';
import { inputOf } from '../../support/reading.js';
import { type Reading, TEXT_FORMATS } from '../../support/text-formats.js';

describe.each(TEXT_FORMATS)('reports of $dataset', (given) => {
  const { dataset, source, format, id, others, header, level, readText, readStation, isAccountedFor } = given;
  const fields = format.fields;
  const note = ({ tally }: Reading, name: string): number => tally.noted.get(`${dataset}.${name}`) ?? 0;
  const rowCounts = ({ reports }: Reading): number[] => reports.map(({ rowCount }) => rowCount);

  it.each(['!', 'X', ' '])(
    'a damaged header (%j) does not give its levels to the sounding before it',
    async (first) => {
      const damaged = first + header(2, '09').slice(1);
      const reading = await readText(
        header(1) + level(850) + damaged + level(700) + level(600) + header(1, '10') + level(500),
      );
      expect(rowCounts(reading)).toEqual([2, 2]);
      expect(reading.rows.map(({ z }) => z)).toEqual([85_000, 85_000, 50_000, 50_000]);
      expect(note(reading, 'line.unrecognised')).toBe(1);
      expect(note(reading, 'level.of-skipped-report')).toBe(2);
    },
  );

  describe('number of levels', () => {
    it('fewer or more lines than announced before the next header: all that are there, counted', async () => {
      const reading = await readText(
        header(5) + level(850) + header(1, '09') + level(850) + level(700) + header(1, '10') + level(500),
      );
      expect(rowCounts(reading)).toEqual([2, 4, 2]);
      expect(note(reading, 'report.numlev-disagrees')).toBe(2);
      expect(reading.tally).toMatchObject({ reports: 3, levels: 4, fields: 4 * fields, skipped: [] });
    });

    it('more lines than announced at the end of the file are read as well', async () => {
      const reading = await readText(header(1) + level(850) + level(700));
      expect(rowCounts(reading)).toEqual([4]);
      expect(note(reading, 'report.numlev-disagrees')).toBe(1);
    });

    it('a report without levels is a report', async () => {
      const reading = await readText(header(0) + header(1, '09') + level(850) + header(0, '10'));
      expect(rowCounts(reading)).toEqual([0, 2, 0]);
      expect(reading.tally.skipped).toEqual([]);
    });

    it('levels beyond the 9999 that the format can announce are not part of the report', async () => {
      const reading = await readText(header(9999) + level(850).repeat(10_005));
      expect(reading.tally.levels).toBe(9999);
      expect(note(reading, 'line.unrecognised')).toBe(1);
      expect(note(reading, 'level.of-skipped-report')).toBe(5);
      expect(isAccountedFor(reading)).toBe(true);
    });
  });

  describe('a file that is cut off', () => {
    const before = header(1) + level(850);
    const second = header(2, '09');
    const cuts: [name: string, rest: string, detail: string][] = [
      ['after the header', second, 'the file ends after 0 of 2 levels'],
      ['after a level', second + level(850), 'the file ends after 1 of 2 levels'],
      ['within a level', second + level(850) + level(700).slice(0, 30), 'the file ends after 1 of 2 levels'],
      [
        'within the last field',
        second + level(850) + level(700).slice(0, format.levelWidth - 1),
        'the file ends after 1 of 2 levels',
      ],
      ...given.headerCuts.map(([columns, detail]): [string, string, string] => [
        `after ${columns} columns of the header`,
        second.slice(0, columns),
        detail,
      ]),
    ];
    it.each(cuts)(
      '%s: the last report is kept out, with the offset of its header',
      async (_name, rest, detail) => {
        const reading = await readText(before + rest);
        expect(reading.reports).toHaveLength(1);
        expect(reading.tally).toMatchObject({ reports: 1, levels: 1, fields });
        expect(reading.tally.skipped).toEqual([
          { file: 'station.txt', byteOffset: before.length, reason: `${dataset}.report.truncated`, detail },
        ]);
        expect(note(reading, 'report.truncated')).toBe(1);
        // What was counted within the lost report is lost with it.
        expect(note(reading, given.levelNote)).toBe(1);
        expect(isAccountedFor(reading)).toBe(true);
      },
    );

    it('nothing of the lost report is counted with the next file', async () => {
      const files = [
        inputOf(before + header(3, '09') + level(850), { path: 'a' }),
        inputOf(header(1, '10') + level(700), { path: 'b' }),
      ];
      const reading = await readStation(files);
      expect(reading.reports.map(({ inputFile }) => inputFile)).toEqual([0, 1]);
      expect(note(reading, given.levelNote)).toBe(2);
      expect(isAccountedFor(reading)).toBe(true);
    });

    it('right after the last digit: nothing is missing', async () => {
      const reading = await readText(before + header(1, '09') + level(700).slice(0, format.levelWidth));
      expect(reading.reports).toHaveLength(2);
      expect(reading.tally.skipped).toEqual([]);
    });

    it('every cut gives whole reports only', async () => {
      const text = header(2) + level(850) + level(700) + second + level(850) + level(700);
      for (let length = header(2).length; length <= text.length; length++) {
        const reading = await readText(text.slice(0, length));
        expect(isAccountedFor(reading)).toBe(true);
        for (const report of reading.reports) expect(report.rowCount).toBe(4);
      }
    });
  });

  describe('lines that belong to nothing', () => {
    it('are counted; the first of a file is listed', async () => {
      const text = `${header(1)}hello\n${level(850)}\n  \n%\n${header(1, '09')}${level(850)}%\n`;
      const reading = await readText(text);
      expect(rowCounts(reading)).toEqual([2, 2]);
      expect(note(reading, 'line.unrecognised')).toBe(3);
      expect(reading.tally.skipped).toEqual([
        {
          file: 'station.txt',
          byteOffset: header(1).length,
          reason: `${dataset}.line.unrecognised`,
          detail: 'line 2 is neither a header nor a level (the first of the file; all are counted)',
        },
      ]);
    });

    it('blank lines are nothing, wherever they stand', async () => {
      const reading = await readText(`\n \n${header(2)}\n${level(850)}\r\n   \n${level(700)}\n\n\n   `);
      expect(reading.tally).toMatchObject({ reports: 1, levels: 2, skipped: [] });
    });

    it.each(['', '\n'])('an endless line is refused, with the end %j too', async (end) => {
      const reading = readText(`${header(1)}${'1'.repeat(70_000)}${end}`);
      await expect(reading).rejects.toBeInstanceOf(InputError);
      await expect(reading).rejects.toMatchObject({
        code: 'LINE_TOO_LONG',
        position: { byteOffset: header(1).length },
      });
    });
  });

  it('reports of other stations are kept out: listed once per station, counted all', async () => {
    const one = header(1) + level(850);
    const foreign = header(1, '09', others[0]) + level(850);
    const reading = await readText(one + foreign.repeat(3) + header(1, '10', others[1]) + level(850) + one);
    expect(reading.reports).toHaveLength(2);
    expect(note(reading, 'report.other-station')).toBe(4);
    expect(reading.tally.skipped.map(({ detail, byteOffset }) => [detail, byteOffset])).toEqual([
      [`the report is of station ${others[0]}`, one.length],
      [`the report is of station ${others[1]}`, one.length + 3 * foreign.length],
    ]);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('two soundings with one time stay two reports', async () => {
    const reading = await readText((header(1) + level(850)).repeat(2));
    expect(given.timeOf(reading)).toEqual([given.time, given.time]);
  });

  describe('batches', () => {
    it('hold whole reports, about 32,768 rows each, in the order of the files', async () => {
      const one = header(100) + level(850).repeat(100);
      const files = [inputOf(one.repeat(300), { path: 'a' }), inputOf(one.repeat(100), { path: 'b' })];
      const reading = await readStation(files);
      expect(reading.reports).toHaveLength(400);
      expect(reading.rows).toHaveLength(80_000);
      expect(reading.batches).toBe(3);
      expect(reading.reports.map(({ inputFile }) => inputFile)).toEqual([
        ...Array(300).fill(0),
        ...Array(100).fill(1),
      ]);
      expect(reading.reports[300]?.byteOffset).toBe(0);
      expect(reading.reports[301]?.byteOffset).toBe(one.length);
    });

    it('are cut by reports too, so that empty reports do not pile up', async () => {
      const reading = await readText(header(0).repeat(20_000));
      expect(reading.reports).toHaveLength(20_000);
      expect(reading.batches).toBe(3);
    });

    it('come one by one: the reader does not run ahead of its consumer', async () => {
      const one = header(100) + level(850).repeat(100);
      let asked = 0;
      const file = {
        path: 'x',
        name: 'x',
        async *chunks() {
          for (;;) {
            asked++;
            yield Buffer.from(one.repeat(200));
          }
        },
      };
      for await (const batch of source.open({ id, files: [file] }, { tally: createTally() })) {
        expect(batch.reports.firstRow.length).toBeGreaterThan(100);
        break;
      }
      expect(asked).toBe(1);
    });

    it('stop when the signal says so', async () => {
      const stop = new AbortController();
      const file = inputOf((header(1) + level(850)).repeat(100_000), { chunks: [1 << 20] });
      const batches = source.open({ id, files: [file] }, { tally: createTally(), signal: stop.signal });
      const run = async (): Promise<void> => {
        for await (const _ of batches) stop.abort(new Error('enough'));
      };
      await expect(run()).rejects.toThrow('enough');
    });
  });
});
