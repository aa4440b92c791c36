/**
 * One station's work as a lane does it, in this thread or in a worker: hash what is not known, see whether anything changed, harvest,
 * hash what was written. Everything that goes in and out is plain data.
 */
import { basename, join } from 'node:path';
import { StorageError } from '../errors.js';
import { hashFile } from '../fetch/identity.js';
import { knownInput } from '../fetch/members.js';
import { encodeCodeTables } from '../output/index.js';
import type { InputFile } from '../records/input.js';
import type { StationEntry } from '../records/station.js';
import { loadSource } from '../sources/registry.js';
import { fingerprintOf } from './fingerprint.js';
import { inputChanged, isSameStamp, stampOf } from './inputs.js';
import type { FileStamp, StationRecord } from './ledger/records.js';
import type { StationOutcome } from './reports/report.js';
import { harvestStation } from './station.js';
import type { IdentifiedFile, StationRun } from './station-work.js';

/** What all lanes of a run are started with. */
export interface RunSettings extends Omit<StationRun, 'source' | 'codeTables'> {
  sourceId: string;
  /** `identityOfRun`. */
  identity: string;
}

/** One file of a station, without the functions that open it. */
export interface TaskFile extends Omit<InputFile, 'chunks' | 'read'> {
  /** The file as it was when it was listed: `parts` and `sha256` are of those bytes. */
  stamp: FileStamp;
  /** Undefined where the file was never read. */
  sha256: string | undefined;
}

/** One station to be harvested, where something has changed. */
export interface StationTask {
  id: string;
  entry: StationEntry | undefined;
  files: readonly TaskFile[];
  /** Bytes of input, for the order and the time left. */
  bytes: number;
  /** The last harvest: where nothing turns out to have changed, its files stay. */
  previous: Pick<StationRecord, 'fingerprint' | 'files'> | undefined;
}

/** What became of a task. */
export interface TaskResult {
  /** Null where nothing has changed since the last harvest. */
  outcome: StationOutcome | null;
  fingerprint: string;
  /** The files that were written. */
  files: StationRecord['files'];
  /** Hashes of input files that were not known before. */
  hashed: { path: string; stamp: FileStamp; sha256: string }[];
}

export interface TaskHooks {
  onReports?: (reports: number) => void;
  signal?: AbortSignal;
}

/** Does tasks of one run, one after the other. */
export interface TaskRunner {
  /** @throws InputError, StorageError, TablesError, and the reason of the signal */
  run(task: StationTask, hooks: TaskHooks): Promise<TaskResult>;
}

export async function createTaskRunner(settings: RunSettings): Promise<TaskRunner> {
  const { sourceId, identity, ...rest } = settings;
  const run: StationRun = {
    ...rest,
    source: await loadSource(sourceId),
    codeTables: encodeCodeTables(settings.edition),
  };
  // A file of many stations is hashed once.
  const hashes = new Map<string, string>();
  return {
    async run(task, hooks) {
      const { files, hashed } = await identify(task, hashes, hooks.signal);
      const fingerprint = fingerprintOf(identity, { id: task.id, entry: task.entry, files });
      if (task.previous?.fingerprint === fingerprint) {
        const kept = await intactFiles(run.outputFolder, task.previous.files);
        if (kept !== null) return { outcome: null, fingerprint, files: kept, hashed };
      }
      const station = {
        id: task.id,
        files: task.files.map(({ sha256: _, stamp: __, ...file }) => knownInput(file)),
      };
      const outcome = await harvestStation(run, { station, entry: task.entry, files, ...hooks });
      const written: StationRecord['files'] = [];
      for (const path of outcome.files) written.push(await recordOf(path));
      return { outcome, fingerprint, files: written, hashed };
    },
  };
}

async function identify(
  task: StationTask,
  hashes: Map<string, string>,
  signal: AbortSignal | undefined,
): Promise<{ files: IdentifiedFile[]; hashed: TaskResult['hashed'] }> {
  const files: IdentifiedFile[] = [];
  const hashed: TaskResult['hashed'] = [];
  // One after the other: a station may have more files than a process may open.
  for (const { path, parts, sourceFormat, stamp, sha256: known } of task.files) {
    if (!isSameStamp(await stampOf(path), stamp)) throw inputChanged(path);
    const same = hashes.get(path) ?? known;
    const sha256 = same ?? (await hashFile(path, signal)).sha256;
    if (same === undefined) {
      hashed.push({ path, stamp, sha256 });
      if (parts !== undefined) hashes.set(path, sha256);
    }
    files.push({
      path,
      name: basename(path),
      bytes: stamp.bytes,
      sha256,
      stamp,
      ...(sourceFormat !== undefined && { sourceFormat }),
    });
  }
  return { files, hashed };
}

/** The record of a file that has just been published. Throws StorageError. */
async function recordOf(path: string): Promise<StationRecord['files'][number]> {
  const { bytes, sha256 } = await hashFile(path);
  const { mtimeMs } = await stampOf(path);
  return { name: basename(path), sha256, bytes, mtimeMs };
}

/**
 * The files of an earlier harvest where they are still what it wrote, else null: one that was touched is hashed again, one that is
 * gone or was changed is made anew.
 */
export async function intactFiles(
  folder: string | null,
  files: StationRecord['files'],
): Promise<StationRecord['files'] | null> {
  if (folder === null) return null;
  const intact: StationRecord['files'] = [];
  for (const file of files) {
    const path = join(folder, file.name);
    try {
      const stamp = await stampOf(path);
      if (stamp.bytes !== file.bytes) return null;
      if (stamp.mtimeMs === file.mtimeMs) {
        intact.push(file);
        continue;
      }
      const record = await recordOf(path);
      if (record.sha256 !== file.sha256) return null;
      intact.push(record);
    } catch (error) {
      if (error instanceof StorageError) return null;
      throw error;
    }
  }
  return intact;
}
