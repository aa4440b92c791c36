/** Soundings read off the real files by eye, found again in the written station files: the whole way from text to netCDF. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOLDEN_IGRA2, type GoldenLevel } from '../golden/igra2.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { openStation, type StationView } from '../support/demo/station-view.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';

const NOT_CHECKED = 2;
const WITHOUT = Number.NaN;

/** One row as it must stand in observations_table; values as float32. */
interface ExpectedRow {
  observed_variable: number;
  observation_value: number;
  units: number;
  quality_flag: number;
  conversion_flag: number;
  conversion_method: number;
  original_units: number;
  original_value: number;
  elapsed_time: number;
}

/** The rows of a level, in the order of the file: by code of the variable. */
function expectedRows(level: GoldenLevel): ExpectedRow[] {
  const row = (
    variable: number,
    units: number,
    value: number | undefined,
    quality = NOT_CHECKED,
  ): ExpectedRow[] =>
    value === undefined
      ? []
      : [
          {
            observed_variable: variable,
            observation_value: Math.fround(value),
            units,
            quality_flag: quality,
            conversion_flag: 2,
            conversion_method: WITHOUT,
            original_units: WITHOUT,
            original_value: WITHOUT,
            elapsed_time: level.elapsedS ?? WITHOUT,
          },
        ];
  const [metres, heightFlag] = level.height ?? [];
  const [kelvin, flag] = level.temperature ?? [];
  const temperature = row(126, 5, kelvin, flag).map((converted) => ({
    ...converted,
    conversion_flag: 0,
    conversion_method: 1,
    original_units: 60,
    original_value: Math.fround(Math.round(((kelvin ?? WITHOUT) - 273.15) * 10) / 10),
  }));
  return [
    ...row(34, 5, level.dewPointDepression),
    ...row(106, 110, level.windDirection),
    ...row(107, 731, level.windSpeed),
    ...row(117, 631, metres, heightFlag),
    ...temperature,
    ...row(138, 300, level.relativeHumidity),
  ];
}

/** The rows of a report at one level, as the file has them. */
function writtenRows(station: StationView, reportId: string, { z, zType }: GoldenLevel): ExpectedRow[] {
  const table = station.table('observations_table');
  const ids = table.texts('report_id');
  const heights = table.numbers('z_coordinate');
  const types = table.numbers('z_coordinate_type');
  const first = ids.indexOf(reportId);
  const rows: number[] = [];
  for (let row = first; row >= 0 && ids[row] === reportId; row++)
    if (heights[row] === z && types[row] === zType) rows.push(row);
  const at = (column: string, row: number): number => table.numbers(column)[row] ?? Number.NaN;
  return rows.map((row) => ({
    observed_variable: at('observed_variable', row),
    observation_value: at('observation_value', row),
    units: at('units', row),
    quality_flag: at('quality_flag', row),
    conversion_flag: at('conversion_flag', row),
    conversion_method: at('conversion_method', row),
    original_units: at('original_units', row),
    original_value: at('original_value', row),
    elapsed_time: at('elapsed_time', row),
  }));
}

/** Seconds since 1900-01-01 by the calendar of the JavaScript engine; NaN for none. */
function seconds(iso: string | null): number {
  return iso === null ? Number.NaN : (Date.parse(iso) - Date.UTC(1900, 0, 1)) / 1000;
}

describe.skipIf(skipSamples())(samplesTitle('golden soundings in the station files'), () => {
  const folder = mkdtempSync(join(tmpdir(), 'output-golden-'));
  const open = new Map<string, StationView>();
  afterAll(() => {
    for (const station of open.values()) station.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeAll(async () => {
    const report = await harvestQuietly({ input: [samplePath('igra2')], output: folder });
    for (const { station, files } of report.stations) open.set(station, openStation(files[0] ?? ''));
  });

  it.each(GOLDEN_IGRA2)('$file, report $report', (sounding) => {
    const station = open.get(sounding.station);
    if (station === undefined) throw new Error(`no file of ${sounding.station}`);
    const header = station.table('header_table');
    const row = sounding.report - 1;
    const of = (column: string): number | undefined => header.numbers(column)[row];
    expect(of('report_timestamp')).toBe(seconds(sounding.launch ?? sounding.nominal));
    expect(of('nominal_timestamp')).toEqual(seconds(sounding.nominal));
    expect(of('report_meaning_of_timestamp')).toEqual(sounding.launch === null ? Number.NaN : 1);
    expect(of('report_time_quality')).toBe(sounding.launch === null ? 2 : 1);
    expect(of('latitude')).toBe(sounding.latitude);
    expect(of('longitude')).toBe(sounding.longitude);
    expect(station.table('profile_configuration').numbers('actual_time')[row]).toEqual(
      seconds(sounding.launch),
    );
    const id = header.texts('report_id')[row] ?? '';
    expect(id.startsWith(`igra2-${sounding.station}-`)).toBe(true);
    for (const level of sounding.expected)
      expect(writtenRows(station, id, level), `level ${level.level}`).toEqual(expectedRows(level));
  });

  it('no value of the archive for "missing" is among the values', () => {
    for (const [name, station] of open) {
      const values = station.table('observations_table').numbers('observation_value');
      const suspects = new Set([-9999, -8888, -999.9, -888.8, -99.99, -726.75, -615.65, 9999, 999.9]);
      expect(values.filter((value) => suspects.has(Math.round(value * 100) / 100)).length, name).toBe(0);
      expect(values.some(Number.isNaN), name).toBe(false);
    }
  });
});
