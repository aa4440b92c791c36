/** Launches as levels: of soundings written down here, in both profiles, and of the demo outputs against h5wasm. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { departuresOf } from '../../src/reading/departures.js';
import type { Launch } from '../../src/reading/launch.js';
import { openStation } from '../../src/reading/open.js';
import { profileOf } from '../../src/reading/profile.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import { reportsWithin } from '../../src/reading/reports.js';
import { variableCode, variableName } from '../../src/reading/variables.js';
import { createWorkspace } from '../cli/workspace.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { withStation } from '../support/demo/station-view.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { smallText } from '../support/odb-tables.js';
import { since1900 } from '../support/reading.js';
import { LAUNCHES } from './launches.js';

const space = createWorkspace();

async function harvested(profile: 'cdm' | 'cuon'): Promise<string> {
  const input = space.write('vienna.txt', encodeIgra2(LAUNCHES));
  const output = space.path(profile);
  const report = await harvestQuietly({ input: [input], output, profile });
  return report.stations[0]?.files[0] ?? '';
}

async function withLaunch(path: string, report: number, check: (launch: Launch) => void): Promise<void> {
  const station = await openStation(path);
  try {
    check(await readLaunch(station, report));
  } finally {
    station.close();
  }
}

/** Rounded to what the archive gave. */
const rounded = (values: ArrayLike<number>, digits: number): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : Number(value.toFixed(digits))));

describe.each(['cdm', 'cuon'] as const)('a launch, profile %s', (profile) => {
  it('has its levels in order, each variable in the unit of the CDM, and what is missing', async () => {
    await withLaunch(await harvested(profile), 0, (launch) => {
      expect(launch.header).toMatchObject({
        report: 0,
        record: 0,
        firstRow: 0,
        rowCount: 12,
        time: since1900('2019-02-20T11:17:00Z'),
        nominalTime: since1900('2019-02-20T12:00:00Z'),
        launchTime: since1900('2019-02-20T11:17:00Z'),
        latitude: 48.2486,
        longitude: 16.3564,
        stationId: '0-20000-0-11035',
        reportId: 'igra2-AUM00011035-20190220111700-00',
      });
      expect(rounded(launch.pressure, 0)).toEqual([99_000, 85_000, 50_000, 50_000, null]);
      expect(rounded(launch.height, 0)).toEqual([200, null, 5570, null, 6000]);
      expect(rounded(launch.elapsed, 0)).toEqual([null, 130, null, null, null]);
      const of = (name: string) => launch.variables.get(variableCode(name));
      expect(rounded(of('air_temperature')?.value ?? [], 2)).toEqual([288.45, 271.05, null, null, null]);
      expect(of('air_temperature')).toMatchObject({ name: 'air temperature', unit: 'K' });
      expect(rounded(of('relative_humidity')?.value ?? [], 1)).toEqual([80.5, null, null, null, null]);
      expect(of('relative_humidity')?.unit).toBe('%');
      expect(rounded(of('dew_point_depression')?.value ?? [], 1)).toEqual([null, 4, null, null, null]);
      expect(rounded(of('wind_from_direction')?.value ?? [], 0)).toEqual([null, null, 270, 280, 275]);
      expect(rounded(of('wind_speed')?.value ?? [], 1)).toEqual([null, null, 15.5, 16, 18]);
      expect(Array.from(of('air_temperature')?.row ?? [])).toEqual([1, 4, -1, -1, -1]);
      expect(of('air_temperature')?.firstGuessDeparture).toBeNull();
      const { dewPoint, isDewPointComputed, temperature } = profileOf(launch);
      // 80.5 per cent at 15.3 degC, by hand: 611.2 exp(17.67 15.3 / 258.8) Pa = 1737 Pa, x 0.805 = 1398.5 Pa, whose dew point is 11.97 degC.
      expect(rounded(dewPoint.values, 2)).toEqual([285.12, 267.05, null, null, null]);
      expect([...isDewPointComputed]).toEqual([1, 0, 0, 0, 0]);
      expect(rounded(temperature.quality, 0)).toEqual([2, 2, null, null, null]);
    });
  });
});

describe('launches by time', () => {
  it('are those whose own time is in the period, or else those with a nominal time in it', async () => {
    const station = await openStation(await harvested('cdm'));
    const within = (from: string, to: string) =>
      reportsWithin(station, { from: since1900(from), to: since1900(to) });
    expect(await within('2019-02-20T00:00:00Z', '2019-02-21T00:00:00Z')).toEqual([0, 1, 2]);
    expect(await within('2019-02-21T00:00:00Z', '2019-02-21T00:01:00Z')).toEqual([1, 2]);
    expect(await within('2019-02-20T11:17:00Z', '2019-02-20T11:17:01Z')).toEqual([0]);
    expect(await within('2019-02-20T11:17:01Z', '2019-02-20T11:18:00Z')).toEqual([]);
    expect(await within('2019-02-20T12:00:00Z', '2019-02-20T12:01:00Z')).toEqual([0]);
    station.close();
  });

  it('may be two of one time: one record, two reports', async () => {
    const path = await harvested('cdm');
    await withLaunch(path, 1, (launch) => {
      expect(launch.header).toMatchObject({ record: 1, firstRow: 12, rowCount: 1 });
      expect(rounded(launch.variables.get(126)?.value ?? [], 2)).toEqual([273.65]);
    });
    await withLaunch(path, 2, (launch) => {
      expect(launch.header).toMatchObject({ record: 1, firstRow: 13, rowCount: 2 });
      expect(rounded(launch.variables.get(126)?.value ?? [], 2)).toEqual([273.85, 273.05]);
    });
  });

  it('have the rows that h5wasm sees under their report_id', async () => {
    expect(await comparedLaunches()).toBeGreaterThan(50);
  });
});

