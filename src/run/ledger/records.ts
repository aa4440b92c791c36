/** What the ledger remembers, and the check that a line read back from the disk is such a thing. */
import type { ArchiveFile } from '../../fetch/download/sync.js';
import { anything, fields, listOf, number, object, optional, orNull, text, textLike } from '../../shape.js';

/** What a file is without reading it: any write changes at least one of these. Milliseconds since 1970 (may be fractional). */
export interface FileStamp {
  bytes: number;
  mtimeMs: number;
  ctimeMs: number;
  inode: number;
}

/** One output file of a station as it was published. */
export interface PublishedFile {
  /** Name in the folder of the dataset's outputs. */
  name: string;
  /** Lower-case hexadecimal. */
  sha256: string;
  bytes: number;
  /** Milliseconds since 1970 (may be fractional). */
  mtimeMs: number;
}

/** One station's last harvest. Key: `<dataset>/<output folder key>/<station id>` (made by the caller). */
export interface StationRecord {
  dataset: string;
  station: string;
  /** sha256 over everything that decides the bytes of the outputs */
  fingerprint: string;
  files: PublishedFile[];
  /** Version of the reader, and sha256 of the tables, for `harvest status`; both are in the fingerprint. */
  reader: number;
  tables: string;
  /** the station's entry of the run report, as JSON */
  report: Record<string, unknown>;
}

/** One input file as it was last read. Key: its path below the work folder, absolute where it lies elsewhere. */
export interface InputRecord {
  stamp: FileStamp;
  sha256: string;
  /** what listing it gave, for one reader version; absent where it is too large to keep */
  listing?: { reader: string; result: unknown };
}

/** The kinds of records and what each holds. The key of a download is made by the caller. */
export interface LedgerKinds {
  station: StationRecord;
  input: InputRecord;
  download: ArchiveFile;
}

/** Name of a kind of record. */
export type LedgerKind = keyof LedgerKinds;

/** What `stationFileName` makes: files of these names are removed when they are overtaken, so they lead nowhere else. */
const OUTPUT_NAME = /^[\w%][\w%.-]*\.nc$/;

const isStationRecord = object<StationRecord>({
  dataset: text,
  station: text,
  fingerprint: text,
  files: listOf(
    object<PublishedFile>({ name: textLike(OUTPUT_NAME), sha256: text, bytes: number, mtimeMs: number }),
  ),
  reader: number,
  tables: text,
  report: fields,
});

const isInputRecord = object<InputRecord>({
  stamp: object<FileStamp>({ bytes: number, mtimeMs: number, ctimeMs: number, inode: number }),
  sha256: text,
  listing: optional(object<NonNullable<InputRecord['listing']>>({ reader: text, result: anything })),
});

const isArchiveFile = object<ArchiveFile>({
  name: text,
  url: text,
  bytes: number,
  sha256: text,
  etag: orNull(text),
  lastModified: orNull(text),
  listed: orNull(text),
  mtimeMs: number,
});

/** The check of each kind. A value that passes may have further fields: they are kept as they are. */
export const RECORD_CHECKS: {
  readonly [K in LedgerKind]: (value: unknown) => value is LedgerKinds[K];
} = { station: isStationRecord, input: isInputRecord, download: isArchiveFile };

/** True where `kind` names a kind of record. */
export function isLedgerKind(kind: string): kind is LedgerKind {
  return Object.hasOwn(RECORD_CHECKS, kind);
}
