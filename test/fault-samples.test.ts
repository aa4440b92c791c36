/**
 * Every input of `../shared/samples/faults` gives what its README says: each stands for a kind of fault that was once read wrongly or
 * passed over. Values are those of the README, of ecCodes, of odc, or taken from the bits by hand.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../src/cli/inspect.js';
import { show } from '../src/cli/show.js';
import type { HarvestOptions } from '../src/run/options.js';
import type { StoredReport } from '../src/run/reports/json.js';
import { reportAsJson } from '../src/run/reports/report.js';
import { loadTables } from '../src/sources/bufr/tables.js';
import { harvestInto, readStationFile, type StationFileReader, temporaryFolder } from './run/station-file.js';
import { rawBufr } from './support/bufr-raw.js';
import { encodeBufrSoundings } from './support/bufr-soundings.js';
import { cpuMilliseconds } from './support/cpu-time.js';
import { encodeIgra2, encodeStationList } from './support/igra2-encoder.js';
import { smallText } from './support/odb-tables.js';
import { since1900 } from './support/reading.js';
import { samplePath, samplesTitle, skipSamples } from './support/samples.js';
import { makeStation } from './support/soundings.js';

const folder = temporaryFolder();
let runs = 0;

interface Harvested {
  report: StoredReport;
  /** Paths and contents of the station files. */
  paths: string[];
  files: StationFileReader[];
}

async function harvested(
  input: string,
  source: string,
  more: Partial<HarvestOptions> = {},
): Promise<Harvested> {
  const output = join(folder, String(runs++));
  const report = reportAsJson(await harvestInto(folder, [input], { source, output, ...more }));
  const paths = report.stations.flatMap(({ files }) => files);
  return { report, paths, files: paths.map(readStationFile) };
}

/** The only station file of a fault, with the report. */
async function only(
  name: string,
  source: string,
  more: Partial<HarvestOptions> = {},
): Promise<{ report: StoredReport; path: string; file: StationFileReader }> {
  const { report, paths, files } = await harvested(samplePath(`faults/${name}`), source, more);
  const [[path], [file]] = [paths, files];
  if (path === undefined || file === undefined || files.length > 1)
    throw new Error(`${files.length} station files instead of one: ${JSON.stringify(report)}`);
  return { report, path, file };
}

/** A damaged or made-up input of the project's own. */
function write(name: string, content: string | Uint8Array): string {
  mkdirSync(join(folder, String(runs)), { recursive: true });
  const path = join(folder, String(runs), name);
  writeFileSync(path, content);
  return path;
}

async function inspected(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await inspectFile(path, true)) as Record<string, unknown>;
}

/** How often each value is in a column. */
function countsIn(file: StationFileReader, column: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of file.numbers(`observations_table/${column}`)) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Coordinates and values of a variable, in the order of the file. */
function valuesOf(file: StationFileReader, variable: number): [z: number, value: number][] {
  const [variables = [], values = [], z = []] = [
    'observed_variable',
    'observation_value',
    'z_coordinate',
  ].map((name) => file.numbers(`observations_table/${name}`));
  return variables.flatMap((code, i): [number, number][] =>
    code === variable ? [[z[i] ?? Number.NaN, values[i] ?? Number.NaN]] : [],
  );
}

const T = 126;
const DEW_POINT = 137;
const DIRECTION = 106;
const SPEED = 107;
const VIENNA = '0-20000-0-11035';
/** Of 03 to 05: the four temperatures with their pressures. */
const FOUR = [
  [100_000, 290],
  [92_500, 285.5],
  [85_000, 280.25],
  [50_000, 250],
];

