/** The overview as JSON, for `harvest report DIR --html --json`: names in the style of the run reports, times as ISO 8601. */
import { isoTime } from '../calendar.js';
import type { ValueCounts } from './counts.js';
import type { DatasetOverview, FolderOverview, RunOverview, StationOverview } from './overview.js';

/** Plain data for `JSON.stringify`. Unknown numbers and times are null. */
export function overviewAsJson(overview: FolderOverview): object {
  const { folder, run, made, stations, files, datasets, feedback } = overview;
  const { editions, programs, runs, troubles, skipped } = overview;
  return {
    format: 1,
    folder,
    run,
    made,
    datasets: datasets.map(datasetAsJson),
    stations: stations.map(stationAsJson),
    files: files.map(({ path, bytes, dataset, station, rows, created }) => ({
      ...{ path, bytes, dataset, primary_station_id: station, rows, date_created: created },
    })),
    feedback,
    tables: editions,
    programs: programs.map(({ version, profile, recordTime, files: made }) => ({
      ...{ version, profile, record_time: recordTime, files: made },
    })),
    runs: runs.map(runAsJson),
    troubles,
    skipped,
  };
}

function stationAsJson(station: StationOverview): object {
  const {
    id,
    name,
    dataset,
    latitude,
    longitude,
    first,
    last,
    launches,
    launchesByYear,
    rows,
    bytes,
    files,
  } = station;
  return {
    primary_station_id: id,
    name,
    dataset,
    // NaN is null in JSON.
    latitude,
    longitude,
    first: timeOf(first),
    last: timeOf(last),
    launches,
    launches_by_year: Object.fromEntries(launchesByYear),
    rows,
    bytes,
    files,
  };
}

function datasetAsJson({ first, last, counts, ...dataset }: DatasetOverview): object {
  const { id, source, institution, licence, references, productVersion } = dataset;
  const { stations, files, launches, rows, bytes, countsFrom, filesWithoutCounts } = dataset;
  return {
    ...{ id, source, institution, licence, references, product_version: productVersion },
    ...{ stations, files, launches, rows, bytes, first: timeOf(first), last: timeOf(last) },
    counts: countsAsJson(counts),
    counts_from: countsFrom,
    files_without_counts: filesWithoutCounts,
  };
}

function countsAsJson({ dropped, noted, ...numbers }: ValueCounts): object {
  return { ...numbers, dropped: Object.fromEntries(dropped), noted: Object.fromEntries(noted) };
}

function runAsJson({ exitCode, dryRun, ...run }: RunOverview): object {
  return { ...run, exit_code: exitCode, dry_run: dryRun };
}

function timeOf(seconds: number): string | null {
  return Number.isFinite(seconds) ? isoTime(seconds) : null;
}
