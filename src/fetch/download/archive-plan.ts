/** What there is to do for an archive: which mirror, which files, which of the known ones it has no more. */
import { readdir } from 'node:fs/promises';
import { type HarvestError, InputError, NetworkError } from '../../errors.js';
import { isSafeName, type ListingEntry, listingError, readListing } from './listing.js';
import { networkError } from './network-error.js';
import { attempt } from './part.js';
import type { ArchiveMirror, SyncOptions } from './sync.js';

/** One file to look at. */
export interface Task {
  name: string;
  /** At every mirror, in order of preference. */
  urls: string[];
  /** The row of the listing; null for a single file. */
  row: string | null;
}

/** The listing of the first mirror that has one; that mirror then comes first for the files as well. */
export async function firstListing(
  options: SyncOptions,
): Promise<{ entries: ListingEntry[]; mirrors: ArchiveMirror[] } | { error: HarvestError }> {
  const { client, signal, atLeast, knownCount = 0 } = options;
  let failure: HarvestError | undefined;
  for (const mirror of options.mirrors) {
    const url = mirror.base + mirror.folder;
    try {
      const entries = await client.get(
        url,
        async () => ({}),
        async (answer) => {
          if (answer.status !== 200) throw networkError(`HTTP_${answer.status}`, url, 'no listing came');
          if (answer.headers['content-encoding'] !== undefined)
            throw networkError('HTTP_ENCODING', url, 'the listing comes with a Content-Encoding');
          const fits = (name: string): boolean => stationOf(options.pattern, name) !== undefined;
          return await readListing(answer.body, { url, atLeast, fits });
        },
        signal,
      );
      if (entries.length < knownCount / 2)
        throw listingError(
          url,
          `the listing holds ${entries.length} files, and ${knownCount} were known before`,
        );
      return { entries, mirrors: [mirror, ...options.mirrors.filter((other) => other !== mirror)] };
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      failure ??= error;
    }
  }
  return { error: failure ?? new InputError('DOWNLOAD_NO_URL', 'no mirror is named to fetch from') };
}

export function tasksOf(
  options: SyncOptions,
  entries: readonly ListingEntry[],
  mirrors: readonly ArchiveMirror[],
): Task[] {
  const single = (mirrors[0]?.files ?? []).map(
    (path, index): Task => ({
      name: lastPart(path),
      urls: mirrors.map(({ base, files }) => base + (files[index] ?? path)),
      row: null,
    }),
  );
  const unsafe = single.find(({ name }) => !isSafeName(name));
  if (unsafe !== undefined)
    throw new InputError('DOWNLOAD_NAME', `${unsafe.name} is no name for a local file`);
  const wanted = entries.filter(({ name }) => options.wanted(stationOf(options.pattern, name) ?? ''));
  return [
    ...single,
    ...wanted.map(({ name, modified, size }) => ({
      name,
      urls: mirrors.map(({ base, folder }) => base + folder + name),
      row: `${modified} ${size}`,
    })),
  ];
}

/** Files of wanted stations that are here and known, and that the listing has no more. */
export async function withdrawnFiles(
  options: SyncOptions,
  entries: readonly ListingEntry[],
): Promise<string[]> {
  const listed = new Set(entries.map(({ name }) => name));
  const local = await attempt('cannot read', options.folder, () => readdir(options.folder));
  return local
    .filter((name) => {
      const station = stationOf(options.pattern, name);
      return (
        station !== undefined &&
        !listed.has(name) &&
        options.known(name) !== undefined &&
        options.wanted(station)
      );
    })
    .sort();
}

/** The station id in a name, undefined where the name does not fit. */
function stationOf(pattern: RegExp, name: string): string | undefined {
  pattern.lastIndex = 0;
  const match = pattern.exec(name);
  return match === null ? undefined : (match[1] ?? '');
}

/** The name in a relative path. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
