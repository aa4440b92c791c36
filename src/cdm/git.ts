import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { NetworkError, TablesError } from '../errors.js';
import { LIMITS, TABLE_FILE, TABLE_FOLDERS } from './edition.js';

/** Git gives up on a silent remote after this time (ms). */
const HEAD_TIMEOUT = 20_000;
const FETCH_TIMEOUT = 180_000;
/** A shallow copy of the real repositories has a few MB. */
const MAX_PACK_BYTES = 256 * 1024 * 1024;
const FULL_HASH = /^[0-9a-f]{40}$/;

/** Environment that git may see: nothing that names a program, a configuration or a credential. */
const PASSED_ENVIRONMENT = [
  'PATH',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/**
 * A git that reads no configuration but this one, runs no hook, asks nothing, knows no credential and speaks one protocol.
 * `folder` is its home and working folder. `batch` is what `cat-file --batch` reads.
 */
async function hardenedGit(
  folder: string,
  url: string,
  signal: AbortSignal,
  batch?: string,
): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const protocol = url.startsWith('file:') ? 'file' : 'https';
  const environment: Record<string, string> = {
    HOME: folder,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  for (const name of PASSED_ENVIRONMENT) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return simpleGit({
    baseDir: folder,
    abort: signal,
    allowEnvironment: ['GIT_TERMINAL_PROMPT', 'GIT_CONFIG_NOSYSTEM', 'GIT_CONFIG_GLOBAL'],
    // These switches let us set the guarded values below to their safest; the arguments are fixed and hold no user text but the URL.
    unsafe: {
      allowUnsafeProtocolOverride: true,
      allowUnsafeHooksPath: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeConfigPaths: true,
    },
    config: [
      'protocol.allow=never',
      `protocol.${protocol}.allow=always`,
      'core.hooksPath=/dev/null',
      'credential.helper=',
      'fetch.recurseSubmodules=false',
      'gc.auto=0',
      // A small pack would be unpacked to loose objects, which `abortWhenLarge` does not count.
      'fetch.unpackLimit=1',
      'http.lowSpeedLimit=1000',
      'http.lowSpeedTime=30',
    ],
    ...(batch !== undefined && {
      input: (commands: readonly string[]) => (commands.includes('--batch') ? batch : undefined),
    }),
  }).env(environment);
}

/** Ends git after `milliseconds`, or when the caller gives up. */
function limited(milliseconds: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(milliseconds);
  return signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
}

/**
 * The commit that the remote's HEAD points to: one light request.
 * @param folder an existing empty folder to work in.
 * @throws NetworkError `TABLES_UNREACHABLE`, or `GIT_MISSING` when there is no git program.
 */
export async function remoteHead(url: string, folder: string, signal?: AbortSignal): Promise<string> {
  return reportingNetwork(url, async () => {
    const git = await hardenedGit(folder, url, limited(HEAD_TIMEOUT, signal));
    const answer = await git.raw(['ls-remote', '--', url, 'HEAD']);
    const hash = /^([0-9a-f]{40})\tHEAD$/m.exec(answer)?.[1];
    if (hash === undefined) throw new Error('the remote names no HEAD');
    return hash;
  });
}

/**
 * Fetches exactly one commit and writes its table files below `target/`. Git makes no work tree: the files are regular blobs of
 * bounded size, written under checked names by this function.
 * @param folder an existing empty folder for the temporary repository.
 * @returns the commit's time (ISO 8601).
 * @throws NetworkError when the commit cannot be had; TablesError `UNSAFE_TREE`, `TABLE_TOO_LARGE`, `NOT_AN_EDITION` for its contents.
 */
export async function fetchTables(
  url: string,
  commit: string,
  folder: string,
  target: string,
  cancel?: AbortSignal,
): Promise<string> {
  if (!FULL_HASH.test(commit)) throw new TablesError('INVALID_COMMIT', `${commit} is no full commit hash`);
  const { listing, committedAt } = await reportingNetwork(url, async () => {
    const oversized = new AbortController();
    const signal = AbortSignal.any([limited(FETCH_TIMEOUT, cancel), oversized.signal]);
    const watch = setInterval(() => void abortWhenLarge(folder, oversized), 250);
    try {
      const git = await hardenedGit(folder, url, signal);
      await git.raw(['init', '--bare', '--quiet']);
      await git.raw([
        'fetch',
        '--quiet',
        '--depth=1',
        '--no-tags',
        '--no-recurse-submodules',
        '--',
        url,
        commit,
      ]);
      return {
        listing: await git.raw(['ls-tree', '-z', '-l', commit, ...TABLE_FOLDERS.map((part) => `${part}/`)]),
        committedAt: (await git.raw(['show', '-s', '--format=%cI', commit])).trim(),
      };
    } catch (error) {
      if (oversized.signal.aborted) throw new Error(`more than ${MAX_PACK_BYTES} bytes`, { cause: error });
      throw error;
    } finally {
      clearInterval(watch);
    }
  });
  const entries = checkedEntries(listing, url, commit);
  const blobs = await reportingNetwork(url, async () => {
    const batch = `${entries.map(({ hash }) => hash).join('\n')}\n`;
    const git = await hardenedGit(folder, url, limited(FETCH_TIMEOUT, cancel), batch);
    const output: unknown = await git.binaryCatFile(['--batch']);
    if (!Buffer.isBuffer(output)) throw new Error('git returned no bytes');
    return splitBatch(output, entries);
  });
  for (const part of TABLE_FOLDERS) await mkdir(join(target, part), { recursive: true });
  for (const [index, { path }] of entries.entries())
    await writeFile(join(target, path), blobs[index] ?? Buffer.alloc(0));
  return committedAt;
}

/** A table file in the tree: a checked path inside the edition and the object that holds its bytes. */
interface TreeEntry {
  path: string;
  hash: string;
  bytes: number;
}

/** Reads `git ls-tree -z -l`; refuses links and large files under table names, ignores what is no table file. */
function checkedEntries(listing: string, url: string, commit: string): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const line of listing.split('\0')) {
    const [, mode, type, hash, size, path] = /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    if (mode === undefined || hash === undefined || path === undefined) continue;
    const [part, name, ...deeper] = path.split('/');
    const known = TABLE_FOLDERS.some((folder) => folder === part);
    if (!known || name === undefined || deeper.length > 0 || !TABLE_FILE.test(name) || type === 'tree')
      continue;
    const where = `${url} at ${commit}: ${path}`;
    if (type !== 'blob' || !/^100\d{3}$/.test(mode)) {
      throw new TablesError('UNSAFE_TREE', `${where} is a link, not a file`, { file: path });
    }
    const bytes = Number(size);
    if (!(bytes <= LIMITS.fileBytes)) {
      throw new TablesError('TABLE_TOO_LARGE', `${where} has ${size} bytes, at most ${LIMITS.fileBytes}`, {
        file: path,
      });
    }
    entries.push({ path, hash, bytes });
  }
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (entries.length === 0) {
    throw new TablesError('NOT_AN_EDITION', `${url} at ${commit} holds no CDM tables`, {
      hint: 'A table repository has the folders tables and table_definitions.',
    });
  }
  if (entries.length > LIMITS.files || total > LIMITS.totalBytes) {
    throw new TablesError(
      'TABLE_TOO_LARGE',
      `${url} at ${commit}: ${entries.length} files, ${total} bytes: too many`,
    );
  }
  const names = new Set(entries.map(({ path }) => path.toLowerCase()));
  if (names.size !== entries.length) {
    throw new TablesError('UNSAFE_TREE', `${url} at ${commit}: two table names differ in case only`);
  }
  return entries;
}

