/** Bringing the local files of an archive up to date before they are read: from the descriptor and the ledger to the fetch layer. */
import { InputError, UsageError } from '../errors.js';
import { type ArchiveMirror, type SyncResult, syncArchive } from '../fetch/download/archive.js';
import { createClient } from '../fetch/download/client.js';
import { createPolicy } from '../fetch/download/policy.js';
import { openInput } from '../fetch/members.js';
import { makeFolder } from '../folder.js';
import { firstBytes } from '../sources/head.js';
import type { Source, SourceDescriptor } from '../sources/source.js';
import { VERSION } from '../version.js';
import { credentialsOf } from './credentials.js';
import type { Ledger } from './ledger/ledger.js';
import { goesBy } from './plan.js';
import { isInShard, type Shard } from './shard.js';

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

/** Where the files come from; empty where the archive cannot be fetched without a person. Throws UsageError. */
export function mirrorsOf({ download }: SourceDescriptor, named: readonly string[]): ArchiveMirror[] {
  if (named.length === 0) return [...download.mirrors];
  return named.map((text) => {
    if (!URL.canParse(text)) {
      throw new UsageError('BAD_MIRROR', '--mirror: the address is not a URL', {
        hint: 'Write --mirror igra2=https://mirror.example.org/igra2/',
      });
    }
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
  const policy = createPolicy({
    named: mirrors.map(({ base }) => base),
    inside: options.mirrors.length > 0,
  });
  const credentials = await credentialsOf(source.id);
  const client = createClient({ policy, version: VERSION, credentials, ...(signal && { signal }) });
  const key = (name: string): string => `${source.id}/${name}`;
  const pattern = new RegExp(`^(?:${descriptor.download.pattern})$`);
  // Who is in a file of many stations shows only when it is read.
  const isWanted = (id: string): boolean =>
    id === '' ||
    ((stations.length === 0 || stations.some((name) => goesBy(source, id, name))) &&
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
    onFetched: (file) => ledger.put('download', key(file.name), file, { durable: true }),
    verify: (path) => verifyInput(source, path, signal),
    onProgress: options.onProgress,
    ...(signal && { signal }),
    partSuffix: shard === null ? '' : `.shard-${shard.index}-of-${shard.of}`,
  });
}

function knownCount(ledger: Ledger, dataset: string, pattern: RegExp): number {
  let known = 0;
  for (const [key, { name, listed }] of ledger.entries('download'))
    if (key === `${dataset}/${name}` && listed !== null && pattern.test(name)) known++;
  return known;
}

/** Reads a fetched file to its end, which checks its packing, and looks whether it is what the archive holds. */
async function verifyInput(source: Source, path: string, signal: AbortSignal | undefined): Promise<void> {
  const file = await openInput(path);
  const head = await firstBytes(file, { signal });
  const recognition = source.recognise(head);
  if (!recognition.fits && source.inventory?.recognise(head) !== true)
    throw new InputError('WRONG_FORMAT', `${path}: not ${source.id} but ${recognition.saw}`, { file: path });
  for await (const _ of file.chunks(signal)) signal?.throwIfAborted();
}
