/** The small inputs of `samples/faults` that are of IGRA: what a run makes of each. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOfRun, type RunReport } from '../../src/run/reports/report.js';
import { createVerifier } from '../../src/verify/index.js';
import { harvestInto, readStationFile, temporaryFolder } from '../run/station-file.js';
import { encodeIgra2, encodeStationList, type Igra2Sounding } from '../support/igra2-encoder.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';

const folder = temporaryFolder();
let runs = 0;

/** A run over the inputs, with the station files that it published, in which `verify` finds nothing. */
async function run(...input: string[]): Promise<{ report: RunReport; exitCode: number; files: string[] }> {
  const report = await harvestInto(join(folder, String(runs++)), input);
  const files = report.stations.flatMap((station) => station.files);
  const verifier = createVerifier({ limit: 20 });
  for (const file of files) expect((await verifier.verify(file)).findings.kept).toEqual([]);
  return { report, exitCode: exitCodeOfRun(report), files };
}

/** Writes an input of the test's own. */
function given(name: string, content: string | Uint8Array): string {
  const path = join(folder, `${runs++}-${name}`);
  writeFileSync(path, content);
  return path;
}

const sounding: Igra2Sounding = {
  id: 'AUM00011035',
  year: 2020,
  month: 1,
  day: 15,
  hour: 12,
  release: 1134,
  latitude: 48.25,
  longitude: 16.37,
  levels: [98_000, 92_500, 85_000].map((pressure) => ({
    type: 2,
    subtype: 0,
    elapsed: 0,
    pressure,
    height: 200,
    temperature: 50,
    relativeHumidity: 800,
    dewPointDepression: 30,
    windDirection: 360,
    windSpeed: 50,
  })),
};

describe.skipIf(skipSamples())(samplesTitle('faults of whole kinds, IGRA'), () => {
  const fault = (name: string): string => samplePath(`faults/${name}`);

  it('06: of shifted levels none can be read: exit 5, no station file', async () => {
    const { report, exitCode, files } = await run(fault('06-igra-all-levels-shifted-data.txt'));
    expect(exitCode).toBe(5);
    expect(files).toEqual([]);
    expect(report.stations).toMatchObject([
      { station: 'AUM00011035', state: 'failed', error: { code: 'NO_USABLE_LEVEL', position: { line: 2 } } },
    ]);
  });

  it('06: beside a station that is good, exit 3', async () => {
    const good = given('good.txt', encodeIgra2([{ ...sounding, id: 'USM00072558' }]));
    const { exitCode, files } = await run(fault('06-igra-all-levels-shifted-data.txt'), good);
    expect(exitCode).toBe(3);
    expect(files).toHaveLength(1);
  });

  it('10: a byte order mark is passed over', async () => {
    const { report, exitCode, files } = await run(fault('10-igra-utf8-bom-data.txt'));
    expect(exitCode).toBe(0);
    expect(files).toHaveLength(1);
    expect(report.stations[0]?.tally).toMatchObject({ reports: 1, levels: 3, skipped: [] });
  });

  it('13: __MACOSX beside the one member is no data', async () => {
    const { report, exitCode } = await run(fault('13-igra-zip-with-MACOSX-member.zip'));
    expect(exitCode).toBe(0);
    expect(report.stations).toMatchObject([{ station: 'AUM00011035', state: 'done', reports: 1 }]);
  });

  it('LVLTYP1 0 is a level like another', async () => {
    const { report, exitCode, files } = await run(fault('igra2_lvltyp1_0.txt'));
    expect(exitCode).toBe(0);
    expect(files).toHaveLength(1);
    const { tally } = report.stations[0] ?? {};
    expect(tally).toMatchObject({ reports: 1, levels: 2, fields: 12, rows: 2 });
    expect(Object.fromEntries(tally?.dropped ?? [])).toEqual({
      'igra2.wind_from_direction.no-coordinate': 1,
      'igra2.wind_speed.no-coordinate': 1,
      'igra2.geopotential_height.missing': 1,
      'igra2.geopotential_height.used-as-coordinate': 1,
      'igra2.air_temperature.missing': 2,
      'igra2.relative_humidity.missing': 2,
      'igra2.dew_point_depression.missing': 2,
    });
    expect(tally?.noted.get('igra2.level.type-0')).toBe(1);
    expect(tally?.noted.get('igra2.level.non-pressure')).toBe(1);
  });

  it('monthly means are refused by name', async () => {
    const { report, exitCode } = await run(fault('igra2_monthly_means.txt'));
    expect(exitCode).toBe(5);
    expect(report.refused.map(({ error }) => error.message)).toEqual([
      expect.stringContaining('found IGRA monthly means'),
    ]);
  });
});

describe('faults of whole kinds, IGRA made here', () => {
  it('headers of years in which nobody sounds are skipped and counted, the others harvested', async () => {
    const years = [1, 1849, 2020, 2999, 9999].map((year) => ({ ...sounding, year }));
    const { report, exitCode } = await run(given('years.txt', encodeIgra2(years)));
    expect(exitCode).toBe(3);
    const [station] = report.stations;
    expect(station).toMatchObject({ state: 'done', reports: 1, first: '2020-01-15T11:34:00Z' });
    expect(station?.tally.noted.get('igra2.report.date-invalid')).toBe(4);
  });

  it('a station list with a cut last line is used as far as it goes: exit 3', async () => {
    const entry = {
      id: 'AUM00011035',
      latitude: 48.2486,
      longitude: 16.3564,
      elevation: 1_000_000,
      name: 'WIEN/HOHE WARTE',
      firstYear: 1939,
      lastYear: 2026,
      soundings: 60_000,
    };
    const list = encodeStationList([entry, { ...entry, id: 'USM00072558' }]);
    const data = given('data.txt', encodeIgra2([sounding]));
    const { report, exitCode } = await run(data, given('list.txt', list.subarray(0, list.length - 20)));
    expect(exitCode).toBe(3);
    expect(report.unassigned.skipped).toMatchObject([{ reason: 'igra2.station-list.truncated' }]);
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.texts('station_configuration/station_name')).toEqual(['WIEN/HOHE WARTE']);
    expect(file.numbers('header_table/height_of_station_above_sea_level')).toEqual([Number.NaN]);
  });

  it('some levels that cannot be read: the others are harvested, exit 3 with the first line numbers', async () => {
    const [header, first, ...rest] = encodeIgra2([sounding]).toString().split('\n');
    const text = [header, first?.replace(' ', '  '), ...rest].join('\n');
    const { report, exitCode } = await run(given('some.txt', text));
    expect(exitCode).toBe(3);
    expect(report.stations[0]).toMatchObject({ state: 'done', tally: { levels: 3, fields: 18, rows: 12 } });
    expect(report.stations[0]?.tally.skipped).toEqual([
      expect.objectContaining({
        byteOffset: 72,
        detail: 'line 2 cannot be read: the columns are not those of a level',
      }),
    ]);
  });
});
