/** Faults of other readers of the archive, each with the input that shows it. */
import { describe, expect, it } from 'vitest';
import { QUALITY } from '../../../src/records/variables.js';
import { counted, readText, since1900 } from '../../support/uadb-reading.js';

const header = (date: string, levels = 1): string =>
  `H     44795206  82930  1  27  2.40  1 ${date} 1200  1    -9.3700   305.1000    432  3 ${String(levels).padStart(4)}    3.3.0\n`;
const LEVEL = '   2    850.0   1514.0   18.2   72.6    100    4.1\n';

describe('known fault:', () => {
  it('the last sounding of every file is lost', async () => {
    const { reports } = await readText(header('1978 10 12') + LEVEL + header('1978 10 13') + LEVEL.trimEnd());
    expect(reports.map(({ rowCount }) => rowCount)).toEqual([5, 5]);
  });

  it('levels of type 1 and 7 are discarded', async () => {
    const types = [1, 2, 3, 4, 5, 6, 7];
    const lines = types.map((type) => LEVEL.replace('   2', `   ${type}`).replace('850', `${type}00`));
    const { rows } = await readText(header('1978 10 12', 7) + lines.join(''));
    expect([...new Set(rows.map(({ z }) => z))]).toEqual(types.map((type) => type * 10_000));
    expect(rows).toHaveLength(35);
  });

  it('the removal of type 4 takes wrong rows: duplicates are marked, and only they', async () => {
    const reading = await readText(
      `${header('1978 10 12', 4)}   5    957.0 -99999.0 -999.0 -999.0     10    3.7
   4 -99999.0    609.0 -999.0 -999.0    290    2.1
   1 -99999.0    432.0 -999.0 -999.0    290    2.1
   4 -99999.0    432.0 -999.0 -999.0    290    2.1\n`,
    );
    expect(reading.rows.map(({ z, quality }) => [z, quality])).toEqual([
      [95_700, 2],
      [95_700, 2],
      [609, 2],
      [609, 2],
      [432, 2],
      [432, 2],
      [432, QUALITY.duplicate],
      [432, QUALITY.duplicate],
    ]);
  });

  it('9999.9 and -99999 leak into pressures and heights', async () => {
    const reading = await readText(
      `${header('1978 10 12', 3)}   3   9999.9 -99999.0  -46.9 -999.0   -999 -999.0
   3    100.0  99999.0  -46.9 -999.0   -999 -999.0
   4 -99999.0   2438.0 -999.0 -999.0    260    1.6\n`,
    );
    expect(reading.rows.map(({ variable, z }) => [variable, z])).toEqual([
      [126, 10_000],
      [106, 2438],
      [107, 2438],
    ]);
    expect(counted(reading, 'pressure.missing')).toBe(2);
    expect(counted(reading, 'air_temperature.no-coordinate')).toBe(1);
  });

  it('values that look like a sentinel after conversion become missing', async () => {
    // 999.9 hPa is 99990 Pa, 999.99 hPa is 99999 Pa; 99.99 hPa is 9999 Pa.
    const { rows } = await readText(
      `${header('1978 10 12', 4)}   3    999.9   9999.0  -99.9   99.9     99   99.9
   3   999.99   9999.9  -99.9   99.9     99   99.9
   3    99.99    999.0  -99.9   99.9     99   99.9
   3      1.0    999.9  -99.9   99.9     99  999.0\n`,
    );
    expect(rows).toHaveLength(20);
    expect([...new Set(rows.map(({ z }) => z))]).toEqual([99_990, 99_999, 9999, 100]);
    expect(rows.filter(({ variable }) => variable === 117).map(({ value }) => value)).toEqual([
      9999, 9999.9, 999, 999.9,
    ]);
  });

  it('consecutive odd days are merged (a date as a float of 32 bits)', async () => {
    const days = ['2019  2 20', '2019  2 21', '2019  2 22', '2019  2 23'];
    const { reports } = await readText(days.map((day) => header(day) + LEVEL).join(''));
    expect(reports.map(({ nominal }) => nominal)).toEqual(
      ['2019-02-20T12:00Z', '2019-02-21T12:00Z', '2019-02-22T12:00Z', '2019-02-23T12:00Z'].map(since1900),
    );
  });

  it('dates before 1900 become 1900, dates after 2038 overflow', async () => {
    const days = ['1880  1  1', '1900  1  1', '2038  1 19', '2100 12 31'];
    const { reports } = await readText(days.map((day) => header(day) + LEVEL).join(''));
    expect(reports.map(({ nominal }) => nominal)).toEqual(
      ['1880-01-01T12:00Z', '1900-01-01T12:00Z', '2038-01-19T12:00Z', '2100-12-31T12:00Z'].map(since1900),
    );
  });

  it('two soundings with one time are fused', async () => {
    const { reports } = await readText((header('1978 10 12') + LEVEL).repeat(2));
    expect(reports).toHaveLength(2);
  });

  it('hours and days that hold 99 are changed by replacing text', async () => {
    const { reports, tally } = await readText(
      header('1999  9  9').replace(' 1200 ', ' 0959 ') + LEVEL + header('1999  9 99') + LEVEL,
    );
    expect(reports.map(({ nominal }) => nominal)).toEqual([since1900('1999-09-09T09:59Z')]);
    expect(tally.skipped.map(({ reason }) => reason)).toEqual(['ncar.report.day-unknown']);
  });

  it('winds by height get the pressure type and no coordinate', async () => {
    const { rows } = await readText(
      `${header('1978 10 12')}   4 -99999.0   1500.0 -999.0 -999.0    180   10.0\n`,
    );
    expect(rows).toMatchObject([
      { z: 1500, zType: 0, variable: 106, value: 180 },
      { z: 1500, zType: 0, variable: 107, value: 10 },
    ]);
  });
});
