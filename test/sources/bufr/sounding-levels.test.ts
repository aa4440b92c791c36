/** Levels of soundings: by the replications of the message, whatever its template. */
import { describe, expect, it } from 'vitest';
import { OBSERVED_VARIABLE as V, Z_TYPE } from '../../../src/records/variables.js';
import type { BufrContent } from '../../support/bufr-encoder.js';
import {
  message,
  PLAIN_HEAD,
  PLAIN_VALUES,
  pilot30905x,
  readBufr,
  readOne,
  temp309007,
  temp309052,
  valuesAt,
} from '../../support/bufr-reading.js';

const G = 9.80665;
const WIND = { [V.windFromDirection]: 180, [V.windSpeed]: 5.5 };

/** Levels behind the plain head, all of one form, with a delayed replication. */
function plain(
  elements: readonly number[],
  levels: readonly (readonly (number | string | null)[])[],
  header: Partial<BufrContent> = {},
): Uint8Array {
  const descriptors = [...PLAIN_HEAD, 100_000 + 1000 * elements.length, 31_001, ...elements];
  return message(descriptors, [[...PLAIN_VALUES, levels.length, ...levels.flat()]], header);
}

describe('vertical coordinate and values', () => {
  it('heights from geopotential (010003) and from geopotential height (010009), both in gpm', async () => {
    const old = await readOne(
      message([309_007], [temp309007({}, [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]])]),
    );
    const high = await readOne(
      message([309_052], [temp309052({}, [[60, 65_536, 85_000, 1438, 0, 0, 280.11, 275.02, 180, 5.5]])]),
    );
    expect(valuesAt(old, 85_000)).toEqual({
      ...WIND,
      [V.geopotentialHeight]: 14_100 / G,
      [V.airTemperature]: 280.1,
      [V.dewPoint]: 275,
    });
    expect(valuesAt(high, 85_000)).toEqual({
      ...WIND,
      [V.geopotentialHeight]: 1438,
      [V.airTemperature]: 280.11,
      [V.dewPoint]: 275.02,
    });
  });

  it('PILOT by pressure and by height', async () => {
    const byPressure = await readOne(
      message([309_050], [pilot30905x({}, [[60, 2048, 70_000, 0.01, 0.02, 180, 5.5]])]),
    );
    const byHeight = await readOne(
      message([309_051], [pilot30905x({}, [[60, 2048, 3000, 0.01, 0.02, 180, 5.5]])]),
    );
    expect(byPressure.rows.map(({ z, zType }) => [z, zType])).toEqual([
      [70_000, 1],
      [70_000, 1],
    ]);
    expect(valuesAt(byPressure, 70_000)).toEqual(WIND);
    expect(byHeight.rows.map(({ z, zType }) => [z, zType])).toEqual([
      [3000, 0],
      [3000, 0],
    ]);
    expect(Object.fromEntries(byHeight.tally.dropped)).toEqual({
      'bufr.geopotential_height.used-as-coordinate': 1,
    });
  });

  it('a level without pressure lies at its geopotential height, one without either has no rows', async () => {
    const { rows, tally } = await readOne(
      message(
        [309_007],
        [
          temp309007({}, [
            [null, 2, 9806.65 + 0.00035, null, null, 180, 5.5],
            [null, 2, null, 270, null, 180, null],
          ]),
        ],
      ),
    );
    expect(rows.map(({ z, zType, variable }) => [z.toFixed(1), zType, variable])).toEqual([
      ['1000.3', 0, V.windFromDirection],
      ['1000.3', 0, V.windSpeed],
    ]);
    expect(Object.fromEntries(tally.dropped)).toEqual({
      'bufr.geopotential_height.used-as-coordinate': 1,
      'bufr.geopotential_height.missing': 1,
      'bufr.air_temperature.missing': 1,
      'bufr.air_temperature.no-coordinate': 1,
      'bufr.dew_point.missing': 2,
      'bufr.wind_from_direction.no-coordinate': 1,
      'bufr.wind_speed.missing': 1,
    });
    expect(tally.noted.get('bufr.pressure.missing')).toBe(2);
    expect(tally.fields).toBe(10);
  });

  it('a geometric height is a coordinate beside which the geopotential height stays a value', async () => {
    const reading = await readOne(plain([7007, 10009, 11001, 11002], [[1500, 1495, 180, 5.5]]));
    expect(reading.rows.every(({ z, zType }) => z === 1500 && zType === Z_TYPE.geometricHeight)).toBe(true);
    expect(valuesAt(reading, 1500)).toEqual({ ...WIND, [V.geopotentialHeight]: 1495 });
    expect(Object.fromEntries(reading.tally.dropped)).toEqual({ 'bufr.altitude.used-as-coordinate': 1 });
  });

  // 0 07 011 was in table B from version 14 to 18.
  it.each([7004, 7011, 10004])('%i is a pressure, whichever class it is of', async (descriptor) => {
    const { rows } = await readOne(plain([descriptor, 12101], [[85_000, 280]], { masterVersion: 14 }));
    expect(rows.map(({ z, zType, variable, value }) => [z, zType, variable, value])).toEqual([
      [85_000, Z_TYPE.pressure, V.airTemperature, 280],
    ]);
  });

  it.each([7002, 7007, 10002, 10007])(
    '%i is a geometric height: altitude at a pressure, else the coordinate',
    async (descriptor) => {
      const { rows } = await readOne(
        plain(
          [7004, descriptor, 12101],
          [
            [85_000, 1500, 280],
            [null, 1600, 279],
          ],
        ),
      );
      expect(rows.map(({ z, zType, variable, value }) => [z, zType, variable, value])).toEqual([
        [85_000, Z_TYPE.pressure, V.altitude, 1500],
        [85_000, Z_TYPE.pressure, V.airTemperature, 280],
        [1600, Z_TYPE.geometricHeight, V.airTemperature, 279],
      ]);
    },
  );

  it.each([
    [7009, 1500, 1500],
    [10009, 1500, 1500],
    [7003, 14_710, 14_710 / G],
    [10003, 14_710, 14_710 / G],
    [7008, 14_710, 14_710 / G],
    [10008, 14_710, 14_710 / G],
  ])('%i is a geopotential height', async (descriptor, value, height) => {
    const { rows } = await readOne(
      plain(
        [7004, descriptor, 12101],
        [
          [85_000, value, 280],
          [null, value, 279],
        ],
      ),
    );
    expect(rows.map(({ z, zType, variable, value: of }) => [z, zType, variable, of])).toEqual([
      [85_000, Z_TYPE.pressure, V.geopotentialHeight, height],
      [85_000, Z_TYPE.pressure, V.airTemperature, 280],
      [height, Z_TYPE.height, V.airTemperature, 279],
    ]);
  });

  it('a height above the station lies on its elevation, where nothing else tells the height', async () => {
    const elements = [7004, 7006, 11001, 11002];
    const levels = [
      [null, 100, 180, 5.5],
      [85_000, 1300, 190, 6.5],
    ];
    const bytes = message(
      [...PLAIN_HEAD, 7030, 100_000 + 1000 * elements.length, 31_001, ...elements],
      [[...PLAIN_VALUES, 198.5, levels.length, ...levels.flat()]],
    );
    const { rows, tally } = await readOne(bytes);
    expect(rows.map(({ z, zType, value }) => [z, zType, value])).toEqual([
      [298.5, Z_TYPE.heightFromElevation, 180],
      [298.5, Z_TYPE.heightFromElevation, 5.5],
      [85_000, Z_TYPE.pressure, 190],
      [85_000, Z_TYPE.pressure, 6.5],
    ]);
    expect(tally.noted.get('bufr.height_above_station.not-used')).toBe(1);
  });

  it('a height above a station of unknown elevation is no coordinate', async () => {
    const { rows, tally } = await readOne(plain([7006, 11001], [[100, 180]]));
    expect(rows).toEqual([]);
    expect(tally.noted.get('bufr.height_above_station.not-used')).toBe(1);
    expect(Object.fromEntries(tally.dropped)).toEqual({ 'bufr.wind_from_direction.no-coordinate': 1 });
  });

  it('a flight level is a height of the standard atmosphere: the coordinate of last resort', async () => {
    const { rows, tally } = await readOne(
      plain(
        [7004, 7010, 12101],
        [
          [null, 3048, 270],
          [70_000, 3050, 271],
        ],
      ),
    );
    expect(rows.map(({ z, zType, value }) => [z, zType, value])).toEqual([
      [3048, Z_TYPE.height, 270],
      [70_000, Z_TYPE.pressure, 271],
    ]);
    expect(tally.noted.get('bufr.flight_level.not-used')).toBe(1);
  });

  it('of two pressures in a level the first that is there counts', async () => {
    const { rows, tally } = await readOne(
      plain(
        [7004, 10004, 12101],
        [
          [85_000, 85_100, 280],
          [null, 70_000, 270],
        ],
      ),
    );
    expect(rows.map(({ z }) => z)).toEqual([85_000, 70_000]);
    expect(tally.noted.get('bufr.pressure.repeated')).toBe(1);
  });

  it('a level of heights alone has the height that is not its coordinate', async () => {
    const { rows } = await readOne(plain([7007, 10009], [[1500, 1495]]));
    expect(rows.map(({ z, zType, variable, value }) => [z, zType, variable, value])).toEqual([
      [1500, Z_TYPE.geometricHeight, V.geopotentialHeight, 1495],
    ]);
  });

  it('what no quantity can be by definition is dropped as out of range, with its coordinate kept', async () => {
    const { rows, tally } = await readOne(
      plain(
        [7004, 12101, 12103, 13003, 11001, 11002],
        [
          [85_000, 0, 0, 101, 361, 0],
          [0, 250, 240, 50, 0, 3],
        ],
      ),
    );
    expect(rows.map(({ z, variable, value }) => [z, variable, value])).toEqual([[85_000, V.windSpeed, 0]]);
    expect(Object.fromEntries(tally.dropped)).toEqual({
      'bufr.air_temperature.out-of-range': 1,
      'bufr.dew_point.out-of-range': 1,
      'bufr.relative_humidity.out-of-range': 1,
      'bufr.wind_from_direction.out-of-range': 1,
      'bufr.air_temperature.no-coordinate': 1,
      'bufr.dew_point.no-coordinate': 1,
      'bufr.relative_humidity.no-coordinate': 1,
      'bufr.wind_from_direction.no-coordinate': 1,
      'bufr.wind_speed.no-coordinate': 1,
    });
    expect(tally.noted.get('bufr.pressure.out-of-range')).toBe(1);
  });

  it('all quantities, in the order of their codes', async () => {
    const { rows } = await readOne(
      plain([13009, 7004, 11004, 11003, 13001, 12101], [[45.5, 50_000, -3.5, 4.5, 0.00123, 250.15]]),
    );
    expect(rows.map(({ variable, value }) => [variable, value])).toEqual([
      [V.specificHumidity, 0.00123],
      [V.airTemperature, 250.15],
      [V.relativeHumidity, 45.5],
      [V.eastwardWind, 4.5],
      [V.northwardWind, -3.5],
    ]);
  });

  it('of several values of a quantity in a level the first counts, and the others are dropped', async () => {
    const elements = [7004, 10003, 10009, 12001, 12101, 12003, 12103];
    const reading = await readOne(plain(elements, [[85_000, 14_100, 1440, null, 280.11, null, null]]));
    expect(valuesAt(reading, 85_000)).toEqual({
      [V.geopotentialHeight]: 14_100 / G,
      [V.airTemperature]: 280.11,
    });
    expect(Object.fromEntries(reading.tally.dropped)).toEqual({
      'bufr.geopotential_height.repeated': 1,
      'bufr.air_temperature.missing': 1,
      'bufr.dew_point.missing': 2,
    });
  });
});

