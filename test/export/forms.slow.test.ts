/** The wide and the core form: the same levels as launches have, and joins that h5wasm's reading of the tables confirms. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStation } from '../../src/reading/open.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import { variableName } from '../../src/reading/variables.js';
import { createWorkspace } from '../cli/workspace.js';
import { LAUNCHES } from '../reading/launches.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { exported, type Plain, type PlainColumns, readArrow, readParquet, stored } from './exports.js';

const space = createWorkspace();
let demo = '';
beforeAll(async () => {
  demo = await demoOutputs();
});

const demoFile = (dataset: string, station: string): string =>
  join(demo, 'output', dataset, `${station}_${dataset}_harvested.nc`);

async function vienna(profile: 'cdm' | 'cuon'): Promise<string> {
  const input = space.write('vienna.txt', encodeIgra2(LAUNCHES));
  const report = await harvestQuietly({ input: [input], output: space.path(profile), profile });
  return report.stations[0]?.files[0] ?? '';
}

const single = (values: ArrayLike<number>): Plain[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : Math.fround(value)));

/** The launches of a file as `readLaunch` has them, one after the other, in the columns of the wide form. */
async function launches(path: string): Promise<PlainColumns> {
  const station = await openStation(path);
  const columns: PlainColumns = {};
  const add = (name: string, values: Plain[], before: number): void => {
    columns[name] ??= new Array<Plain>(before).fill(null);
    columns[name].push(...values);
  };
  const { rows: count } = station.table('header_table');
  let levels = 0;
  for (let report = 0; report < count; report++) {
    const launch = await readLaunch(station, report);
    add('report_id', new Array<Plain>(launch.levels).fill(launch.header.reportId), levels);
    add('pressure', single(launch.pressure), levels);
    add('height', single(launch.height), levels);
    add('elapsed_time', single(launch.elapsed), levels);
    for (const [code, variable] of launch.variables) {
      const name = variableName(code);
      add(name, single(variable.value), levels);
      add(`${name}_quality`, single(variable.quality), levels);
      if (variable.firstGuessDeparture) add(`${name}_fg_depar`, single(variable.firstGuessDeparture), levels);
      if (variable.analysisDeparture) add(`${name}_an_depar`, single(variable.analysisDeparture), levels);
    }
    levels += launch.levels;
    for (const values of Object.values(columns)) while (values.length < levels) values.push(null);
  }
  station.close();
  return columns;
}

describe('the wide form', () => {
  it('has a row per level, in the unit of the CDM, in both profiles', async () => {
    for (const profile of ['cdm', 'cuon'] as const) {
      const path = space.path(`${profile}.parquet`);
      await exported([await vienna(profile)], path, { form: 'wide' });
      const { columns: found, metadata } = await readParquet(path);
      expect(Object.keys(found)).toEqual([
        ...['report_id', 'date_time', 'latitude', 'longitude', 'pressure', 'height', 'geometric_height'],
        ...['elapsed_time', 'level_significance', 'significance'],
        ...['dew_point_depression', 'wind_from_direction', 'wind_speed', 'geopotential_height'],
        ...['air_temperature', 'relative_humidity'],
      ]);
      expect(found.pressure).toEqual([99_000, 85_000, 50_000, 50_000, null, 92_500, 92_500, 85_000]);
      expect(found.wind_from_direction).toEqual([null, null, 270, 280, 275, null, null, null]);
      expect((found.height ?? []).map((height) => height && Math.round(Number(height)))).toEqual([
        200,
        null,
        5570,
        null,
        6000,
        null,
        null,
        null,
      ]);
      expect(found.relative_humidity?.[0]).toBeCloseTo(80.5, 4);
      // The profile cuon has one header for each time.
      const second = profile === 'cuon' ? '00' : '01';
      expect(found.report_id?.slice(4)).toEqual([
        'igra2-AUM00011035-20190220111700-00',
        'igra2-AUM00011035-20190220231000-00',
        `igra2-AUM00011035-20190220231000-${second}`,
        `igra2-AUM00011035-20190220231000-${second}`,
      ]);
      expect(found.date_time?.[7]).toBe(Date.parse('2019-02-20T23:10:00Z'));
      const about = JSON.parse(metadata.get('columns') ?? '[]') as { name: string; units?: string }[];
      expect(about.flatMap(({ name, units }) => (units === undefined ? [] : [`${name}: ${units}`]))).toEqual([
        ...['latitude: degrees_north', 'longitude: degrees_east', 'pressure: Pa', 'height: gpm'],
        ...[
          'geometric_height: m',
          'elapsed_time: s',
          'dew_point_depression: K',
          'wind_from_direction: deg',
          'wind_speed: m/s',
        ],
        ...['geopotential_height: gpm', 'air_temperature: K', 'relative_humidity: %'],
      ]);
    }
  });

  it.each([
    ['igra2', '0-20000-0-99001', false],
    ['era5_1', '0-20000-0-99001', true],
    ['bufr', 'DEMO1', false],
  ] as const)('equals the launches of %s', async (dataset, station, feedback) => {
    const file = demoFile(dataset, station);
    const wanted = await launches(file);
    const path = space.path(`${dataset}.arrow`);
    const [report] = await exported([file], path, { form: 'wide', quality: true, feedback });
    expect(report?.rows).toBe(wanted.report_id?.length);
    const found = readArrow(path);
    for (const [name, values] of Object.entries(wanted))
      expect(
        (found[name] ?? []).map((value) => (typeof value === 'number' ? Math.fround(value) : value)),
        name,
      ).toEqual(values);
    expect(Object.keys(wanted).length).toBeGreaterThan(10);
  });

  it('has only the levels and columns of the variables that are asked for, heights all the same', async () => {
    const path = space.path('some.parquet');
    await exported([await vienna('cdm')], path, {
      form: 'wide',
      variables: ['wind_speed', '106', 'air dewpoint'],
    });
    const { columns: found } = await readParquet(path);
    expect(Object.keys(found).slice(10)).toEqual(['wind_speed', 'wind_from_direction', 'dew_point']);
    expect(found.pressure).toEqual([50_000, 50_000, null]);
    expect(found.height).toEqual([5570, null, 6000]);
    expect(found.wind_speed).toEqual([15.5, 16, 18]);
    expect(found.dew_point).toEqual([null, null, null]);
  });
});

