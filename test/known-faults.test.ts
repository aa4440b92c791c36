/**
 * Faults of other harvesters and readers of these archives, each as a test on the station file that must not have it. What
 * concerns sources that are not read yet (BUFR, UADB, ODB) belongs to their readers. Elsewhere: tables with malformed rows
 * and both dialects in `cdm/editions.test.ts`, kill and re-run in `faults/signals.test.ts` and `matrix/`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  harvestInto,
  harvestSoundings,
  level,
  readStationFile,
  sounding,
  temporaryFolder,
} from './run/station-file.js';
import { encodeIgra2 } from './support/igra2-encoder.js';
import { makeStation } from './support/soundings.js';

const folder = temporaryFolder();
const INT_MISSING = -(2 ** 31);
const TIME_MISSING = -(2n ** 63n);

/** Seconds since 1900-01-01 of an ISO time, by the engine's calendar. */
const at = (iso: string): number => (Date.parse(iso) - Date.UTC(1900, 0, 1)) / 1000;

/** One sounding with every quantity, flags of each kind, and elapsed times. */
const FULL = sounding({
  release: 2349,
  levels: [
    level({
      type: 2,
      subtype: 1,
      elapsed: 0,
      pressure: 99_999,
      height: 112,
      heightFlag: 'A',
      temperature: 53,
      temperatureFlag: 'B',
      relativeHumidity: 1000,
      dewPointDepression: 0,
      windDirection: 360,
      windSpeed: 125,
    }),
    level({
      type: 1,
      elapsed: 312,
      pressure: 85_000,
      height: 1457,
      heightFlag: 'B',
      temperature: -565,
      relativeHumidity: 456,
      dewPointDepression: 123,
      windDirection: 0,
      windSpeed: 0,
    }),
  ],
});
const full = harvestSoundings(folder, 'full', [FULL]);

/** Value of the row of a variable at a pressure. */
async function rowOf(variable: number, pressure: number, column: string): Promise<number | undefined> {
  const { file } = await full;
  const variables = file.numbers('observations_table/observed_variable');
  const z = file.numbers('observations_table/z_coordinate');
  const row = variables.findIndex((code, i) => code === variable && z[i] === pressure);
  return row < 0 ? undefined : file.numbers(`observations_table/${column}`)[row];
}

describe('known fault: times', () => {
  it('days merged in the date index: consecutive odd days stay apart', async () => {
    const days = [19, 20, 21, 22, 23];
    const { file } = await harvestSoundings(
      folder,
      'days',
      days.map((day) => sounding({ day })),
    );
    const expected = days.map((day) => at(`2019-02-${day}T00:00:00Z`));
    expect(file.numbers('recordtimestamp')).toEqual(expected);
    expect(file.variable('recordtimestamp').type).toBe('<q');
    expect(file.numbers('recordindex')).toEqual([0, 1, 2, 3, 4]);
    expect(file.numbers('observations_table/date_time')).toEqual(expected);
  });

  it('release day moved only for hour 00 after 20: 23 UTC released 0030, 01 UTC released 2340, 00 UTC released 2349', async () => {
    const { file } = await harvestSoundings(folder, 'release', [
      sounding({ day: 10, hour: 0, release: 2349 }),
      sounding({ day: 12, hour: 1, release: 2340 }),
      sounding({ day: 14, hour: 23, release: 30 }),
      // Read as five digits, 2304 became 02:30.
      sounding({ day: 16, hour: 23, release: 2304 }),
      sounding({ day: 18, hour: 12, release: 1117 }),
    ]);
    expect(file.numbers('header_table/report_timestamp')).toEqual(
      [
        '2019-02-09T23:49',
        '2019-02-11T23:40',
        '2019-02-15T00:30',
        '2019-02-16T23:04',
        '2019-02-18T11:17',
      ].map((t) => at(`${t}:00Z`)),
    );
    expect(file.numbers('header_table/nominal_timestamp')).toEqual(
      ['2019-02-10T00', '2019-02-12T01', '2019-02-14T23', '2019-02-16T23', '2019-02-18T12'].map((t) =>
        at(`${t}:00:00Z`),
      ),
    );
    expect(file.numbers('header_table/report_meaning_of_timestamp')).toEqual([1, 1, 1, 1, 1]);
  });

  it('dates before 1900 become 1900-01-01, seconds in 32 bits: 1880 and 2100 are exact', async () => {
    const { file } = await harvestSoundings(folder, 'centuries', [
      sounding({ year: 1880, month: 2, day: 29, hour: 7, release: 659 }),
      sounding({ year: 1900, month: 2, day: 28, hour: 12 }),
      sounding({ year: 1900, month: 3, day: 1, hour: 12 }),
      sounding({ year: 2100, month: 12, day: 31, hour: 23, release: 2259 }),
    ]);
    const expected = ['1880-02-29T06:59', '1900-02-28T12:00', '1900-03-01T12:00', '2100-12-31T22:59'].map(
      (t) => BigInt(at(`${t}:00Z`)),
    );
    expect(Array.from(file.variable('recordtimestamp').raw)).toEqual(expected);
    expect(Array.from(file.variable('observations_table/date_time').raw)).toEqual(expected);
    expect(file.attributes).toMatchObject({
      time_coverage_start: '1880-02-29T06:59:00Z',
      time_coverage_end: '2100-12-31T22:59:00Z',
    });
    expect(file.texts('header_table/report_id')[0]).toContain('18800229065900');
  });

  it('NaT in 32-bit times: a missing time is the smallest 64-bit number, declared as fill value only where it is', async () => {
    const { file } = await harvestSoundings(folder, 'nat', [
      sounding({ day: 1, hour: 99, release: 600 }),
      sounding({ day: 2, hour: 6, release: 600 }),
    ]);
    const nominal = file.variable('header_table/nominal_timestamp');
    expect(nominal.type).toBe('<q');
    expect(Array.from(nominal.raw)).toEqual([TIME_MISSING, BigInt(at('2019-02-02T06:00:00Z'))]);
    expect(nominal.attributes).toHaveProperty('_FillValue');
    expect(file.variable('header_table/report_timestamp').attributes).not.toHaveProperty('_FillValue');
  });
});

