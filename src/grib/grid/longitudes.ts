/** Columns of a grid of longitudes: from the first point on, evenly, perhaps around the whole circle. */

/** Degrees, 0 to less than 360. */
export function wrapped(longitude: number): number {
  const rest = longitude % 360;
  const positive = rest < 0 ? rest + 360 : rest;
  return positive === 360 ? 0 : positive;
}

/** The ends of a row as coded, in degrees. */
export interface RowEnds {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly negative: boolean;
  /** Half of the unit that the ends are rounded to. */
  readonly tolerance: number;
}

/** Evenly spaced longitudes. */
export class Longitudes {
  readonly count: number;
  /** Degrees between two, without sign. */
  readonly step: number;
  /** Whether the last one is followed by the first. */
  readonly closed: boolean;
  readonly #first: number;
  readonly #sign: number;
  /** Part of a cell that a place may be outside. */
  readonly #slack: number;

  constructor({ first, last, count, negative, tolerance }: RowEnds) {
    this.count = count;
    this.#first = first;
    this.#sign = negative ? -1 : 1;
    const span = spanOf((last - first) * this.#sign, count);
    const stated = count > 1 ? span / (count - 1) : 0;
    this.closed = count > 1 && Math.abs(stated * count - 360) <= 4 * tolerance + 1e-9 * count;
    this.step = this.closed ? 360 / count : stated;
    this.#slack = this.step > 0 ? tolerance / this.step + 1e-9 : tolerance;
  }

  /** Longitude of a column. */
  at(column: number): number {
    return wrapped(this.#first + this.#sign * this.step * column);
  }

  /** The column, with its fraction, of a longitude; NaN where it is outside. */
  columnOf(longitude: number): number {
    const distance = wrapped((longitude - this.#first) * this.#sign);
    if (this.step === 0) return Math.min(distance, 360 - distance) <= this.#slack ? 0 : Number.NaN;
    const column = distance / this.step;
    if (this.closed) return column >= this.count ? 0 : column;
    const last = this.count - 1;
    if (column <= last) return column;
    if (column <= last + this.#slack) return last;
    return (360 - distance) / this.step <= this.#slack ? 0 : Number.NaN;
  }
}

/** Degrees from the first to the last longitude in the direction of scanning. */
function spanOf(difference: number, count: number): number {
  if (difference > 360) return difference % 360;
  if (difference === 360 || count < 2) return difference;
  const span = wrapped(difference);
  return span === 0 ? 360 : span;
}
