/**
 * What is known of input files from earlier runs. A file whose stamp (size, times, inode) is the one that was recorded is not
 * read again, neither to hash it nor to find its stations.
 */
import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { asStorageError, InputError } from '../errors.js';
import type { ArchiveFile } from '../fetch/download/sync.js';
import type { Skip } from '../records/tally.js';
import { listOf, number, object, optional, orNull, pairOf, type Shape, text } from '../shape.js';
import type { Ledger } from './ledger/ledger.js';
import type { FileStamp, InputRecord } from './ledger/records.js';

/** What listing one file gave, in the form that is kept. */
export interface Listing {
  /** Base name of the content. */
  name: string;
  /** Null: a station list. */
  stations: readonly ListedStation[] | null;
  /** What belongs to no station. */
  noted: readonly (readonly [reason: string, count: number])[];
  skipped: readonly Skip[];
}

/** A station that a file holds, with what the reader has learnt of its place in the file (`InputFile`). */
export interface ListedStation {
  id: string;
  parts?: readonly number[];
  sourceFormat?: number;
}

/** An input file as it lies on disk. */
export interface KnownFile {
  stamp: FileStamp;
  /** Undefined until somebody has read the file. */
  sha256: string | undefined;
}

export interface InputMemory {
  /** The file as it is now, with its hash where that is known. Throws StorageError. */
  look(path: string): Promise<KnownFile>;
  /** What listing the file gave, where the file is the same and the reader too. */
  listing(path: string, reader: string): Listing | undefined;
  /** Takes down what listing gave; it is kept when the file's hash becomes known. */
  listed(path: string, reader: string, listing: Listing): void;
  /** Forgets a file that was found to be damaged: one that was fetched is fetched again by the next run. */
  distrust(path: string): Promise<void>;
  /** Takes down the hash of a file that still had this stamp after it was read. */
  hashed(path: string, stamp: FileStamp, sha256: string): Promise<void>;
}

/** A listing with more numbers than this is made anew each time rather than kept. */
const MAX_KEPT_PARTS = 2000;
/**
 * File systems tell times in steps of up to two seconds (FAT; git calls such files "racily clean"): of a file that was changed just
 * now a second change may not show, so it is not remembered.
 */
const SETTLED_MS = 2000;

/** The stamp of a file. Throws StorageError. */
export async function stampOf(path: string): Promise<FileStamp> {
  try {
    const { size, mtimeMs, ctimeMs, ino } = await stat(path);
    return { bytes: size, mtimeMs, ctimeMs, inode: ino };
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}

/** Whether nothing was written to the file between two looks at it. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.bytes === b.bytes && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.inode === b.inode;
}

/** The error for a file that is not any more what it was when it was listed or hashed. */
export function inputChanged(path: string): InputError {
  return new InputError('INPUT_CHANGED', `${path} was written to while it was harvested`, {
    file: path,
    hint: 'Run the same command again when the file is complete.',
  });
}

/** Files fetched in earlier runs, by absolute path. */
export function downloadsOf(ledger: Ledger, dataset: string, folder: string): Map<string, ArchiveFile> {
  const files = new Map<string, ArchiveFile>();
  for (const [key, file] of ledger.entries('download'))
    if (key === `${dataset}/${file.name}`) files.set(resolve(folder, file.name), file);
  return files;
}

/** The key of an input file in the ledger: a work folder that is moved keeps what is known of the files inside it. */
export function inputKey(workdir: string, path: string): string {
  const place = relative(resolve(workdir), resolve(path));
  return place.startsWith('..') ? resolve(path) : place;
}

/**
 * @param ledger null remembers nothing beyond the run
 * @param downloads what was fetched, by absolute path
 */
export function createInputMemory(
  ledger: Ledger | null,
  downloads: ReadonlyMap<string, ArchiveFile>,
  workdir: string,
  dataset: string,
): InputMemory {
  const keyOf = (path: string): string => inputKey(workdir, path);
  const seen = new Map<string, { stamp: FileStamp; at: number; record: InputRecord | undefined }>();
  const listings = new Map<string, { reader: string; result: Listing }>();
  return {
    async look(given) {
      const stamp = await stampOf(given);
      const path = keyOf(given);
      const recorded = ledger?.get('input', path);
      const record = recorded !== undefined && isSameStamp(recorded.stamp, stamp) ? recorded : undefined;
      seen.set(path, { stamp, at: Date.now(), record });
      const download = downloads.get(resolve(given));
      const fetched =
        download !== undefined && download.bytes === stamp.bytes && download.mtimeMs === stamp.mtimeMs;
      return { stamp, sha256: record?.sha256 ?? (fetched ? download.sha256 : undefined) };
    },
    listing(path, reader) {
      const kept = seen.get(keyOf(path))?.record?.listing;
      return kept?.reader === reader && isListing(kept.result) ? kept.result : undefined;
    },
    listed(path, reader, listing) {
      if (partsOf(listing) <= MAX_KEPT_PARTS) listings.set(keyOf(path), { reader, result: listing });
    },
    async distrust(given) {
      const download = downloads.get(resolve(given));
      if (download !== undefined) await ledger?.remove('download', `${dataset}/${download.name}`);
      await ledger?.remove('input', keyOf(given));
    },
    async hashed(given, stamp, sha256) {
      const path = keyOf(given);
      const look = seen.get(path);
      if (ledger === null || look === undefined || !isSameStamp(look.stamp, stamp)) return;
      if (look.at - Math.max(stamp.ctimeMs, stamp.mtimeMs) < SETTLED_MS) return;
      const listing = listings.get(path) ?? look.record?.listing;
      if (look.record?.sha256 === sha256 && listing === look.record.listing) return;
      const record: InputRecord = { stamp, sha256, ...(listing !== undefined && { listing }) };
      seen.set(path, { ...look, record });
      await ledger.put('input', path, record);
    },
  };
}

function partsOf(listing: Listing): number {
  return (listing.stations ?? []).reduce((sum, station) => sum + 1 + (station.parts?.length ?? 0), 0);
}

/** Whether a value from the ledger is a listing. */
export const isListing: Shape<Listing> = object<Listing>({
  name: text,
  stations: orNull(
    listOf(
      object<ListedStation>({ id: text, parts: optional(listOf(number)), sourceFormat: optional(number) }),
    ),
  ),
  noted: listOf(pairOf(text, number)),
  skipped: listOf(object<Skip>({ file: text, byteOffset: number, reason: text, detail: text })),
});
