import { describe, expect, it } from 'vitest';
import { QUALITY } from '../../../src/records/variables.js';
import { uadbLevel } from '../../support/uadb-encoder.js';
import { counted, isAccountedFor, type Reading, type Row, readText } from '../../support/uadb-reading.js';

const header = (levels: number, elevation = '   432'): string =>
  `H     44795206  82930  1  27  2.40  1 1978 10 12 1100  1    -9.3700   305.1000 ${elevation}  3 ${String(levels).padStart(4)}    3.3.0\n`;

/** A report of these level lines. */
function readLevels(...lines: string[]): Promise<Reading> {
  return readText(`${header(lines.length)}${lines.join('\n')}\n`);
}

/** Rows as `[variable, value, z, zType, quality]`. */
const short = (rows: readonly Row[]): number[][] =>
  rows.map(({ variable, value, z, zType, quality }) => [variable, value, z, zType, quality]);
/** The counters of a reading whose names match, `ncar.` left off. */
function counters({ tally }: Reading, pattern: RegExp): Record<string, number> {
  const all = [...tally.dropped, ...tally.noted].map(([name, n]) => [name.replace('ncar.', ''), n] as const);
  return Object.fromEntries(all.filter(([name]) => pattern.test(name)));
}

describe('a level', () => {
  it('gives its five fields, in the units of the archive', async () => {
    const reading = await readLevels('   3    957.4    512.0   -8.5   88.2    250    4.1');
    expect(short(reading.rows)).toEqual([
      [106, 250, 95_740, 1, 2],
      [107, 4.1, 95_740, 1, 2],
      [117, 512, 95_740, 1, 2],
      [126, -8.5, 95_740, 1, 2],
      [138, 88.2, 95_740, 1, 2],
    ]);
    expect(reading.rows.every(({ elapsed }) => Number.isNaN(elapsed))).toBe(true);
    expect(reading.tally).toMatchObject({ reports: 1, levels: 1, fields: 5, rows: 0, skipped: [] });
    expect(Object.fromEntries(reading.tally.dropped)).toEqual({});
  });

  it.each([
    ['blank fields', '   3    850.0                                     ', 5],
    ['the end of the line', '   3    850.0', 5],
    ['the usual sentinels', '   3    850.0 -99999.0 -999.0 -999.0   -999 -999.0', 5],
    ['their other forms', '   3    850.0  -9999.0 -999.9 -9999. -999.0 -99999', 5],
    ['more of them', '   3    850.0   -999.0  -9999  -9999  -9999  -9999', 5],
    ['and more', '   3    850.0   -999.9 -99999 -99999 -999.9   -999', 5],
    ['a height of 99999', '   3    850.0  99999.0 -999.0 -999.0   -999 -999.0', 5],
    ['a height beyond it', '   3    850.0 999999.0 -999.0 -999.0   -999 -999.0', 5],
  ])('%s: missing', async (_name, line, missing) => {
    const reading = await readLevels(line);
    expect(reading.rows).toEqual([]);
    const dropped = counters(reading, /\.missing$/);
    expect(Object.values(dropped).reduce((sum, n) => sum + n, 0)).toBe(missing);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it.each([
    ['   3    850.0 -99998.0 -999.0 -999.0   -999 -999.0', 'geopotential_height.out-of-range'],
    ['   3    850.0 -99999.0 -273.2 -999.0   -999 -999.0', 'air_temperature.out-of-range'],
    ['   3    850.0 -99999.0 -999.0  100.1   -999 -999.0', 'relative_humidity.out-of-range'],
    ['   3    850.0 -99999.0 -999.0   -0.1   -999 -999.0', 'relative_humidity.out-of-range'],
    ['   3    850.0 -99999.0 -999.0 -999.0    361 -999.0', 'wind_from_direction.out-of-range'],
    ['   3    850.0 -99999.0 -999.0 -999.0     -1 -999.0', 'wind_from_direction.out-of-range'],
    ['   3    850.0 -99999.0 -999.0 -999.0   -999   -0.1', 'wind_speed.out-of-range'],
    ['   3    850.0 -99999.0   1x.0 -999.0   -999 -999.0', 'air_temperature.unreadable'],
    ['   3    850.0 -99999.0 ****** -999.0   -999 -999.0', 'air_temperature.unreadable'],
    ['   3    850.0  1.5e+03 -999.0 -999.0   -999 -999.0', 'geopotential_height.unreadable'],
    ['   3    850.0 -99999.0 -999.0 -999.0   -999   12', 'wind_speed.unreadable'],
    ['   3    850.0 -99999.0 -999.0 -999.0   -999  1.234', 'wind_speed.unreadable'],
  ])('%s: %s', async (line, name) => {
    const reading = await readLevels(line);
    expect(reading.rows).toEqual([]);
    expect(counters(reading, /unreadable|out-of-range/)).toEqual({ [name]: 1 });
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('limits belong to the range', async () => {
    const reading = await readLevels(
      '   3    850.0   -998.0 -273.1  100.0    360    0.0',
      '   3   1100.0  99998.9   99.9    0.0      0  999.9',
      '   3      0.1      0.0    0.0    0.0      0    0.1',
    );
    expect(reading.rows).toHaveLength(15);
    expect(short(reading.rows).map(([, value]) => value)).toEqual([
      360, 0, -998, -273.1, 100, 0, 999.9, 99_998.9, 99.9, 0, 0, 0.1, 0, 0, 0,
    ]);
    expect(reading.rows[14]?.z).toBe(10);
  });

  it('numbers in other forms are read as well, exactly', async () => {
    const reading = await readLevels('   3   999.99     1514  -8.25     72   315.      4');
    expect(short(reading.rows)).toEqual([
      [106, 315, 99_999, 1, 2],
      [107, 4, 99_999, 1, 2],
      [117, 1514, 99_999, 1, 2],
      [126, -8.25, 99_999, 1, 2],
      [138, 72, 99_999, 1, 2],
    ]);
  });
});

describe('the vertical coordinate', () => {
  it.each([
    ['-99999.0', 'missing'],
    ['  9999.9', 'missing'],
    ['  -999.0', 'missing'],
    ['  -999.9', 'missing'],
    [' -9999.0', 'missing'],
    ['        ', 'missing'],
    ['  1100.1', 'out-of-range'],
    ['     0.0', 'out-of-range'],
    ['  -850.0', 'out-of-range'],
    ['99999999', 'unreadable'],
    ['  85O.0 ', 'unreadable'],
  ])('pressure %j is none: the height is the coordinate, and not repeated', async (pressure, reason) => {
    const reading = await readLevels(`   3 ${pressure}   1514.0   18.2   72.6    100    4.1`);
    expect(short(reading.rows)).toEqual([
      [106, 100, 1514, 0, 2],
      [107, 4.1, 1514, 0, 2],
      [126, 18.2, 1514, 0, 2],
      [138, 72.6, 1514, 0, 2],
    ]);
    expect(counters(reading, /pressure/)).toEqual({ [`pressure.${reason}`]: 1 });
    expect(Object.fromEntries(reading.tally.dropped)).toEqual({
      'ncar.geopotential_height.used-as-coordinate': 1,
    });
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('neither pressure nor height: no coordinate, whatever the type', async () => {
    for (const type of [0, 2, 3, 4, 5, 7, 9]) {
      const reading = await readLevels(`   ${type}   9999.9 -99999.0  -46.9 -999.0    400   12x `);
      expect(reading.rows).toEqual([]);
      expect(Object.fromEntries(reading.tally.dropped)).toEqual({
        'ncar.air_temperature.no-coordinate': 1,
        'ncar.geopotential_height.missing': 1,
        'ncar.relative_humidity.missing': 1,
        'ncar.wind_from_direction.out-of-range': 1,
        'ncar.wind_speed.unreadable': 1,
      });
      expect(isAccountedFor(reading)).toBe(true);
    }
  });

  it('on a surface level without either, the elevation of the station stands in', async () => {
    const line = '   1 -99999.0 -99999.0   26.8 -999.0    140    7.2\n';
    const reading = await readText(header(1) + line);
    expect(short(reading.rows)).toEqual([
      [106, 140, 432, 4, 2],
      [107, 7.2, 432, 4, 2],
      [126, 26.8, 432, 4, 2],
    ]);
    expect(counted(reading, 'level.surface-at-elevation')).toBe(1);
    expect(counted(reading, 'geopotential_height.missing')).toBe(1);
    const unknown = await readText(header(1, '  -999') + line);
    expect(unknown.rows).toEqual([]);
    expect(counted(unknown, 'wind_speed.no-coordinate')).toBe(1);
    const withHeight = await readText(header(1) + line.replace('-99999.0   26', '   424.0   26'));
    expect(withHeight.rows.map(({ z, zType }) => [z, zType])).toEqual(Array(3).fill([424, 0]));
    expect(counted(withHeight, 'level.surface-at-elevation')).toBe(0);
  });
});

describe('level types', () => {
  it('are all kept, and counted by number', async () => {
    const types = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 42, 100, 9999];
    const reading = await readLevels(
      ...types.map((type) => `${String(type).padStart(4)}    850.0 -99999.0   18.2 -999.0   -999 -999.0`),
    );
    expect(reading.rows).toHaveLength(types.length);
    expect(counters(reading, /^level\.type/)).toEqual({
      ...Object.fromEntries(types.filter((type) => type < 100).map((type) => [`level.type-${type}`, 1])),
      'level.type-other': 2,
    });
  });

  it('2: a wind that blows may be in knots; it stays, not checked', async () => {
    const reading = await readLevels(
      '   2    850.0 -99999.0 -999.0 -999.0    100   20.0',
      '   2    700.0 -99999.0 -999.0 -999.0      0    0.0',
      '   2    500.0 -99999.0   -8.5 -999.0   -999 -999.0',
      '   3    400.0 -99999.0 -999.0 -999.0    100   20.0',
      '   2   9999.9 -99999.0 -999.0 -999.0    100   20.0',
    );
    expect(counted(reading, 'wind_speed.may-be-knots')).toBe(1);
    expect(reading.rows.filter(({ variable }) => variable === 107).map(({ value }) => value)).toEqual([
      20, 0, 20,
    ]);
    expect(reading.rows.every(({ quality }) => quality === 2)).toBe(true);
  });

  it.each(['', '   '])('7: the same, with lines that end in %j and a line end', async (padding) => {
    const reading = await readLevels(
      ...[
        '   7    150.0 -99999.0 -999.0 -999.0    100   58.0',
        '   7    140.0 -99999.0 -999.0 -999.0      0    0.0',
        '   7    130.0 -99999.0  -66.1 -999.0   -999 -999.0',
        '   6    120.0 -99999.0 -999.0 -999.0    100   58.0',
      ].map((line) => line + padding),
    );
    expect(counted(reading, 'wind_speed.may-be-knots')).toBe(1);
    expect(reading.rows.filter(({ variable }) => variable === 107).map(({ value }) => value)).toEqual([
      58, 0, 58,
    ]);
    expect(reading.rows.every(({ quality }) => quality === 2)).toBe(true);
  });
});

describe('winds by height (type 4) beside other levels', () => {
  const surface = '   1 -99999.0    424.0 -999.0 -999.0    140    7.2';
  const byHeight = '   4 -99999.0    424.0 -999.0 -999.0    140    7.2';
  const byHeightAlone = '   4 -99999.0   2134.0 -999.0 -999.0    120   12.3';
  const significant = '   3    830.0 -99999.0   15.4   82.3   -999 -999.0';

  it('are marked where another level gives the same variable at the same coordinate', async () => {
    for (const other of [significant, significant.replace('   3', '   5')]) {
      const reading = await readLevels(other, byHeight, surface, byHeightAlone);
      expect(reading.rows.filter(({ zType }) => zType === 0).map(({ z, quality }) => [z, quality])).toEqual([
        [424, QUALITY.duplicate],
        [424, QUALITY.duplicate],
        [424, 2],
        [424, 2],
        [2134, 2],
        [2134, 2],
      ]);
      expect(counted(reading, 'level-type-4.duplicate')).toBe(2);
      expect(isAccountedFor(reading)).toBe(true);
    }
  });

  it('are marked on pressures as well, variable by variable, whatever the value', async () => {
    const reading = await readLevels(
      '   5    850.0 -99999.0 -999.0 -999.0   -999    4.1',
      '   4    850.0   1500.0 -999.0 -999.0    100    5.0',
      '   4    700.0   3000.0 -999.0 -999.0    100    5.0',
    );
    expect(short(reading.rows)).toEqual([
      [107, 4.1, 85_000, 1, 2],
      [106, 100, 85_000, 1, 2],
      [107, 5, 85_000, 1, QUALITY.duplicate],
      [117, 1500, 85_000, 1, 2],
      [106, 100, 70_000, 1, 2],
      [107, 5, 70_000, 1, 2],
      [117, 3000, 70_000, 1, 2],
    ]);
  });

  it('are not marked without a level of type 3 or 5, nor by one another', async () => {
    const without = await readLevels(surface, byHeight, byHeightAlone);
    expect(without.rows.every(({ quality }) => quality === 2)).toBe(true);
    const repeated = await readLevels(significant, byHeight, byHeight);
    expect(repeated.rows.every(({ quality }) => quality === 2)).toBe(true);
  });

  it('of one report are not compared with the levels of another', async () => {
    const reading = await readText(
      `${header(2)}${significant}\n${surface}\n${header(2)}${significant}\n${byHeight}\n${header(1)}${byHeight}\n`,
    );
    expect(reading.reports).toHaveLength(3);
    expect(counted(reading, 'level-type-4.duplicate')).toBe(0);
  });
});

describe('a level line out of its columns', () => {
  const good = '   3    850.0   1514.0   18.2   72.6    100    4.1';
  it.each([
    ['a character in a separator', good.replace('850.0 ', '850.0x')],
    ['shifted by one column', ` ${good}`],
    ['shifted to the left', good.slice(1)],
    ['a type that is no number', good.replace('   3', '   x')],
    ['a type that is not whole', good.replace('   3', ' 3.5')],
    ['a negative type', good.replace('   3', '  -3')],
    ['no type', good.replace('   3', '    ')],
    ['too long', `${good}1`],
    ['too short', '   3    85'],
    ['without a column before the height', `${good.slice(0, 14)}${good.slice(15)} `],
    ['without a column of the direction', `${good.slice(0, 37)}${good.slice(38)} `],
    ['of letters after its pressure', '   3    850.0 abcdefgh abcdef abcdef abcdef abcdef'],
    ['of blanks and one field of letters', '   3    850.0          abcdef                     '],
  ])('%s: five unreadable fields', async (_name, line) => {
    const reading = await readLevels(line, good);
    expect(reading.rows).toHaveLength(5);
    expect(counted(reading, 'line.malformed')).toBe(1);
    expect(counters(reading, /unreadable/)).toEqual({
      'air_temperature.unreadable': 1,
      'geopotential_height.unreadable': 1,
      'relative_humidity.unreadable': 1,
      'wind_from_direction.unreadable': 1,
      'wind_speed.unreadable': 1,
    });
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('with nothing but marks of missing values and one that is no number can be read', async () => {
    const { tally, rows } = await readLevels('   3   -999.0   -999.0   1x.0 -999.0   -999 -999.0');
    expect(rows).toEqual([]);
    expect(tally.skipped).toEqual([]);
  });

  it('a line end in the middle does not shift what follows', async () => {
    const broken = `${good.slice(0, 20)}\n${good.slice(21)}`;
    const reading = await readText(`${header(2)}${broken}\n${good}\n`);
    expect(reading.rows.slice(-5).map(({ value }) => value)).toEqual([100, 4.1, 1514, 18.2, 72.6]);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it.each(['\r\n', ' \n', '    \r\n'])('%j at its end is no damage', async (lineEnd) => {
    const reading = await readText(header(2).replace('\n', lineEnd) + (good + lineEnd).repeat(2));
    expect(reading.rows).toHaveLength(10);
    expect(counted(reading, 'line.malformed')).toBe(0);
  });
});

describe('encoder', () => {
  it('writes the level lines of the archive', () => {
    const missing = {
      pressure: null,
      height: null,
      temperature: null,
      relativeHumidity: null,
      windDirection: null,
      windSpeed: null,
    };
    expect(uadbLevel({ type: 2, ...missing })).toBe('   2 -99999.0 -99999.0 -999.0 -999.0   -999 -999.0');
    expect(
      uadbLevel({
        type: 2,
        pressure: 7000,
        height: 28_620,
        temperature: -97,
        relativeHumidity: 846,
        windDirection: 315,
        windSpeed: 93,
      }),
    ).toBe('   2    700.0   2862.0   -9.7   84.6    315    9.3');
    expect(uadbLevel({ type: 3, ...missing, pressure: 5, temperature: -5 })).toBe(
      '   3      0.5 -99999.0   -0.5 -999.0   -999 -999.0',
    );
  });
});