describe('levels by replication', () => {
  it('blocks of wind shear are no levels: their pressures do not shift the values', async () => {
    const levels = [
      [0, 131_072, 98_000, 300, 0, 0, 290, 285, 90, 2],
      [60, 16_384, 90_000, 950, 0, 0, 285, 280, 100, 12],
    ];
    const shear = [[60, 16_384, 95_000, 0, 0, 3.1, null]];
    const { rows, tally } = await readOne(message([309_052], [temp309052({}, levels, shear)]));
    expect(new Set(rows.map(({ z }) => z))).toEqual(new Set([98_000, 90_000]));
    expect(tally).toMatchObject({ levels: 2, fields: 10 });
    expect(tally.noted.get('bufr.element.011061')).toBe(1);
    expect(tally.noted.has('bufr.element.011062')).toBe(false);
  });

  it('a fixed replication, and levels spelled out one by one', async () => {
    const fixed = await readOne(
      message(
        [...PLAIN_HEAD, 103_002, 7004, 12101, 12103],
        [[...PLAIN_VALUES, 85_000, 280, 275, 70_000, 270, 265]],
      ),
    );
    const flat = await readOne(
      message(
        [...PLAIN_HEAD, 7004, 8001, 12101, 12103, 7004, 8001, 12101, 12103, 20010],
        [[...PLAIN_VALUES, 85_000, 32, 280, 275, 70_000, 32, 270, 265, 50]],
      ),
    );
    const expected = [
      [85_000, V.airTemperature, 280],
      [85_000, V.dewPoint, 275],
      [70_000, V.airTemperature, 270],
      [70_000, V.dewPoint, 265],
    ];
    for (const { rows, tally } of [fixed, flat]) {
      expect(rows.map(({ z, variable, value }) => [z, variable, value])).toEqual(expected);
      expect(tally).toMatchObject({ levels: 2, fields: 4 });
    }
  });

  it('a replication inside a level keeps its elements to itself', async () => {
    const descriptors = [...PLAIN_HEAD, 107_000, 31_001, 7004, 102_000, 31_001, 20011, 12101, 11001, 11002];
    const values = [...PLAIN_VALUES, 2, 85_000, 2, 5, 281, 6, 282, 180, 5.5, 70_000, 0, 190, 6.5];
    const { rows, tally } = await readOne(message(descriptors, [values]));
    expect(rows.map(({ z, variable, value }) => [z, variable, value])).toEqual([
      [85_000, V.windFromDirection, 180],
      [85_000, V.windSpeed, 5.5],
      [70_000, V.windFromDirection, 190],
      [70_000, V.windSpeed, 6.5],
    ]);
    expect(tally.dropped.get('bufr.air_temperature.outside-levels')).toBe(2);
  });

  it('surface observations beside the levels are dropped fields, not upper-air rows', async () => {
    const { rows, tally } = await readOne(
      message(
        [...PLAIN_HEAD, 10004, 7032, 12101, 12103, 13003, 11001, 11002, 102_000, 31_001, 7004, 12101],
        [[...PLAIN_VALUES, 99_000, 2, 290.1, 285.2, 70, 180, null, 1, 85_000, 280]],
      ),
    );
    expect(rows).toHaveLength(1);
    expect(Object.fromEntries(tally.dropped)).toEqual({
      'bufr.air_temperature.outside-levels': 1,
      'bufr.dew_point.outside-levels': 1,
      'bufr.relative_humidity.outside-levels': 1,
      'bufr.wind_from_direction.outside-levels': 1,
      'bufr.wind_speed.missing': 1,
    });
    expect(tally.noted.get('bufr.pressure.outside-levels')).toBe(1);
  });

  it('an element of no use ends no level that is spelled out', async () => {
    const { rows, tally } = await readOne(
      message(
        [...PLAIN_HEAD, 7004, 12101, 13002, 12103, 10004],
        [[...PLAIN_VALUES, 85_000, 280, 0.005, 275, 99_000]],
      ),
    );
    expect(rows.map(({ z, variable, value }) => [z, variable, value])).toEqual([
      [85_000, V.airTemperature, 280],
      [85_000, V.dewPoint, 275],
    ]);
    expect(tally.noted.get('bufr.element.013002')).toBe(1);
    expect(tally.noted.get('bufr.pressure.outside-levels')).toBe(1);
  });

  it('a report without a single level is a report without rows', async () => {
    const { reports, rows, tally } = await readOne(message([309_052], [temp309052({}, [])]));
    expect(reports).toHaveLength(1);
    expect(rows).toEqual([]);
    expect(tally.noted.get('bufr.report.without-levels')).toBe(1);
  });

  it('monthly means by level (CLIMAT TEMP) are no sounding', async () => {
    const descriptors = [...PLAIN_HEAD, 104_000, 31_001, 8023, 7004, 12101, 11001];
    const { stations, listing } = await readBufr(
      message(descriptors, [[...PLAIN_VALUES, 1, 4, 85_000, 280, 180]]),
    );
    expect(stations).toEqual([]);
    expect(listing.noted.get('bufr.message.not-a-sounding')).toBe(1);
  });

  it('values of elements that nothing is done with are counted by descriptor', async () => {
    const { tally } = await readOne(
      plain(
        [7004, 12101, 12102, 20001, 1015],
        [
          [85_000, 280, 277, null, 'A'],
          [70_000, 270, 267, 10, null],
        ],
      ),
    );
    expect([...tally.noted].filter(([name]) => name.startsWith('bufr.element.'))).toEqual([
      ['bufr.element.012102', 2],
      ['bufr.element.001015', 1],
      ['bufr.element.020001', 1],
    ]);
  });
});

