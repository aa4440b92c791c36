/** Which points of a grid make up the values at places, for all places before any value is read. */

import type { LatLon, SampledGrid } from './grid/grid.js';
import { Stencil } from './grid/stencil.js';

/** Places, in degrees; longitudes of any turn. Both lists have the same length. */
export interface Points {
  readonly latitudes: ArrayLike<number>;
  readonly longitudes: ArrayLike<number>;
}

/** Points of a place at most. */
const CORNERS = 4;
const RADIANS = Math.PI / 180;

/** The points of all places, with their weights. */
export class SamplingPlan {
  readonly places: number;
  /** Whether a place is on the grid. */
  readonly inside: Uint8Array;
  /** Indexes of points, four for each place, of which the first `counts` are used. */
  readonly indexes: Float64Array;
  readonly weights: Float64Array;
  readonly counts: Uint8Array;
  /** The row whose mean counts for the pole; -1 of most places. */
  readonly poleRows: Int32Array;
  readonly poleWeights: Float64Array;
  readonly #grid: SampledGrid;
  #usesPoles = false;
  #least = Number.POSITIVE_INFINITY;
  #greatest = -1;

  constructor(grid: SampledGrid, { latitudes, longitudes }: Points, isNearest: boolean) {
    const places = latitudes.length;
    this.#grid = grid;
    this.places = places;
    this.inside = new Uint8Array(places);
    this.indexes = new Float64Array(places * CORNERS);
    this.weights = new Float64Array(places * CORNERS);
    this.counts = new Uint8Array(places);
    this.poleRows = new Int32Array(places).fill(-1);
    this.poleWeights = new Float64Array(places);
    const stencil = new Stencil();
    for (let place = 0; place < places; place++) {
      const latitude = latitudes[place]!;
      const longitude = longitudes[place]!;
      if (!grid.surround(latitude, longitude, stencil)) continue;
      this.inside[place] = 1;
      if (isNearest) keepNearest(grid, { latitude, longitude }, stencil);
      this.#add(place, stencil);
    }
  }

  #add(place: number, { count, indexes, weights, poleRow, poleWeight }: Stencil): void {
    this.counts[place] = count;
    for (let i = 0; i < count; i++) {
      this.indexes[place * CORNERS + i] = indexes[i]!;
      this.weights[place * CORNERS + i] = weights[i]!;
      this.#widen(indexes[i]!);
    }
    if (poleRow < 0) return;
    this.#usesPoles = true;
    for (const index of this.#grid.rowEnds(poleRow)) this.#widen(index);
    this.poleRows[place] = poleRow;
    this.poleWeights[place] = poleWeight;
  }

  #widen(index: number): void {
    if (index < this.#least) this.#least = index;
    if (index > this.#greatest) this.#greatest = index;
  }

  /** The least and the greatest index that is used; null where no place is on the grid. */
  get range(): { readonly from: number; readonly to: number } | null {
    return this.#greatest < 0 ? null : { from: this.#least, to: this.#greatest };
  }

  /** Whether the mean of a row is used. */
  get usesPoles(): boolean {
    return this.#usesPoles;
  }

  /** Every index that is used for itself. */
  *used(): Iterable<number> {
    for (let place = 0; place < this.places; place++)
      for (let i = 0; i < this.counts[place]!; i++) yield this.indexes[place * CORNERS + i]!;
  }

  /** The value at a place, made of those of the points; NaN where one of them is missing. */
  valueAt(place: number, read: (index: number) => number, meanOf: (row: number) => number): number {
    let value = 0;
    const from = place * CORNERS;
    const end = from + this.counts[place]!;
    for (let i = from; i < end; i++) value += this.weights[i]! * read(this.indexes[i]!);
    const row = this.poleRows[place]!;
    return row < 0 ? value : value + this.poleWeights[place]! * meanOf(row);
  }
}

/** Leaves the nearest of the points, by great circle; at a pole the first of its row. */
function keepNearest(grid: SampledGrid, place: LatLon, stencil: Stencil): void {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < stencil.count; i++) {
    const index = stencil.indexes[i]!;
    const apart = separation(place, grid.coordinates(index));
    if (apart >= least) continue;
    least = apart;
    nearest = index;
  }
  if (nearest < 0) nearest = grid.rowEnds(stencil.poleRow)[0];
  stencil.clear();
  stencil.add(nearest, 1);
}

/** A number that grows with the distance: the square of half the chord. */
function separation(a: LatLon, b: LatLon): number {
  const north = Math.sin(((a.latitude - b.latitude) * RADIANS) / 2) ** 2;
  const east = Math.sin(((a.longitude - b.longitude) * RADIANS) / 2) ** 2;
  return north + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * east;
}
