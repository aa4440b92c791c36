/** The order in which a section says that points follow each other. */

/** Scanning mode. */
export interface Scanning {
  /** Whether a row goes from east to west (along -x). */
  readonly iNegative: boolean;
  /** Whether rows go from south to north (along +y). */
  readonly jPositive: boolean;
  /** Whether the points of a column follow each other, and not those of a row. */
  readonly jConsecutive: boolean;
  /** Whether every other row (or column) goes the other way. */
  readonly alternate: boolean;
}

/** The mode of a flag octet; null where it says that rows are shifted by parts of a cell. */
export function scanningOf(flags: number): Scanning | null {
  if ((flags & 0x0f) !== 0) return null;
  return {
    iNegative: (flags & 0x80) !== 0,
    jPositive: (flags & 0x40) !== 0,
    jConsecutive: (flags & 0x20) !== 0,
    alternate: (flags & 0x10) !== 0,
  };
}

/** Numbers of the cells of a lattice in scanning order: columns and rows are counted from the first point on. */
export class CellOrder {
  readonly #ni: number;
  readonly #nj: number;
  readonly #jConsecutive: boolean;
  readonly #alternate: boolean;

  constructor(ni: number, nj: number, { jConsecutive, alternate }: Scanning) {
    this.#ni = ni;
    this.#nj = nj;
    this.#jConsecutive = jConsecutive;
    this.#alternate = alternate;
  }

  /** The index of a column and a row. */
  indexOf(i: number, j: number): number {
    if (this.#jConsecutive) return i * this.#nj + (this.#alternate && i % 2 === 1 ? this.#nj - 1 - j : j);
    return j * this.#ni + (this.#alternate && j % 2 === 1 ? this.#ni - 1 - i : i);
  }

  /** The column of an index. */
  columnOf(index: number): number {
    if (this.#jConsecutive) return Math.floor(index / this.#nj);
    const i = index % this.#ni;
    return this.#alternate && Math.floor(index / this.#ni) % 2 === 1 ? this.#ni - 1 - i : i;
  }

  /** The row of an index. */
  rowOf(index: number): number {
    if (!this.#jConsecutive) return Math.floor(index / this.#ni);
    const j = index % this.#nj;
    return this.#alternate && Math.floor(index / this.#nj) % 2 === 1 ? this.#nj - 1 - j : j;
  }
}
