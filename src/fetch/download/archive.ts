/**
 * Downloads: from an archive's listing to files that are whole, checked and hashed under their names. This file brings a folder
 * up to date: the listing first, then only what changed, and what went wrong file by file. `archive-plan.ts` says what there is
 * to do, `download.ts` fetches one file, `client.ts` sends requests and retries them, `listing.ts` reads the archive's pages,
 * `policy.ts` says which URLs may be asked at all. A server is not trusted: not with the address it redirects to, not with the
 * length it declares, not with the time it takes.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, type HarvestError, InputError, NetworkError, StorageError } from '../../errors.js';
import { firstListing, lastPart, type Task, tasksOf, withdrawnFiles } from './archive-plan.js';
import { downloadFile } from './download.js';
import { attempt } from './part.js';
import type { ArchiveFile, SyncOptions } from './sync.js';
import { timeOf } from './validators.js';

export interface SyncResult {
  /** Files in the listing that fit the pattern. */
  listed: number;
  fetched: ArchiveFile[];
  unchanged: number;
  /** Received in this run. */
  bytes: number;
  /** What could not be fetched, by file (or the folder of the listing). */
  missing: { name: string; error: HarvestError }[];
  /** Known wanted files on disk that the listing has no more; they are kept. */
  withdrawn: string[];
}

/** Files of one host at once. */
const AT_ONCE = 4;
/** So many failures in a row without a byte from anywhere, or sent away, and nothing else is tried. */
const DEAD_AFTER = 8;
const DEAD_CODES = new Set<ErrorCode>(['HTTP_CONNECTION', 'HTTP_TIMEOUT', 'HTTP_429', 'HTTP_503']);
/** Failures that cost minutes each, also where some bytes came before them. */
const STALLED_CODES = new Set<ErrorCode>(['HTTP_TIMEOUT', 'HTTP_SLOW']);
/** Rows have minutes: a file that was this young (ms) when it came may change again and keep its row. */
const YOUNG_MS = 120_000;

/**
 * Brings the wanted files of an archive into a local folder. What is on disk with the size, the time and the row it is known by
 * is not asked for at all; anything else by a conditional request. A failure costs its own file: the old one stays, the others
 * go on, unless the connection is dead. Local files are never removed.
 *
 * @throws StorageError at the first one; the reason of the signal; what `onFetched` throws
 */
export async function syncArchive(options: SyncOptions): Promise<SyncResult> {
  const result: SyncResult = { listed: 0, fetched: [], unchanged: 0, bytes: 0, missing: [], withdrawn: [] };
  const listing = await firstListing(options);
  if ('error' in listing) {
    const single = (options.mirrors[0]?.files ?? []).map(lastPart);
    const names = [options.mirrors[0]?.folder ?? '', ...single];
    result.missing = names.map((name) => ({ name, error: listing.error }));
    return result;
  }
  const { entries, mirrors } = listing;
  result.listed = entries.length;
  result.withdrawn = await withdrawnFiles(options, entries);
  await runTasks(tasksOf(options, entries, mirrors), options, result);
  return result;
}

/** Runs the tasks a few at a time; the first error that is not of one file ends them all. */
async function runTasks(tasks: readonly Task[], options: SyncOptions, result: SyncResult): Promise<void> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  let next = 0;
  let done = 0;
  let deadInRow = 0;
  let stalledInRow = 0;
  let dead: HarvestError | undefined;
  let fatal: { error: unknown } | undefined;
  let recorded: Promise<void> = Promise.resolve();

  const progress = (name: string): void =>
    options.onProgress?.({ done, total: tasks.length, bytes: result.bytes, name });

  function record(file: ArchiveFile): Promise<void> {
    recorded = recorded.then(() => options.onFetched(file));
    return recorded;
  }

  async function settle(task: Task): Promise<void> {
    try {
      const onBytes = (bytes: number): void => {
        deadInRow = 0;
        result.bytes += bytes;
        progress(task.name);
      };
      const { file, state } = await fetchTask(task, { ...options, signal }, onBytes);
      deadInRow = 0;
      stalledInRow = 0;
      if (file !== undefined) {
        await record(file).catch((error: unknown) => {
          fatal ??= { error };
          throw error;
        });
      }
      if (file !== undefined && state === 'fetched') result.fetched.push(file);
      else result.unchanged++;
    } catch (error) {
      if (dead !== undefined && signal.aborted) {
        result.missing.push({ name: task.name, error: dead });
      } else if (fatal === undefined && isOfOneFile(error)) {
        result.missing.push({ name: task.name, error });
        deadInRow = DEAD_CODES.has(error.code) ? deadInRow + 1 : 0;
        if (STALLED_CODES.has(error.code)) stalledInRow++;
        if (Math.max(deadInRow, stalledInRow) >= DEAD_AFTER) {
          dead ??= error;
          stop.abort(dead);
        }
      } else {
        fatal ??= { error };
        stop.abort(error);
      }
    }
    done++;
    progress(task.name);
  }

  async function work(): Promise<void> {
    for (let task = tasks[next++]; task !== undefined && fatal === undefined; task = tasks[next++]) {
      if (dead === undefined) await settle(task);
      else result.missing.push({ name: task.name, error: dead });
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  options.signal?.throwIfAborted();
  if (fatal !== undefined) throw fatal.error;
  result.fetched.sort(byName);
  result.missing.sort(byName);
}

/** Whether other files may fare better. A link where the file belongs is the trouble of that file. */
function isOfOneFile(error: unknown): error is HarvestError {
  if (error instanceof StorageError) return error.code === 'ELOOP';
  return error instanceof NetworkError || error instanceof InputError;
}

/** Looks at one file; `file` is what the ledger does not hold yet. */
async function fetchTask(
  task: Task,
  options: SyncOptions,
  onBytes: (bytes: number) => void,
): Promise<{ state: 'fetched' | 'unchanged'; file?: ArchiveFile }> {
  const { name, row } = task;
  const target = join(options.folder, name);
  const known = await whereIntact(options.known(name), target);
  if (known !== undefined && row !== null && known.listed === row) return { state: 'unchanged' };
  const outcome = await downloadFile({
    urls: task.urls,
    target,
    part: `${target}${options.partSuffix}.part`,
    client: options.client,
    verify: (path) => options.verify(path, name),
    // Single files are small texts without a checksum that would show a bad joint.
    resumable: row !== null,
    onBytes,
    ...(known !== undefined && { known }),
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  const { state, ...content } = outcome;
  const { mtimeMs } = await attempt('cannot read', target, () => lstat(target));
  const modified = timeOf(content.lastModified);
  const listed = modified !== null && Date.now() - modified < YOUNG_MS ? null : row;
  if (state === 'unchanged' && known?.listed === listed) return { state };
  return { state, file: { ...content, name, listed, mtimeMs } };
}

/** What is known of a file, if that is still what is on the disk. */
async function whereIntact(known: ArchiveFile | undefined, target: string): Promise<ArchiveFile | undefined> {
  if (known === undefined) return undefined;
  const stats = await lstat(target).catch(() => undefined);
  return stats?.isFile() && stats.size === known.bytes && stats.mtimeMs === known.mtimeMs ? known : undefined;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