describe('level significance', () => {
  it('is counted by name, bit 1 of a flag table being the highest', async () => {
    const levels = [64, 32, 16, 8, 4, 2, 68, 0, null].map((flags, i) => [
      90_000 - 1000 * i,
      flags,
      0,
      280,
      0,
      0,
      1,
    ]);
    const old = await readOne(message([309_007], [temp309007({}, levels)]));
    const named = (reading: typeof old): Record<string, number> =>
      Object.fromEntries([...reading.tally.noted].filter(([name]) => name.startsWith('bufr.level.')));
    expect(named(old)).toEqual({
      'bufr.level.surface': 2,
      'bufr.level.standard': 1,
      'bufr.level.tropopause': 1,
      'bufr.level.maximum-wind': 1,
      'bufr.level.significant-temperature-or-humidity': 2,
      'bufr.level.significant-wind': 1,
    });
    // Surface, standard, significant temperature, top of wind sounding, pressure from height.
    const flags = [2 ** 17, 2 ** 16, 2 ** 13, 2 ** 4, 2 ** 1];
    const high = await readOne(
      message(
        [309_052],
        [temp309052({}, [[0, flags.reduce((a, b) => a + b), 9e4, 0, 0, 0, 280, 270, 0, 1]])],
      ),
    );
    expect(named(high)).toEqual({
      'bufr.level.surface': 1,
      'bufr.level.standard': 1,
      'bufr.level.significant-temperature': 1,
      'bufr.level.top-of-wind': 1,
      'bufr.level.pressure-from-height': 1,
    });
  });
});
