import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import { createTally } from '../../../src/records/tally.js';
import { ncar } from '../../../src/sources/uadb/index.js';
import { counted, inputOf, isAccountedFor, readStation, readText } from '../../support/uadb-reading.js';

const header = (levels: number, day = '12', station = ' 82930', idType = ' 1'): string =>
  `H     44795206 ${station} ${idType}  27  2.40  1 1978 10 ${day} 1100  1    -9.3700   305.1000    432  3 ${String(levels).padStart(4)}    3.3.0\n`;
const level = (pressure: number): string =>
  `   2 ${pressure.toFixed(1).padStart(8)} -99999.0 -999.0 -999.0    170   12.0\n`;

describe('number of levels', () => {
  it('fewer or more lines than announced before the next header: all that are there, counted', async () => {
    const reading = await readText(
      header(5) + level(850) + header(1, '13') + level(850) + level(700) + header(1, '14') + level(500),
    );
    expect(reading.reports.map(({ rowCount }) => rowCount)).toEqual([2, 4, 2]);
    expect(counted(reading, 'report.numlev-disagrees')).toBe(2);
    expect(reading.tally).toMatchObject({ reports: 3, levels: 4, fields: 20, skipped: [] });
  });

  it('more lines than announced at the end of the file are read as well', async () => {
    const reading = await readText(header(1) + level(850) + level(700));
    expect(reading.reports).toMatchObject([{ rowCount: 4 }]);
    expect(counted(reading, 'report.numlev-disagrees')).toBe(1);
  });

  it('a report without levels is a report', async () => {
    const reading = await readText(header(0) + header(1, '13') + level(850) + header(0, '14'));
    expect(reading.reports.map(({ rowCount }) => rowCount)).toEqual([0, 2, 0]);
    expect(reading.tally.skipped).toEqual([]);
  });

  it('levels beyond the 9999 that the format can announce are not part of the report', async () => {
    const reading = await readText(header(9999) + level(850).repeat(10_005));
    expect(reading.tally.levels).toBe(9999);
    expect(counted(reading, 'line.unrecognised')).toBe(1);
    expect(counted(reading, 'level.of-skipped-report')).toBe(5);
    expect(isAccountedFor(reading)).toBe(true);
  });
});