describe.skipIf(skipSamples())(samplesTitle('faults of BUFR'), () => {
  it('01-factor-255-era40-template.bufr: a count of all ones is 255 levels', async () => {
    const { report, file } = await only('01-factor-255-era40-template.bufr', 'bufr');
    expect(report).toMatchObject({
      exit_code: 0,
      totals: { reports: 1, levels: 255, rows: 1020, skipped: 0 },
    });
    expect(countsIn(file, 'observed_variable')).toEqual({ 106: 255, 107: 255, 126: 255, 137: 255 });
    expect(countsIn(file, 'z_coordinate_type')).toEqual({ 1: 1020 });
    expect(valuesOf(file, T)[0]).toEqual([100_000, 290]);
    expect(valuesOf(file, DEW_POINT)[0]).toEqual([100_000, 280]);
    expect(valuesOf(file, SPEED).slice(0, 2)).toEqual([
      [100_000, 1],
      [99_700, Math.fround(1.1)],
    ]);
    expect(valuesOf(file, T).at(-1)).toEqual([23_800, Math.fround(264.6)]);
    expect(file.texts('header_table/primary_station_id')).toEqual([VIENNA]);
    expect(file.numbers('header_table/latitude')).toEqual([48.25]);
    expect(file.numbers('header_table/longitude')).toEqual([16.37]);
    expect(file.numbers('header_table/height_of_station_above_sea_level')).toEqual([198]);
  });

  it('01-factor-255-then-winds-rubbish.bufr: 255 levels of T and Td, then 20 of wind; no other rows', async () => {
    const { report, file } = await only('01-factor-255-then-winds-rubbish.bufr', 'bufr');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, rows: 550, skipped: 0 } });
    expect(countsIn(file, 'observed_variable')).toEqual({ 106: 20, 107: 20, 126: 255, 137: 255 });
    expect(valuesOf(file, T)[0]).toEqual([100_000, 290]);
    expect(valuesOf(file, T).at(-1)).toEqual([23_800, Math.fround(264.6)]);
    const [directions, speeds] = [valuesOf(file, DIRECTION), valuesOf(file, SPEED)];
    expect([directions[0], speeds[0]]).toEqual([
      [99_000, 0],
      [99_000, 5],
    ]);
    expect([directions.at(-1), speeds.at(-1)]).toEqual([
      [80_000, 20],
      [80_000, 24],
    ]);
  });

  it('02-good-message-and-two-of-0-subsets.bufr: one report, two messages counted and listed', async () => {
    const name = '02-good-message-and-two-of-0-subsets.bufr';
    const { report, file } = await only(name, 'bufr');
    expect(report).toMatchObject({ exit_code: 3, totals: { reports: 1, rows: 25, skipped: 2 } });
    expect(report.unassigned.noted).toEqual({ 'bufr.message.no-subsets': 2 });
    expect(report.unassigned.skipped.map(({ byteOffset }) => byteOffset)).toEqual([196, 243]);
    expect(valuesOf(file, T)[0]).toEqual([100_000, 290]);
    const { noted, skipped } = await inspected(samplePath(`faults/${name}`));
    expect(noted).toMatchObject({ 'bufr.message.no-subsets': 2 });
    expect(skipped).toHaveLength(2);
  });

  it('07-geometric-heights-labelled-gpm.bufr: heights in m are told apart, and called gpm only where converted', async () => {
    const { report, path, file } = await only('07-geometric-heights-labelled-gpm.bufr', 'bufr');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, levels: 3, rows: 6 } });
    expect(countsIn(file, 'observed_variable')).toEqual({ 106: 3, 107: 3 });
    expect(countsIn(file, 'z_coordinate_type')).toEqual({ 0: 6 });
    expect(countsIn(file, 'z_coordinate_method')).toEqual({ 2: 6 });
    expect(valuesOf(file, SPEED).map(([z]) => z)).toEqual([1000, 10_000, 30_000]);
    const launch = { file: path, time: 'last', csv: false, json: false };
    const reported = await show(launch);
    expect(reported).toMatch(/^ *altitude\b/m);
    expect(reported).toMatch(/^ *30000 /m);
    expect(reported).not.toContain('gpm');
    const converted = await show({ ...launch, heights: 'geopotential' });
    expect(converted).toMatch(/\bgpm\b/);
    expect(converted).toMatch(/^ *29867\* +30000 /m);
  });

  it('08-gts-bulletin-twice-in-one-file.bufr: byte-equal messages are one', async () => {
    const { report, file } = await only('08-gts-bulletin-twice-in-one-file.bufr', 'bufr');
    expect(report).toMatchObject({
      exit_code: 0,
      totals: { rows: 25, dropped: { 'bufr.row.repeated': 25 }, noted: { 'bufr.report.repeated': 1 } },
    });
    expect(file.numbers('recordsize')).toEqual([25]);
    expect(file.texts('header_table/report_id')).toHaveLength(1);
  });

  it('09-word-BUFR-in-bulletin-text.bufr: one message, nothing damaged', async () => {
    const name = '09-word-BUFR-in-bulletin-text.bufr';
    const { report, file } = await only(name, 'bufr');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, rows: 25, skipped: 0 } });
    expect(Object.keys(report.totals.noted).filter((reason) => /truncated|damage/.test(reason))).toEqual([]);
    expect(valuesOf(file, T)[0]).toEqual([100_000, 290]);
    expect((await inspected(samplePath(`faults/${name}`))).skipped).toEqual([]);
  });

  it('12-ascent-309057-and-descent-309056.bufr: two reports in two records, told apart in header_table', async () => {
    const { report, file } = await only('12-ascent-309057-and-descent-309056.bufr', 'bufr');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 2, levels: 10, rows: 50 } });
    expect(report.totals.noted).not.toHaveProperty('bufr.report.shares-time');
    expect(file.numbers('header_table/vertical_direction')).toEqual([0, 1]);
    expect(file.numbers('recordsize')).toEqual([25, 25]);
    // The descent begins 3000 s after the launch of both.
    const [up, down] = ['2021-05-04T11:15:30Z', '2021-05-04T12:05:30Z'].map(since1900);
    expect(file.numbers('recordtimestamp')).toEqual([up, down]);
    expect(file.numbers('header_table/report_timestamp')).toEqual([up, down]);
    expect(file.numbers('header_table/report_meaning_of_timestamp')).toEqual([1, 1]);
    expect(file.numbers('profile_configuration/actual_time')).toEqual([up, up]);
    expect(Math.min(...file.numbers('observations_table/elapsed_time').slice(25))).toBe(3000);
  });

  it('bufr_wind_profiler_2_10_10394.bufr: no sounding, counted by kind', async () => {
    const { report, files } = await harvested(
      samplePath('faults/bufr_wind_profiler_2_10_10394.bufr'),
      'bufr',
    );
    expect(report).toMatchObject({ exit_code: 3, stations: [], totals: { reports: 0, skipped: 1 } });
    expect(report.totals.noted).toEqual({ 'bufr.message.wind-profiler': 1 });
    expect(files).toEqual([]);
  });

  it('bufr_temp_pressure_as_010004.bufr: pressures are coordinates, geometric heights are values', async () => {
    const { report, file } = await only('bufr_temp_pressure_as_010004.bufr', 'bufr');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, levels: 733 } });
    expect(Object.keys(countsIn(file, 'z_coordinate_type'))).toEqual(['1']);
    const altitudes = valuesOf(file, 125);
    expect(altitudes).toHaveLength(733);
    expect(altitudes[0]).toEqual([99_700, 47]);
    expect(new Set(altitudes.map(([z]) => z)).size).toBeGreaterThan(700);
    expect(countsIn(file, 'observed_variable')).not.toHaveProperty('117');
  });

  it('bufr_edition0_first.bufr: one skip, then one TEMP SHIP', async () => {
    const { report, file } = await only('bufr_edition0_first.bufr', 'bufr');
    expect(report).toMatchObject({
      exit_code: 3,
      totals: { reports: 1, rows: 73, skipped: 1, noted: { 'bufr.message.edition': 1 } },
      unassigned: { skipped: [{ byteOffset: 0, reason: 'bufr.message.edition' }] },
    });
    expect(report.unassigned.skipped[0]?.detail).toMatch(/edition 0/);
    expect(file.texts('header_table/primary_station_id')).toEqual(['ASDE3']);
    expect(file.numbers('header_table/platform_type')).toEqual([2]);
    expect(file.numbers('header_table/latitude')).toEqual([51.2]);
    expect(file.numbers('header_table/longitude')).toEqual([-28.1]);
  });

  it('bufr_temp_parts_06610.bufr: parts of one ascent are four reports, until parts are joined', async () => {
    const { report, file } = await only('bufr_temp_parts_06610.bufr', 'bufr');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 4, rows: 136 } });
    expect(file.numbers('recordsize')).toEqual([106, 30]);
  });
});

