/** What the page shows, as plain data: stations, files, counts, runs and troubles of a folder. */
import type { StationPeriod } from '../plot/station-period.js';
import type { ValueCounts } from './counts.js';
import type { FileFeedback, StationFile } from './station-file.js';
import type { SkippedParts, Trouble } from './troubles.js';

/** A folder of station files, or of datasets with station files. */
export interface FolderOverview {
  /** Absolute path. */
  folder: string;
  /** The run that it is of; null for all that is in the folder. */
  run: string | null;
  /** When it was looked at, ISO 8601. */
  made: string;
  /** Sorted by dataset and id. A station that is in two datasets is here twice, one with a file per year once. */
  stations: StationOverview[];
  /** Sorted by path, which is relative to the folder. */
  files: StationFile[];
  /** Sorted by name. */
  datasets: DatasetOverview[];
  /** Groups of feedback, sorted by dataset, those of most files first. */
  feedback: FeedbackOverview[];
  /** Table editions, and versions and options of the program, each with how many files it made; most first. */
  editions: (StationFile['edition'] & { files: number })[];
  programs: { version: string; profile: string; recordTime: string; files: number }[];
  /** The last run of each dataset. */
  runs: RunOverview[];
  /** The gravest first. */
  troubles: Trouble[];
  skipped: SkippedParts[];
}

/** A station in a dataset. */
export interface StationOverview extends StationPeriod {
  /** Rows of observations_table, and bytes of the files. */
  rows: number;
  bytes: number;
  /** Paths relative to the folder. */
  files: string[];
}

/** One dataset of the folder. */
export interface DatasetOverview {
  id: string;
  /** What the files say of it; where they differ, what most say. '' for unknown. */
  source: string;
  institution: string;
  licence: string;
  references: string;
  productVersion: string;
  stations: number;
  files: number;
  launches: number;
  rows: number;
  bytes: number;
  first: number;
  last: number;
  counts: ValueCounts;
  /** Where the counts are from: the files, or the last run where files hold no counts (`--split year`). */
  countsFrom: 'files' | 'run';
  /** Files whose counts are nowhere. */
  filesWithoutCounts: number;
}

/** A group of feedback that files of a dataset have, with how many they are. */
export interface FeedbackOverview extends FileFeedback {
  dataset: string;
  files: number;
}

/** The last run of a dataset, or its shards together. */
export interface RunOverview {
  run: string;
  dataset: string;
  version: string;
  started: string;
  finished: string;
  exitCode: number;
  dryRun: boolean;
  planned: number;
  done: number;
  unchanged: number;
  empty: number;
  failed: number;
  /** Files and bytes that were fetched; null where nothing was to be. */
  fetched: { files: number; bytes: number } | null;
  /** The edition of the tables, with its commit. */
  tables: string;
}
