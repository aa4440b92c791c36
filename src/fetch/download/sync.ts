/** What a synchronisation with an archive is told, and what it tells. */
import type { Client } from './client.js';

/** Where an archive's files are, one layout per mirror; in order of preference. */
export interface ArchiveMirror {
  /** Ends in a slash. */
  base: string;
  /** Relative, of the listing; ends in a slash. */
  folder: string;
  /** Relative, single files beside the listing, such as the station list; the same files in the same order in every mirror. */
  files: readonly string[];
}

/** A file as it was fetched: what the ledger keeps of it. */
export interface ArchiveFile {
  name: string;
  url: string;
  bytes: number;
  sha256: string;
  etag: string | null;
  lastModified: string | null;
  /** The row of the listing, `modified size`; null for single files, and for rows too young to tell a later change. */
  listed: string | null;
  /** Of the file on disk after publishing. */
  mtimeMs: number;
}

export interface SyncOptions {
  mirrors: readonly ArchiveMirror[];
  /** On names in the listing; group 1 is the station id, where a file holds one station alone. */
  pattern: RegExp;
  /** A listing with fewer files is an error. */
  atLeast: number;
  /** How many files of the listing were known before; a listing with less than half of it is an error. */
  knownCount?: number;
  /** Local folder; it is there. */
  folder: string;
  client: Client;
  wanted(stationId: string): boolean;
  known(name: string): ArchiveFile | undefined;
  /**
   * One call at a time; made durable by the caller before the next. Also called, with the same content, for a file that
   * proved unchanged under a new row of the listing.
   */
  onFetched(file: ArchiveFile): Promise<void>;
  /** Check of the whole file before it gets its name: throws InputError. */
  verify(path: string, name: string): Promise<void>;
  onProgress?(progress: SyncProgress): void;
  signal?: AbortSignal;
  /** For the part files of this process: `''`, or for example `.shard-2-of-4`. */
  partSuffix: string;
}

export interface SyncProgress {
  /** Files that are settled, whether fetched, unchanged or missing. */
  done: number;
  total: number;
  /** Received in this run. */
  bytes: number;
  name: string;
}
