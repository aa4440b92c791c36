/**
 * The way back: from a row of a station file to the bytes of its source. A locator reads the raw values of one report again, and says of
 * each where it stands and how it became one. It shares the tables of its format with the reader (columns, codes), and no loop: so that
 * what it finds is a check of what the reader made. `explain` asks it, and knows no format.
 */
import type { InputFile } from '../records/input.js';

/**
 * The raw values of the report that begins at a byte of a source file; null where none begins there.
 *
 * @throws InputError where the file is not of the format or is damaged
 */
export type Locator = (file: InputFile, request: LocatorRequest) => Promise<SourceReport | null>;

/** Bytes `from` to `to` (exclusive) of the uncompressed content of a source file. */
export interface ByteRange {
  from: number;
  to: number;
}

/** A number on its way from the source to the CDM, such as `-153` in `tenths of degC`. */
export interface Step {
  value: string;
  unit: string;
}

/** What a field of the source became in the row: the name of an element of observations_table. */
export type Given =
  | 'observation_value'
  | 'z_coordinate'
  | 'elapsed_time'
  | 'latitude'
  | 'longitude'
  | 'quality_flag';

/** How a field of a binary format is coded: each format says what a reader by other means needs to know. */
export interface FieldCoding {
  readonly format: string;
}

/** A coding for people. */
export interface CodingInWords {
  /** What is said behind the bytes of the field, in order. */
  readonly parts: readonly string[];
  /** What is shown of a field that has no bytes of its own. */
  readonly withoutBytes: string;
}

/** A field of the source that had a part in the row. */
export interface MarkedField extends ByteRange {
  /** As the format calls it: `TEMP`, `obsvalue@body`, `airTemperature`. */
  name: string;
  gives: Given;
  /** The text as it stands, hexadecimal bytes, or bits. */
  raw: string;
  coding?: FieldCoding;
  /** The coding in words; a field has both or none. */
  inWords?(): CodingInWords;
}

/** What happened to one element of the row between the source and the CDM. */
export interface Conversion {
  element: Given;
  steps: readonly Step[];
}

/** A mark of quality control in the source, and what became of it. */
export interface QualityMark {
  name: string;
  raw: string;
  meaning: string;
  became: string;
}

/** The part of the source that holds the row: a line of text, a row of a frame, a subset of a message. */
export interface SourceUnit extends ByteRange {
  kind: 'line' | 'row' | 'subset';
  /** Number of the line, the row of its frame, or the subset of its message, all from 1. */
  number: number;
  /** The line, or a sentence on where the row or subset belongs; the fields are marked in lines only. */
  text: string;
}

/** Where and how one value stands in the source. */
export interface Standing {
  unit: SourceUnit;
  fields: readonly MarkedField[];
  conversions: readonly Conversion[];
  marks: readonly QualityMark[];
}

/** One value of a report as the source gives it, in the terms of the record batch (`records/batch.ts`). */
export interface Datum {
  observedVariable: number;
  value: number;
  /** NaN where there is none. */
  z: number;
  zType: number;
  elapsed: number;
  quality: number;
  /** NaN where the position of the report holds. */
  latitude: number;
  longitude: number;
  /** Columns of feedback by their names in the station file; numbers NaN and texts '' where missing. Null without feedback. */
  feedback: (() => ReadonlyMap<string, number | string>) | null;
  /** The details, which are made only for the values that are asked for. */
  describe(): Standing;
}

/** The raw bytes of a report. */
export interface SourceReport extends ByteRange {
  /** The header line, the first row, or what the message says of itself. */
  head: string;
  /** Number of the head's line from 1; null in binary formats. */
  line: number | null;
  data: readonly Datum[];
}

/** The times of a report, as in `ReportColumns`: seconds since 1900-01-01, NaN for none. */
export interface ReportTimes {
  launchTime: number;
  nominalTime: number;
  dateOnlyTime: number;
  /** When the first level of a descent was; left out in formats that have none. */
  beginTime?: number;
}

/** What a locator is told. */
export interface LocatorRequest {
  /** First byte that the station file gives of the report: of its header line, first row, frame or message. */
  offset: number;
  /** Whether this is the source's own id of the station in question. */
  isStation(id: string): boolean;
  /** Whether this is the record time of the report in question; formats whose offset holds several reports ask. */
  isTime(times: ReportTimes): boolean;
}
