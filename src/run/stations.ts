/** The stations of a run: what has not changed is left alone, the rest goes over the lanes, the largest first. */
import { availableParallelism } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { StorageError } from '../errors.js';
import type { StationInput } from '../records/input.js';
import type { Source } from '../sources/source.js';
import { fingerprintOf } from './fingerprint.js';
import type { InputMemory } from './inputs.js';
import { createLocalLane, createWorkerLane, type Lane } from './lane.js';
import type { Ledger } from './ledger/ledger.js';
import type { StationRecord } from './ledger/records.js';
import type { HarvestOptions } from './options.js';
import type { Plan } from './plan.js';
import {
  failedOutcome,
  type RunReport,
  type StationOutcome,
  stationAsJson,
  unchangedOutcome,
} from './reports/report.js';
import { removeObsolete } from './sweep.js';
import { intactFiles, type RunSettings, type StationTask, type TaskFile, type TaskResult } from './task.js';

export interface StationsJob {
  source: Source;
  settings: RunSettings;
  plan: Plan;
  memory: InputMemory;
  /** Null in a dry run. */
  ledger: Ledger | null;
  /** Takes the outcomes, and the error that ended the run. */
  report: RunReport;
  options: HarvestOptions;
}

/** The errors of the file system that no other station can escape. */
const FATAL_STORAGE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
/** Those in the output folder that are the trouble of one name. */
const OF_ONE_NAME: ReadonlySet<string> = new Set(['ENAMETOOLONG', 'EISDIR', 'ENOTEMPTY', 'EEXIST']);
/** Parts of inputs that the ledger keeps of a station, so that no entry becomes too large for it. */
const MAX_KEPT_SKIPS = 1000;
/** Input for which a worker is worth its start. */
const BYTES_PER_WORKER = 4e6;

/** Harvests every station of the plan that has changed. Never throws for what happens in a station; what ends the run is `report.error`. */
export async function harvestStations(job: StationsJob): Promise<void> {
  const { plan, report, options, settings } = job;
  const tasks: StationTask[] = [];
  try {
    for (const station of plan.stations) {
      options.signal?.throwIfAborted();
      const task = taskOf(job, station);
      const unchanged = options.force ? undefined : await unchangedStation(job, task);
      if (unchanged === undefined) tasks.push(task);
      else report.stations.push(unchanged);
    }
    // The largest first, so that none of them is left for the end; by id where they are equal, so that a plan is a plan.
    tasks.sort((a, b) => b.bytes - a.bytes || (a.id < b.id ? -1 : 1));
    const lanes = await openLanes(settings, tasks, options.workers);
    const bytes = tasks.reduce((sum, task) => sum + task.bytes, 0);
    options.onEvent({
      type: 'planned',
      stations: tasks.length,
      unchanged: plan.stations.length - tasks.length,
      bytes,
      lanes: lanes.length,
    });
    try {
      await overLanes(job, lanes, tasks);
    } finally {
      await Promise.all(lanes.map((lane) => lane.stop()));
    }
  } catch (error) {
    if (options.signal?.aborted === true) return;
    report.error = error instanceof Error ? error : new Error(String(error));
  }
}

async function openLanes(
  settings: RunSettings,
  tasks: readonly StationTask[],
  workers: number | null,
): Promise<Lane[]> {
  const bytes = tasks.reduce((sum, task) => sum + task.bytes, 0);
  const wanted = workers ?? Math.min(availableParallelism(), Math.ceil(bytes / BYTES_PER_WORKER));
  const n = Math.min(wanted, tasks.length);
  if (n === 0) return [];
  // This thread is one of the lanes: its code is loaded, and a thread that only waited would cost another one its start.
  // Worker threads take compiled files: run from the source, as tests are, there is no other lane.
  const others = import.meta.url.endsWith('.ts') ? 0 : n - 1;
  // The largest stations go to the first lanes: a worker that runs out of memory costs its station, this thread the run.
  const threads = Array.from({ length: others }, () => createWorkerLane(settings));
  return [...threads, await createLocalLane(settings)];
}

/** Each lane takes the next task when it is done with one; the first fatal error stops them all. */
async function overLanes(
  job: StationsJob,
  lanes: readonly Lane[],
  tasks: readonly StationTask[],
): Promise<void> {
  const { options } = job;
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  const queue = [...tasks];
  const work = async (lane: Lane, index: number): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      signal.throwIfAborted();
      options.onEvent({ type: 'started', lane: index, station: task.id });
      const onReports = (reports: number): void => options.onEvent({ type: 'reports', lane: index, reports });
      const outcome = await lane.run(task, { onReports, signal }).then(
        (result) => settle(job, task, result),
        (error: unknown) => failed(job, task, error, signal),
      );
      job.report.stations.push(outcome);
      options.onEvent({ type: 'finished', lane: index, outcome, bytes: task.bytes });
    }
  };
  await Promise.allSettled(
    lanes.map((lane, i) =>
      work(lane, i).catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    ),
  );
  // The first lane to fail gave the others their reason.
  stop.signal.throwIfAborted();
}

