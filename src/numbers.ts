/** Numbers as doubles and single precision give them: the shortest decimals, equality and order with NaN. */

/** Numbers smaller than this have fewer than six significant digits. */
const SMALLEST_NORMAL = 2 ** -126;
/** Whole numbers smaller than this are exact in single precision. */
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

/** Whether two numbers are the same one, NaN with NaN. */
export function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** The smaller of two numbers; NaN counts as missing. */
export function least(a: number, b: number): number {
  return Number.isNaN(a) || b < a ? b : a;
}

/** The larger of two numbers; NaN counts as missing. */
export function greatest(a: number, b: number): number {
  return Number.isNaN(a) || b > a ? b : a;
}
