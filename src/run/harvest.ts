/**
 * A run: the work folder is locked, the archive's files are brought up to date, the tables opened, the inputs planned, what has changed
 * is harvested over lanes, and each station is taken down in the ledger when its files are published. A station that fails costs
 * that station; a disk that is full or an output folder that cannot be written ends the run.
 */
import { join } from 'node:path';
import { isoTime } from '../calendar.js';
import { type CdmEdition, openTables } from '../cdm/index.js';
import { HarvestError, StorageError, UsageError } from '../errors.js';
import { expandInputs } from '../fetch/members.js';
import { TABLES_CONTRACT } from '../match/index.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import { createTally } from '../records/tally.js';
import { mayHold } from '../sources/beginning.js';
import { loadSource } from '../sources/registry.js';
import type { Source } from '../sources/source.js';
import { identityOfRun } from './fingerprint.js';
import { createInputMemory, downloadsOf, type InputMemory } from './inputs.js';
import type { Ledger } from './ledger/ledger.js';
import type { HarvestOptions } from './options.js';
import { makePlan, type Plan } from './plan.js';
import { failedOutcome, type RunReport, reportAsJson } from './reports/report.js';
import { keepNewest, runId, saveReport } from './reports/stored.js';
import { spoolInputs } from './spool.js';
import { harvestStations, stationKey } from './stations.js';
import { sweepSpools } from './sweep.js';
import type { RunSettings } from './task.js';
import { type Place, placeOf, sweep, withWorkFolder } from './work-folder.js';

/**
 * Runs a harvest. Errors of single inputs and stations are in the report, and so is what ended the run once it had begun with the
 * stations; what keeps it from beginning is thrown.
 *
 * @throws UsageError, LockError, StorageError, TablesError, NetworkError, and the reason of the signal
 */
export async function harvest(options: HarvestOptions): Promise<RunReport> {
  const source = await loadSource(options.source);
  await sweepSpools();
  const { signal } = options;
  const inputs = await spoolInputs(options.input, {
    signal,
    isWanted: (beginning) => mayHold(beginning, source, signal),
  });
  try {
    const place = placeOf(source, options);
    const spooled = { ...options, input: inputs.paths };
    const run = (ledger: Ledger | null): Promise<RunReport> =>
      runIn(place, source, spooled, ledger, inputs.warnings);
    return options.dryRun ? await run(null) : await withWorkFolder(place, spooled, run);
  } finally {
    await inputs.remove();
  }
}

async function runIn(
  place: Place,
  source: Source,
  options: HarvestOptions,
  ledger: Ledger | null,
  warnings: readonly string[],
): Promise<RunReport> {
  const report = emptyReport(source, options);
  for (const message of warnings) {
    report.warnings.push(message);
    options.onEvent({ type: 'warning', message });
  }
  try {
    await fill(report, place, source, options, ledger);
  } catch (error) {
    report.interrupted = options.signal?.aborted === true;
    // Words that do not fit are told to who wrote them; anything else somebody will want to look up.
    const isTold = error instanceof HarvestError && !(error instanceof UsageError);
    if (isTold && !report.interrupted) report.error = error;
    if (ledger !== null && (isTold || report.interrupted)) await store(place, report, options);
    options.signal?.throwIfAborted();
    throw error;
  }
  if (ledger !== null) await store(place, report, options);
  return report;
}

