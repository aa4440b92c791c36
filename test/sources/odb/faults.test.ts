/** Small files that came out wrong, each of which stands for a kind: what `samples/faults/README.md` says is right. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOfRun, type RunReport } from '../../../src/run/reports/report.js';
import { createVerifier } from '../../../src/verify/index.js';
import {
  harvestInto,
  readStationFile,
  type StationFileReader,
  temporaryFolder,
} from '../../run/station-file.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const folder = temporaryFolder();

/** Harvests a file, and verifies what is published of it. */
async function harvested(name: string): Promise<{ report: RunReport; files: StationFileReader[] }> {
  const input = samplePath(`faults/${name}`);
  const report = await harvestInto(join(folder, name), [input], { source: 'era5_1' });
  const paths = report.stations.flatMap(({ files }) => files);
  const verifier = createVerifier({ limit: 20, against: [input] });
  for (const path of paths) expect((await verifier.verify(path)).findings.kept).toEqual([]);
  return { report, files: paths.map(readStationFile) };
}

/** The only station and its file. */
async function onlyStation(name: string) {
  const { report, files } = await harvested(name);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error(`${files.length} station files`);
  return { report, file, station: report.stations[0] };
}

const temperatures = (file: StationFileReader): number[] =>
  file.numbers('observations_table/observation_value');

describe.skipIf(skipSamples())(samplesTitle('the fault'), () => {
  it('era5_synop_as_radiosonde.txt: SYNOP is counted by its kind; there is no station', async () => {
    const { report, files } = await harvested('era5_synop_as_radiosonde.txt');
    expect([report.stations, files]).toEqual([[], []]);
    expect(Object.fromEntries(report.unassigned.noted)).toEqual({
      'era5_1.report.synop': 11,
      'era5_1.file.without-stations': 1,
    });
    expect(report.unassigned.skipped).toMatchObject([
      { reason: 'era5_1.report.synop', detail: expect.stringContaining('reportype 16001') },
    ]);
    expect(exitCodeOfRun(report)).toBe(3);
  });

  it('03-odc-sql-N-missing-constants.txt: the marks of odc are missing values', async () => {
    const { file, report } = await onlyStation('03-odc-sql-N-missing-constants.txt');
    expect(file.numbers('header_table/height_of_station_above_sea_level')).toEqual([Number.NaN]);
    expect(file.numbers('era5fb/fg_depar@body')).not.toContain(-2147483647);
    expect(file.numbers('era5fb/stalt@hdr').every(Number.isNaN)).toBe(true);
    expect(file.numbers('era5fb/an_depar@body').some(Number.isFinite)).toBe(true);
    expect(exitCodeOfRun(report)).toBe(0);
  });

  it.each(['04-odc-sql-f-wide.txt', '04-trailing-tab.txt', '05-double-quoted-statid.txt'])(
    '%s: station 11035 with four temperatures',
    async (name) => {
      const { file, station, report } = await onlyStation(name);
      expect(station).toMatchObject({ station: '11035', primaryId: '0-20000-0-11035', reports: 1 });
      const values = temperatures(file);
      expect(values).toHaveLength(4);
      expect(values.slice(0, 2)).toEqual([290, 285.5]);
      expect(exitCodeOfRun(report)).toBe(0);
    },
  );

  it('11-statid-as-wmo-number-and-as-wigos-id.odb: one station', async () => {
    const { file, station, report } = await onlyStation('11-statid-as-wmo-number-and-as-wigos-id.odb');
    expect(station).toMatchObject({ station: '11035', primaryId: '0-20000-0-11035', reports: 3 });
    expect(temperatures(file)).toHaveLength(12);
    expect(exitCodeOfRun(report)).toBe(0);
  });
});
