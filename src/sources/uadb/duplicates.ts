/**
 * Winds by height that repeat what another level of the report says: the archive merged the parts of a sounding, and a
 * part with winds by height (level type 4) may stand beside one by pressure (types 3 and 5) of the same ascent.
 */
import type { BatchBuilder } from '../../records/builder.js';
import { QUALITY, Z_TYPE } from '../../records/variables.js';

/** Kinds of vertical coordinates. */
const KINDS = Object.keys(Z_TYPE).length;

/** The levels of type 4 of the open report. */
export interface WindsByHeight {
  /** First row and row after the last of each level of type 4, in their order. */
  rows: number[];
  /** Whether the report has a level of type 3 or 5. */
  others: boolean;
}

/**
 * Marks each row of a level of type 4 whose coordinate and variable a level of another type gives as well, where the report
 * also has a level of type 3 or 5. Nothing is removed.
 *
 * @param firstRow first row of the report
 * @returns the number of rows that were marked
 */
export function markDuplicates(
  builder: BatchBuilder,
  firstRow: number,
  { rows, others }: WindsByHeight,
): number {
  if (!others || rows.length === 0) return 0;
  const { observedVariable, zCoordinate, zType, quality } = builder.observations;
  // Winds by height are nearly always on heights, the other levels on pressures: few rows, if any, are in question.
  let zTypes = 0;
  forEachRow(rows, (row) => {
    zTypes |= 1 << zType[row]!;
  });
  const given = new Map<number, Set<number>>();
  let range = 0;
  for (let row = firstRow; row < builder.rowCount; row++) {
    if (row === rows[range]) {
      row = rows[range + 1]! - 1;
      range += 2;
    } else if ((zTypes & (1 << zType[row]!)) !== 0) {
      const key = observedVariable[row]! * KINDS + zType[row]!;
      const coordinates = given.get(key);
      if (coordinates === undefined) given.set(key, new Set([zCoordinate[row]!]));
      else coordinates.add(zCoordinate[row]!);
    }
  }
  if (given.size === 0) return 0;
  let marked = 0;
  forEachRow(rows, (row) => {
    if (given.get(observedVariable[row]! * KINDS + zType[row]!)?.has(zCoordinate[row]!) !== true) return;
    quality[row] = QUALITY.duplicate;
    marked++;
  });
  return marked;
}

function forEachRow(rows: readonly number[], visit: (row: number) => void): void {
  for (let i = 0; i < rows.length; i += 2) {
    for (let row = rows[i]!; row < rows[i + 1]!; row++) visit(row);
  }
}
