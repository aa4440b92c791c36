/**
 * What a source is: one object that can describe itself, say which stations a set of files holds, and open one station
 * as a stream of record batches. Readers get bytes, not paths: where the bytes come from (file, archive member, standard
 * input) is the business of `fetch/`.
 */
import type { SoundingBatch } from '../records/batch.js';
import type { Tally } from '../records/tally.js';
import type { SourceEncodings } from '../records/variables.js';

/** One input file, decompressed on reading. */
export interface InputFile {
  /** Path as the user gave it, for messages. */
  path: string;
  /** Base name of the content: the archive member's name, or the file name without `.gz`. */
  name: string;
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
}

export interface OpenOptions {
  tally: Tally;
  signal?: AbortSignal;
}

/** What `Source.recognise` says of the first bytes of a file. */
export type Recognition = { fits: true } | { fits: false; saw: string };

/** A dataset that can be harvested. */
export interface Source {
  readonly id: string;
  /** Version of the reader: raised whenever the same bytes would give other rows. */
  readonly readerVersion: number;
  readonly encodings: SourceEncodings;
  describe(): Promise<SourceDescriptor>;
  /** Whether the first bytes (up to 4 KiB, uncompressed) are of this source's format; `saw` names what they are instead. */
  recognise(head: Uint8Array): Recognition;
  /** True for a file that belongs to the archive but holds no soundings (station list, documentation). */
  isInventory(head: Uint8Array): boolean;
  /** Groups files by station, reading no more of each than needed. Throws InputError for a file that is not of this format. */
  list(files: readonly InputFile[]): AsyncIterable<StationInput>;
  /** The inventory of stations in a file that `isInventory` accepts. */
  readInventory(file: InputFile, tally: Tally): Promise<ReadonlyMap<string, StationEntry>>;
  identify(stationId: string): StationIdentity;
  /** The station's soundings, in the order of the files. */
  open(station: StationInput, options: OpenOptions): AsyncIterable<SoundingBatch>;
}
