/** What all grids have in common, and what a section says of a grid of latitudes and longitudes. */
import type { Earth } from './earth.js';
import type { LatLon } from './grid.js';
import type { Scanning } from './scanning.js';

/** What does not depend on the kind of a grid. */
export interface GridHead {
  readonly scanning: Scanning;
  readonly earth: Earth;
  readonly isGridRelative: boolean;
  /** Notes, to which more may be added until the grid is there. */
  readonly notes: string[];
  readonly gridHash: string;
}

/** A grid of latitudes and longitudes as coded; degrees. */
export interface GeographicHead extends GridHead {
  /** Points of a row; null where it differs from row to row. */
  readonly ni: number | null;
  readonly nj: number;
  /** Points of all rows as the section says; null in edition 1. */
  readonly points: number | null;
  readonly first: LatLon;
  readonly last: LatLon;
  /** Increments as coded; null where they are not. */
  readonly stated: { readonly i: number | null; readonly j: number | null };
  /** The unit of the numbers above, degrees. */
  readonly unit: number;
  /** Rows between pole and equator of a Gaussian grid; null of others. */
  readonly gaussian: number | null;
  /** Points of a whole circle for each row of a reduced grid; null of others. */
  readonly list: Uint32Array | null;
  /** The south pole of a rotated grid and the turn about it; null of others. */
  readonly rotation: { readonly south: LatLon; readonly angle: number } | null;
}

/** A grid on a map as coded. */
export interface MapHead extends GridHead {
  readonly ni: number;
  readonly nj: number;
  readonly first: LatLon;
  /** m, without sign. */
  readonly dx: number;
  readonly dy: number;
}

/** Thrown by the readers of sections, which know no field: `because` is a kind of grid, or what makes no sense. */
export class Refusal extends Error {
  readonly isUnsupported: boolean;

  constructor(because: string, isUnsupported: boolean) {
    super(because);
    this.isUnsupported = isUnsupported;
  }
}
