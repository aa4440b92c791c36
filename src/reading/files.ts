/** The station files that the user means by paths of files and folders. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asStorageError, UsageError } from '../errors.js';

const STATION_FILE = /\.nc$/i;

/**
 * The files as they are named, and all `*.nc` below folders, sorted by code unit. Hidden ones are left out: they are being written.
 * Links are followed, to folders too.
 *
 * @throws UsageError (`NO_STATION_FILES`) for a folder without any, StorageError for what cannot be read
 */
export async function stationFilesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stationFilesIn(path);
    if (found.length === 0)
      throw new UsageError('NO_STATION_FILES', `${path} holds no station files`, {
        file: path,
        hint: 'Give station files (*.nc), or a folder with some: <workdir>/output.',
      });
    files.push(...found);
  }
  return [...new Set(files)];
}

/** Those of one folder, or the file itself; [] for a folder without any. */
export async function stationFilesIn(path: string): Promise<string[]> {
  if (!(await attempt(path, () => stat(path))).isDirectory()) return [path];
  return (await below(path, new Set())).sort();
}

/** @param above folders that lead here, by their real paths: a link to one of them goes round for ever */
async function below(folder: string, above: ReadonlySet<string>): Promise<string[]> {
  const real = await attempt(folder, () => realpath(folder));
  if (above.has(real)) return [];
  const within = new Set([...above, real]);
  const entries = await attempt(folder, () => readdir(folder, { withFileTypes: true }));
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(path))))
      found.push(...(await below(path, within)));
    // A link that leads nowhere is told by whoever opens it.
    else if (STATION_FILE.test(entry.name) && (entry.isFile() || entry.isSymbolicLink())) found.push(path);
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}