describe.skipIf(skipSamples())(samplesTitle('faults of ODB'), () => {
  it("03-odc-sql-N-missing-constants.txt: odc's constants are missing in every column", async () => {
    const { report, file } = await only('03-odc-sql-N-missing-constants.txt', 'era5_1');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, fields: 5, rows: 2, skipped: 0 } });
    expect(report.totals.dropped).toEqual({
      'era5_1.air_temperature.null': 1,
      'era5_1.eastward_wind.null': 1,
      'era5_1.geopotential_height.null': 1,
    });
    expect(file.numbers('observations_table/observation_value')).toEqual([290, -3.5]);
    expect(file.numbers('header_table/height_of_station_above_sea_level')).toEqual([Number.NaN]);
    expect(file.numbers('era5fb/stalt@hdr')).toEqual([Number.NaN, Number.NaN]);
    expect(file.numbers('era5fb/fg_depar@body')).toEqual([Number.NaN, Number.NaN]);
    expect(file.numbers('era5fb/an_depar@body')).toEqual([0.5, 0.5]);
    // A column without any value: neither kind of number would be wrong.
    expect(file.numbers('era5fb/collection_identifier@conv').filter((value) => value > 0)).toEqual([]);
  });

  it.each(['04-odc-sql-f-wide.txt', '04-trailing-tab.txt'])('%s: four temperatures', async (name) => {
    const { report, file } = await only(name, 'era5_1');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, fields: 4, rows: 4, skipped: 0 } });
    expect(valuesOf(file, T)).toEqual(FOUR);
    expect(file.texts('header_table/primary_station_id')).toEqual([VIENNA]);
    expect(file.numbers('header_table/height_of_station_above_sea_level')).toEqual([198]);
    for (const [row, departure] of file.numbers('era5fb/an_depar@body').entries())
      expect(departure).toBeCloseTo(row / 10, 6);
    expect(file.numbers('era5fb/datum_status@body')).toEqual([1, 1, 1, 1]);
  });

  it('05-double-quoted-statid.txt: the quotes are no part of the id', async () => {
    const { report, file } = await only('05-double-quoted-statid.txt', 'era5_1');
    expect(report).toMatchObject({
      exit_code: 0,
      stations: [{ station: '11035', primary_station_id: VIENNA }],
    });
    expect(valuesOf(file, T)).toEqual(FOUR);
    expect(file.texts('era5fb/statid@hdr').map((id) => id.trim())).toEqual(Array(4).fill('11035'));
  });

  it('11-statid-as-wmo-number-and-as-wigos-id.odb: one station', async () => {
    const { report, file } = await only('11-statid-as-wmo-number-and-as-wigos-id.odb', 'era5_1');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 3, rows: 12, skipped: 0 } });
    expect(report.stations.map(({ primary_station_id }) => primary_station_id)).toEqual([VIENNA]);
    expect(file.texts('header_table/primary_station_id')).toEqual([VIENNA, VIENNA, VIENNA]);
    expect(file.texts('station_configuration/primary_id')).toEqual([VIENNA]);
    const ids = new Set(file.texts('era5fb/statid@hdr').map((id) => id.trim()));
    expect(ids).toEqual(new Set(['11035', '1:11035', VIENNA]));
  });

  it('era5_synop_as_radiosonde.txt: SYNOP, counted, no station file', async () => {
    const { report, files } = await harvested(samplePath('faults/era5_synop_as_radiosonde.txt'), 'era5_1');
    expect(report).toMatchObject({
      exit_code: 3,
      totals: { reports: 0, rows: 0, noted: { 'era5_1.report.synop': 11 } },
    });
    expect(report.totals.skipped).toBeGreaterThan(0);
    expect(files).toEqual([]);
    const details = [report.unassigned, ...report.stations].flatMap(({ skipped }) => skipped);
    expect(details[0]?.detail).toMatch(/reportype 16001/);
    expect(details[0]?.detail).toMatch(/obstype 1\b/);
  });
});

