/** The files that the user means by the paths of `--input`. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asStorageError, StorageError } from '../errors.js';

/**
 * Files from paths of files, folders (with all subfolders, hidden ones and links to folders aside), and patterns with
 * `*` and `?` in the last part of the path. In folders, hidden files and what a download left
 * unfinished or refused (`*.part`, `*.part.json`, `*.quarantine`, `*.tmp`) are left out. A path that exists is taken literally, whatever its characters.
 *
 * @returns sorted by code unit, each file once even where links or several paths lead to it
 * @throws StorageError for a path that does not exist or cannot be read, and for a pattern that fits nothing
 */
export async function expandInputs(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) for (const file of await expandOne(path)) found.push(file);
  found.sort();
  const seen = new Set<string>();
  const files: string[] = [];
  for (const path of found) {
    // What cannot be looked at is told by whoever opens it, and costs itself.
    const real = await realpath(path).catch(() => path);
    if (seen.has(real)) continue;
    seen.add(real);
    files.push(path);
  }
  return files;
}

async function expandOne(path: string): Promise<string[]> {
  const kind = await kindOf(path);
  if (kind === 'folder') return filesBelow(path);
  if (kind === 'file') return [path];
  if (kind === 'other') return [];
  const pattern = path.slice(path.lastIndexOf('/') + 1);
  if (!/[*?]/.test(pattern)) return [await attempt(path, () => stat(path).then(() => path))];
  const matches = globPattern(pattern);
  const folder = dirname(path);
  const names = (await attempt(folder, () => readdir(folder))).filter(
    (name) => matches.test(name) && (pattern.startsWith('.') || isWanted(name)),
  );
  const nested = await Promise.all(names.map((name) => expandOne(join(folder, name))));
  const files = nested.flat();
  if (files.length === 0) {
    throw new StorageError('ENOENT', `no file fits ${path}`, { file: path, hint: 'Check the pattern.' });
  }
  return files;
}

function globPattern(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|[\]\\*?]/g, (c) =>
    c === '*' ? '.*' : c === '?' ? '.' : `\\${c}`,
  );
  return new RegExp(`^${source}$`, 's');
}

function isWanted(name: string): boolean {
  return !name.startsWith('.') && !/\.(?:part|part\.json|quarantine|tmp)$/i.test(name);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await attempt(folder, () => readdir(folder, { withFileTypes: true }));
  const files: string[] = [];
  for (const entry of entries) {
    if (!isWanted(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) for (const file of await filesBelow(path)) files.push(file);
    else if (entry.isFile()) files.push(path);
    else if (entry.isSymbolicLink() && (await kindOf(path).catch(() => 'file')) === 'file') files.push(path);
  }
  return files;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'other' | 'missing'> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return 'folder';
    // A pipe or a device below a pattern would be waited for.
    return stats.isFile() ? 'file' : 'other';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw asStorageError(error, 'cannot read', path);
  }
}

async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}
