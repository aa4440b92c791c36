/** Does the output of the demo hold what went into its archive? The full walk over all codes is in `test/output/`. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stationFileName } from '../../../src/output/index.js';
import type { DemoDataset, ExpectedStation } from './datasets.js';
import { type StationView, type TableView, withStation } from './station-view.js';
import type { DemoStation } from './stations.js';

const FIELDS_PER_LEVEL = 6;

/** The counts that a station file states of itself. */
export interface HarvestCounts {
  reports: number;
  levels: number;
  fields: number;
  rows: number;
  dropped: Record<string, number>;
  noted: Record<string, number>;
}

/** The attribute `harvest_counts`. */
export function harvestCounts(station: StationView): HarvestCounts {
  return JSON.parse(String(station.attributes.harvest_counts));
}

/** What is wrong with the station files in `folder`, one line each; empty when all is well. */
export function checkDemoOutput(folder: string, stations: readonly DemoStation[]): string[] {
  return stations.flatMap((station) => {
    const path = join(folder, `${station.primaryId}_igra2_harvested.nc`);
    if (!existsSync(path)) return [`${path}: not written`];
    return withStation(path, (view) => checkStation(view, station).map((fault) => `${path}: ${fault}`));
  });
}

/** What is wrong with the station files of another dataset in `folder`, one line each; empty when all is well. */
export function checkDataset(folder: string, { id, expected }: DemoDataset): string[] {
  const files = new Set(expected.map(({ primaryId }) => stationFileName(primaryId, id)));
  const strange = readdirSync(folder).filter((name) => !files.has(name));
  return [
    ...strange.map((name) => `${folder}/${name}: not expected`),
    ...expected.flatMap((station) => {
      const path = join(folder, stationFileName(station.primaryId, id));
      if (!existsSync(path)) return [`${path}: not written`];
      return withStation(path, (view) => checkExpected(view, station).map((fault) => `${path}: ${fault}`));
    }),
  ];
}

function checkExpected(view: StationView, { primaryId, reports, departures }: ExpectedStation): string[] {
  const counts = harvestCounts(view);
  const observations = view.table('observations_table');
  const dropped = Object.values(counts.dropped).reduce((sum, n) => sum + n, 0);
  const size = view.root.numbers('recordsize').reduce((sum, n) => sum + n, 0);
  const flagged = observations.numbers('advanced_feedback').some((flag) => flag === 1);
  const feedback = view.tables.get('era5fb');
  return faultsOf([
    ['reports', view.table('header_table').rows, reports],
    ['rows and dropped fields', counts.rows + dropped, counts.fields],
    ['rows of observations_table', observations.rows, counts.rows],
    ['rows of all records', size, counts.rows],
    ['whether there are rows', counts.rows > 0, true],
    ['primary station id', view.table('header_table').texts('primary_station_id')[0], primaryId],
    ['rows with departures', flagged, departures],
    ['rows of era5fb', feedback?.rows ?? counts.rows, counts.rows],
    ['departures in era5fb', feedback === undefined ? false : hasDepartures(feedback), departures],
  ]);
}

function hasDepartures(feedback: TableView): boolean {
  return feedback.numbers('an_depar@body').some((value) => !Number.isNaN(value));
}

function checkStation(
  view: StationView,
  { entry, primaryId, soundings, stationType }: DemoStation,
): string[] {
  const counts = harvestCounts(view);
  const header = view.table('header_table');
  const levels = soundings.reduce((sum, { levels: { length } }) => sum + length, 0);
  const dropped = Object.values(counts.dropped).reduce((sum, n) => sum + n, 0);
  const values = soundings.flatMap((sounding) => sounding.levels).reduce((sum, l) => sum + valuesOf(l), 0);
  const duplicates = counts.dropped['igra2.row.exact-duplicate'] ?? 0;
  const size = view.root.numbers('recordsize').reduce((sum, n) => sum + n, 0);
  const expectations: [what: string, found: unknown, expected: unknown][] = [
    ['reports', header.rows, soundings.length],
    ['reports counted', counts.reports, soundings.length],
    ['levels counted', counts.levels, levels],
    ['fields', counts.fields, levels * FIELDS_PER_LEVEL],
    ['rows and dropped fields', counts.rows + dropped, counts.fields],
    ['rows of observations_table', view.table('observations_table').rows, values - duplicates],
    ['rows counted', counts.rows, values - duplicates],
    ['rows of all records', size, counts.rows],
    ['primary station id', header.texts('primary_station_id')[0], primaryId],
    ['station name', header.texts('station_name')[0], entry.name],
    ['station type', view.table('station_configuration').numbers('station_type')[0], stationType],
  ];
  return faultsOf(expectations);
}

function faultsOf(expectations: readonly [what: string, found: unknown, expected: unknown][]): string[] {
  return expectations
    .filter(([, found, expected]) => found !== expected)
    .map(([what, found, expected]) => `${what}: ${found}, expected ${expected}`);
}

/** The values of a level that become rows: a height without a pressure is the coordinate, and no row. */
function valuesOf(level: DemoStation['soundings'][number]['levels'][number]): number {
  const height = typeof level.pressure === 'number' ? level.height : null;
  const { temperature, relativeHumidity, dewPointDepression, windDirection, windSpeed } = level;
  return [height, temperature, relativeHumidity, dewPointDepression, windDirection, windSpeed].filter(
    (field) => typeof field === 'number',
  ).length;
}
