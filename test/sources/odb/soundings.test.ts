import { describe, expect, it } from 'vitest';
import { OBSERVED_VARIABLE } from '../../../src/records/variables.js';
import { era5_1, odbSource } from '../../../src/sources/odb/index.js';
import { isAccountedFor, since1900 } from '../../support/reading.js';
import { readRows } from './reading.js';

/** varno, value, quantity and, where the reader drops it without a coordinate, nothing else. */
const KNOWN: [varno: number, value: number, code: number][] = [
  [1, 54321, OBSERVED_VARIABLE.geopotentialHeight],
  [2, 250.5, OBSERVED_VARIABLE.airTemperature],
  [3, -4.5, OBSERVED_VARIABLE.eastwardWind],
  [4, 2.5, OBSERVED_VARIABLE.northwardWind],
  [7, 0.008, OBSERVED_VARIABLE.specificHumidity],
  [29, 0.75, OBSERVED_VARIABLE.relativeHumidity],
  [59, 245.5, OBSERVED_VARIABLE.dewPoint],
  [111, 360, OBSERVED_VARIABLE.windFromDirection],
  [112, 12.5, OBSERVED_VARIABLE.windSpeed],
];
const SURFACE: typeof KNOWN = [
  [39, 288.5, OBSERVED_VARIABLE.airTemperatureSurface],
  [40, 280.5, OBSERVED_VARIABLE.dewPointTemperatureSurface],
  [41, 1.5, OBSERVED_VARIABLE.eastwardWindSurface],
  [42, -1.5, OBSERVED_VARIABLE.northwardWindSurface],
  [58, 0.5, OBSERVED_VARIABLE.relativeHumiditySurface],
  [110, 99000, OBSERVED_VARIABLE.airPressureSurface],
];

describe('quantities', () => {
  it.each([...KNOWN, ...SURFACE])(
    'varno %i: value %d under code %i, as it stands',
    async (varno, value, code) => {
      const reading = await readRows([{ 'varno@body': varno, 'obsvalue@body': value }]);
      expect(reading.rows).toHaveLength(1);
      expect(reading.rows[0]).toMatchObject({ variable: code, value, z: 50000, zType: 1 });
    },
  );

  it('units: K, m/s, kg/kg, fraction, m2/s2, degree, Pa', () => {
    expect(
      Object.fromEntries(Object.entries(era5_1.encodings).map(([name, { unit }]) => [name, unit])),
    ).toEqual({
      geopotentialHeight: 'm2/s2',
      airTemperature: 'K',
      eastwardWind: 'm/s',
      northwardWind: 'm/s',
      specificHumidity: 'kg/kg',
      relativeHumidity: 'fraction',
      dewPoint: 'K',
      windFromDirection: 'degree',
      windSpeed: 'm/s',
      airTemperatureSurface: 'K',
      dewPointTemperatureSurface: 'K',
      eastwardWindSurface: 'm/s',
      northwardWindSurface: 'm/s',
      relativeHumiditySurface: 'fraction',
      airPressureSurface: 'Pa',
    });
  });

  it('an unknown varno is counted by its number, NULL values by quantity, feedback of a NULL value apart', async () => {
    const reading = await readRows([
      { 'varno@body': 2 },
      { 'varno@body': 215 },
      { 'varno@body': 215 },
      { 'varno@body': 300 },
      { 'varno@body': null },
      { 'varno@body': 112, 'obsvalue@body': null },
      { 'varno@body': 111, 'obsvalue@body': null, 'fg_depar@body': 1.5 },
      { 'varno@body': 3, 'obsvalue@body': null, 'an_depar@body': -1.5 },
    ]);
    expect(Object.fromEntries(reading.tally.dropped)).toEqual({
      'era5_1.varno.215.unknown': 2,
      'era5_1.varno.300.unknown': 1,
      'era5_1.varno.null.unknown': 1,
      'era5_1.wind_speed.null': 1,
      'era5_1.wind_from_direction.null': 1,
      'era5_1.eastward_wind.null': 1,
    });
    expect(Object.fromEntries(reading.tally.noted)).toEqual({ 'era5_1.feedback.of-null-value': 2 });
    expect(reading.tally.fields).toBe(8);
    expect(isAccountedFor(reading)).toBe(true);
  });

  it.each([
    [2, 0],
    [2, -2147483646],
    [111, 361],
    [112, -0.5],
    [29, -0.01],
    [1, -9796.84375],
    [110, 0],
  ])('varno %i cannot be %d', async (varno, value) => {
    const { rows, tally } = await readRows([{ 'varno@body': varno, 'obsvalue@body': value }]);
    expect(rows).toEqual([]);
    expect([...tally.dropped.keys()][0]).toMatch(/\.out-of-range$/);
  });

  it('quality: active passed, rejected failed, blacklisted before both, else not checked', async () => {
    const status = [1, 2, 4, 8, 12, 5, 9, 16, 0, null];
    const { rows } = await readRows(
      status.map((value, i) => ({ 'datum_status@body': value, 'vertco_reference_1@body': 90000 - i })),
    );
    expect(rows.map(({ quality }) => quality)).toEqual([0, 2, 1, 6, 6, 1, 6, 2, 2, 2]);
    expect((await readRows([{}])).rows[0]?.quality).toBe(2);
  });
});