describe('known fault: values', () => {
  it.each([
    ['temperature', 126, 85_000, 216.65, 5],
    ['relative humidity as a fraction', 138, 85_000, 45.6, 300],
    ['relative humidity of 100 %', 138, 99_999, 100, 300],
    ['geopotential under the height code', 117, 85_000, 1457, 631],
    ['dew point depression', 34, 85_000, 12.3, 5],
    ['wind direction north', 106, 99_999, 360, 110],
    ['wind direction of a calm', 106, 85_000, 0, 110],
    ['wind speed', 107, 99_999, 12.5, 731],
    ['a calm', 107, 85_000, 0, 731],
  ])('%s: code %i at %i Pa is %d in unit %i', async (_, variable, pressure, value, units) => {
    expect(await rowOf(variable, pressure, 'observation_value')).toBe(Math.fround(value));
    expect(await rowOf(variable, pressure, 'units')).toBe(units);
  });

  it('values equal to a sentinel become missing: 99999 Pa stays', async () => {
    const { file } = await full;
    const z = file.numbers('observations_table/z_coordinate');
    expect(z.filter((pressure) => pressure === 99_999)).toHaveLength(6);
    expect(z).toHaveLength(12);
  });

  it('-8888 and -9999 leak into values: they are counted and make no row', async () => {
    const { file, report } = await harvestSoundings(folder, 'sentinels', [
      sounding({
        levels: [
          level({
            pressure: 50_000,
            temperature: 'removed',
            relativeHumidity: 'removed',
            windDirection: 180,
            windSpeed: 'removed',
          }),
          level({
            pressure: 40_000,
            height: 'removed',
            windDirection: null,
            windSpeed: 30,
            dewPointDepression: 'removed',
          }),
          level({ pressure: null, height: null, windSpeed: 50 }),
        ],
      }),
    ]);
    expect(file.numbers('observations_table/observed_variable')).toEqual([106, 107]);
    expect(file.numbers('observations_table/observation_value')).toEqual([180, 3]);
    for (const name of file.names('observations_table')) {
      const { values } = file.variable(`observations_table/${name}`);
      const leaked = values.filter(
        (v) => typeof v === 'number' && [-8888, -9999, -888.8, -999.9].includes(v),
      );
      expect(leaked, name).toEqual([]);
    }
    const tally = report.stations[0]?.tally;
    expect(Object.fromEntries(tally?.dropped ?? [])).toMatchObject({
      'igra2.air_temperature.qa-removed': 1,
      'igra2.wind_speed.qa-removed': 1,
      'igra2.wind_speed.no-coordinate': 1,
    });
    expect(tally).toMatchObject({ fields: 18, rows: 2 });
    expect(JSON.parse(String(file.attributes.harvest_counts))).toMatchObject({ fields: 18, rows: 2 });
  });

  it('latitude by string surgery: raw 500 is 0.05 degrees, -500 is -0.05; a position that is missing is missing', async () => {
    const places = [
      [0.05, -0.05],
      [-0.05, 0.05],
      [-90, -180],
      [null, null],
    ] as const;
    const { file } = await harvestSoundings(
      folder,
      'latitudes',
      places.map(([latitude, longitude], i) =>
        sounding({ id: 'ZZV0000SHIP', day: i + 1, latitude, longitude }),
      ),
    );
    expect(file.numbers('header_table/latitude')).toEqual([0.05, -0.05, -90, Number.NaN]);
    expect(file.numbers('observations_table/longitude')).toEqual([-0.05, 0.05, -180, Number.NaN]);
    // A ship that moves has a row per position.
    expect(file.numbers('station_configuration/latitude')).toEqual([0.05, -0.05, -90, Number.NaN]);
    expect(file.numbers('header_table/station_record_number')).toEqual([1, 2, 3, 4]);
  });

  it('quality flags, level types and elapsed time thrown away: they are there, or counted', async () => {
    const flags = [
      [117, 99_999, 0],
      [126, 99_999, 0],
      [117, 85_000, 0],
      [126, 85_000, 2],
      [107, 99_999, 2],
    ] as const;
    for (const [variable, pressure, flag] of flags)
      expect(await rowOf(variable, pressure, 'quality_flag')).toBe(flag);
    expect(await rowOf(126, 99_999, 'elapsed_time')).toBe(0);
    expect(await rowOf(107, 85_000, 'elapsed_time')).toBe(312);
    expect(Object.fromEntries((await full).report.stations[0]?.tally.noted ?? [])).toMatchObject({
      'igra2.level.surface': 1,
      'igra2.level.standard': 1,
      'igra2.flag.geopotential_height.A': 1,
    });
  });

  it('wind by height with a pressure type and no coordinate: type 0 with the height', async () => {
    const { file, report } = await harvestSoundings(folder, 'winds', [
      sounding({
        levels: [300, 1500].map((height) => level({ type: 3, height, windDirection: 270, windSpeed: 105 })),
      }),
    ]);
    expect(file.numbers('observations_table/z_coordinate')).toEqual([300, 300, 1500, 1500]);
    expect(file.numbers('observations_table/z_coordinate_type')).toEqual([0, 0, 0, 0]);
    expect(file.numbers('observations_table/observed_variable')).toEqual([106, 107, 106, 107]);
    expect(file.numbers('header_table/station_type')).toEqual([1]);
    expect(report.stations[0]?.tally.dropped.get('igra2.geopotential_height.used-as-coordinate')).toBe(2);
  });
});