/** Does the run, and says in the report what it does. */
async function fill(
  report: RunReport,
  place: Place,
  source: Source,
  options: HarvestOptions,
  ledger: Ledger | null,
): Promise<void> {
  const { shard, signal } = options;
  const descriptor = await source.describe();
  if (ledger !== null) report.downloads = await download(place, source, descriptor, options, ledger);
  const known = ledger === null ? new Map() : downloadsOf(ledger, source.id, place.downloads);
  const memory = createInputMemory(ledger, known, options.workdir, source.id);
  const plan = await planOf(place, source, options, memory, report);
  const edition = await openEdition(options, report.warnings);
  const { name, repository, commit, sha256 } = edition;
  report.tables = { name, repository, commit, sha256 };
  report.planned = plan.stations.length + plan.clashing.length;
  report.stations = plan.clashing.map(({ id, error }) =>
    failedOutcome(id, source.identify(id).primaryId, error),
  );
  // Of a harvest in shards, what belongs to no station is reported once.
  if (shard === null || shard.index === 1) {
    report.unassigned = plan.unassigned;
    report.stationList = { stations: plan.inventory.size, noted: plan.inventoryNotes };
    report.refused = plan.refused;
  }
  if (ledger !== null) {
    await sweep(place, source, plan, options);
    warnOfLost(plan, source, ledger, options, report);
  }
  const settings = settingsOf(place, source, descriptor, edition, options);
  await harvestStations({ source, settings, plan, memory, ledger, report, options });
  for (const error of errorsOf(report)) {
    const { file } = error.position;
    if (file !== undefined && /^(?:ZIP|GZIP)_/.test(error.code)) await memory.distrust(file);
  }
  report.stations.sort((a, b) => (a.station < b.station ? -1 : 1));
  report.interrupted = signal?.aborted === true;
  // A lane that was ended in the middle of a station could not tidy up.
  if (ledger !== null && (report.interrupted || report.error !== undefined))
    await sweep(place, source, plan, options);
}

/** Stations of earlier runs that are in no input any more keep their files; somebody should know. */
function warnOfLost(
  plan: Plan,
  source: Source,
  ledger: Ledger,
  { input, station, shard, workdir, output, onEvent }: HarvestOptions,
  report: RunReport,
): void {
  if (input.length > 0 || station.length > 0 || shard !== null) return;
  const there = new Set([...plan.stations, ...plan.clashing].map(({ id }) => id));
  const lost: string[] = [];
  for (const [key, record] of ledger.entries('station'))
    if (key === stationKey(source.id, workdir, output, record.station) && !there.has(record.station))
      lost.push(record.station);
  if (lost.length === 0) return;
  const names = lost.sort().slice(0, 5).join(', ');
  const message = `${lost.length} stations of earlier runs are in no input any more, their files stay: ${names}${lost.length > 5 ? ', ...' : ''}`;
  report.warnings.push(message);
  onEvent({ type: 'warning', message });
}

/** What went wrong with single inputs and stations. */
function errorsOf({ refused, stations }: RunReport): HarvestError[] {
  return [...refused, ...stations].flatMap(({ error }) => (error instanceof HarvestError ? [error] : []));
}

function emptyReport(source: Source, options: HarvestOptions): RunReport {
  const { shard, profile, recordTime, splitByYear, dryRun, station, from, to } = options;
  const started = new Date();
  const iso = (time: number): string | null => (Number.isFinite(time) ? isoTime(time) : null);
  return {
    run: runId({ started, dataset: source.id, shard }),
    started,
    finished: started,
    dataset: source.id,
    profile,
    shard,
    options: {
      record_time: recordTime,
      split: splitByYear ? 'year' : null,
      from: iso(from),
      to: iso(to),
      station,
    },
    tables: { name: '', repository: '', commit: '', sha256: '' },
    dryRun,
    downloads: null,
    stationList: { stations: 0, noted: new Map() },
    unassigned: createTally(),
    planned: 0,
    stations: [],
    refused: [],
    warnings: [],
    interrupted: false,
  };
}

