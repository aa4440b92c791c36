/** Bringing the local files of an archive up to date before they are read: from the descriptor and the ledger to the fetch layer. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere, makeFolder } from '../disk/folder.js';
import { InputError, UsageError } from '../errors.js';
import { type SyncResult, syncArchive } from '../fetch/download/archive.js';
import { createClient } from '../fetch/download/client.js';
import { createPolicy } from '../fetch/download/policy.js';
import type { ArchiveMirror } from '../fetch/download/sync.js';
import { openInput } from '../fetch/members.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import type { InputFile } from '../records/input.js';
import { createTally } from '../records/tally.js';
import { findBeginning } from '../sources/beginning.js';
import { firstBytes } from '../sources/head.js';
import type { Source } from '../sources/source.js';
import { VERSION } from '../version.js';
import { type Credentials, credentialsOf } from './credentials.js';
import type { Ledger } from './ledger/ledger.js';
import { namesOf } from './plan.js';
import { isInShard, nameOf, type Shard } from './shard.js';

export interface DownloadOptions {
  source: Source;
  descriptor: SourceDescriptor;
  /** `<workdir>/sources/<dataset>`. */
  folder: string;
  /** Base addresses that the user names; they take the place of the archive's own. */
  mirrors: readonly string[];
  stations: readonly string[];
  shard: Shard | null;
  ledger: Ledger;
  onProgress: (progress: { done: number; total: number; bytes: number; name: string }) => void;
  signal?: AbortSignal;
}

/** Where the files come from; empty where the archive cannot be fetched without a person. */
export function mirrorsOf({ download }: SourceDescriptor, named: readonly string[]): ArchiveMirror[] {
  if (named.length === 0) return [...download.mirrors];
  return named.map((text) => {
    return { base: text.endsWith('/') ? text : `${text}/`, ...download.layout };
  });
}

/** Fetches what is new or has changed. What could not be fetched is in the result; throws StorageError and UsageError. */
export async function bringUpToDate(
  options: DownloadOptions,
  mirrors: readonly ArchiveMirror[],
): Promise<SyncResult> {
  const { source, descriptor, folder, stations, shard, ledger, signal } = options;
  await makeFolder(folder, 'folder for downloads');
  await tidy(folder, shard);
  const policy = createPolicy({
    named: mirrors.map(({ base }) => base),
    inside: options.mirrors.length > 0,
  });
  const credentials = await credentialsOf(source.id);
  const credentialOrigin = originFor(credentials, mirrors);
  const client = createClient({
    policy,
    version: VERSION,
    credentials,
    ...(credentialOrigin !== undefined && { credentialOrigin }),
    ...(signal && { signal }),
  });
  const key = (name: string): string => `${source.id}/${name}`;
  const pattern = new RegExp(`^(?:${descriptor.download.pattern})$`);
  const asked = new Set(stations);
  // Who is in a file of many stations shows only when it is read.
  const isWanted = (id: string): boolean =>
    id === '' ||
    ((stations.length === 0 || namesOf(source, id).some((name) => asked.has(name))) &&
      (shard === null || isInShard(shard, source.identify(id).primaryId)));
  return await syncArchive({
    mirrors,
    pattern,
    // Of a mirror of the user's nobody knows how much it holds.
    atLeast: options.mirrors.length === 0 ? descriptor.download.atLeast : 1,
    knownCount: knownCount(ledger, source.id, pattern),
    folder,
    client,
    wanted: isWanted,
    known: (name) => ledger.get('download', key(name)),
    async onFetched(file) {
      await ledger.put('download', key(file.name), file, { durable: true });
      await rm(join(folder, `${file.name}.quarantine`), { force: true }).catch(() => undefined);
    },
    verify: (path, name) => {
      const knownBytes = ledger.get('download', key(name))?.bytes;
      return verifyInput(path, name, { source, pattern, folder, knownBytes }, signal);
    },
    onProgress: options.onProgress,
    ...(signal && { signal }),
    partSuffix: shard === null ? '' : `.${nameOf(shard)}`,
  });
}

/** The first mirror is the one that credentials are for. Throws UsageError where they would go over a network in the clear. */
function originFor(credentials: Credentials, mirrors: readonly ArchiveMirror[]): string | undefined {
  const [first] = mirrors;
  if (first === undefined || Object.keys(credentials).length === 0) return undefined;
  const { protocol, hostname, origin } = new URL(first.base);
  if (protocol === 'https:' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return origin;
  throw new UsageError('CREDENTIAL_IN_THE_CLEAR', `no token or cookie is sent to ${hostname} over http`, {
    hint: 'Name a https address with --mirror, or run without the credential.',
  });
}

function knownCount(ledger: Ledger, dataset: string, pattern: RegExp): number {
  let known = 0;
  for (const [key, { name, listed }] of ledger.entries('download'))
    if (key === `${dataset}/${name}` && listed !== null && pattern.test(name)) known++;
  return known;
}

/** What a file that was fetched is checked against. */
interface Expectation {
  source: Source;
  pattern: RegExp;
  folder: string;
  /** Bytes of the file as it was fetched before. */
  knownBytes: number | undefined;
}

/**
 * Reads a fetched file to its end, which checks its packing, and looks whether it is what its name says.
 *
 * @throws InputError
 */
async function verifyInput(
  path: string,
  name: string,
  { source, pattern, folder, knownBytes }: Expectation,
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = await openInput(path);
  const head = await firstBytes(file, { signal });
  if (source.inventory?.recognise(head) !== true) {
    const { recognition } = await findBeginning(file, source, signal);
    if (!recognition.fits)
      throw new InputError('WRONG_FORMAT', `${path}: not ${source.id} but ${recognition.saw}`, {
        file: path,
      });
    const station = pattern.exec(name)?.[1];
    if (station !== undefined && name.endsWith('.zip')) await assertOfStation(file, name, station, source);
  }
  for await (const _ of file.chunks(signal)) signal?.throwIfAborted();
  const { size } = await stat(path);
  if (knownBytes !== undefined && size < knownBytes / 2 && (await isThere(join(folder, name)))) {
    throw new InputError('DOWNLOAD_SHRUNK', `${name} had ${knownBytes} bytes and has ${size} now`, {
      file: path,
      hint: `If that is right, delete ${join(folder, name)} and run the same command again.`,
    });
  }
}

/** An archive file of one station holds the one expected member, of that station. */
async function assertOfStation(
  file: InputFile,
  name: string,
  station: string,
  source: Source,
): Promise<void> {
  const member = name.slice(0, -'.zip'.length);
  const ids = new Set<string>();
  for await (const { id } of source.list([file], { tally: createTally() })) ids.add(id);
  if (file.name === member && ids.size === 1 && ids.has(station)) return;
  const found = `${file.name} of station ${[...ids].join(', ')}`;
  throw new InputError('WRONG_MEMBER', `${name} holds ${found}, and not ${member} of station ${station}`, {
    file: file.path,
  });
}

/** Removes what shards left unfinished: the whole work folder is this run's, and none of them is at work. */
async function tidy(folder: string, shard: Shard | null): Promise<void> {
  if (shard !== null) return;
  for (const name of await readdir(folder).catch(() => []))
    if (/\.shard-\d+-of-\d+\.part(?:\.json)?$/.test(name)) await rm(join(folder, name), { force: true });
}