describe('a file that is cut off', () => {
  const before = header(1) + level(850);
  it.each([
    ['after the header', header(2, '13'), 'the file ends after 0 of 2 levels'],
    ['after a level', header(2, '13') + level(850), 'the file ends after 1 of 2 levels'],
    [
      'within a level',
      header(2, '13') + level(850) + level(700).slice(0, 30),
      'the file ends after 1 of 2 levels',
    ],
    [
      'within the last field',
      header(2, '13') + level(850) + level(700).slice(0, 49),
      'the file ends after 1 of 2 levels',
    ],
    ['within the header', header(2, '13').slice(0, 40), 'the file ends within the header'],
    ['within the number of levels', header(2, '13').slice(0, 92), 'the file ends within the header'],
    ['within the product version', header(2, '13').slice(0, 97), 'the file ends after 0 of 2 levels'],
  ])('%s: the last report is kept out, with the offset of its header', async (_name, rest, detail) => {
    const reading = await readText(before + rest);
    expect(reading.reports).toHaveLength(1);
    expect(reading.tally).toMatchObject({ reports: 1, levels: 1, fields: 5 });
    expect(reading.tally.skipped).toEqual([
      { file: 'station.txt', byteOffset: before.length, reason: 'ncar.report.truncated', detail },
    ]);
    expect(counted(reading, 'report.truncated')).toBe(1);
    // What was counted within the lost report is lost with it.
    expect(counted(reading, 'level.type-2')).toBe(1);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('nothing of the lost report is counted with the next file', async () => {
    const files = [
      inputOf(before + header(3, '13') + level(850), { path: 'a' }),
      inputOf(header(1, '14') + level(700), { path: 'b' }),
    ];
    const reading = await readStation('82930', files);
    expect(reading.reports.map(({ inputFile }) => inputFile)).toEqual([0, 1]);
    expect(counted(reading, 'level.type-2')).toBe(2);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('right after the last digit: nothing is missing', async () => {
    const reading = await readText(before + header(1, '13') + level(700).trimEnd());
    expect(reading.reports).toHaveLength(2);
    expect(reading.tally.skipped).toEqual([]);
  });

  it('every cut gives whole reports only', async () => {
    const text = header(2) + level(850) + level(700) + header(2, '13') + level(850) + level(700);
    for (let length = header(2).length; length <= text.length; length++) {
      const reading = await readText(text.slice(0, length));
      expect(isAccountedFor(reading)).toBe(true);
      for (const report of reading.reports) expect(report.rowCount).toBe(4);
    }
  });
});

describe('lines that belong to nothing', () => {
  it('are counted; the first of a file is listed', async () => {
    const text = `${header(1)}hello\n${level(850)}\n  \n${header(1, '13')}${level(850)}%\n`;
    const reading = await readText(text);
    expect(reading.reports.map(({ rowCount }) => rowCount)).toEqual([2, 2]);
    expect(counted(reading, 'line.unrecognised')).toBe(2);
    expect(reading.tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: header(1).length,
        reason: 'ncar.line.unrecognised',
        detail: 'line 2 is neither a header nor a level (the first of the file; all are counted)',
      },
    ]);
  });

  it('end a report that has all of its levels: what follows may be of a sounding whose header is damaged', async () => {
    for (const damaged of [header(1, '13').replace('H', 'X'), header(1, '13').replace('H', ' ')]) {
      const reading = await readText(
        header(1) + level(850) + damaged + level(700) + header(1, '14') + level(500),
      );
      expect(reading.rows.map(({ z }) => z)).toEqual([85_000, 85_000, 50_000, 50_000]);
      expect(counted(reading, 'line.unrecognised')).toBe(1);
      expect(counted(reading, 'level.of-skipped-report')).toBe(1);
    }
  });

  it('blank lines are nothing, wherever they stand', async () => {
    const reading = await readText(`\n \n${header(2)}\n${level(850)}\r\n   \n${level(700)}\n\n\n   `);
    expect(reading.tally).toMatchObject({ reports: 1, levels: 2, skipped: [] });
  });

  it('an endless line is refused', async () => {
    const reading = readText(header(1) + '1'.repeat(70_000));
    await expect(reading).rejects.toBeInstanceOf(InputError);
    await expect(reading).rejects.toMatchObject({ code: 'LINE_TOO_LONG', position: { byteOffset: 103 } });
    await expect(readText(`${header(1)}${'1'.repeat(70_000)}\n`)).rejects.toMatchObject({
      code: 'LINE_TOO_LONG',
      position: { byteOffset: 103 },
    });
  });
});

describe('reports of another station', () => {
  it('are kept out: listed once per station, counted all; the id type is part of the id', async () => {
    const text =
      header(1) +
      level(850) +
      (header(1, '13', ' 82931') + level(850)).repeat(3) +
      header(1, '14', ' 82930', ' 2') +
      level(850) +
      header(1, '15') +
      level(850);
    const reading = await readText(text);
    expect(reading.reports).toHaveLength(2);
    expect(counted(reading, 'report.other-station')).toBe(4);
    expect(reading.tally.skipped.map(({ detail, byteOffset }) => [detail, byteOffset])).toEqual([
      ['the report is of station 82931', 154],
      ['the report is of station 2:82930', 616],
    ]);
    expect(isAccountedFor(reading)).toBe(true);
  });
});

describe('batches', () => {
  it('hold whole reports, about 32,768 rows each, in the order of the files', async () => {
    const one = header(100) + level(850).repeat(100);
    const files = [inputOf(one.repeat(300), { path: 'a' }), inputOf(one.repeat(100), { path: 'b' })];
    const reading = await readStation('82930', files);
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
    for await (const batch of ncar.open({ id: '82930', files: [file] }, { tally: createTally() })) {
      expect(batch.reports.firstRow.length).toBeGreaterThan(100);
      break;
    }
    expect(asked).toBe(1);
  });

  it('stop when the signal says so', async () => {
    const stop = new AbortController();
    const file = inputOf((header(1) + level(850)).repeat(100_000), { chunks: [1 << 20] });
    const batches = ncar.open({ id: '82930', files: [file] }, { tally: createTally(), signal: stop.signal });
    const run = async (): Promise<void> => {
      for await (const _ of batches) stop.abort(new Error('enough'));
    };
    await expect(run()).rejects.toThrow('enough');
  });
});
