/**
 * What a source is: one object that can describe itself, say which stations a set of files holds, and open one station
 * as a stream of record batches. Readers get bytes, not paths: where the bytes come from (file, archive member, standard
 * input) is the business of `fetch/`.
 */
import type { SoundingBatch } from '../records/batch.js';
import type { FeedbackColumn } from '../records/feedback.js';
import type { LaunchRules } from '../records/launches.js';
import type { Tally } from '../records/tally.js';
import type { SourceEncodings } from '../records/variables.js';

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
  /** The uncompressed bytes in chunks of about 1 MiB. Each call opens the file anew. Throws InputError or StorageError. */
  chunks(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** A station of the source and the files that hold it, in the order in which they are to be read. */
export interface StationInput {
  /** The source's own station id. */
  id: string;
  files: readonly InputFile[];
}

/** What is known of a station from the source's inventory; missing numbers NaN, missing texts ''. */
export interface StationEntry {
  id: string;
  /** Degrees; NaN for a mobile station. */
  latitude: number;
  longitude: number;
  /** Metres above sea level. */
  elevation: number;
  name: string;
  mobile: boolean;
}

/** How the source's own id becomes the CDM's primary id. */
export interface StationIdentity {
  /** `primary_station_id`. */
  primaryId: string;
  /** Code of the CDM table `id_scheme`. */
  primaryScheme: number;
  /** The source's own id, where it differs from the primary one. */
  secondaryId: string | null;
  secondaryScheme: number;
  /** Code of the CDM table `platform_type`, null where the id does not tell. */
  platformType: number | null;
}

/** A descriptor file `sources/<dataset>.json`: everything about a dataset that is not code. */
export interface SourceDescriptor {
  id: string;
  title: string;
  summary: string;
  provider: string;
  homepage: string;
  size: string;
  period: string;
  licence: string;
  /** Code of the CDM table `data_policy_licence`. */
  dataPolicyLicence: number;
  citation: string;
  references: string[];
  access: string;
  login: boolean;
  filePatterns: string[];
  stationIdRule: string;
  productVersion: string;
  /** Code of the CDM table `source_format` with the extensions. */
  sourceFormat: number;
  sourceFormatVersion: string;
  /** How the files are fetched. */
  download: DownloadDescriptor;
  /** The feedback that the files carry, one entry per reanalysis; absent where they carry none. */
  feedback?: readonly FeedbackDescriptor[];
}

/** Where the files of an archive can be fetched; what a mirror of the user's is laid out like. */
export interface DownloadDescriptor {
  /**
   * Regular expression on the names in the listing, from their beginning to their end; group 1 is the source's station id where
   * a file holds one station alone. Files of a pattern without a group are fetched whichever stations are asked for.
   */
  pattern: string;
  /** A listing of the archive itself with fewer files is taken for a fault. */
  atLeast: number;
  /** The archive's own addresses, the first one preferred; empty where a login is needed. */
  mirrors: readonly ArchiveLayout[];
  /** Where things lie below the base address of a mirror that the user names. */
  layout: Omit<ArchiveLayout, 'base'>;
}

/** One address of an archive: a folder with a listing, and single files such as the station list; relative to the base. */
export interface ArchiveLayout {
  /** Ends in `/`. */
  base: string;
  folder: string;
  files: readonly string[];
}

/** How the feedback of one reanalysis is written. */
export interface FeedbackDescriptor {
  /** Group of the station file, such as `era5fb`. */
  group: string;
  /** Table definition whose elements the group has in any case, such as `era5fb_table`; null for none. */
  table: string | null;
  /** The source's columns that belong to the group, by name or by name with a trailing `*`. */
  columns: readonly string[];
  /** Columns whose values show that an observation was used or compared: departures from analysis and first guess. */
  departures: readonly string[];
}

export interface OpenOptions {
  tally: Tally;
  /** The columns of feedback that the batches must have, in this order; those of `Source.feedback`, kinds possibly widened. */
  feedback?: readonly FeedbackColumn[];
  signal?: AbortSignal;
}

/** What `Source.recognise` says of the first bytes of a file. */
export type Recognition = { fits: true } | { fits: false; saw: string };

/** A list of stations that belongs to the archive and holds no soundings. */
export interface Inventory {
  /** Whether the first bytes (up to 4 KiB, uncompressed) are of a station list. */
  recognise(head: Uint8Array): boolean;
  read(file: InputFile, tally: Tally): Promise<ReadonlyMap<string, StationEntry>>;
}

/** A dataset that can be harvested. */
export interface Source {
  readonly id: string;
  /** Version of the reader: raised whenever the same bytes would give other rows. */
  readonly readerVersion: number;
  readonly encodings: SourceEncodings;
  describe(): Promise<SourceDescriptor>;
  /** Whether the first bytes (up to 4 KiB, uncompressed) are of this source's format; `saw` names what they are instead. */
  recognise(head: Uint8Array): Recognition;
  /**
   * Offset of the first message or header of the format in the first bytes of a file (up to 16 MiB), -1 for none. Asked where
   * `recognise` finds none in the first 4 KiB, and `recognise` is asked again from there on; absent where a file of the format
   * is told by its first bytes alone. What was passed over is for the reader to count.
   */
  search?(bytes: Uint8Array): number;
  /** The archive's list of stations, where it has one. */
  readonly inventory?: Inventory;
  /** How reports that tell of one launch become one report; absent where every report is a launch of its own. */
  readonly launches?: LaunchRules;
  /**
   * Groups files by station, reading no more of each than needed. Parts of a file that belong to no station (a damaged
   * message) are counted and listed in `tally`. Throws InputError for a file that is not of this format.
   */
  list(
    files: readonly InputFile[],
    options: { tally: Tally; signal?: AbortSignal },
  ): AsyncIterable<StationInput>;
  identify(stationId: string): StationIdentity;
  /** The columns of feedback in the station's files together; absent in sources without feedback. */
  feedback?(station: StationInput, signal?: AbortSignal): Promise<readonly FeedbackColumn[]>;
  /** The station's soundings, in the order of the files. */
  open(station: StationInput, options: OpenOptions): AsyncIterable<SoundingBatch>;
}
