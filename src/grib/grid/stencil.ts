/** The points of a grid that make up the value at a place, with their weights. One object is filled again and again. */

/** Up to four points, and a row whose mean counts where the place is beyond the last row before a pole. */
export class Stencil {
  /** Points that count. */
  count = 0;
  /** Their indexes in scanning order. */
  readonly indexes = new Float64Array(4);
  readonly weights = new Float64Array(4);
  /** The row whose mean stands for the pole; -1 where there is none. */
  poleRow = -1;
  poleWeight = 0;

  /** Makes it empty. */
  clear(): void {
    this.count = 0;
    this.poleRow = -1;
    this.poleWeight = 0;
  }

  /** Adds a point; one without weight is left out. */
  add(index: number, weight: number): void {
    if (weight <= 0) return;
    this.indexes[this.count] = index;
    this.weights[this.count] = weight;
    this.count++;
  }
}
