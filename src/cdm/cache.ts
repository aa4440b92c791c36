import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../disk/folder.js';
import { asStorageError, isSystemError, TablesError } from '../errors.js';
import { object, parsed, text } from '../shape.js';
import { IDENTITY_FILE, loadEdition } from './edition.js';
import { fetchTables } from './git.js';
import type { CdmEdition } from './model.js';
import { REPOSITORIES } from './spec.js';

/** One edition in the cache. */
export interface CachedEdition {
  name: string;
  repository: string;
  commit: string;
  /** ISO 8601, when it was fetched. */
  fetchedAt: string;
  folder: string;
}

/** What `edition.json` of a cached edition records. */
interface CacheRecord extends CachedEdition {
  /** ISO 8601, the commit's own time: what orders the editions of one repository. */
  committedAt: string;
  /** Hash of the edition when it was fetched; a folder that no longer gives it is damaged. */
  sha256: string;
}

const TEMPORARY = '.fetch-';
/** Temporary folders older than this (ms) belong to a process that was killed: no fetch lasts as long. */
const ABANDONED_AFTER = 3_600_000;

/** Folder of one repository in the cache; other repositories of the same name get one of their own. */
function repositoryFolder(cacheDir: string, name: string, url: string): string {
  if (REPOSITORIES.get(name) === url) return join(cacheDir, name);
  return join(cacheDir, `${name}-${createHash('sha256').update(url).digest('hex').slice(0, 12)}`);
}

/**
 * Every edition in the cache, newest commit first within a repository. A cache that does not exist is empty; folders that are not
 * editions are left out.
 * @throws StorageError when the cache cannot be read.
 */
export async function listCachedEditions(cacheDir: string): Promise<CachedEdition[]> {
  const records: CacheRecord[] = [];
  for (const repository of await subfolders(cacheDir)) {
    for (const commit of await subfolders(join(cacheDir, repository))) {
      const record = await readRecord(join(cacheDir, repository, commit));
      if (record !== undefined && record.commit === commit) records.push(record);
    }
  }
  return records
    .sort(
      (a, b) =>
        codeUnitOrder(a.name, b.name) ||
        codeUnitOrder(a.repository, b.repository) ||
        Date.parse(b.committedAt) - Date.parse(a.committedAt) ||
        codeUnitOrder(b.fetchedAt, a.fetchedAt) ||
        codeUnitOrder(a.commit, b.commit),
    )
    .map(({ name, repository, commit, fetchedAt, folder }) => ({
      name,
      repository,
      commit,
      fetchedAt,
      folder,
    }));
}

function codeUnitOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The cached editions of one repository, newest commit first. */
export async function cachedEditionsOf(cacheDir: string, url: string): Promise<CachedEdition[]> {
  return (await listCachedEditions(cacheDir)).filter(({ repository }) => repository === url);
}

async function subfolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw asStorageError(error, 'reading', folder);
  }
}

async function readRecord(folder: string): Promise<CacheRecord | undefined> {
  try {
    const record = parsed(await readFile(join(folder, IDENTITY_FILE), 'utf8'), RECORD);
    return record && { ...record, folder };
  } catch {
    // A folder without a readable record is not one of ours, or damaged: it is fetched again when needed.
    return undefined;
  }
}

const RECORD = object<Omit<CacheRecord, 'folder'>>({
  name: text,
  repository: text,
  commit: text,
  fetchedAt: text,
  committedAt: text,
  sha256: text,
});

/** Loads a cached edition, or returns `undefined` when its files are not those that were fetched (a power cut, a stray edit). */
export async function loadCached(folder: string): Promise<CdmEdition | undefined> {
  const record = await readRecord(folder);
  if (record === undefined) return undefined;
  const { name, repository, commit } = record;
  try {
    const edition = await loadEdition(folder, { name, repository, commit });
    return edition.sha256 === record.sha256 ? edition : undefined;
  } catch (error) {
    if (error instanceof TablesError) return undefined;
    throw error;
  }
}

/** Runs an action with a temporary folder inside the cache (same file system, so that a rename can publish) and removes it after. */
export async function withTemporaryFolder<T>(
  cacheDir: string,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(cacheDir, `${TEMPORARY}${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await makeFolder(folder);
    return await action(folder);
  } catch (error) {
    throw asStorageError(error, 'writing to the table cache', folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes what killed processes left. */
async function sweepAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (!name.startsWith(TEMPORARY)) continue;
    const folder = join(cacheDir, name);
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0, // its owner has just removed it
    );
    if (age > ABANDONED_AFTER) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Fetches a commit into the cache and returns its edition. It is loaded once before it is published, by a rename: a malformed one
 * never enters the cache, and of two processes that fetch the same commit the second uses the first one's.
 * @throws NetworkError, TablesError, StorageError
 */
export async function fetchIntoCache(
  cacheDir: string,
  name: string,
  url: string,
  commit: string,
  signal?: AbortSignal,
): Promise<CdmEdition> {
  const home = repositoryFolder(cacheDir, name, url);
  const folder = join(home, commit);
  return withTemporaryFolder(cacheDir, async (temporary) => {
    await sweepAbandoned(cacheDir);
    const [repository, target] = [join(temporary, 'repository'), join(temporary, 'edition')];
    await mkdir(repository);
    const committedAt = await fetchTables(url, commit, repository, target, signal);
    const edition = await loadEdition(target, { name, repository: url, commit });
    const { sha256 } = edition;
    const fetchedAt = new Date().toISOString();
    const record = { name, repository: url, commit, committedAt, fetchedAt, sha256 };
    await writeFile(join(target, IDENTITY_FILE), `${JSON.stringify(record, null, 2)}\n`);
    await makeFolder(home);
    if ((await loadCached(folder)) === undefined) {
      await renameOver(folder, join(temporary, 'damaged'), false);
      await renameOver(target, folder, true);
    }
    return edition;
  });
}

/** Renames a folder; another process may have taken away the source or put up the target at the same time. */
async function renameOver(from: string, to: string, mustExist: boolean): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const code = isSystemError(error) ? error.code : undefined;
    const published = mustExist && (code === 'ENOTEMPTY' || code === 'EEXIST');
    const absent = !mustExist && code === 'ENOENT';
    if (!published && !absent) throw error;
  }
}