/** Cuts the answer of `git cat-file --batch`: `<hash> blob <size>\n<bytes>\n` for every entry, in order. */
function splitBatch(output: Buffer, entries: readonly TreeEntry[]): Buffer[] {
  let offset = 0;
  return entries.map(({ hash, bytes }) => {
    const head = `${hash} blob ${bytes}\n`;
    const start = offset + head.length;
    if (output.toString('latin1', offset, start) !== head || start + bytes > output.length) {
      throw new Error(`git did not return object ${hash}`);
    }
    offset = start + bytes + 1;
    return output.subarray(start, start + bytes);
  });
}

async function abortWhenLarge(folder: string, controller: AbortController): Promise<void> {
  try {
    let total = 0;
    const pack = join(folder, 'objects', 'pack');
    for (const name of await readdir(pack)) total += (await stat(join(pack, name))).size;
    if (total > MAX_PACK_BYTES) controller.abort();
  } catch {
    // The folder appears with `git init` and its temporary files come and go: the next look counts them.
  }
}

async function reportingNetwork<T>(url: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/spawn git|ENOENT/.test(text)) {
      throw new NetworkError('GIT_MISSING', `the program git is needed to read ${url} and was not found`, {
        hint: 'Install git, or use --tables bundled or a local folder.',
        cause: error,
      });
    }
    throw new NetworkError(
      'TABLES_UNREACHABLE',
      `the tables at ${url} cannot be had: ${text.trim().split('\n')[0] ?? ''}`,
      {
        hint: 'Check the network and the URL, or use --offline, --tables bundled or a local folder.',
        cause: error,
      },
    );
  }
}
