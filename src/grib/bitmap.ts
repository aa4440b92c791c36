/** Bitmaps: one bit per point, 1 where there is a value. */

/** The highest bit of an octet. */
const FIRST_BIT = 0x80;

/** Ones in each octet. */
const ONES = Uint8Array.from({ length: 256 }, (_, octet) => {
  let ones = 0;
  for (let bits = octet; bits > 0; bits >>= 1) ones += bits & 1;
  return ones;
});

/** How many of the points from `from` to `end` have a value. */
export function countOnes(bitmap: Uint8Array, from: number, end: number): number {
  let ones = 0;
  let i = from;
  for (; i < end && (i & 7) !== 0; i++) ones += isOne(bitmap, i) ? 1 : 0;
  for (; i + 8 <= end; i += 8) ones += ONES[bitmap[i >>> 3]!]!;
  for (; i < end; i++) ones += isOne(bitmap, i) ? 1 : 0;
  return ones;
}

function isOne(bitmap: Uint8Array, point: number): boolean {
  return (bitmap[point >>> 3]! & (FIRST_BIT >> (point & 7))) !== 0;
}

/** Moves the first `count` values to the points that have one, in place, and writes NaN at the others. */
export function spreadValues(values: Float64Array, bitmap: Uint8Array, count: number): void {
  let from = count;
  for (let i = values.length - 1; i >= 0; i--) values[i] = isOne(bitmap, i) ? values[--from]! : Number.NaN;
}
