/**
 * Reading station files: the tables of the Common Data Model as columns, the record index, and one launch as levels. What looks at
 * outputs (verify, explain, show, plot, export, the HTML report) begins here; nothing here writes.
 */
import type { NetcdfContents, NumericArray, StoredAttribute } from '../netcdf4/index.js';

/** Kinds of columns: codes and counts, measured numbers, times (seconds since 1900-01-01), texts. */
export type ColumnKind = 'int' | 'number' | 'time' | 'text';

/** A column of a table. Rows are counted from 0; `[from, to)` is all rows where it is left out. */
export interface StationColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly rows: number;
  /** Unit that the column states, '' for none. */
  readonly units: string;
  readonly description: string;
  /** `<table>:<column>` that codes and ids refer to, '' for none. */
  readonly externalTable: string;
  /** Bytes of a text, 1 for numbers. */
  readonly width: number;
  /** False where all rows are missing. */
  readonly isStored: boolean;
  /** As stored; missing values are `missing`. */
  raw(from?: number, to?: number): Promise<NumericArray>;
  /** Stored value of a missing row; undefined where the file says that none is missing, and for text. */
  readonly missing: number | bigint | undefined;
  /** Numbers with NaN for missing. Times too. Throws `TypeError` for texts. */
  numbers(from?: number, to?: number): Promise<Float64Array>;
  /** Texts without padding, '' for missing. Throws `TypeError` for numbers. */
  texts(from?: number, to?: number): Promise<string[]>;
}

/** A group of the file: a CDM table, a code table, or feedback (`feedback-groups.ts`). */
export interface StationTable {
  readonly name: string;
  readonly rows: number;
  /** In the order of the file. */
  readonly columns: ReadonlyMap<string, StationColumn>;
  /** Throws `InputError` (`NOT_A_STATION_FILE`) where the table has no such column. */
  column(name: string): StationColumn;
}

/** The record index: the distinct times of the file, ascending, with where their rows begin and how many there are. */
export interface RecordIndex {
  /** Seconds since 1900-01-01. */
  readonly time: Float64Array;
  readonly firstRow: Float64Array;
  readonly rowCount: Int32Array;
}

/** A station file open for reading. */
export interface StationContents {
  readonly path: string;
  readonly contents: NetcdfContents;
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
  /** Dataset such as `igra2`. */
  readonly dataset: string;
  readonly profile: 'cdm' | 'cuon';
  readonly records: RecordIndex;
  readonly tables: ReadonlyMap<string, StationTable>;
  /** Throws `InputError` (`NOT_A_STATION_FILE`) where there is no such table. */
  table(name: string): StationTable;
  /** Text attribute of the root, '' where it is missing. */
  attribute(name: string): string;
  close(): void;
}