describe('known fault: reports', () => {
  it('two soundings with one time are fused: two reports, one record, duplicates counted', async () => {
    const twice = level({ pressure: 30_000, temperature: -400 });
    const { file, report } = await harvestSoundings(folder, 'fused', [
      sounding({ hour: 12, release: 1117 }),
      sounding({ hour: 11, release: 1117, levels: [twice, twice] }),
      sounding({ day: 21 }),
    ]);
    expect(file.numbers('recordtimestamp')).toEqual([at('2019-02-20T11:17:00Z'), at('2019-02-21T00:00:00Z')]);
    expect(file.numbers('recordindex')).toEqual([0, 2]);
    expect(file.numbers('recordsize')).toEqual([2, 1]);
    const ids = file.texts('header_table/report_id');
    expect(ids.map((id) => id.slice(-2))).toEqual(['00', '01', '00']);
    expect(file.texts('observations_table/report_id')).toEqual(ids);
    expect(report.stations[0]?.tally.dropped.get('igra2.row.exact-duplicate')).toBe(1);
  });

  it('the last sounding of a file is lost: it is there, with every level', async () => {
    const soundings = makeStation(5, { soundings: 9 });
    const { file } = await harvestSoundings(folder, 'last', soundings);
    expect(file.numbers('header_table/nominal_timestamp')).toHaveLength(9);
    expect(file.numbers('header_table/nominal_timestamp')[8]).toBe(at('1998-03-03T00:00:00Z'));
    const z = new Set(file.numbers('observations_table/z_coordinate').slice(file.numbers('recordindex')[8]));
    const levels = soundings[8]?.levels.filter((l) => l.temperature !== null || l.windSpeed !== null) ?? [];
    expect(z.size).toBe(levels.length);
  });

  it('ids that are the text nan, string widths of the first row: ids resolve and are whole', async () => {
    const longer = Array.from({ length: 10 }, (_, i) => join(folder, `${'x'.repeat(i * 3)}w${i}.txt`));
    for (const [i, path] of longer.entries())
      writeFileSync(
        path,
        encodeIgra2([
          sounding({ day: i + 1, pressureSource: 'abcdefgh'.slice(0, i % 9), release: i % 2 ? 9999 : 2330 }),
        ]),
      );
    const report = await harvestInto(folder, longer, { output: join(folder, 'widths') });
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    // Every foreign key resolves.
    const known = (path: string): Set<string> => new Set(file.texts(path));
    const unresolved = (path: string, keys: string): string[] =>
      file.texts(path).filter((id) => !known(keys).has(id));
    expect(unresolved('observations_table/report_id', 'header_table/report_id')).toEqual([]);
    expect(unresolved('header_table/profile_id', 'profile_configuration/profile_id')).toEqual([]);
    expect(unresolved('observations_table/source_id', 'source_configuration/source_id')).toEqual([]);
    expect(unresolved('header_table/source_id', 'source_configuration/source_id')).toEqual([]);
    expect(unresolved('header_table/primary_station_id', 'station_configuration/primary_id')).toEqual([]);
    // Texts of different lengths are whole.
    expect(file.texts('source_configuration/source_file')).toEqual(
      longer.map((path) => path.slice(folder.length + 1)).sort(),
    );
    expect(known('header_table/primary_station_id')).toEqual(new Set(['0-20000-0-72558']));
    expect(known('profile_configuration/comments')).toEqual(
      new Set(['', ...[1, 2, 3, 4, 5, 6, 7, 8].map((length) => `P_SRC=${'abcdefgh'.slice(0, length)}`)]),
    );
    for (const group of file.groups) {
      for (const name of file.names(group)) {
        const { values } = file.variable(`${group}/${name}`);
        const nan = values.filter((text) => typeof text === 'string' && /^nan$/i.test(text));
        expect(nan, `${group}/${name}`).toEqual([]);
      }
    }
  });

  it('codes that no table has: every code of every table resolves in the file itself', async () => {
    const { file } = await full;
    let checked = 0;
    for (const group of [
      'observations_table',
      'header_table',
      'station_configuration',
      'source_configuration',
      'profile_configuration',
    ]) {
      for (const name of file.names(group)) {
        const { values, attributes, type } = file.variable(`${group}/${name}`);
        const [table = '', key = ''] = String(attributes.external_table ?? '').split(':');
        if (type !== '<i' || !file.groups.includes(table) || !file.names(table).includes(key)) continue;
        const codes = new Set(file.numbers(`${table}/${key}`));
        const missing = values.filter((code) => code !== INT_MISSING && !codes.has(Number(code)));
        expect(missing, `${group}/${name} -> ${table}`).toEqual([]);
        if (values.some((code) => code !== INT_MISSING)) checked++;
      }
    }
    expect(checked).toBeGreaterThan(20);
  });
});

