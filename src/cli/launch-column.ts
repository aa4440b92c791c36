/** Columns of the table of a launch. */

/** A column with a cell for each level, '' where there is nothing. */
export interface Column {
  title: string;
  unit: string;
  cells: string[];
  /** Words, which begin below each other; numbers end so. */
  isText?: boolean;
}

/** Numbers as they are shown; NaN is nothing. */
export function texts(values: Float64Array, format: (value: number) => string): string[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? '' : format(value)));
}