/** What `from` says where `key` is one of its texts. */
function joined(keys: readonly Plain[], from: PlainColumns, key: string, column: string): Plain[] {
  const rows = new Map((from[key] ?? []).map((text, row) => [text, row]));
  return keys.map((each) => from[column]?.[rows.get(each) ?? -1] ?? null);
}

describe('the core form', () => {
  it('joins header, profile and station to every observation', async () => {
    const file = demoFile('bufr', 'DEMO1');
    const path = space.path('core.parquet');
    const [report] = await exported([file], path, { form: 'core' });
    const { columns: found } = await readParquet(path);
    const observations = stored(file);
    const headers = stored(file, 'header_table');
    const profiles = stored(file, 'profile_configuration');
    const stations = stored(file, 'station_configuration');
    expect(report?.rows).toBe(observations.report_id?.length);
    const ids = observations.report_id ?? [];
    for (const name of [
      'observation_id',
      'report_id',
      'observation_value',
      'z_coordinate',
      'quality_flag',
      'latitude',
    ])
      expect(found[name], name).toEqual(observations[name]);
    for (const name of [
      'station_name',
      'primary_station_id',
      'report_timestamp',
      'platform_type',
      'report_type',
    ])
      expect(found[name], name).toEqual(joined(ids, headers, 'report_id', name));
    // A ship: positions of its own for every report, and for the station.
    expect(found['latitude|header_table']).toEqual(joined(ids, headers, 'report_id', 'latitude'));
    expect(new Set(found['latitude|header_table']).size).toBe(8);
    expect(found.actual_time).toEqual(joined(ids, profiles, 'profile_id', 'actual_time'));
    const numbers = joined(ids, headers, 'report_id', 'station_record_number');
    expect(new Set(numbers).size).toBeGreaterThan(1);
    const secondary = stations.record_number?.map(
      (number, row) => [number, stations.secondary_id?.[row]] as const,
    );
    expect(found.secondary_id).toEqual(numbers.map((number) => new Map(secondary).get(number) ?? null));
  });

  it.each(['cdm', 'cuon'] as const)('has departures in the unit of the value: %s', async (profile) => {
    const input = [join(demo, 'sources/era5_1/era5.conv.202001.99001.txt.gz')];
    const harvest = await harvestQuietly({
      source: 'era5_1',
      input,
      output: space.path(`era5-${profile}`),
      profile,
    });
    const file = harvest.stations[0]?.files[0] ?? '';
    const path = space.path('departures.parquet');
    await exported([file], path, {
      form: 'core',
      feedback: true,
      variables: ['relative_humidity', 'height', '126', '38'],
    });
    const { columns: found } = await readParquet(path);
    const observations = stored(file);
    const feedback = stored(file, 'era5fb');
    const rows = (observations.observed_variable ?? []).flatMap((code, row) =>
      [138, 117, 126, 38].includes(Number(code)) ? [row] : [],
    );
    expect(found.observed_variable).toEqual(rows.map((row) => observations.observed_variable?.[row]));
    const differences: string[] = [];
    const ratios = new Set<number>();
    for (const [i, row] of rows.entries()) {
      const departure = feedback['fg_depar@body']?.[row] ?? null;
      // The archive's own number of the same value says what its unit is.
      const ratio = Number(observations.observation_value?.[row]) / Number(feedback['obsvalue@body']?.[row]);
      const wanted = departure === null ? null : Number(departure) * ratio;
      const value = found['fg_depar@body']?.[i] ?? null;
      if (wanted !== null) ratios.add(Number(ratio.toPrecision(4)));
      if (
        (value === null) !== (wanted === null) ||
        Math.abs(Number(value) - Number(wanted)) > 1e-5 * Math.abs(Number(wanted)) + 1e-12
      )
        differences.push(`row ${row}: ${value}, not ${wanted}`);
    }
    expect(differences).toEqual([]);
    expect([...ratios].sort((x, y) => x - y)).toEqual(profile === 'cuon' ? [1, 100] : [0.102, 1, 100]);
  });
});

describe('the long form with feedback', () => {
  it('has the columns of both tables, row by row', async () => {
    const file = demoFile('era5_3188', '0-20000-0-99001');
    const path = space.path('feedback.arrow');
    await exported([file], path, { feedback: true });
    const found = readArrow(path);
    const observations = stored(file);
    const feedback = stored(file, 'era5fb');
    const names = Object.keys(observations);
    expect(Object.keys(found)).toEqual([
      ...names,
      ...Object.keys(feedback).map((name) => (names.includes(name) ? `${name}|era5fb` : name)),
    ]);
    expect(found['obsvalue@body']).toEqual(feedback['obsvalue@body']);
    expect(found['report_id|era5fb']).toEqual(feedback.report_id);
    expect(found['statid@hdr']).toEqual(feedback['statid@hdr']);
  });
});
