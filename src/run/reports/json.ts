/** A run's report as plain data: what `--json` prints, what `output/reports/<run>.json` holds, and what shards are merged from. */
import { EXIT } from '../../errors.js';
import type { Counts } from '../../output/index.js';
import type { Skip } from '../../records/tally.js';

/** An error as plain data: `HarvestError` with its code and position, any other with its message alone. */
export interface ErrorJson {
  code?: string;
  message: string;
  file?: string;
  byteOffset?: number;
  line?: number;
  field?: string;
  hint?: string;
  /** Of errors that the project did not expect. */
  stack?: string;
  /** The exit code that the error alone would lead to. */
  exit_code: number;
}

/** Counts of values and reports, as in the station file; the keys of `noted` and `dropped` are reasons. */
export type CountsJson = Counts;
/** A part of an input that could not be used. */
export type SkipJson = Skip;

/** What became of one station. */
export interface StationJson {
  station: string;
  primary_station_id: string;
  /** `unchanged`: its files are those of an earlier run, whose counts stand here. */
  state: 'done' | 'unchanged' | 'empty' | 'failed';
  /** Absolute paths. */
  files: string[];
  reports: number;
  bytes: number;
  input_bytes: number;
  /** Times of the first and last report, ISO 8601; null without reports. */
  first: string | null;
  last: string | null;
  counts: CountsJson;
  skipped: SkipJson[];
  error?: ErrorJson;
}

/** What was fetched from the archive before reading. */
export interface DownloadsJson {
  listed: number;
  fetched: number;
  unchanged: number;
  bytes: number;
  /** Files that could not be fetched; what is on disk of them from before was harvested. */
  missing: { name: string; error: ErrorJson }[];
  /** Files that the archive lists no more; those on disk are kept and harvested. */
  withdrawn: string[];
}

/** The report of a run. Times are ISO 8601 in UTC. */
export interface StoredReport {
  format: 1;
  run: string;
  version: string;
  started: string;
  finished: string;
  exit_code: number;
  /** The run was ended by a signal; stations that are not listed were not harvested. */
  interrupted: boolean;
  /** What stopped the whole run. */
  error?: ErrorJson;
  /** Null: the whole harvest. */
  shard: { index: number; of: number } | null;
  /** Merged reports alone: shards whose reports were not there. */
  missing_shards?: number[];
  dataset: string;
  profile: string;
  /** What was asked for, as it decides the outputs. */
  options: Record<string, unknown>;
  tables: { name: string; repository: string; commit: string; sha256: string };
  dry_run: boolean;
  /** Null without downloads (files given with `--input`, `--offline`). */
  downloads: DownloadsJson | null;
  station_list: { stations: number; noted: Record<string, number> };
  /** Stations that were to be harvested; a run that was ended early has fewer in `stations`. */
  planned: number;
  /** Sorted by station. */
  stations: StationJson[];
  /** What of the inputs belongs to no station; of a sharded harvest, reported by shard 1. */
  unassigned: { noted: Record<string, number>; skipped: SkipJson[] };
  /** Inputs that could not be read at all; of a sharded harvest, reported by shard 1. */
  refused: { path: string; error: ErrorJson }[];
  warnings: string[];
  totals: CountsJson & { skipped: number };
}

/** What of a report decides its exit code. */
export type Outcomes = Pick<
  StoredReport,
  'stations' | 'refused' | 'downloads' | 'unassigned' | 'interrupted' | 'error'
>;

/**
 * The exit code of a run: 130 or that of the error that stopped it; 4 where something could not be fetched; that of the
 * first error where nothing could be harvested; 3 where some input was skipped; else 0.
 */
export function exitCodeOfReport(report: Outcomes): number {
  if (report.error !== undefined) return report.error.exit_code;
  if (report.interrupted) return EXIT.interrupted;
  if ((report.downloads?.missing.length ?? 0) > 0) return EXIT.network;
  const errors = [
    ...report.refused.map(({ error }) => error),
    ...report.stations.flatMap(({ error }) => (error === undefined ? [] : [error])),
  ];
  const usable = report.stations.some(({ state }) => state !== 'failed');
  const [first] = errors;
  if (first !== undefined && !usable) return first.exit_code;
  const skipped =
    report.unassigned.skipped.length > 0 || report.stations.some((station) => station.skipped.length > 0);
  return first !== undefined || skipped ? EXIT.skippedInput : EXIT.ok;
}
