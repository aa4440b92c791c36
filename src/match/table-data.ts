/**
 * Rows of CDM tables as columns, between the match and the station file. A column that the match does not fill is absent
 * and is written as missing.
 */

/**
 * The values of one element: an array with one entry per row, or a single number or text that stands for every row.
 * NaN is a missing number or time (times are seconds since 1900-01-01), '' a missing text.
 */
export type ColumnValues = number | string | readonly number[] | readonly string[] | DerivedColumn;

/** The values of an element of a table with a row per report: made row by row where they are written, and never all at once. */
export interface DerivedColumn {
  value(row: number): number | string;
  /** Bytes of the longest text; 1 for numbers. */
  width: number;
}

export function isDerived(values: ColumnValues): values is DerivedColumn {
  return typeof values === 'object' && !Array.isArray(values);
}

/** A whole table in memory: all tables but observations_table. */
export interface TableData {
  rows: number;
  columns: ReadonlyMap<string, ColumnValues>;
}

/** Missing value of the CDM kind `int`. */
export const INT_MISSING = -2_147_483_648;

/** `{1,2}`: the text form of array elements, as the table documentation gives it; '' for an empty list. */
export function arrayText(values: readonly (number | string)[]): string {
  return values.length === 0 ? '' : `{${values.join(',')}}`;
}
