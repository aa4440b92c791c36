/** Latitudes of Gaussian grids: the zeroes of the Legendre polynomial of degree 2N, by Newton. */

/** The largest number of a grid that is computed: that of O8000, the finest grid that was ever run. */
export const FINEST = 8000;

const DEGREES = 180 / Math.PI;
/** Steps of Newton; three are enough. */
const STEPS = 10;
/** Change of a zero, in its cosine, that ends the search. */
const CLOSE = 1e-15;

/** Tables that were computed, by N; a few grids are all that a run meets. */
const tables = new Map<number, Float64Array>();
const MOST_TABLES = 16;

/** The 2N latitudes of the grid of number N, in degrees from north to south, to 1e-12. N is from 1 to {@link FINEST}. */
export function gaussianLatitudes(n: number): Float64Array {
  const known = tables.get(n);
  if (known !== undefined) return known;
  const table = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const latitude = Math.asin(zeroOf(2 * n, i)) * DEGREES;
    table[i] = latitude;
    table[2 * n - 1 - i] = -latitude;
  }
  if (tables.size >= MOST_TABLES) tables.clear();
  tables.set(n, table);
  return table;
}

/** The i-th zero of the Legendre polynomial, counted from 1 downwards. */
function zeroOf(degree: number, i: number): number {
  let x = Math.cos((Math.PI * (i + 0.75)) / (degree + 0.5));
  for (let step = 0; step < STEPS; step++) {
    let before = 1;
    let value = x;
    for (let k = 2; k <= degree; k++) {
      const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
      before = value;
      value = next;
    }
    const change = (value * (1 - x * x)) / (degree * (before - x * value));
    x -= change;
    if (Math.abs(change) < CLOSE) break;
  }
  return x;
}
