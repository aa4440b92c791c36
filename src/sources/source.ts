/**
 * What a source is: one object that can describe itself, say which stations a set of files holds, and open one station
 * as a stream of record batches. Readers get bytes, not paths: where the bytes come from (file, archive member, standard
 * input) is the business of `fetch/`.
 */
import type { SoundingBatch } from '../records/batch.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import type { FeedbackColumn } from '../records/feedback.js';
import type { InputFile, StationInput } from '../records/input.js';
import type { LaunchRules } from '../records/launch-rules.js';
import type { StationEntry, StationIdentity } from '../records/station.js';
import type { Tally } from '../records/tally.js';
import type { SourceEncodings } from '../records/variables.js';
import type { SourceFacts } from './facts.js';
import type { Locator } from './locator.js';
import type { Reason } from './reason.js';

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
  /**
   * Reads the raw values of a report again, sharing no loop with the reader; absent where nothing can. Loaded when it is asked for: by
   * `explain`.
   */
  readonly locator?: () => Promise<Locator>;
  /** What its counts mean: every code that its reader counts or notes, once. Loaded when a report, a page or the docs ask. */
  reasons(): Promise<readonly Reason[]>;
  /** What holds for every file made of this source; `verify` checks it. */
  readonly facts: SourceFacts;
  /** The station's soundings, in the order of the files. */
  open(station: StationInput, options: OpenOptions): AsyncIterable<SoundingBatch>;
}