describe.skipIf(skipSamples())(samplesTitle('faults of IGRA'), () => {
  const faults = (name: string): string => readFileSync(samplePath(`faults/${name}`), 'latin1');

  it('06-igra-all-levels-shifted-data.txt: no success where every level is malformed', async () => {
    const name = '06-igra-all-levels-shifted-data.txt';
    const { report, files } = await harvested(samplePath(`faults/${name}`), 'igra2');
    expect(report).toMatchObject({
      exit_code: 5,
      stations: [{ state: 'failed', error: { code: 'NO_USABLE_LEVEL', line: 2, exit_code: 5 } }],
    });
    expect(report.stations[0]?.error?.message).toMatch(/of 3 lines .* none can be read/);
    expect(files).toEqual([]);
    await expect(inspectFile(samplePath(`faults/${name}`), false)).rejects.toMatchObject({
      code: 'NO_USABLE_LEVEL',
    });
  });

  it('06-igra-all-levels-shifted-data.txt: some malformed levels are listed with their lines', async () => {
    const [header = '', ...shifted] = faults('06-igra-all-levels-shifted-data.txt').split('\n');
    const good = faults('10-igra-utf8-bom-data.txt').split('\n');
    const content = [header, shifted[0], good[2], shifted[2], ''].join('\n');
    const { report, files } = await harvested(write('AUM00011035-data.txt', content), 'igra2');
    expect(report).toMatchObject({ exit_code: 3, totals: { reports: 1, rows: 6, skipped: 2 } });
    expect(report.totals.noted).toMatchObject({ 'igra2.line.malformed': 2 });
    const skipped = report.stations.flatMap((station) => station.skipped);
    expect(skipped.map(({ detail }) => /line (\d+)/.exec(detail)?.[1])).toEqual(['2', '4']);
    expect(files).toHaveLength(1);
  });

  it('10-igra-utf8-bom-data.txt: read as without the mark', async () => {
    const { report, file } = await only('10-igra-utf8-bom-data.txt', 'igra2');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, levels: 3, rows: 18, skipped: 0 } });
    const plain = faults('10-igra-utf8-bom-data.txt').slice(3);
    const { files } = await harvested(write('AUM00011035-data.txt', plain), 'igra2');
    for (const column of ['observation_id', 'observation_value', 'z_coordinate', 'observed_variable'])
      expect(file.variable(`observations_table/${column}`).values).toEqual(
        files[0]?.variable(`observations_table/${column}`).values,
      );
    expect(valuesOf(file, T)[0]).toEqual([98_000, Math.fround(278.15)]);
  });

  it('13-igra-zip-with-MACOSX-member.zip: what a Mac adds is no data', async () => {
    const { report, file } = await only('13-igra-zip-with-MACOSX-member.zip', 'igra2');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, levels: 3, rows: 18, skipped: 0 } });
    expect(valuesOf(file, T)[0]).toEqual([98_000, Math.fround(278.15)]);
  });

  it('igra2_lvltyp1_0.txt: a level of type 0 is a level like another', async () => {
    const { report, file } = await only('igra2_lvltyp1_0.txt', 'igra2');
    expect(report).toMatchObject({ exit_code: 0, totals: { reports: 1, levels: 2, fields: 12, rows: 2 } });
    const { dropped } = report.totals;
    const sum = (reason: RegExp): number =>
      Object.entries(dropped).reduce((total, [name, n]) => total + (reason.test(name) ? n : 0), 0);
    expect([sum(/\.used-as-coordinate$/), sum(/\.no-coordinate$/), sum(/\.missing$/)]).toEqual([1, 2, 7]);
    expect(sum(/./)).toBe(10);
    expect(valuesOf(file, SPEED)).toEqual([[300, 18]]);
    expect(countsIn(file, 'z_coordinate_method')).toEqual({ 1: 2 });
  });

  it('igra2_monthly_means.txt: refused by name', async () => {
    const path = samplePath('faults/igra2_monthly_means.txt');
    const { report, files } = await harvested(path, 'igra2');
    expect(report).toMatchObject({ exit_code: 5, refused: [{ error: { code: 'WRONG_FORMAT' } }] });
    expect(report.refused[0]?.error.message).toMatch(/IGRA monthly means/);
    expect(files).toEqual([]);
    await expect(inspectFile(path, false)).rejects.toThrow(/IGRA monthly means/);
  });

  it('cuon_two_reports_one_time.txt: one header for each record in the profile cuon, one for each report in cdm', async () => {
    const name = 'cuon_two_reports_one_time.txt';
    const cuon = await only(name, 'igra2', { profile: 'cuon' });
    // The five values at 850 hPa are in both reports of the first record.
    expect(cuon.report).toMatchObject({
      exit_code: 0,
      totals: {
        reports: 3,
        rows: 25,
        noted: { 'igra2.report.under-one-header': 1 },
        dropped: { 'igra2.row.exact-duplicate': 5 },
      },
    });
    expect(cuon.file.numbers('recordtimestamp')).toHaveLength(2);
    expect(cuon.file.numbers('recordsize')).toEqual([20, 5]);
    const ids = cuon.file.texts('header_table/report_id');
    expect(ids).toHaveLength(2);
    // The header is that of the fuller report, and every row has the id of its header.
    expect(cuon.file.numbers('header_table/report_timestamp')).toEqual(cuon.file.numbers('recordtimestamp'));
    const rows = cuon.file.texts('observations_table/report_id');
    expect(rows).toEqual([...Array(20).fill(ids[0]), ...Array(5).fill(ids[1])]);
    const cdm = await only(name, 'igra2');
    expect(cdm.file.numbers('recordtimestamp')).toHaveLength(2);
    expect(cdm.file.texts('header_table/report_id')).toHaveLength(3);
    expect(cuon.file.texts('header_table/duplicates')[0]).toContain(
      cdm.file.texts('header_table/report_id').find((id) => !ids.includes(id)),
    );
  });
});

