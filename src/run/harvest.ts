/**
 * A run: the tables are opened, the inputs planned, and one station after the other is harvested. A station that fails
 * costs that station; a disk that is full or an output folder that cannot be written ends the run.
 */
import { join } from 'node:path';
import { type CdmEdition, openTables } from '../cdm/index.js';
import { EXIT, exitCodeOf, HarvestError, StorageError, UsageError } from '../errors.js';
import { type Profile, TABLES_CONTRACT } from '../match/index.js';
import { encodeCodeTables } from '../output/index.js';
import type { RecordTime } from '../records/sounding.js';
import { createTally } from '../records/tally.js';
import { loadSource } from '../sources/registry.js';
import type { Source } from '../sources/source.js';
import { makePlan, type Plan } from './plan.js';
import { type RunReport, type StationOutcome, skipsOf } from './report.js';
import { spoolInputs } from './spool.js';
import { harvestStation, type StationRun } from './station.js';

export interface HarvestOptions {
  source: string;
  /** Paths of files, folders, patterns; empty: what lies under `<workdir>/sources/<dataset>/`. */
  input: readonly string[];
  /** Folder of downloads, table cache and, unless `output` says otherwise, outputs. */
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
  onWarning: (message: string) => void;
  onStation: (station: string, done: number, total: number) => void;
  onProgress: (reports: number) => void;
  signal?: AbortSignal;
}

/** The errors of the file system that no other station can escape. */
const FATAL_STORAGE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/** Runs a harvest. Errors of single inputs and stations are in the report; what stops the whole run is thrown. */
export async function harvest(options: HarvestOptions): Promise<RunReport> {
  const source = await loadSource(options.source);
  const inputs = await spoolInputs(options.input, options.signal);
  try {
    return await harvestInputs(source, { ...options, input: inputs.paths });
  } finally {
    await inputs.remove();
  }
}

async function harvestInputs(source: Source, options: HarvestOptions): Promise<RunReport> {
  const plan = await planOf(source, options);
  const warnings: string[] = [];
  const edition = await openEdition(options, warnings);
  const report: RunReport = {
    dataset: source.id,
    profile: options.profile,
    tables: {
      name: edition.name,
      repository: edition.repository,
      commit: edition.commit,
      sha256: edition.sha256,
    },
    dryRun: options.dryRun,
    unassigned: plan.unassigned,
    stations: plan.clashing.map(({ id, error }) => failedStation(source, id, error)),
    stationList: { stations: plan.inventory.size, noted: plan.inventoryNotes },
    refused: plan.refused,
    warnings,
  };
  const outputFolder = options.dryRun ? null : join(options.output, source.id);
  const run: StationRun = {
    source,
    descriptor: await source.describe(),
    edition,
    codeTables: encodeCodeTables(edition),
    profile: options.profile,
    recordTime: options.recordTime,
    period: { from: options.from, to: options.to },
    splitByYear: options.splitByYear,
    outputFolder,
    inventory: plan.inventory,
    identities: new Map(),
    onProgress: options.onProgress,
    ...(options.signal && { signal: options.signal }),
  };
  for (const [i, station] of plan.stations.entries()) {
    options.onStation(station.id, i, plan.stations.length);
    report.stations.push(
      await harvestStation(run, station).catch((error: unknown) =>
        failed(source, station.id, error, outputFolder),
      ),
    );
  }
  return report;
}

/** The exit code of a run that came to its end. */
export function exitCodeOfReport(report: RunReport): number {
  const errors = [
    ...report.refused.map((refused) => refused.error),
    ...report.stations.flatMap((s) => (s.error ? [s.error] : [])),
  ];
  const usable = report.stations.some((station) => station.state !== 'failed');
  if (errors.length > 0 && !usable) return exitCodeOf(errors[0]);
  return errors.length > 0 || skipsOf(report).length > 0 ? EXIT.skippedInput : EXIT.ok;
}

async function planOf(source: Source, options: HarvestOptions): Promise<Plan> {
  const downloads = join(options.workdir, 'sources', source.id);
  const paths = options.input.length > 0 ? options.input : [downloads];
  const nothing = (cause?: unknown): UsageError =>
    new UsageError('NO_INPUT', `no input: ${paths.join(', ')} holds no files of ${source.id}`, {
      hint: `Put the archive's files under ${downloads}, or name them with --input; 'harvest sources ${source.id}' says where to get them.`,
      cause,
    });
  const plan = await makePlan(source, paths, options.station, options.signal).catch((error: unknown) => {
    if (options.input.length === 0 && error instanceof StorageError && error.code === 'ENOENT')
      throw nothing(error);
    throw error;
  });
  const { stations, clashing, refused, unassigned } = plan;
  // A file of the format without a sounding in it was listed with a note.
  const found =
    stations.length + clashing.length + refused.length + unassigned.skipped.length + unassigned.noted.size;
  if (found === 0) throw nothing();
  return plan;
}

async function openEdition(options: HarvestOptions, warnings: string[]): Promise<CdmEdition> {
  return await openTables(options.tables, {
    cacheDir: join(options.workdir, 'cdm-tables', 'cache'),
    offline: options.offline,
    contract: TABLES_CONTRACT,
    onWarning: (message) => {
      warnings.push(message);
      options.onWarning(message);
    },
  });
}

function failed(
  source: Source,
  station: string,
  error: unknown,
  outputFolder: string | null,
): StationOutcome {
  if (!(error instanceof HarvestError) || isFatal(error, outputFolder)) throw error;
  return failedStation(source, station, error);
}

function failedStation(source: Source, station: string, error: HarvestError): StationOutcome {
  return {
    station,
    primaryId: source.identify(station).primaryId,
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

/** No other station would fare better: the disk is full, or it is the output folder that fails. */
function isFatal(error: HarvestError, outputFolder: string | null): boolean {
  if (!(error instanceof StorageError)) return false;
  const inOutput = outputFolder !== null && (error.position.file ?? '').startsWith(outputFolder);
  // A name that is too long is the station's own trouble.
  return FATAL_STORAGE.has(error.code) || (inOutput && error.code !== 'ENAMETOOLONG');
}
