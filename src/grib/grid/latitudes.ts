/** Rows of a grid of latitudes: even ones, or those of a table. */

/** Latitudes of rows, in scanning order. */
export class Latitudes {
  readonly count: number;
  /** The latitude of a row, in degrees. */
  readonly at: (row: number) => number;
  readonly #ascending: boolean;
  /** Degrees that a place may be beyond the outermost rows. */
  readonly #tolerance: number;

  /** @param at latitudes in degrees by the number of the row, all rising or all falling */
  constructor(count: number, at: (row: number) => number, tolerance: number) {
    this.count = count;
    this.at = at;
    this.#ascending = count > 1 && at(1) > at(0);
    this.#tolerance = tolerance + 1e-9;
  }

  /** Even rows between the first and the last. */
  static even(first: number, last: number, count: number, tolerance: number): Latitudes {
    const step = count > 1 ? (last - first) / (count - 1) : 0;
    return new Latitudes(count, (row) => first + row * step, tolerance);
  }

  /** Degrees between rows, without sign; NaN where they differ by more than rounding. */
  get step(): number {
    if (this.count < 2) return 0;
    // Rows of even grids differ by rounding only; of Gaussian ones the outermost differ most.
    const mean = Math.abs(this.at(this.count - 1) - this.at(0)) / (this.count - 1);
    const first = Math.abs(this.at(1) - this.at(0));
    return Math.abs(mean - first) < 1e-6 ? mean : Number.NaN;
  }

  /** Whether the row is the last before a pole, with no more than about a cell between them. */
  reachesPole(row: number): boolean {
    if (this.count < 2 || (row !== 0 && row !== this.count - 1)) return false;
    const cell = Math.abs(this.at(1) - this.at(0));
    const isNorth = (row === 0) !== this.#ascending;
    return (isNorth ? 90 - this.at(row) : 90 + this.at(row)) <= cell * 1.01 + this.#tolerance;
  }

  /** The row, with its fraction, of a latitude: below 0 or beyond the last where it is outside, by degrees. */
  rowOf(latitude: number): number {
    const last = this.count - 1;
    const sign = this.#ascending ? 1 : -1;
    const before = (this.at(0) - latitude) * sign;
    if (before >= 0) return before <= this.#tolerance ? 0 : -before;
    const beyond = (latitude - this.at(last)) * sign;
    if (beyond >= 0) return beyond <= this.#tolerance ? last : last + beyond;
    const row = this.#search(latitude, sign);
    return row + (latitude - this.at(row)) / (this.at(row + 1) - this.at(row));
  }

  /** The row at or before a latitude that is between the first and the last: guessed as in even rows, then step by step. */
  #search(latitude: number, sign: number): number {
    const last = this.count - 1;
    const share = (latitude - this.at(0)) / (this.at(last) - this.at(0));
    let row = Math.min(last - 1, Math.floor(share * last));
    while (row > 0 && (latitude - this.at(row)) * sign < 0) row--;
    while (row < last - 1 && (latitude - this.at(row + 1)) * sign >= 0) row++;
    return row;
  }
}
