/** The report of a run: what became of every station, and every count by reason. */
import { HarvestError } from '../errors.js';
import { countsOf } from '../output/index.js';
import { createTally, mergeTally, type Skip, sortedCounts, type Tally } from '../records/tally.js';

/** What became of one station. */
export interface StationOutcome {
  station: string;
  primaryId: string;
  state: 'done' | 'empty' | 'failed';
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

export interface RunReport {
  dataset: string;
  profile: string;
  tables: { name: string; repository: string; commit: string; sha256: string };
  dryRun: boolean;
  /** What the station lists among the inputs gave. */
  stationList: { stations: number; noted: ReadonlyMap<string, number> };
  /** What listing the inputs found that belongs to no station. */
  unassigned: Tally;
  stations: StationOutcome[];
  refused: RefusedInput[];
  warnings: string[];
}

/** The counts of all stations together. */
export function totalTally(report: RunReport): Tally {
  const total = createTally();
  mergeTally(total, report.unassigned);
  for (const station of report.stations) mergeTally(total, station.tally);
  return total;
}

/** Every part of the input that was skipped. */
export function skipsOf(report: RunReport): Skip[] {
  return totalTally(report).skipped;
}

/** The report as plain data, for `--json`. */
export function reportAsJson(report: RunReport): Record<string, unknown> {
  const total = totalTally(report);
  return {
    dataset: report.dataset,
    profile: report.profile,
    tables: report.tables,
    dry_run: report.dryRun,
    station_list: { stations: report.stationList.stations, noted: sortedCounts(report.stationList.noted) },
    stations: report.stations.map((station) => ({
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
    })),
    unassigned: { noted: sortedCounts(report.unassigned.noted), skipped: report.unassigned.skipped },
    refused: report.refused.map(({ path, error }) => ({ path, error: errorAsJson(error) })),
    warnings: report.warnings,
    totals: { ...countsOf(total), skipped: total.skipped.length },
  };
}

/** An error as plain data. */
export function errorAsJson(error: Error): Record<string, unknown> {
  if (!(error instanceof HarvestError)) return { message: error.message };
  return {
    code: error.code,
    message: error.message,
    ...error.position,
    ...(error.hint !== undefined && { hint: error.hint }),
  };
}
