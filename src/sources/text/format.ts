/**
 * Archives of text in fixed columns: a header line that says whose report it is, when, where, and of how many levels; then the
 * levels, one to a line; then the next header. This room holds all that such formats share. `stations.ts` groups files by station
 * and reads them, `chunks.ts` carries lines over chunks, `parser.ts` is the machine that tells what each line is, `reports.ts` begins
 * and ends reports, `levels.ts` turns the fields of a level into rows, `counters.ts` and `reasons.ts` count what makes none,
 * `columns.ts` and `pairs.ts` read columns.
 *
 * A format adds a table of its columns, a rule for its header, and the answers of `TextFormat`. A format with a hot loop of its
 * own also reads plain levels itself, many to a call (`readLines`); every other line comes to the machine.
 */
import type { BatchBuilder, ReportFields } from '../../records/builder.js';
import type { InputFile } from '../../records/input.js';
import type { Source } from '../source.js';
import type { Counters } from './counters.js';
import type { TextCode } from './reasons.js';

/** How a format of lines is told, and what to say of a file that is not of it. */
export interface LineFormat extends Required<Pick<Source, 'recognise' | 'search'>> {
  /** What is expected, such as `IGRA 2 soundings`. */
  expected: string;
  /** What to give, one sentence. */
  hint: string;
  /** The station id of the first header; asked only where `recognise` says that the format fits. */
  firstStationId(head: Uint8Array): string;
  /** Whether the first bytes are of a file of the archive that holds no soundings. */
  isOther?(head: Uint8Array): boolean;
  /** Order of the files of one station; absent where it is that of the input. */
  order?(a: InputFile, b: InputFile): number;
}

/** The times of a report, as in `ReportColumns`. */
export type ReportTimes = Pick<ReportFields, 'launchTime' | 'nominalTime' | 'dateOnlyTime' | 'timeQuality'>;

/** A readable header: what the format has of the fields of a report. */
export interface TextHeader
  extends Pick<ReportFields, 'latitude' | 'longitude' | 'comment' | 'elevation' | 'kind' | 'number'> {
  readable: true;
  /** The source's station id. */
  id: string;
  times: ReportTimes;
  /** Number of levels that the header announces. */
  levels: number;
}

/** A header that cannot be used: the report is counted as left out, and listed. */
export interface BadHeader<Code extends string = TextCode> {
  readable: false;
  reason: Code;
  detail: string;
}

/** What the readers of levels write to. */
export interface LevelSink<Header extends TextHeader = TextHeader> {
  builder: BatchBuilder;
  /** Counters of the open report. */
  slots: Int32Array;
  /** The header of the open report, null where no report is open that takes levels. */
  header: Header | null;
  /** Levels of the open report so far. */
  levels: number;
  /** First row of the open report. */
  firstRow: number;
  /** The numbers of the line at hand, in the order of the table of columns. */
  raw: Int32Array;
}

/** Reads the line at `at`, of any form, and returns where the next one begins; -1 where its end is not there. */
export type ReadOtherLine = (bytes: Uint8Array, at: number) => number;

/** What the machine asks of a format. Lines are given by their first byte and the byte after their last, in the bytes at hand. */
export interface TextFormat<Header extends TextHeader = TextHeader> extends LineFormat {
  /** Name of the dataset, with which its counters begin. */
  dataset: string;
  /** What is meant by `a line of ...`, and the length of the longest one without its end. */
  name: string;
  maxWidth: number;
  /** What to do where no level can be read, one sentence. */
  damageHint: string;
  counters: Counters<TextCode>;
  /** Number of fields of a level that may become rows, and of all its fields. */
  fields: number;
  columns: number;
  /** The byte that a header begins with. */
  headerByte: number;
  /** A last line of fewer columns is a header, or a level, that is cut off. */
  headerWidth: number;
  levelWidth: number;
  /** The largest number of levels that a header can announce. */
  maxLevels: number;
  /** @param slots counts what is to be noted of a readable header; forgotten where its report is left out */
  readHeader(bytes: Uint8Array, start: number, end: number, slots: Int32Array): Header | BadHeader<string>;
  /** Whether a level may begin with this byte. */
  beginsLevel(byte: number): boolean;
  /**
   * Where a line of an open report ends as a level, -1 where the line is no level. `end` is where its padding begins (blanks, tabs, a carriage
   * return), `lineEnd` its line feed, or the number of bytes where the file ends without one; `expected` tells whether the header
   * announces one more level.
   */
  levelEnd(bytes: Uint8Array, start: number, end: number, lineEnd: number, expected: boolean): number;
  /**
   * Writes the rows of a level and counts its fields.
   *
   * @returns what is wrong with a line that cannot be read, which then has no effect; null for a level
   */
  readLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink<Header>): string | null;
  /**
   * Parses all complete lines and returns the number of bytes they take; lines that are not plainly levels go to `readOther`. Absent
   * where all of them may.
   */
  readLines?(bytes: Uint8Array, sink: LevelSink<Header>, readOther: ReadOtherLine): number;
  /** Called when all of a report is there, before it is counted. */
  complete?(sink: LevelSink<Header>): void;
}
