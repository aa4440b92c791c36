import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import { createTally } from '../../../src/records/tally.js';
import { igra2 } from '../../../src/sources/igra2/index.js';
import { inputOf, isAccountedFor, readStation, readText, since1900 } from '../../support/igra2-reading.js';

const header = (levels: number, day = '08', id = 'USM00072558'): string =>
  `#${id} 2025 03 ${day} 12 1110 ${String(levels).padStart(4)} ncdc-nws           413200  -963669\n`;
const level = (pressure: number, speed = 120): string =>
  `10 -9999 ${String(pressure).padStart(6)} -9999 -9999 -9999 -9999   170 ${String(speed).padStart(5)} \n`;
const note = (reading: { tally: { noted: Map<string, number> } }, name: string): number =>
  reading.tally.noted.get(`igra2.${name}`) ?? 0;

describe('a damaged header', () => {
  it('does not give its levels to the sounding before it', async () => {
    const damaged = header(2, '09').replace('#', '!');
    const reading = await readText(
      header(1) +
        level(85000) +
        damaged +
        level(70000, 999) +
        level(50000, 999) +
        header(1, '10') +
        level(50000),
    );
    expect(reading.reports.map(({ rowCount }) => rowCount)).toEqual([2, 2]);
    expect(reading.rows.some(({ value }) => value === 99.9)).toBe(false);
    expect(note(reading, 'line.unrecognised')).toBe(1);
    expect(note(reading, 'level.of-skipped-report')).toBe(2);
  });
});

describe('number of levels', () => {
  it('fewer or more lines than announced before the next header: all that are there, counted', async () => {
    const reading = await readText(
      header(5) +
        level(85000) +
        header(1, '09') +
        level(85000) +
        level(70000) +
        header(1, '10') +
        level(50000),
    );
    expect(reading.reports.map(({ rowCount }) => rowCount)).toEqual([2, 4, 2]);
    expect(note(reading, 'report.numlev-disagrees')).toBe(2);
    expect(reading.tally.skipped).toEqual([]);
    expect(reading.tally).toMatchObject({ reports: 3, levels: 4, fields: 24 });
  });

  it('more lines than announced at the end of the file are read as well', async () => {
    const reading = await readText(header(1) + level(85000) + level(70000));
    expect(reading.reports).toHaveLength(1);
    expect(note(reading, 'report.numlev-disagrees')).toBe(1);
  });

  it('a report without levels is a report', async () => {
    const reading = await readText(header(0) + header(1, '09') + level(85000) + header(0, '10'));
    expect(reading.reports.map(({ rowCount }) => rowCount)).toEqual([0, 2, 0]);
    expect(reading.tally.skipped).toEqual([]);
  });

  it('levels beyond the 9999 that the format can announce are not part of the report', async () => {
    const reading = await readText(header(9999) + level(85000).repeat(10_005));
    expect(reading.tally.levels).toBe(9999);
    expect(note(reading, 'line.unrecognised')).toBe(1);
    expect(note(reading, 'level.of-skipped-report')).toBe(5);
    expect(isAccountedFor(reading)).toBe(true);
  });
});