/** The faults of the README that come without a file: inputs of the project's own. */
describe('faults without a file', () => {
  const soundings = makeStation(5, {
    id: 'XXM00011035',
    soundings: 3,
    kinds: ['classic'],
    significantLevels: 3,
  });
  const [first, second] = soundings;
  if (first === undefined || second === undefined) throw new Error('no soundings');

  it('100 BUFR messages of elements without bits cost what small messages cost', async () => {
    // 65,000 times 61 temperatures of no width: four million elements for the sixteen bits of a count.
    const nested = [104_000, 31_002, 201_116, 101_061, 12_001, 201_000];
    const head = '0'.repeat(17 + 22 + 11);
    const hostile = rawBufr({
      descriptors: [301_001, 301_011, 301_012, ...nested, 7004, 11_002],
      data: head + (65_000).toString(2).padStart(16, '0') + '0'.repeat(26),
    });
    const good = encodeBufrSoundings(await loadTables(), [first], { wmoNumber: 11_035 });
    const input = write('hostile.bufr', Buffer.concat([good, ...Array(100).fill(hostile)]));
    const start = cpuMilliseconds();
    const { report, files } = await harvested(input, 'bufr');
    // With code tables to be written once; each of the hostile ones alone took 280 ms.
    expect(cpuMilliseconds() - start).toBeLessThan(4000);
    expect(report).toMatchObject({ exit_code: 3, totals: { reports: 1, skipped: 100 } });
    expect(files).toHaveLength(1);
    expect(process.memoryUsage().heapUsed).toBeLessThan(300 * 2 ** 20);
  });

  it('IGRA headers of the years 1, 2999 and 9999 are counted and skipped', async () => {
    const strange = [1, 2999, 9999].map((year) => ({ ...first, year }));
    const { report, files } = await harvested(
      write('XXM00011035-data.txt', encodeIgra2([...strange, second])),
      'igra2',
    );
    expect(report).toMatchObject({ exit_code: 3, totals: { reports: 1, skipped: 3 } });
    expect(files[0]?.numbers('recordtimestamp')).toHaveLength(1);
  });

  it('ODB dates of the year 9999 are counted and skipped', async () => {
    const input = write('export.txt', smallText([{ 'date@hdr': 99_991_231 }, { 'date@hdr': 20_190_220 }]));
    const { report, files } = await harvested(input, 'era5_1');
    expect(report).toMatchObject({ exit_code: 3, totals: { reports: 1, rows: 1 } });
    expect(report.totals.skipped).toBe(1);
    expect(files[0]?.numbers('recordtimestamp')).toEqual([since1900('2019-02-20T12:00:00Z')]);
  });

  it.each([-99_999, 1_000_000])('an elevation of %d m in the list of stations is none', async (elevation) => {
    const entry = {
      latitude: 48.25,
      longitude: 16.36,
      name: 'VIENNA',
      firstYear: 1998,
      lastYear: 1998,
      soundings: 3,
    };
    const at = write(
      'igra2-station-list.txt',
      encodeStationList([{ id: 'XXM00011035', elevation, ...entry }]),
    );
    writeFileSync(join(at, '..', 'XXM00011035-data.txt'), encodeIgra2(soundings));
    const { files } = await harvested(join(at, '..'), 'igra2');
    expect(files[0]?.texts('station_configuration/station_name')).toEqual(['VIENNA']);
    const heights = new Set(files[0]?.numbers('header_table/height_of_station_above_sea_level'));
    expect(heights).toEqual(new Set([Number.NaN]));
  });
});
