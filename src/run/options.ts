/** What a run is asked for, and what it tells while it goes. */
import type { Profile } from '../match/index.js';
import type { RecordTime } from '../records/sounding.js';
import type { StationOutcome } from './reports/report.js';
import type { Shard } from './shard.js';

export interface HarvestOptions {
  source: string;
  /** Paths of files, folders, patterns; empty: what lies under `<workdir>/sources/<dataset>/`, brought up to date first. */
  input: readonly string[];
  /** Folder of downloads, table cache, ledger and, unless `output` says otherwise, outputs. */
  workdir: string;
  output: string;
  station: readonly string[];
  /** Record times, seconds since 1900-01-01: `from <= time < to`; infinite where open. */
  from: number;
  to: number;
  tables: string;
  offline: boolean;
  profile: Profile;
  recordTime: RecordTime;
  splitByYear: boolean;
  dryRun: boolean;
  /** Stations harvested side by side; null: one per core, fewer for little work. */
  workers: number | null;
  /** The part of the stations that this run does; null: all. */
  shard: Shard | null;
  /** Harvests also what has not changed. */
  force: boolean;
  /** Base addresses to fetch from in place of the archive's own. */
  mirrors: readonly string[];
  /** Reports of this dataset that are kept. */
  keepReports: number;
  onEvent: (event: RunEvent) => void;
  signal?: AbortSignal;
}

/** What happens in a run, as it happens. Bytes are those of input files. */
export type RunEvent =
  | { type: 'warning'; message: string }
  | { type: 'download'; done: number; total: number; bytes: number; name: string }
  | { type: 'listing'; files: number }
  | { type: 'planned'; stations: number; unchanged: number; bytes: number; lanes: number }
  | { type: 'started'; lane: number; station: string }
  | { type: 'reports'; lane: number; reports: number }
  | { type: 'finished'; lane: number; outcome: StationOutcome; bytes: number };
