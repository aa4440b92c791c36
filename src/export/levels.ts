/** Rows of observations_table as levels: which rows belong together. */

/** Rows of whole reports, one entry each; NaN is missing. */
export interface LevelRows {
  readonly reportId: readonly string[];
  readonly variable: Float64Array;
  readonly zType: Float64Array;
  readonly z: Float64Array;
  readonly zMethod: Float64Array;
}

/** The level of each row, and the first row of each level. */
export interface Levels {
  readonly levelOf: Int32Array;
  readonly starts: Int32Array;
}

/**
 * The rows of one report with the same coordinate follow each other, by variable, and are a level. Where a variable is there
 * several times, its n-th row belongs to the n-th level of that coordinate: the same rule as for a launch (`readLaunch`).
 */
export function findLevels({ reportId, variable, zType, z, zMethod }: LevelRows): Levels {
  const levelOf = new Int32Array(variable.length);
  const starts: number[] = [];
  let first = 0;
  let repeats = 0;
  const isSame = (row: number): boolean =>
    reportId[row] === reportId[row - 1] &&
    Object.is(z[row], z[row - 1]) &&
    (Number.isNaN(z[row]) || (zType[row] === zType[row - 1] && Object.is(zMethod[row], zMethod[row - 1])));
  for (let row = 0; row < levelOf.length; row++) {
    const same = row > 0 && isSame(row);
    if (!same) first = starts.length;
    repeats = same && variable[row] === variable[row - 1] ? repeats + 1 : 0;
    const level = first + repeats;
    if (level === starts.length) starts.push(row);
    levelOf[row] = level;
  }
  return { levelOf, starts: Int32Array.from(starts) };
}

/** Levels that have wanted rows only, in the same order. Rows of other levels are at level -1. */
export function levelsWith(levels: Levels, isWanted: (row: number) => boolean): Levels {
  const { levelOf, starts } = levels;
  const number = new Int32Array(starts.length).fill(-1);
  for (let row = 0; row < levelOf.length; row++) {
    const level = levelOf[row] as number;
    if (level >= 0 && isWanted(row)) number[level] = 0;
  }
  const kept: number[] = [];
  for (let level = 0; level < starts.length; level++) {
    if (number[level] !== 0) continue;
    number[level] = kept.length;
    kept.push(starts[level] as number);
  }
  return { levelOf: levelOf.map((level) => number[level] ?? -1), starts: Int32Array.from(kept) };
}
