/** Planes in m: a map projection, and even steps from the first point on. */
import type { LatLon } from './grid.js';
import type { Cell, Plane } from './plane.js';

/** A map projection. */
export interface Projection {
  /** m eastward on the map. */
  x(latitude: number, longitude: number): number;
  /** m northward on the map. */
  y(latitude: number, longitude: number): number;
  /** The place of a point on the map. */
  place(x: number, y: number): LatLon;
  /** Direction of the y axis at a place: radians clockwise from north. */
  turn(latitude: number, longitude: number): number;
}

/** A lattice on a map. */
export interface MapLattice {
  readonly ni: number;
  readonly nj: number;
  readonly first: LatLon;
  /** m from column to column and row to row, negative westward and southward. */
  readonly dx: number;
  readonly dy: number;
}

/** Part of a cell that a place may be outside. */
const SLACK = 1e-6;

/** Even columns and rows on a map. */
export class ProjectedPlane implements Plane {
  readonly ni: number;
  readonly nj: number;
  readonly closed = false;
  readonly reachesPoles = false;
  readonly increments: { readonly i: number; readonly j: number };
  readonly #projection: Projection;
  readonly #dx: number;
  readonly #dy: number;
  readonly #x: number;
  readonly #y: number;

  constructor(projection: Projection, { ni, nj, first, dx, dy }: MapLattice) {
    this.ni = ni;
    this.nj = nj;
    this.increments = { i: Math.abs(dx), j: Math.abs(dy) };
    this.#projection = projection;
    this.#dx = dx;
    this.#dy = dy;
    this.#x = projection.x(first.latitude, first.longitude);
    this.#y = projection.y(first.latitude, first.longitude);
  }

  locate(latitude: number, longitude: number, cell: Cell): void {
    const column = (this.#projection.x(latitude, longitude) - this.#x) / this.#dx;
    const row = (this.#projection.y(latitude, longitude) - this.#y) / this.#dy;
    cell.column = within(column, this.ni);
    cell.row = within(row, this.nj);
    cell.poleShare = 0;
    cell.inside = Math.abs(latitude) <= 90 && !Number.isNaN(cell.column) && !Number.isNaN(cell.row);
  }

  place(column: number, row: number): LatLon {
    return this.#projection.place(this.#x + column * this.#dx, this.#y + row * this.#dy);
  }

  turn(latitude: number, longitude: number): number {
    return this.#projection.turn(latitude, longitude);
  }
}

/** A column or row that is inside, moved to the edge where it is outside by rounding; else NaN. */
function within(position: number, count: number): number {
  const last = count - 1;
  if (position >= 0 && position <= last) return position;
  if (position < 0 && position >= -SLACK) return 0;
  return position > last && position <= last + SLACK ? last : Number.NaN;
}