describe('vertical coordinate', () => {
  it('geopotential stays as it is, for the match to convert; the geopotential of its own level is used as coordinate', async () => {
    const level = { 'vertco_type@body': 2, 'vertco_reference_1@body': 98066.5 };
    const { rows, tally } = await readRows([
      { ...level, 'varno@body': 111, 'obsvalue@body': 90 },
      { ...level, 'varno@body': 1, 'obsvalue@body': 98066.5 },
      { ...level, 'varno@body': 1, 'obsvalue@body': 98000 },
    ]);
    expect(rows.map(({ z, zType, value }) => [z, zType, value])).toEqual([
      [98_066.5, 2, 90],
      [98_066.5, 2, 98_000],
    ]);
    expect(Object.fromEntries(tally.dropped)).toEqual({ 'era5_1.geopotential_height.used-as-coordinate': 1 });
    expect(tally.noted.get('era5_1.coordinate.geopotential')).toBe(2);
  });

  it('without a coordinate only surface quantities stay; the types are counted by number', async () => {
    const none = { 'vertco_type@body': null, 'vertco_reference_1@body': null };
    const { rows, tally } = await readRows([
      { ...none, 'varno@body': 2 },
      { ...none, 'varno@body': 39 },
      { 'vertco_type@body': 5, 'varno@body': 2 },
      { 'vertco_reference_1@body': null, 'varno@body': 2 },
      { 'vertco_reference_1@body': 0, 'varno@body': 2 },
      {
        'vertco_type@body': 2,
        'vertco_reference_1@body': -999 * 9.80665,
        'varno@body': 112,
        'obsvalue@body': 5,
      },
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ variable: 85, zType: -1, z: Number.NaN });
    expect(Object.fromEntries(tally.dropped)).toEqual({
      'era5_1.air_temperature.no-coordinate': 4,
      'era5_1.wind_speed.no-coordinate': 1,
    });
    expect(Object.fromEntries(tally.noted)).toEqual({
      'era5_1.coordinate.type.null': 2,
      'era5_1.coordinate.type.5': 1,
      'era5_1.coordinate.null': 1,
      'era5_1.coordinate.non-positive-pressure': 1,
      'era5_1.coordinate.missing-height': 1,
    });
  });
});