/** Compares launches of the demo with what h5wasm reads; returns how many. */
async function comparedLaunches(): Promise<number> {
  const output = join(await demoOutputs(), 'output');
  let compared = 0;
  for (const dataset of ['igra2', 'bufr', 'era5_1', 'era5_1759', 'ncar'])
    for (const name of readdirSync(join(output, dataset)).slice(0, 1)) {
      const path = join(output, dataset, name);
      const station = await openStation(path);
      const { ids, variables, values } = withStation(path, (view) => {
        const table = view.table('observations_table');
        return {
          ids: table.texts('report_id'),
          variables: table.numbers('observed_variable'),
          values: table.numbers('observation_value'),
        };
      });
      for (let report = 0; report < station.table('header_table').rows; report++) {
        const { header, variables: found, levels } = await readLaunch(station, report);
        const first = ids.indexOf(header.reportId);
        const rows = Array.from(
          { length: ids.lastIndexOf(header.reportId) + 1 - first },
          (_, i) => first + i,
        );
        expect(first).toBe(header.firstRow);
        expect(rows.length, header.reportId).toBe(header.rowCount);
        const seen = [...found.values()].flatMap(({ code, value, row }) =>
          Array.from({ length: levels }, (_, i) => [row[i], code, value[i]] as const).filter(
            ([at]) => at !== -1,
          ),
        );
        const expected = rows.map((row) => [row, variables[row], values[row]]);
        expect(JSON.stringify(seen.sort(([a], [b]) => (a as number) - (b as number)))).toBe(
          JSON.stringify(expected),
        );
        compared++;
      }
      station.close();
    }
  return compared;
}

describe('departures', () => {
  it('are in the unit of the value: geopotential becomes height, a share per cent', async () => {
    const rows = [
      { 'varno@body': 2, 'obsvalue@body': 250.5, 'fg_depar@body': 0.75, 'an_depar@body': 0.5 },
      { 'varno@body': 29, 'obsvalue@body': 0.4, 'fg_depar@body': -0.05, 'an_depar@body': 0.01 },
      { 'varno@body': 1, 'obsvalue@body': 54_000, 'fg_depar@body': 98.0665, 'an_depar@body': null },
    ];
    const input = space.write('era5.txt', smallText(rows));
    const report = await harvestQuietly({ source: 'era5_1', input: [input], output: space.path('era5') });
    await withLaunch(report.stations[0]?.files[0] ?? '', 0, (launch) => {
      expect(launch.levels).toBe(1);
      const seen = (background: 'first guess' | 'analysis') =>
        departuresOf(launch, background).map(({ code, values }) => [
          variableName(code),
          ...rounded(values, 3),
        ]);
      expect(seen('first guess')).toEqual([
        ['air_temperature', 0.75],
        ['relative_humidity', -5],
        ['geopotential_height', 10],
      ]);
      expect(seen('analysis')).toEqual([
        ['air_temperature', 0.5],
        ['relative_humidity', 1],
      ]);
      expect(rounded(launch.height, 1)).toEqual([5506.5]);
    });
  });
});

describe('a quantity in two forms', () => {
  it('is that which passed: ERA5 blacklists direction and speed and uses the components', async () => {
    const level = { 'vertco_reference_1@body': 50_000, 'fg_depar@body': null };
    const rows = [
      { ...level, 'varno@body': 111, 'obsvalue@body': 90, 'datum_status@body': 8 },
      { ...level, 'varno@body': 112, 'obsvalue@body': 9, 'datum_status@body': 8 },
      { ...level, 'varno@body': 3, 'obsvalue@body': 3, 'datum_status@body': 1 },
      { ...level, 'varno@body': 4, 'obsvalue@body': -4, 'datum_status@body': 1 },
    ];
    const input = space.write('winds.txt', smallText(rows));
    const report = await harvestQuietly({ source: 'era5_1', input: [input], output: space.path('winds') });
    await withLaunch(report.stations[0]?.files[0] ?? '', 0, (launch) => {
      const { windSpeed, windFromDirection } = profileOf(launch);
      expect([rounded(windSpeed.values, 3), [...windSpeed.quality]]).toEqual([[5], [0]]);
      // Blowing to the south-east: from 270 + atan(4 / 3).
      expect(rounded(windFromDirection.values, 2)).toEqual([323.13]);
    });
  });
});

describe('variables', () => {
  it('have one name each, and are known by it, by their code and by what people call them', () => {
    expect(variableName(126)).toBe('air_temperature');
    expect(variableName(85)).toBe('air_temperature_surface');
    expect(variableName(4711)).toBe('variable_4711');
    expect(
      ['126', 'temperature', 'Air Temperature', 'air-temperature', 'variable_126'].map(variableCode),
    ).toEqual(Array.from({ length: 5 }, () => 126));
    expect(() => variableCode('constructor')).toThrow('constructor is no variable');
  });
});
