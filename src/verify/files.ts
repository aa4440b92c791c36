/** The station files that the user means by paths of files and folders. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asStorageError, UsageError } from '../errors.js';

const STATION_FILE = /\.nc$/i;

/**
 * The files as they are named, and all `*.nc` below folders, sorted by code unit, hidden ones (which are being written) left out.
 *
 * @throws UsageError for a folder without any, StorageError for what cannot be read
 */
export async function stationFilesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (!(await attempt(path, () => stat(path))).isDirectory()) {
      files.push(path);
      continue;
    }
    const found = await below(path);
    if (found.length === 0)
      throw new UsageError('NO_STATION_FILES', `${path} holds no station files`, {
        file: path,
        hint: 'Give station files (*.nc), or a folder with some: <workdir>/output.',
      });
    files.push(...found.sort());
  }
  return [...new Set(files)];
}

async function below(folder: string): Promise<string[]> {
  const entries = await attempt(folder, () => readdir(folder, { withFileTypes: true }));
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await below(path)));
    // A link that leads nowhere is told by whoever opens it.
    else if (STATION_FILE.test(entry.name) && (entry.isFile() || entry.isSymbolicLink())) found.push(path);
  }
  return found;
}

async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error, 'read', path);
  }
}
