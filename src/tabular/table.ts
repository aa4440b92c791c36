/** What is exported: a table as columns with types and metadata, and its rows in batches. The formats know nothing else. */

/**
 * Types of exported columns, each with missing values of its own: `timestamp` is milliseconds since 1970-01-01 UTC, `text` is UTF-8.
 * Codes and counts are `int32`; measured numbers keep the width that the station file has.
 */
export type ColumnType = 'int32' | 'int64' | 'float32' | 'float64' | 'timestamp' | 'text';

export interface ExportColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Of the values, '' for none. */
  readonly units: string;
  readonly description: string;
  /** `<table>:<column>` that codes and ids refer to, '' for none. */
  readonly externalTable: string;
  /** What else is known of the column, such as `standard_name`, `flag_values` and `flag_meanings`. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Rows of a column of numbers: `int32`, `int64` and `timestamp`, `float32`, `float64`. */
export interface NumberRows {
  readonly data: Int32Array | BigInt64Array | Float32Array | Float64Array;
  /** 1 where a row is missing, whatever its number; null where none is. */
  readonly missing: Uint8Array | null;
}

/** Rows of a column. Of texts '' is a missing one; null means that all rows are missing. */
export type ColumnRows = NumberRows | readonly string[] | null;

/** Some consecutive rows, with as many entries in every column. */
export interface Batch {
  readonly rows: number;
  readonly columns: readonly ColumnRows[];
}

/** A table ready to be written. */
export interface ExportTable {
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  /** About all of it: the global attributes of the station file. */
  readonly metadata: ReadonlyMap<string, string>;
  /** All texts that a column may hold, where they are known and few; null for other columns. */
  vocabulary(column: number): readonly string[] | null;
  batches(): AsyncIterable<Batch>;
}

/** Whether row `row` is missing. */
export function isMissing(rows: ColumnRows, row: number): boolean {
  if (rows === null) return true;
  return isTexts(rows) ? rows[row] === '' : rows.missing !== null && rows.missing[row] === 1;
}

export function isTexts(rows: NumberRows | readonly string[]): rows is readonly string[] {
  return Array.isArray(rows);
}

/** A column of which nothing but name and type is known. */
export function plainColumn(name: string, type: ColumnType, about: Partial<ExportColumn> = {}): ExportColumn {
  return { name, type, units: '', description: '', externalTable: '', attributes: new Map(), ...about };
}

/** What a column says of itself in words, as keys and values, without the empty ones. */
export function describeColumn(column: ExportColumn): [string, string][] {
  const known: [string, string][] = [
    ['units', column.units],
    ['description', column.description],
    ['external_table', column.externalTable],
    ...column.attributes,
  ];
  return known.filter(([, text]) => text !== '');
}