describe('a file that is cut off', () => {
  const before = header(1) + level(85000);
  it.each([
    ['after the header', header(2, '09'), 'the file ends after 0 of 2 levels'],
    ['after a level', header(2, '09') + level(85000), 'the file ends after 1 of 2 levels'],
    [
      'within a level',
      header(2, '09') + level(85000) + level(70000).slice(0, 30),
      'the file ends after 1 of 2 levels',
    ],
    [
      'within the last field',
      header(2, '09') + level(85000) + level(70000).slice(0, 50),
      'the file ends after 1 of 2 levels',
    ],
    ['within the header', header(2, '09').slice(0, 40), 'the file ends within the header'],
    ['within the position', header(2, '09').slice(0, 70), 'the file ends within the header'],
  ])('%s: the last report is kept out, with the offset of its header', async (_name, rest, detail) => {
    const reading = await readText(before + rest);
    expect(reading.reports).toHaveLength(1);
    expect(reading.tally).toMatchObject({ reports: 1, levels: 1, fields: 6 });
    expect(reading.tally.skipped).toEqual([
      { file: 'station.txt', byteOffset: before.length, reason: 'igra2.report.truncated', detail },
    ]);
    expect(note(reading, 'report.truncated')).toBe(1);
    // What was counted within the lost report is lost with it.
    expect(note(reading, 'level.standard')).toBe(1);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('nothing of the lost report is counted with the next file', async () => {
    const files = [
      inputOf(before + header(3, '09') + level(85000), { path: 'a' }),
      inputOf(header(1, '10') + level(70000), { path: 'b' }),
    ];
    const reading = await readStation('USM00072558', files);
    expect(reading.reports.map(({ inputFile }) => inputFile)).toEqual([0, 1]);
    expect(note(reading, 'level.standard')).toBe(2);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('right after the last digit: nothing is missing', async () => {
    const reading = await readText(before + header(1, '09') + level(70000).slice(0, 51));
    expect(reading.reports).toHaveLength(2);
    expect(reading.tally.skipped).toEqual([]);
  });

  it('every cut gives whole reports only', async () => {
    const text = header(2) + level(85000) + level(70000) + header(2, '09') + level(85000) + level(70000);
    for (let length = header(2).length; length <= text.length; length++) {
      const reading = await readText(text.slice(0, length));
      expect(isAccountedFor(reading)).toBe(true);
      for (const report of reading.reports) expect(report.rowCount).toBe(4);
    }
  });
});

describe('lines that belong to nothing', () => {
  it('are counted; the first of a file is listed', async () => {
    const text = `${header(1)}hello\n${level(85000)}\n  \n%\n${header(1, '09')}${level(85000)}`;
    const reading = await readText(text);
    expect(reading.reports.map(({ rowCount }) => rowCount)).toEqual([2, 2]);
    expect(note(reading, 'line.unrecognised')).toBe(2);
    expect(reading.tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: header(1).length,
        reason: 'igra2.line.unrecognised',
        detail: 'line 2 is neither a header nor a level (the first of the file; all are counted)',
      },
    ]);
  });

  it('blank lines are nothing, wherever they stand', async () => {
    const reading = await readText(`${header(2)}\n${level(85000)}\r\n   \n${level(70000)}\n\n\n`);
    expect(reading.tally).toMatchObject({ reports: 1, levels: 2, skipped: [] });
  });

  it('an endless line is refused', async () => {
    const reading = readText(header(1) + '1'.repeat(70_000));
    await expect(reading).rejects.toBeInstanceOf(InputError);
    await expect(reading).rejects.toMatchObject({ code: 'LINE_TOO_LONG', position: { byteOffset: 72 } });
    await expect(readText(`${header(1)}${'1'.repeat(70_000)}\n`)).rejects.toMatchObject({
      code: 'LINE_TOO_LONG',
      position: { byteOffset: 72 },
    });
  });
});

describe('reports of another station', () => {
  it('are kept out: listed once per station, counted all', async () => {
    const text =
      header(1) +
      level(85000) +
      (header(1, '09', 'USM00072559') + level(85000)).repeat(3) +
      header(1, '10', 'USM00072560') +
      level(85000) +
      header(1, '11') +
      level(85000);
    const reading = await readText(text);
    expect(reading.reports).toHaveLength(2);
    expect(note(reading, 'report.other-station')).toBe(4);
    expect(reading.tally.skipped.map(({ detail, byteOffset }) => [detail, byteOffset])).toEqual([
      ['the report is of station USM00072559', 125],
      ['the report is of station USM00072560', 500],
    ]);
    expect(isAccountedFor(reading)).toBe(true);
  });
});

describe('batches', () => {
  it('hold whole reports, about 32,768 rows each, in the order of the files', async () => {
    const one = header(100) + level(85000).repeat(100);
    const files = [inputOf(one.repeat(300), { path: 'a' }), inputOf(one.repeat(100), { path: 'b' })];
    const reading = await readStation('USM00072558', files);
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
    const one = header(100) + level(85000).repeat(100);
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
    const batches = igra2.open({ id: 'USM00072558', files: [file] }, { tally: createTally() });
    for await (const batch of batches) {
      expect(batch.reports.firstRow.length).toBeGreaterThan(100);
      break;
    }
    expect(asked).toBe(1);
  });

  it('stop when the signal says so', async () => {
    const stop = new AbortController();
    const one = header(1) + level(85000);
    const file = inputOf(one.repeat(200_000), { chunks: [1 << 20] });
    const batches = igra2.open(
      { id: 'USM00072558', files: [file] },
      { tally: createTally(), signal: stop.signal },
    );
    const run = async (): Promise<void> => {
      for await (const _ of batches) stop.abort(new Error('enough'));
    };
    await expect(run()).rejects.toThrow('enough');
  });

  it('two soundings with one time stay two reports', async () => {
    const { reports } = await readText((header(1) + level(85000)).repeat(2));
    expect(reports.map(({ launch }) => launch)).toEqual([
      since1900('2025-03-08T11:10Z'),
      since1900('2025-03-08T11:10Z'),
    ]);
  });
});
