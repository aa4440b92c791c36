/**
 * Order of the rows of one sounding, from the ground up: pressure levels by descending pressure, then levels by ascending
 * height of any kind (or geopotential), then rows without a coordinate; within a level by observed_variable. Exact duplicates are
 * dropped.
 */
import { isNumeric } from './feedback.js';
import type { Sounding } from './sounding.js';
import { writtenVariable, Z_TYPE } from './variables.js';

/** The rows of a sounding in file order: `indices[0 .. length)` are rows of the batch's observation columns. */
export interface OrderedRows {
  indices: Int32Array;
  length: number;
  /** Rows left out because every column equals that of a row that is kept. */
  duplicates: number;
}

/** By kind of coordinate (`Z_TYPE`), what makes the number that is written of the one in the batch. */
type Scales = ArrayLike<number>;
const AS_IT_IS: Scales = new Float64Array(Object.keys(Z_TYPE).length).fill(1);

/**
 * A reusable sorter: `order` overwrites the result of the call before. Two coordinates that are one number in single precision, as
 * they are written, are one level.
 */
export function createLevelSorter(scales: Scales = AS_IT_IS): { order(sounding: Sounding): OrderedRows } {
  const result: OrderedRows = { indices: new Int32Array(4096), length: 0, duplicates: 0 };
  return {
    order(sounding) {
      const { firstRow, rowCount } = sounding;
      if (result.indices.length < rowCount) result.indices = new Int32Array(rowCount * 2);
      result.length = rowCount;
      result.duplicates = 0;
      const { indices } = result;
      for (let i = 0; i < rowCount; i++) indices[i] = firstRow + i;
      if (!isStrictlyOrdered(sounding, scales)) sortAndDeduplicate(sounding, result, scales);
      return result;
    },
  };
}

/** Nearly every sounding of nearly every archive passes here: one look at neighbouring rows, no allocation. */
function isStrictlyOrdered(sounding: Sounding, scales: Scales): boolean {
  const { zType, zCoordinate, observedVariable } = sounding.observations;
  const end = sounding.firstRow + sounding.rowCount;
  for (let row = sounding.firstRow + 1; row < end; row++) {
    const before = row - 1;
    const type = zType[row]!;
    if (type !== zType[before]) {
      // Heights of two kinds in one sounding are rare: the sort puts them in order.
      if (typeRank(type) <= typeRank(zType[before]!)) return false;
      continue;
    }
    const scale = type < 0 ? 1 : scales[type]!;
    const rise = Math.fround(zCoordinate[row]! * scale) - Math.fround(zCoordinate[before]! * scale);
    if (rise === 0 || type < 0) {
      if (observedVariable[row]! <= observedVariable[before]!) return false;
    } else if (type === Z_TYPE.pressure ? rise > 0 : rise < 0) return false;
  }
  return true;
}

/** Pressures first; then heights in m of all kinds, geopotentials, and rows without a coordinate. */
function typeRank(type: number): number {
  if (type === Z_TYPE.pressure) return 0;
  if (type < 0) return 3;
  return type === Z_TYPE.geopotential ? 2 : 1;
}

function compareRows(sounding: Sounding, scales: Scales, a: number, b: number): number {
  const { zType, zCoordinate, observedVariable } = sounding.observations;
  const type = zType[a]!;
  const byType = typeRank(type) - typeRank(zType[b]!);
  if (byType !== 0) return byType;
  if (type >= 0) {
    const rise =
      Math.fround(zCoordinate[b]! * scales[zType[b]!]!) - Math.fround(zCoordinate[a]! * scales[type]!);
    if (rise !== 0) return type === Z_TYPE.pressure ? rise : -rise;
  }
  // Heights of two kinds at one height are one level in the file.
  return (
    writtenVariable(observedVariable[a]!) - writtenVariable(observedVariable[b]!) ||
    type - (zType[b] as number)
  );
}

function sortAndDeduplicate(sounding: Sounding, result: OrderedRows, scales: Scales): void {
  const rows = result.indices.subarray(0, result.length);
  if (!sortNearlySorted(sounding, rows, scales)) {
    const sorted = Array.from(rows).sort((a, b) => compareRows(sounding, scales, a, b) || a - b);
    rows.set(sorted);
  }
  let kept = 0;
  for (let start = 0; start < rows.length; ) {
    let end = start + 1;
    while (end < rows.length && compareRows(sounding, scales, rows[start]!, rows[end]!) === 0) end++;
    kept = end === start + 1 ? keep(rows, kept, start) : keepDistinct(sounding, rows, kept, start, end);
    start = end;
  }
  result.duplicates = rows.length - kept;
  result.length = kept;
}

/** Moves of one row over another per row, after which a sounding counts as unsorted. */
const MOVES_PER_ROW = 16;

/**
 * Insertion sort: most archives have their levels in order and only the variables of a level in an order of their own.
 * @returns false where so much is out of order that another sort is faster; the rows are then in no particular order
 */
function sortNearlySorted(sounding: Sounding, rows: Int32Array, scales: Scales): boolean {
  let moves = rows.length * MOVES_PER_ROW;
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i]!;
    let at = i;
    while (at > 0 && compareRows(sounding, scales, rows[at - 1]!, row) > 0) {
      rows[at] = rows[at - 1]!;
      at--;
    }
    rows[at] = row;
    moves -= i - at;
    if (moves < 0) return false;
  }
  return true;
}

function keep(rows: Int32Array, kept: number, at: number): number {
  rows[kept] = rows[at]!;
  return kept + 1;
}

/** Of the rows `start` to `end`, which are one variable at one level, those that differ in any column. */
function keepDistinct(
  sounding: Sounding,
  rows: Int32Array,
  kept: number,
  start: number,
  end: number,
): number {
  // A set, for a damaged report may hold thousands of these.
  const seen = new Set<string>();
  let next = kept;
  for (let i = start; i < end; i++) {
    const content = contentOf(sounding, rows[i]!);
    if (seen.has(content)) continue;
    seen.add(content);
    next = keep(rows, next, i);
  }
  return next;
}

function contentOf({ observations, feedback }: Sounding, row: number): string {
  const { value, elapsed, quality, significance, latitude, longitude } = observations;
  let content = `${value[row]} ${quality[row]} ${elapsed[row]} ${significance?.[row]} ${latitude?.[row]} ${longitude?.[row]}`;
  for (const column of feedback) content += ` ${isNumeric(column) ? column.numbers[row] : column.codes[row]}`;
  return content;
}