describe('reports', () => {
  it('a change of date, time, kind or number begins one; the position does not', async () => {
    const { reports, rows, tally } = await readRows([
      { 'seqno@hdr': 1, reportype: 16022 },
      { 'seqno@hdr': 1, reportype: 16022, 'lat@hdr': 48.5, 'lon@hdr': 200 },
      { 'seqno@hdr': 2, reportype: 16022 },
      { 'seqno@hdr': 2, reportype: 16013 },
      { 'seqno@hdr': 2, reportype: 16013, 'time@hdr': 120001 },
      { 'seqno@hdr': 2, reportype: 16013, 'time@hdr': 120001, 'date@hdr': 20190221 },
    ]);
    expect(reports.map(({ rowCount }) => rowCount)).toEqual([2, 1, 1, 1, 1]);
    expect(reports.map(({ kind }) => kind)).toEqual([16022, 16022, 16013, 16013, 16013]);
    expect(reports.map(({ number }) => number)).toEqual([1, 2, 2, 2, 2]);
    expect(rows.slice(0, 2).map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
      [Number.NaN, Number.NaN],
      [48.5, -160],
    ]);
    expect(reports[0]).toMatchObject({
      latitude: 48.25,
      longitude: 16.375,
      elevation: Number.NaN,
      sondeType: -1,
      comment: '',
    });
    expect(tally).toMatchObject({ reports: 5, levels: 5, fields: 6 });
  });

  it('elevation, sonde type and offset come from the first row', async () => {
    const { reports } = await readRows([
      { 'stalt@hdr': 198.5, 'sonde_type@conv': 80 },
      { 'stalt@hdr': 300, 'sonde_type@conv': 90 },
      { 'time@hdr': 0, 'stalt@hdr': null, 'sonde_type@conv': -5726047 },
    ]);
    expect(reports.map(({ elevation, sondeType }) => [elevation, sondeType])).toEqual([
      [198.5, 80],
      [Number.NaN, -1],
    ]);
    expect(reports[0]?.byteOffset).toBeGreaterThan(100);
  });

  it('a report longer than a block is one report', async () => {
    const { reports } = await readRows(
      Array.from({ length: 20_000 }, (_, i) => ({
        'vertco_reference_1@body': 100_000 - i,
        ...(i === 19_999 && { 'time@hdr': 0 }),
      })),
    );
    expect(reports.map(({ rowCount }) => rowCount)).toEqual([19_999, 1]);
  });

  it.each([10101, 18491231, 21010101, 99991231])(
    'of %i, which no sounding is of, are left out',
    async (date) => {
      const { reports, tally } = await readRows([
        { 'date@hdr': date },
        { 'date@hdr': date, 'time@hdr': 0 },
        {},
      ]);
      expect(reports).toHaveLength(1);
      expect(tally.noted.get('era5_1.report.impossible-date')).toBe(2);
      expect(tally.skipped).toHaveLength(2);
    },
  );

  it.each([18500101, 21001231])('of %i are taken', async (date) => {
    expect((await readRows([{ 'date@hdr': date }])).reports).toHaveLength(1);
  });

  it.each([
    [-500, -500],
    [9000, 9000],
    [-501, Number.NaN],
    [99999, Number.NaN],
  ])('an elevation of %d m is read as %d', async (stated, elevation) => {
    const { reports, tally } = await readRows([{ 'stalt@hdr': stated }]);
    expect(reports[0]?.elevation).toBe(elevation);
    expect(tally.noted.get('era5_1.elevation.out-of-range')).toBe(Number.isNaN(elevation) ? 1 : undefined);
  });

  it('an impossible date or time costs the report, with its place', async () => {
    const { reports, tally } = await readRows([
      { 'date@hdr': 20190230 },
      { 'date@hdr': 20190230, 'varno@body': 112 },
      { 'date@hdr': null },
      { 'time@hdr': 126000 },
      { 'time@hdr': 250000 },
      {},
    ]);
    expect(reports).toHaveLength(1);
    expect(tally.fields).toBe(1);
    expect(tally.skipped.map(({ reason, detail }) => `${reason}: ${detail}`)).toEqual([
      'era5_1.report.impossible-date: date 20190230',
      'era5_1.report.impossible-date: date NaN',
      'era5_1.report.impossible-time: time 126000 on 20190220',
      'era5_1.report.impossible-time: time 250000 on 20190220',
    ]);
    expect(tally.noted.get('era5_1.row.of-skipped-report')).toBe(5);
  });
});

describe('times', () => {
  it.each([
    [10400, 16022, '2019-02-20T01:04:00Z', 1],
    [0, 16022, '2019-02-20T00:00:00Z', 2],
    [120000, 16013, '2019-02-20T12:00:00Z', 2],
    [120001, 16013, '2019-02-20T12:00:01Z', 1],
    [240000, 16022, '2019-02-21T00:00:00Z', 2],
  ])('%i of kind %i is nominal', async (time, kind, iso, quality) => {
    const { reports } = await readRows([{ 'time@hdr': time, reportype: kind }]);
    expect(reports[0]).toMatchObject({ nominal: since1900(iso), launch: Number.NaN, timeQuality: quality });
  });

  it.each([16045, 16068])('of kind %i is the launch, to the second', async (kind) => {
    const { reports } = await readRows([{ 'time@hdr': 231507, reportype: kind }]);
    expect(reports[0]).toMatchObject({
      launch: since1900('2019-02-20T23:15:07Z'),
      nominal: Number.NaN,
      timeQuality: 0,
    });
  });

  it('that are NULL are midday in local mean solar time', async () => {
    const { reports, tally } = await readRows([{ 'time@hdr': null, 'lon@hdr': 15 }]);
    expect(reports[0]).toMatchObject({
      dateOnly: since1900('2019-02-20T11:00:00Z'),
      nominal: Number.NaN,
      timeQuality: 3,
    });
    expect(tally.noted.get('era5_1.time.missing')).toBe(1);
  });
});

