/** Making folders, and having on the disk what was done in them. */
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asStorageError, isSystemError } from '../errors.js';

/**
 * Makes a folder and those above it; one that is there is fine. Not `mkdir` with `recursive`: in a file system that makes no
 * folders (`/proc`) Node's never returns.
 *
 * @param what what it is for, in the message of an error
 * @throws StorageError
 */
export async function makeFolder(path: string, what = 'folder'): Promise<void> {
  let error = await attempt(path);
  if (codeOf(error) === 'ENOENT' && dirname(path) !== path) {
    await makeFolder(dirname(path), what);
    error = await attempt(path);
  }
  if (codeOf(error) === 'EEXIST') error = await unlessFolder(path, error);
  if (error === undefined) return;
  throw asStorageError(error, `cannot make the ${what}`, path);
}

async function attempt(path: string): Promise<unknown> {
  return await mkdir(path).then(
    () => undefined,
    (error: unknown) => error,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Nothing where `path` is a folder, `otherwise` where it is something else, or why that cannot be told. */
async function unlessFolder(path: string, otherwise: unknown): Promise<unknown> {
  return await stat(path).then(
    (stats) => (stats.isDirectory() ? undefined : otherwise),
    (error: unknown) => error,
  );
}

/**
 * A name that was given or taken away is so on the disk only when its folder is; not every file system can be asked for that.
 * Throws the system's error.
 */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EINVAL') throw error;
  } finally {
    await folder.close();
  }
}

/** Whether there is something at the path that can be looked at. */
export async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
