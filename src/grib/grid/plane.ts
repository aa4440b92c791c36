/** The plane that a lattice lies in: how places become columns and rows, and back. */
import type { LatLon } from './grid.js';

/** A place in columns and rows. One object is filled again and again. */
export interface Cell {
  /** False where the place is outside; then the rest means nothing. */
  inside: boolean;
  /** Column with its fraction, from the first point on. */
  column: number;
  /** Row with its fraction, from the first point on. */
  row: number;
  /** How far on the way from the row to the pole, 0 to 1, where the place is beyond the last row before it. */
  poleShare: number;
}

/** Columns and rows in a projection. */
export interface Plane {
  readonly ni: number;
  readonly nj: number;
  /** Whether the last column is followed by the first. */
  readonly closed: boolean;
  /** Whether the rows reach both poles. */
  readonly reachesPoles: boolean;
  /** From column to column and row to row: degrees or m; NaN where it differs. */
  readonly increments: { readonly i: number; readonly j: number };
  /** Fills in where a place in degrees is. */
  locate(latitude: number, longitude: number, cell: Cell): void;
  /** The place of a whole column and row. */
  place(column: number, row: number): LatLon;
  /** Direction of the y axis at a place: radians clockwise from north. */
  turn(latitude: number, longitude: number): number;
}
