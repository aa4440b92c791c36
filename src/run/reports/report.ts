/** The report of a run as it grows: what became of every station, and every count by reason. */
import type { HarvestError } from '../../errors.js';
import { countsOf } from '../../output/index.js';
import { createTally, mergeTally, type Skip, sortedCounts, type Tally } from '../../records/tally.js';
import { VERSION } from '../../version.js';
import { errorAsJson } from '../error-transfer.js';
import type { Shard } from '../shard.js';
import { exitCodeOfReport, type StationJson, type StoredReport } from './json.js';
import { isStationJson } from './shape.js';

/** What became of one station. */
export interface StationOutcome {
  station: string;
  primaryId: string;
  /** `unchanged`: the files of an earlier run stay, and so do its counts. */
  state: 'done' | 'unchanged' | 'empty' | 'failed';
  /** Reports in the files, which may be fewer than were read: outside the period, joined, repeated. */
  reports: number;
  /** Files written, absolute paths; none in a dry run. */
  files: string[];
  bytes: number;
  /** Bytes of the input files as they lie on disk. */
  inputBytes: number;
  first: string | null;
  last: string | null;
  tally: Tally;
  error?: Error;
}

/** One input that could not be read at all. */
export interface RefusedInput {
  path: string;
  error: Error;
}

/** What was fetched from the archive. */
export interface Downloads {
  listed: number;
  fetched: number;
  unchanged: number;
  /** Bytes received. */
  bytes: number;
  missing: { name: string; error: HarvestError }[];
  withdrawn: string[];
}

export interface RunReport {
  /** The id of the run, which names its stored report. */
  run: string;
  started: Date;
  finished: Date;
  dataset: string;
  profile: string;
  shard: Shard | null;
  /** What was asked for. */
  options: Record<string, unknown>;
  tables: { name: string; repository: string; commit: string; sha256: string };
  dryRun: boolean;
  /** Null where nothing was to be fetched. */
  downloads: Downloads | null;
  /** What the station lists among the inputs gave. */
  stationList: { stations: number; noted: ReadonlyMap<string, number> };
  /** What listing the inputs found that belongs to no station. */
  unassigned: Tally;
  /** Stations that are to be harvested. */
  planned: number;
  /** Sorted by station. */
  stations: StationOutcome[];
  refused: RefusedInput[];
  warnings: string[];
  /** Ended by a signal before all stations were done. */
  interrupted: boolean;
  /** What ended the run before all stations were done. */
  error?: Error;
  /** Where the report was stored. */
  path?: string;
}

/** The counts of all stations together. */
export function totalTally(report: Pick<RunReport, 'unassigned' | 'stations'>): Tally {
  const total = createTally();
  mergeTally(total, report.unassigned);
  for (const station of report.stations) mergeTally(total, station.tally);
  return total;
}

/** Every part of the input that was skipped. */
export function skipsOf(report: RunReport): Skip[] {
  return totalTally(report).skipped;
}

/** The exit code of a run. */
export function exitCodeOfRun(report: RunReport): number {
  return reportAsJson(report).exit_code;
}

/** A station's entry in the stored report. */
export function stationAsJson(station: StationOutcome): StationJson {
  return {
    station: station.station,
    primary_station_id: station.primaryId,
    state: station.state,
    files: station.files,
    reports: station.reports,
    bytes: station.bytes,
    input_bytes: station.inputBytes,
    first: station.first,
    last: station.last,
    counts: countsOf(station.tally),
    skipped: station.tally.skipped,
    ...(station.error && { error: errorAsJson(station.error) }),
  };
}

/** The report as plain data, for `--json` and for `output/reports/`. */
export function reportAsJson(report: RunReport): StoredReport {
  const total = totalTally(report);
  const stored: StoredReport = {
    format: 1,
    run: report.run,
    version: VERSION,
    started: report.started.toISOString(),
    finished: report.finished.toISOString(),
    exit_code: 0,
    interrupted: report.interrupted,
    ...(report.error && { error: errorAsJson(report.error) }),
    shard: report.shard,
    dataset: report.dataset,
    profile: report.profile,
    options: report.options,
    tables: report.tables,
    dry_run: report.dryRun,
    downloads: report.downloads && {
      ...report.downloads,
      missing: report.downloads.missing.map(({ name, error }) => ({ name, error: errorAsJson(error) })),
    },
    station_list: { stations: report.stationList.stations, noted: sortedCounts(report.stationList.noted) },
    planned: report.planned,
    stations: report.stations.map(stationAsJson),
    unassigned: { noted: sortedCounts(report.unassigned.noted), skipped: report.unassigned.skipped },
    refused: report.refused.map(({ path, error }) => ({ path, error: errorAsJson(error) })),
    warnings: report.warnings,
    totals: { ...countsOf(total), skipped: total.skipped.length },
  };
  return { ...stored, exit_code: exitCodeOfReport(stored) };
}

/**
 * The outcome of an earlier run from its entry in the ledger, as that of a station in which nothing has changed; undefined where the
 * entry is not one.
 */
export function unchangedOutcome(
  entry: Record<string, unknown>,
  files: string[],
): StationOutcome | undefined {
  if (!isStationJson(entry)) return undefined;
  const { counts } = entry;
  const tally: Tally = {
    ...counts,
    dropped: new Map(Object.entries(counts.dropped)),
    noted: new Map(Object.entries(counts.noted)),
    skipped: entry.skipped,
  };
  return {
    station: entry.station,
    primaryId: entry.primary_station_id,
    state: entry.state === 'empty' ? 'empty' : 'unchanged',
    reports: entry.reports,
    files,
    bytes: entry.bytes,
    inputBytes: entry.input_bytes,
    first: entry.first,
    last: entry.last,
    tally,
  };
}

/** What became of a station that could not be harvested. */
export function failedOutcome(station: string, primaryId: string, error: Error): StationOutcome {
  return {
    station,
    primaryId,
    state: 'failed',
    reports: 0,
    files: [],
    bytes: 0,
    inputBytes: 0,
    first: null,
    last: null,
    tally: createTally(),
    error,
  };
}
