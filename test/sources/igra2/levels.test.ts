import { describe, expect, it } from 'vitest';
import { isAccountedFor, type Reading, readText } from '../../support/igra2-reading.js';

const HEADER = '#USM00072558 2025 03 08 12 1110    1 ncdc-nws           413200  -963669\n';
/** Reads one level line. Columns:
 *        LL ETIME  PRESS  GPH   TEMP     RH  DPDP  WDIR  WSPD */
const readLevel = (line: string): Promise<Reading> => readText(`${HEADER}${line}\n`);
const COLUMNS = 'the columns are not those of a level';
const dropped = ({ tally }: Reading): Record<string, number> => Object.fromEntries(tally.dropped);
const noted = ({ tally }: Reading): Record<string, number> => Object.fromEntries(tally.noted);
const valuesOf = ({ rows }: Reading): Record<number, number> =>
  Object.fromEntries(rows.map(({ variable, value }) => [variable, value]));

describe('a level', () => {
  it('with everything makes six rows in the order of their codes', async () => {
    const reading = await readLevel('20    15  96697   449B  -34A  649    56   277    47 ');
    const common = { report: 0, z: 96697, zType: 1, elapsed: 15 };
    expect(reading.rows).toEqual([
      { ...common, variable: 34, value: 5.6, quality: 2 },
      { ...common, variable: 106, value: 277, quality: 2 },
      { ...common, variable: 107, value: 4.7, quality: 2 },
      { ...common, variable: 117, value: 449, quality: 0 },
      { ...common, variable: 126, value: -3.4, quality: 0 },
      { ...common, variable: 138, value: 64.9, quality: 2 },
    ]);
    expect(reading.tally).toMatchObject({ reports: 1, levels: 1, fields: 6 });
    expect(dropped(reading)).toEqual({});
  });

  it('without pressure takes the height as coordinate; the height is counted, its flag too', async () => {
    const reading = await readLevel('30   200  -9999   547B-9999 -9999 -9999    40    31 ');
    expect(reading.rows).toMatchObject([
      { variable: 106, value: 40, z: 547, zType: 0 },
      { variable: 107, value: 3.1, z: 547, zType: 0 },
    ]);
    expect(dropped(reading)).toEqual({
      'igra2.geopotential_height.used-as-coordinate': 1,
      'igra2.air_temperature.missing': 1,
      'igra2.relative_humidity.missing': 1,
      'igra2.dew_point_depression.missing': 1,
    });
    expect(noted(reading)).toMatchObject({
      'igra2.pressure.missing': 1,
      'igra2.geopotential_height.used-as-coordinate.flag.B': 1,
      'igra2.flag.geopotential_height.B': 1,
    });
  });

  it('below sea level keeps its negative height', async () => {
    const reading = await readLevel('30 -9999  -9999  -350 -9999 -9999 -9999    40    31 ');
    expect(reading.rows.map(({ z, zType }) => [z, zType])).toEqual([
      [-350, 0],
      [-350, 0],
    ]);
  });

  it('with neither pressure nor height makes no row; each field has its reason', async () => {
    const reading = await readLevel('30 -9999  -9999 -8888    12 -8888 -9999   400    31 ');
    expect(reading.rows).toEqual([]);
    expect(dropped(reading)).toEqual({
      'igra2.geopotential_height.qa-removed': 1,
      'igra2.air_temperature.no-coordinate': 1,
      'igra2.relative_humidity.qa-removed': 1,
      'igra2.dew_point_depression.missing': 1,
      'igra2.wind_from_direction.out-of-range': 1,
      'igra2.wind_speed.no-coordinate': 1,
    });
  });

  it.each([
    ['-9999', 'missing'],
    ['-8888', 'qa-removed'],
    ['     ', 'missing'],
    ['  1x2', 'unreadable'],
    ['12   ', 'unreadable'],
    ['  - 1', 'unreadable'],
    ['  1 2', 'unreadable'],
    ['    -', 'unreadable'],
    ['  +12', 'unreadable'],
    ['\x00\x00\x00\x00\x00', 'unreadable'],
    ['\xff\xff\xff\xff1', 'unreadable'],
    ['\x8a\x8a\x8a\x8a1', 'unreadable'],
  ])('field %j counts as %s, in each of the six', async (field, reason) => {
    const lines = [0, 1, 2, 3, 4, 5].map((place) => {
      const fields = Array.from({ length: 6 }, (_, i) => (i === place ? field : '-9999'));
      return `20    15  96697 ${fields.join(' ')} \n`;
    });
    const reading = await readText(HEADER.replace('   1 ncdc', '   6 ncdc') + lines.join(''));
    expect(reading.rows).toEqual([]);
    expect(reading.tally.skipped).toEqual([]);
    const quantities = [
      'geopotential_height',
      'air_temperature',
      'relative_humidity',
      'dew_point_depression',
      'wind_from_direction',
      'wind_speed',
    ];
    const expected = quantities.flatMap((quantity): [string, number][] =>
      reason === 'missing'
        ? [[`igra2.${quantity}.missing`, 6]]
        : [
            [`igra2.${quantity}.missing`, 5],
            [`igra2.${quantity}.${reason}`, 1],
          ],
    );
    expect(dropped(reading)).toEqual(Object.fromEntries(expected));
  });

  it('drops what a quantity cannot be, and keeps the limits', async () => {
    const low = await readLevel('20    15      0 -8887 -2732    -1    -1    -1    -1 ');
    expect(low.rows).toEqual([]);
    expect(noted(low)).toMatchObject({ 'igra2.pressure.out-of-range': 1 });
    expect(dropped(low)).toEqual({
      'igra2.geopotential_height.used-as-coordinate': 1,
      'igra2.air_temperature.out-of-range': 1,
      'igra2.relative_humidity.out-of-range': 1,
      'igra2.dew_point_depression.out-of-range': 1,
      'igra2.wind_from_direction.out-of-range': 1,
      'igra2.wind_speed.out-of-range': 1,
    });
    const high = await readLevel('20    15      1 99999 -2731  1000 99999   360 99999 ');
    expect(valuesOf(high)).toEqual({ 34: 9999.9, 106: 360, 107: 9999.9, 117: 99999, 126: -273.1, 138: 100 });
    const beyond = await readLevel('20    15      1 -9998     0  1001     0   361     0 ');
    expect(dropped(beyond)).toEqual({
      'igra2.geopotential_height.out-of-range': 1,
      'igra2.relative_humidity.out-of-range': 1,
      'igra2.wind_from_direction.out-of-range': 1,
    });
    expect(valuesOf(beyond)).toEqual({ 34: 0, 107: 0, 126: 0 });
  });

  it.each([
    [' 96697', 96697],
    ['105400', 105400],
    ['     1', 1],
    ['999999', 999999],
  ])('pressure %j is %d Pa', async (field, z) => {
    const reading = await readLevel(`20    15 ${field}   449 -9999 -9999 -9999 -9999 -9999 `);
    expect(reading.rows).toMatchObject([{ z, zType: 1, value: 449 }]);
  });

  it.each([
    ['-99990', 'out-of-range'],
    [' -8888', 'qa-removed'],
    ['      ', 'missing'],
    ['1 0000', 'unreadable'],
    ['1-2345', 'unreadable'],
    ['x96697', 'unreadable'],
    ['    -1', 'out-of-range'],
  ])('pressure %j is %s, and the height becomes the coordinate', async (field, reason) => {
    const reading = await readLevel(`20    15 ${field}   449 -9999 -9999 -9999 -9999    10 `);
    expect(reading.rows).toMatchObject([{ z: 449, zType: 0, variable: 107, value: 1 }]);
    expect(noted(reading)[`igra2.pressure.${reason}`]).toBe(1);
  });

  it.each([
    ['    0', 0, undefined],
    ['   59', 59, undefined],
    ['  100', 60, undefined],
    ['12345', 123 * 60 + 45, undefined],
    ['99959', 999 * 60 + 59, undefined],
    ['   60', Number.NaN, 'out-of-range'],
    [' 1299', Number.NaN, 'out-of-range'],
    ['   -5', Number.NaN, 'out-of-range'],
    ['-9999', Number.NaN, 'missing'],
    ['-8888', Number.NaN, 'qa-removed'],
    ['  1:2', Number.NaN, 'unreadable'],
  ])('elapsed time %j is %d s', async (field, seconds, reason) => {
    const reading = await readLevel(`20 ${field}  96697   449 -9999 -9999 -9999 -9999 -9999 `);
    expect(reading.rows[0]?.elapsed).toBe(seconds);
    const reasons = Object.keys(noted(reading)).filter((name) => name.startsWith('igra2.elapsed.'));
    expect(reasons).toEqual(reason === undefined ? [] : [`igra2.elapsed.${reason}`]);
  });

  it.each([
    ['A', 0],
    ['B', 0],
    [' ', 2],
    ['C', 2],
  ])('flag %j of temperature and height gives quality %d', async (flag, quality) => {
    const reading = await readLevel(`20    15  96697${flag}  449${flag}  -34${flag}  649    56   277    47 `);
    expect(reading.rows.map((row) => row.quality)).toEqual([2, 2, 2, quality, quality, 2]);
    const flags = Object.entries(noted(reading)).filter(([name]) => name.startsWith('igra2.flag.'));
    const name = flag === 'C' ? 'unknown' : flag;
    expect(Object.fromEntries(flags)).toEqual(
      flag === ' '
        ? {}
        : {
            [`igra2.flag.pressure.${name}`]: 1,
            [`igra2.flag.geopotential_height.${name}`]: 1,
            [`igra2.flag.air_temperature.${name}`]: 1,
          },
    );
  });

  it('types are counted', async () => {
    const rest = '    15  96697   449B  -34B  649    56   277    47 ';
    const reading = await readText(
      `${HEADER.replace('   1 ncdc', '   5 ncdc')}10${rest}\n21${rest}\n22${rest}\n30${rest}\n27${rest}\n`,
    );
    expect(noted(reading)).toEqual({
      'igra2.level.standard': 1,
      'igra2.level.other-pressure': 3,
      'igra2.level.non-pressure': 1,
      'igra2.level.other': 2,
      'igra2.level.surface': 1,
      'igra2.level.tropopause': 1,
      'igra2.level.subtype-unknown': 1,
      'igra2.flag.geopotential_height.B': 5,
      'igra2.flag.air_temperature.B': 5,
    });
    expect(reading.rows).toHaveLength(30);
  });
});

