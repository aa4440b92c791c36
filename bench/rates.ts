/** From seconds to the figures of the table. */

/** `amount` per second, one figure per run. */
export function speeds(amount: number, seconds: readonly number[]): number[] {
  return seconds.map((value) => amount / value);
}

/** Run by run, `above` over `below`: of runs that were made in turn, what the machine did meanwhile falls out. */
export function ratios(above: readonly number[], below: readonly number[]): number[] {
  return above.slice(0, below.length).map((value, i) => value / (below[i] ?? Number.NaN));
}

/** The values over one number. */
export function over(values: readonly number[], divisor: number): number[] {
  return values.map((value) => value / divisor);
}
