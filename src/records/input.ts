/** What readers are given: files as bytes, by station. */
import type { FeedbackColumn } from './feedback.js';

/** One input file, decompressed on reading. */
export interface InputFile {
  /** Path as the user gave it, for messages. */
  path: string;
  /** Base name of the content: the archive member's name, or the file name without `.gz`. */
  name: string;
  /**
   * Where in a file of several stations the soundings of one station lie, as `list` found it and in the reader's own terms
   * (BUFR: byte offsets of messages; ODB-2: of frames); absent where they may be anywhere.
   */
  parts?: readonly number[];
  /** Code of the CDM table `source_format`, where it is not that of the descriptor; set by `list`. */
  sourceFormat?: number;
  /** The columns of feedback in those parts, as `list` found them; absent where it did not look. */
  feedback?: readonly FeedbackColumn[];
  /** The uncompressed bytes in chunks of about 1 MiB. Each call opens the file anew. Throws InputError or StorageError. */
  chunks(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * The uncompressed bytes `from` to `to` (exclusive), fewer where the file ends before; absent where they cannot be had without those
   * before them (gzip, deflated members of a zip, standard input). The checksum of a zip is not checked. Throws InputError or StorageError.
   */
  read?(from: number, to: number): Promise<Uint8Array>;
}

/** A station of the source and the files that hold it, in the order in which they are to be read. */
export interface StationInput {
  /** The source's own station id. */
  id: string;
  files: readonly InputFile[];
}