function taskOf({ plan, options, source, ledger }: StationsJob, { id, files }: StationInput): StationTask {
  const taskFiles = files.map(({ path, name, parts, sourceFormat, feedback }): TaskFile => {
    const known = plan.files.get(path);
    if (known === undefined) throw new Error(`${path} was not listed`);
    return {
      path,
      name,
      ...(parts !== undefined && { parts }),
      ...(feedback !== undefined && { feedback }),
      ...(sourceFormat !== undefined && { sourceFormat }),
      ...known,
    };
  });
  const record = options.force ? undefined : ledger?.get('station', keyOf(source, options, id));
  return {
    id,
    entry: plan.inventory.get(id),
    files: taskFiles,
    bytes: taskFiles.reduce((sum, { stamp }) => sum + stamp.bytes, 0),
    // An entry that says nothing of the outcome is of no use.
    previous: record !== undefined && unchangedOutcome(record.report, []) !== undefined ? record : undefined,
  };
}

/** A station that is known to be as it was, without a look at the content of its inputs; else undefined. */
async function unchangedStation(job: StationsJob, task: StationTask): Promise<StationOutcome | undefined> {
  const { settings, plan, ledger, source, options } = job;
  const record = ledger?.get('station', keyOf(source, options, task.id));
  if (record === undefined || settings.outputFolder === null) return undefined;
  const files: { name: string; bytes: number; sha256: string; sourceFormat?: number }[] = [];
  for (const { path, sourceFormat } of task.files) {
    const known = plan.files.get(path);
    if (known?.sha256 === undefined) return undefined;
    files.push({
      name: basename(path),
      bytes: known.stamp.bytes,
      sha256: known.sha256,
      ...(sourceFormat !== undefined && { sourceFormat }),
    });
  }
  const fingerprint = fingerprintOf(settings.identity, { id: task.id, entry: task.entry, files });
  if (fingerprint !== record.fingerprint) return undefined;
  const intact = await intactFiles(settings.outputFolder, record.files);
  if (intact === null) return undefined;
  await remember(job, task);
  return await keep(job, task.id, record, intact);
}

/** What is known of the inputs is taken down, so that the next run need not look into them. */
async function remember({ memory }: StationsJob, { files }: StationTask): Promise<void> {
  for (const { path, stamp, sha256 } of files)
    if (sha256 !== undefined) await memory.hashed(path, stamp, sha256);
}

/** Takes down what became of a task; its files are published already. */
async function settle(job: StationsJob, task: StationTask, result: TaskResult): Promise<StationOutcome> {
  const { memory, ledger, source, options, settings } = job;
  for (const { path, stamp, sha256 } of result.hashed) await memory.hashed(path, stamp, sha256);
  await remember(job, task);
  const key = keyOf(source, options, task.id);
  const before = ledger?.get('station', key);
  if (result.outcome === null) {
    const kept = before && (await keep(job, task.id, before, result.files));
    if (kept === undefined)
      throw new Error(`${task.id}: nothing has changed since a harvest that is not known`);
    return kept;
  }
  const { outcome, fingerprint, files } = result;
  if (ledger === null || settings.outputFolder === null) return outcome;
  // An input that has lost all it held is more likely damaged than right: what was made of it before stays, and it is tried again.
  if (outcome.state === 'empty' && outcome.tally.skipped.length > 0 && (before?.files.length ?? 0) > 0)
    return outcome;
  const names = new Set(files.map(({ name }) => name));
  // Before the ledger forgets them: a run that is killed in between is made up for by the next.
  await removeObsolete(settings.outputFolder, before?.files.filter(({ name }) => !names.has(name)) ?? []);
  await ledger.put(
    'station',
    key,
    {
      dataset: source.id,
      station: task.id,
      fingerprint,
      files,
      reader: source.readerVersion,
      tables: settings.edition.sha256,
      report: { ...stationAsJson(outcome), skipped: outcome.tally.skipped.slice(0, MAX_KEPT_SKIPS) },
    },
    { durable: true },
  );
  return outcome;
}

/** The outcome of a station in which nothing has changed; undefined where the ledger's entry cannot be used. */
async function keep(
  { settings, ledger, source, options }: StationsJob,
  id: string,
  record: StationRecord,
  files: StationRecord['files'],
): Promise<StationOutcome | undefined> {
  const paths = files.map(({ name }) => join(settings.outputFolder ?? '', name));
  const outcome = unchangedOutcome(record.report, paths);
  // Files that were only touched are the same for the next run, too.
  if (files.some((file, i) => file !== record.files[i]))
    await ledger?.put('station', keyOf(source, options, id), { ...record, files });
  return outcome;
}

/** A station that fails costs itself; a reason to end the run is thrown. */
function failed(
  { source, settings }: StationsJob,
  task: StationTask,
  error: unknown,
  signal: AbortSignal,
): StationOutcome {
  if (signal.aborted || isFatal(error, settings.outputFolder)) throw error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return failedOutcome(task.id, source.identify(task.id).primaryId, cause);
}

/** No other station would fare better: the disk is full, or it is the output folder or the ledger that fails. */
function isFatal(error: unknown, outputFolder: string | null): boolean {
  if (!(error instanceof StorageError)) return error instanceof Error && error.name === 'AbortError';
  const inOutput = outputFolder !== null && (error.position.file ?? '').startsWith(`${outputFolder}/`);
  return FATAL_STORAGE.has(error.code) || (inOutput && !OF_ONE_NAME.has(error.code));
}

function keyOf(source: Source, { workdir, output }: HarvestOptions, station: string): string {
  return stationKey(source.id, workdir, output, station);
}

/**
 * The key of a station in the ledger of a work folder. The folder may be moved as a whole: outputs inside it go by their place in it.
 */
export function stationKey(dataset: string, workdir: string, output: string, station: string): string {
  const place = relative(resolve(workdir), resolve(output));
  return `${dataset}/${place.startsWith('..') ? resolve(output) : place}/${station}`;
}
