import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError, UsageError } from '../errors.js';
import {
  type CachedEdition,
  cachedEditionsOf,
  fetchIntoCache,
  loadCached,
  withTemporaryFolder,
} from './cache.js';
import { assertNoDrift, checkDrift, type TablesContract } from './drift.js';
import { loadEdition } from './edition.js';
import { applyExtensions, PACKAGED_TABLES } from './extensions.js';
import { remoteHead } from './git.js';
import type { CdmEdition } from './model.js';
import { parseTablesSpec, type TablesSpec } from './spec.js';

export interface OpenTablesOptions {
  /** Folder that keeps every edition ever used, under its commit; made when missing. */
  cacheDir: string;
  /** True: no network at all, the cache or the bundled snapshot serves. */
  offline?: boolean;
  /** True lets `file://` URLs through; for tests only. */
  allowFileUrls?: boolean;
  /** Gets one message when something else than asked for is used. */
  onWarning?: (message: string) => void;
  /** What the writer relies on; checked on the edition with its extensions. */
  contract?: TablesContract;
  /** Ends git; `openTables` then throws the reason. */
  signal?: AbortSignal;
}

/**
 * Opens the edition that a `--tables` value asks for, with the radiosonde extensions laid over it and the contract checked.
 *
 * `bundled`, a folder and `<name>@<40 hex>` mean exactly that. A name or URL alone means the remote's newest commit: one light request
 * asks for it, and only a commit that the cache lacks is fetched. When the remote cannot be reached, or there is no git, the newest
 * cached edition of that repository serves, else the bundled snapshot, with exactly one warning.
 * @throws UsageError for a value that means nothing or is not safe; NetworkError when an exact commit cannot be had;
 * TablesError for malformed tables and, as `TABLES_DRIFT`, for an edition that the contract does not fit; StorageError.
 */
export async function openTables(spec: string, options: OpenTablesOptions): Promise<CdmEdition> {
  const parsed = parseTablesSpec(spec, options.allowFileUrls ?? false);
  const edition = await applyExtensions(await loadAsked(parsed, options));
  if (options.contract !== undefined && checkDrift(edition, options.contract).length > 0) {
    assertNoDrift(
      edition,
      options.contract,
      await lastGoodCommit(edition, options.cacheDir, options.contract),
    );
  }
  return edition;
}

async function loadAsked(spec: TablesSpec, options: OpenTablesOptions): Promise<CdmEdition> {
  if (spec.kind === 'bundled') return loadEdition(join(PACKAGED_TABLES, 'bundled'));
  if (spec.kind === 'folder') {
    const isFolder = await stat(spec.folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      throw new UsageError(
        'INVALID_TABLES',
        `--tables ${JSON.stringify(spec.folder)}: no known edition and no folder`,
        {
          hint: 'Use bundled, glamod, cdm-obs, <name>@<40 hex>, an https URL, or a folder.',
        },
      );
    }
    return loadEdition(spec.folder);
  }
  const cached = await cachedEditionsOf(options.cacheDir, spec.url);
  if (spec.commit !== undefined) return loadCommit(spec, spec.commit, cached, options);
  if (options.offline === true) return fallBack(spec, cached, 'the network is not to be used', options);
  try {
    const head = await withTemporaryFolder(options.cacheDir, (folder) =>
      remoteHead(spec.url, folder, options.signal),
    );
    return await loadCommit(spec, head, cached, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof NetworkError)) throw error;
    return fallBack(spec, cached, error.message, options);
  }
}

async function loadCommit(
  spec: TablesSpec & { kind: 'repository' },
  commit: string,
  cached: readonly CachedEdition[],
  options: OpenTablesOptions,
): Promise<CdmEdition> {
  const known = cached.find((edition) => edition.commit === commit);
  const loaded = known === undefined ? undefined : await loadCached(known.folder);
  if (loaded !== undefined) return loaded;
  if (options.offline === true) {
    throw new NetworkError(
      'TABLES_NOT_CACHED',
      `commit ${commit} of ${spec.url} is not in the cache, and the network is off`,
      {
        hint: 'Run once without --offline, or use --tables bundled.',
      },
    );
  }
  return fetchIntoCache(options.cacheDir, spec.name, spec.url, commit, options.signal);
}

async function fallBack(
  spec: TablesSpec & { kind: 'repository' },
  cached: readonly CachedEdition[],
  reason: string,
  options: OpenTablesOptions,
): Promise<CdmEdition> {
  for (const { folder, commit, fetchedAt } of cached) {
    const edition = await loadCached(folder);
    if (edition === undefined) continue;
    options.onWarning?.(
      `using the cached ${spec.name} tables at ${commit} (fetched ${fetchedAt}): ${reason}`,
    );
    return edition;
  }
  options.onWarning?.(`using the bundled tables instead of ${spec.name}: ${reason}`);
  return loadEdition(join(PACKAGED_TABLES, 'bundled'));
}

/** The newest other cached commit of the same repository that fulfils the contract: the way out that a drift error names. */
async function lastGoodCommit(
  edition: CdmEdition,
  cacheDir: string,
  contract: TablesContract,
): Promise<string | undefined> {
  for (const { folder, commit } of await cachedEditionsOf(cacheDir, edition.repository)) {
    if (commit === edition.commit) continue;
    const other = await loadCached(folder);
    if (other !== undefined && checkDrift(await applyExtensions(other), contract).length === 0) return commit;
  }
  return undefined;
}
