/** Undoes the differences of second order packing, and the turns of its rows. */

/** Differences: the values that begin, one for each order, and what all differences are above. */
export interface Differences {
  readonly first: readonly number[];
  readonly least: number;
}

/** Numbers that are no differences. */
export const NO_DIFFERENCES: Differences = { first: [], least: 0 };

/** Makes numbers of differences of order 0 to 3, the number of first values. */
export function sumDifferences(out: Float64Array, count: number, { first, least }: Differences): void {
  const order = first.length;
  for (let i = 0; i < order && i < count; i++) out[i] = first[i]!;
  if (order === 1) sumFirst(out, count, least);
  else if (order === 2) sumSecond(out, count, least);
  else if (order === 3) sumThird(out, count, least);
}

function sumFirst(out: Float64Array, count: number, least: number): void {
  for (let i = 1; i < count; i++) out[i]! += least + out[i - 1]!;
}

function sumSecond(out: Float64Array, count: number, least: number): void {
  for (let i = 2; i < count; i++) out[i]! += least + 2 * out[i - 1]! - out[i - 2]!;
}

function sumThird(out: Float64Array, count: number, least: number): void {
  for (let i = 3; i < count; i++) out[i]! += least + 3 * out[i - 1]! - 3 * out[i - 2]! + out[i - 3]!;
}

/** Turns every other row around: in boustrophedonic order a row begins where the one before ends. */
export function reverseRows(out: Float64Array, rows: Uint32Array): void {
  let at = 0;
  for (const [row, length] of rows.entries()) {
    if (row % 2 === 1) out.subarray(at, at + length).reverse();
    at += length;
  }
}