describe('known fault: structure', () => {
  it('dimensions swapped, string scales of the wrong length: every dimension has its scale and its length', async () => {
    const { file } = await full;
    const paths = ['', ...file.groups].flatMap((group) =>
      file.names(group).map((name) => (group === '' ? name : `${group}/${name}`)),
    );
    const isScale = (path: string): boolean => file.variable(path).attributes.CLASS === 'DIMENSION_SCALE';
    const variables = paths.filter((path) => !isScale(path));
    expect(variables.length).toBeGreaterThan(300);
    const wrong = variables.filter((path) => {
      const { shape, scales } = file.variable(path);
      return shape.some((length, i) => {
        const [scale, ...others] = scales[i] ?? [];
        return scale === undefined || others.length > 0 || file.variable(scale.slice(1)).shape[0] !== length;
      });
    });
    expect(wrong).toEqual([]);
    const texts = variables.filter((path) => file.variable(path).shape.length === 2);
    const misnamed = texts.filter(
      (path) => file.variable(path).scales[1]?.[0] !== `/string${file.variable(path).shape[1]}`,
    );
    expect(misnamed).toEqual([]);
    // One row dimension per table, under the names that the file format documents.
    expect(
      new Set(
        variables
          .filter((p) => p.startsWith('observations_table/'))
          .map((p) => file.variable(p).scales[0]?.[0]),
      ),
    ).toEqual(new Set(['/observations_table/observation']));
    expect(file.variable('recordindex').scales).toEqual([['/record']]);
    expect(variables.filter((path) => !path.includes('/')).sort()).toEqual([
      'recordindex',
      'recordsize',
      'recordtimestamp',
    ]);
  });

  it('which tables made the file cannot be told: edition, inputs and counts are in it', async () => {
    const { file } = await full;
    expect(file.attributes.cdm_tables_commit).toMatch(/^[0-9a-f]{7,40}$/);
    expect(file.attributes.cdm_tables_sha256).toMatch(/^[0-9a-f]{64}$/);
    const [source] = JSON.parse(String(file.attributes.source_files));
    expect(source).toMatchObject({ name: 'full.txt', bytes: encodeIgra2([FULL]).length });
    expect(source.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(file.texts('source_configuration/source_file_checksum')).toEqual([`sha256:${source.sha256}`]);
  });
});
