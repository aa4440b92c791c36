/**
 * Inputs that can be read only once (standard input, pipes) are copied to a temporary folder before the run looks at them:
 * a run reads each input several times, to tell its format, to hash it, to harvest it, and again where it is not in order.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asStorageError, UsageError } from '../errors.js';

/** Input paths that can be read any number of times. */
export interface SpooledInputs {
  /** The paths in their order, those of single-pass inputs replaced by those of their copies. */
  paths: string[];
  /** Removes the copies. */
  remove(): Promise<void>;
}

/**
 * @param paths as the user gave them; `-` is standard input
 * @throws StorageError where an input cannot be read or the temporary folder (`TMPDIR`) cannot hold the copy,
 *   UsageError where `-` is given twice, and the reason of `signal` when it is aborted, after removing the copies
 */
export async function spoolInputs(paths: readonly string[], signal?: AbortSignal): Promise<SpooledInputs> {
  let folder: string | undefined;
  const remove = async (): Promise<void> => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    if (paths.indexOf('-') !== paths.lastIndexOf('-'))
      throw new UsageError('STDIN_TWICE', 'standard input (-) can be given only once');
    const spooled: string[] = [];
    for (const [i, path] of paths.entries()) {
      if (path !== '-' && !(await isSinglePass(path))) {
        spooled.push(path);
        continue;
      }
      folder ??= await mkdtemp(join(tmpdir(), `harvest-${process.pid}-`));
      const copy = join(folder, path === '-' ? 'standard-input' : `${i}-${basename(path)}`);
      await copyStream(path, copy, signal);
      spooled.push(copy);
    }
    return { paths: spooled, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Pipes, sockets and devices; what is missing or a pattern is left to those who read it. */
async function isSinglePass(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

async function copyStream(path: string, copy: string, signal: AbortSignal | undefined): Promise<void> {
  const from = path === '-' ? process.stdin : createReadStream(path);
  const to = createWriteStream(copy, { flags: 'wx', mode: 0o600 });
  try {
    await pipeline(from, to, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw asStorageError(error, 'cannot copy', `${path === '-' ? 'standard input' : path} to ${copy}`);
  }
}