describe('a level line that is not as it should be', () => {
  const good = '10 -9999  85000 -9999 -9999 -9999 -9999 -9999 -9999 ';
  it.each([
    [
      'an unknown type',
      '50    15  96697   449B  -34B  649    56   277    47 ',
      'there is no such type of a level',
    ],
    ['too short', '20    15  96697   449B  -34B  649   5', COLUMNS],
    ['too long', '20    15  96697   449B  -34B  649    56   277    47  1', COLUMNS],
    ['shifted by a column', '20     15  96697   449B  -34B  649    56   277   47', COLUMNS],
    ['shifted to the right as a whole', ' 20    15  96697   449B  -34B  649    56   277    47', COLUMNS],
    ['something between the fields', '20    15  96697   449B  -34B  649x   56   277    47 ', COLUMNS],
    ['a tab', '20\t   15  96697   449B  -34B  649    56   277    47 ', COLUMNS],
  ])('%s: counted and listed with its number, its six fields unreadable', async (_name, line, why) => {
    const reading = await readText(`${HEADER.replace('   1 ncdc', '   2 ncdc')}${line}\n${good}\n`);
    expect(reading.rows).toEqual([]);
    expect(noted(reading)['igra2.line.malformed']).toBe(1);
    expect(reading.tally.levels).toBe(2);
    const unreadable = Object.entries(dropped(reading)).filter(([name]) => name.endsWith('.unreadable'));
    expect(unreadable.map(([, n]) => n)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(reading.tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: HEADER.length,
        reason: 'igra2.line.malformed',
        detail: `line 2 cannot be read: ${why}`,
      },
    ]);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('with nothing but marks of missing values and one that is no number can be read', async () => {
    const { tally, rows } = await readLevel('20 -9999  -9999 -9999   1x3 -9999 -9999 -9999 -9999');
    expect(rows).toEqual([]);
    expect(tally.skipped).toEqual([]);
  });

  it('shifted to the left cannot be read', async () => {
    const shifted = '20    15 96697   449B  -34B  649    56   277    47';
    const reading = await readText(`${HEADER.replace('   1 ncdc', '   2 ncdc')}${good}\n${shifted}\n`);
    expect(reading.rows).toEqual([]);
    expect(reading.tally.skipped).toEqual([
      {
        file: 'station.txt',
        byteOffset: HEADER.length + good.length + 1,
        reason: 'igra2.line.malformed',
        detail: 'line 3 cannot be read: the columns are not those of a level',
      },
    ]);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it('whose last fields are blank is whole', async () => {
    const reading = await readLevel('20    15  96697   449B  -34B  649    56            ');
    expect(valuesOf(reading)).toEqual({ 34: 5.6, 117: 449, 126: -3.4, 138: 64.9 });
    expect(dropped(reading)).toEqual({
      'igra2.wind_from_direction.missing': 1,
      'igra2.wind_speed.missing': 1,
    });
  });

  const whole = '20    15  96697   449B  -34B  649    56   277    47';
  const UNREAD = 'none of its values can be read';
  it.each([
    ['cut within its last field', whole.slice(0, 50), COLUMNS],
    ['cut after a field', whole.slice(0, 39), COLUMNS],
    ['cut in the blanks before a field', whole.slice(0, 46), COLUMNS],
    ['without a column before the height', `${whole.slice(0, 15)}${whole.slice(16)} `, UNREAD],
    ['of letters', '20    15  96697 abcdeBabcdeBabcde abcde abcde abcde ', UNREAD],
    ['of blanks and one field of letters', '20    15  96697                   abcde             ', UNREAD],
    [
      'without a column of the direction',
      `${whole.slice(0, 41)}${whole.slice(42)} `,
      '2 of its fields cannot be read',
    ],
    [
      'with two fields of letters',
      whole.replace('  -34', '  x34').replace('  47', '  4x'),
      '2 of its fields cannot be read',
    ],
  ])('%s: no field of it is used', async (_name, line, why) => {
    const reading = await readText(`${HEADER.replace('   1 ncdc', '   2 ncdc')}${line}\n${good}\n`);
    expect(reading.rows).toEqual([]);
    expect(reading.tally.skipped.map(({ detail }) => detail)).toEqual([`line 2 cannot be read: ${why}`]);
    expect(isAccountedFor(reading)).toBe(true);
    await expect(readLevel(line)).rejects.toMatchObject({ code: 'NO_USABLE_LEVEL' });
  });

  it.each([
    ['51 columns, LF', '20    15  96697   449B  -34B  649    56   277    47\n'],
    ['52 columns, LF', '20    15  96697   449B  -34B  649    56   277    47 \n'],
    ['51 columns, CRLF', '20    15  96697   449B  -34B  649    56   277    47\r\n'],
    ['52 columns, CRLF', '20    15  96697   449B  -34B  649    56   277    47 \r\n'],
    ['more blanks', '20    15  96697   449B  -34B  649    56   277    47      \n'],
    ['no line end', '20    15  96697   449B  -34B  649    56   277    47'],
  ])('%s is the same level', async (_name, line) => {
    const reading = await readText(HEADER.replace('\n', line.includes('\r') ? '\r\n' : '\n') + line);
    expect(valuesOf(reading)).toEqual({ 34: 5.6, 106: 277, 107: 4.7, 117: 449, 126: -3.4, 138: 64.9 });
    expect(reading.tally.skipped).toEqual([]);
  });

  it('a line end hidden where the next field would be does not join two lines', async () => {
    // The first line stops after PRESS; what follows would fit the columns if the line end were overlooked.
    for (const stop of [15, 21, 27, 33, 39, 45]) {
      const whole = '20    15  96697   449B  -34B  649    56   277    47 ';
      const broken = `${whole.slice(0, stop)}\n${whole.slice(stop + 1)}\n${whole}\n`;
      const reading = await readText(HEADER.replace('   1 ncdc', '   3 ncdc') + broken);
      expect(isAccountedFor(reading)).toBe(true);
      expect(reading.rows.filter(({ variable, value }) => variable === 107 && value === 4.7)).toHaveLength(1);
    }
  });
});