describe('positions', () => {
  it('that are missing or impossible are missing, and counted', async () => {
    const { reports, tally } = await readRows([
      { 'lat@hdr': null },
      { 'time@hdr': 0, 'lat@hdr': 91 },
      { 'time@hdr': 1, 'lon@hdr': -181 },
    ]);
    expect(reports.map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
      [Number.NaN, 16.375],
      [Number.NaN, 16.375],
      [48.25, Number.NaN],
    ]);
    expect(tally.noted.get('era5_1.position.missing')).toBe(3);
  });

  it('longitudes beyond 180 are computed without noise, of reports and of rows', async () => {
    const { reports, rows } = await readRows([{ 'lon@hdr': 359.9 }, { 'lon@hdr': 359.8 }]);
    expect(reports[0]?.longitude).toBe(-0.1);
    expect(rows[1]?.longitude).toBe(-0.2);
  });

  it('era5_1759: a WBAN station whose latitude has lost its sign is in the south, counted and said', async () => {
    const rows = [
      { 'statid@hdr': '2:80426 ', 'lat@hdr': 6.13 },
      { 'statid@hdr': '2:80426 ', 'lat@hdr': 6.5 },
      { 'statid@hdr': '2:80426 ', 'lat@hdr': -6.13, 'time@hdr': 0 },
    ];
    const { reports, rows: read, tally } = await readRows(rows, 'era5_1759');
    expect(reports.map(({ latitude, comment }) => [latitude, comment])).toEqual([
      [-6.13, 'sign of latitude corrected, the source has 6.13'],
      [-6.13, ''],
    ]);
    expect(read[1]?.latitude).toBe(-6.5);
    expect(read[0]?.feedback['lat@hdr']).toBe(6.13);
    expect(tally.noted.get('era5_1759.latitude.sign-corrected')).toBe(1);
    expect((await readRows(rows, 'era5_1761')).reports[0]?.latitude).toBe(6.13);
    expect((await readRows([{ 'statid@hdr': '2:13722 ' }], 'era5_1759')).reports[0]?.latitude).toBe(48.25);
  });
});

describe('feedback', () => {
  it('has every column of the kept rows, in their order', async () => {
    const { rows } = await readRows([
      { 'fg_depar@body': 1.25, extra: 'a', 'hits@update_1': 7 },
      { 'obsvalue@body': null, 'fg_depar@body': 2, extra: 'b', 'hits@update_1': 8 },
      { 'fg_depar@body': null, extra: null, 'hits@update_1': null },
      { 'fg_depar@body': -3.5, extra: 'a', 'hits@update_1': 9, 'time@hdr': 0 },
    ]);
    expect(
      rows.map(({ feedback: f }) => [f['fg_depar@body'], f.extra, f['hits@update_1'], f['obsvalue@body']]),
    ).toEqual([
      [1.25, 'a', 7, 250.5],
      [Number.NaN, '', Number.NaN, 250.5],
      [-3.5, 'a', 9, 250.5],
    ]);
  });

  it('goes on over batches and blocks', async () => {
    const { rows, batches, tally } = await readRows(
      Array.from({ length: 51_000 }, (_, i) => ({
        'time@hdr': (i % 24) * 10_000,
        'seqno@hdr': Math.floor(i / 100),
        'obsvalue@body': i % 3 === 0 ? null : 250,
        'an_depar@body': i,
        'source@hdr': `s${i % 50}`,
      })),
    );
    expect(batches).toBeGreaterThan(1);
    expect(rows).toHaveLength(34_000);
    for (const [n, { feedback }] of rows.entries()) {
      const i = Math.floor(n / 2) * 3 + 1 + (n % 2);
      if (feedback['an_depar@body'] !== i || feedback['source@hdr'] !== `s${i % 50}`)
        throw new Error(`row ${n}`);
    }
    expect(tally.dropped.get('era5_1.air_temperature.null')).toBe(17_000);
  });

  it('the rules of launches: fragments by number, high resolution within a minute', () => {
    expect(odbSource('era5_2').launches).toEqual({
      joinNumbered: true,
      resent: { kinds: new Set([16045, 16068]), seconds: 60 },
    });
  });
});