/** Fetches what has changed, where the inputs are those of the archive. */
async function download(
  place: Place,
  source: Source,
  descriptor: SourceDescriptor,
  options: HarvestOptions,
  ledger: Ledger,
): Promise<RunReport['downloads']> {
  if (options.input.length > 0 || options.offline) return null;
  // A harvest of files at hand does not pay for HTTP.
  const { bringUpToDate, mirrorsOf } = await import('./download.js');
  const mirrors = mirrorsOf(descriptor, options.mirrors);
  if (mirrors.length === 0) return null;
  const { mirrors: named, station: stations, shard, signal, onEvent } = options;
  onEvent({ type: 'download', done: 0, total: 0, bytes: 0, name: descriptor.id });
  const { listed, fetched, unchanged, bytes, missing, withdrawn } = await bringUpToDate(
    {
      source,
      descriptor,
      folder: place.downloads,
      mirrors: named,
      stations,
      shard,
      ledger,
      onProgress: (progress) => onEvent({ type: 'download', ...progress }),
      ...(signal && { signal }),
    },
    mirrors,
  );
  return { listed, fetched: fetched.length, unchanged, bytes, missing, withdrawn };
}

async function planOf(
  place: Place,
  source: Source,
  options: HarvestOptions,
  memory: InputMemory,
  { downloads }: RunReport,
): Promise<Plan> {
  const ofArchive = options.input.length === 0;
  const paths = ofArchive ? [place.downloads] : options.input;
  const nothing = (cause?: unknown): HarvestError =>
    downloads?.missing[0]?.error ??
    new UsageError('NO_INPUT', `no input: ${paths.join(', ')} holds no files of ${source.id}`, {
      hint: `Put the archive's files under ${place.downloads}, or name them with --input; 'harvest sources ${source.id}' says where to get them.`,
      cause,
    });
  const files = await expandInputs(paths).catch((error: unknown) => {
    if (ofArchive && error instanceof StorageError && error.code === 'ENOENT') throw nothing(error);
    throw error;
  });
  options.onEvent({ type: 'listing', files: files.length });
  const { station: stations, shard, signal } = options;
  const partial = shard !== null && downloads !== null;
  const plan = await makePlan(source, files, {
    stations,
    shard,
    memory,
    partial,
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    // The station that is missing may be in what could not be fetched.
    throw error instanceof UsageError ? (downloads?.missing[0]?.error ?? error) : error;
  });
  if (!plan.found) throw nothing();
  return plan;
}

async function openEdition(options: HarvestOptions, warnings: string[]): Promise<CdmEdition> {
  return await openTables(options.tables, {
    cacheDir: join(options.workdir, 'cdm-tables', 'cache'),
    offline: options.offline,
    contract: TABLES_CONTRACT,
    ...(options.signal && { signal: options.signal }),
    onWarning: (message) => {
      warnings.push(message);
      options.onEvent({ type: 'warning', message });
    },
  });
}

function settingsOf(
  place: Place,
  source: Source,
  descriptor: SourceDescriptor,
  edition: CdmEdition,
  { profile, recordTime, splitByYear, from, to, dryRun }: HarvestOptions,
): RunSettings {
  const identity = identityOfRun({
    readerVersion: source.readerVersion,
    descriptor,
    edition,
    profile,
    recordTime,
    period: { from, to },
    splitByYear,
    epoch: process.env.SOURCE_DATE_EPOCH,
  });
  return {
    sourceId: source.id,
    identity,
    descriptor,
    edition,
    profile,
    recordTime,
    period: { from, to },
    splitByYear,
    outputFolder: dryRun ? null : place.outputs,
  };
}

/** Stores the report; a disk that cannot take it must not hide what the run did. */
async function store(
  place: Place,
  report: RunReport,
  { keepReports, onEvent }: HarvestOptions,
): Promise<void> {
  report.finished = new Date();
  try {
    report.path = await saveReport(place.reports, reportAsJson(report));
    await keepNewest(place.reports, report.dataset, keepReports, report.path);
  } catch (error) {
    if (!(error instanceof HarvestError)) throw error;
    const message = `the report was not stored: ${error.message}`;
    report.warnings.push(message);
    onEvent({ type: 'warning', message });
    report.error ??= error;
  }
}
