/** What a grid is, whatever its projection. */
import type { Earth } from './earth.js';
import type { Scanning } from './scanning.js';
import type { Stencil } from './stencil.js';

/** Grids that can be sampled, by the names of ecCodes. */
export type GridKind =
  | 'regular_ll'
  | 'regular_gg'
  | 'reduced_ll'
  | 'reduced_gg'
  | 'rotated_ll'
  | 'lambert'
  | 'polar_stereographic'
  | 'mercator';

/** A place, in degrees; longitudes from 0 to less than 360. */
export interface LatLon {
  latitude: number;
  longitude: number;
}

/** The horizontal grid of a field. */
export interface Grid {
  readonly kind: GridKind;
  /** Points in all. */
  readonly points: number;
  /** Points of a row; of a reduced grid those of the longest one. */
  readonly ni: number;
  /** Rows. */
  readonly nj: number;
  /** Points of each row of a reduced grid, else null. */
  readonly rowLengths: Uint32Array | null;
  /** The first point in scanning order. */
  readonly first: LatLon;
  /** The last point in scanning order. */
  readonly last: LatLon;
  /**
   * From column to column and row to row, without sign: degrees, or m in lambert, polar_stereographic and mercator. Computed from the
   * first and last point and their number where the section has both. NaN where it differs from row to row.
   */
  readonly increments: { readonly i: number; readonly j: number };
  readonly scanning: Scanning;
  readonly earth: Earth;
  /** Whether the rows go around the whole circle. */
  readonly isClosed: boolean;
  /** Whether every place on Earth can be sampled. */
  readonly isGlobal: boolean;
  /** Whether components of vectors are along the axes of the grid, and not eastward and northward. */
  readonly isGridRelative: boolean;
  /** Where the section contradicts itself and which number was taken, a sentence each. */
  readonly notes: readonly string[];
  /** sha256 of the octets that describe the geometry, in hex. */
  readonly gridHash: string;
  /** Where a point is, by its index in scanning order. */
  coordinates(index: number): LatLon;
}

/** A grid with what sampling needs beyond. */
export interface SampledGrid extends Grid {
  /** Fills in the points around a place, in degrees, for linear interpolation; false where the place is outside. */
  surround(latitude: number, longitude: number, stencil: Stencil): boolean;
  /** The indexes of all points of a row. */
  rowIndexes(row: number): Iterable<number>;
  /** The indexes of the first and the last point of a row: those of the others are between. */
  rowEnds(row: number): readonly [number, number];
  /** Direction of the grid's y axis at a place: radians clockwise from north. */
  turn(latitude: number, longitude: number): number;
}
