/** Numbers of single precision as decimals. */

/** Numbers below have fewer digits than six that count. */
const SMALLEST_NORMAL = 2 ** -126;
/** Whole numbers below are as they are. */
const WHOLE = 2 ** 24;

/** The fewest digits that give the same number of single precision. */
export function shortFloat32(value: number): string {
  const size = Math.abs(value);
  if (Object.is(value, -0)) return '-0';
  if (!Number.isFinite(value) || (Number.isInteger(value) && size < WHOLE)) return String(value);
  for (let digits = size < SMALLEST_NORMAL ? 1 : 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
