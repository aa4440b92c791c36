/** Planes of latitudes and longitudes: as they are, or counted from a pole that was moved. */
import type { LatLon } from './grid.js';
import type { Latitudes } from './latitudes.js';
import type { Longitudes } from './longitudes.js';
import type { Cell, Plane } from './plane.js';
import type { Rotation } from './rotation.js';

/** Columns are longitudes, rows are latitudes. */
export class GeographicPlane implements Plane {
  readonly ni: number;
  readonly nj: number;
  readonly closed: boolean;
  readonly reachesPoles: boolean;
  readonly increments: { readonly i: number; readonly j: number };
  readonly #longitudes: Longitudes;
  readonly #latitudes: Latitudes;

  constructor(longitudes: Longitudes, latitudes: Latitudes) {
    this.#longitudes = longitudes;
    this.#latitudes = latitudes;
    this.ni = longitudes.count;
    this.nj = latitudes.count;
    this.closed = longitudes.closed;
    this.reachesPoles = latitudes.reachesPole(0) && latitudes.reachesPole(this.nj - 1);
    this.increments = { i: longitudes.step, j: latitudes.step };
  }

  locate(latitude: number, longitude: number, cell: Cell): void {
    const column = this.#longitudes.columnOf(longitude);
    locateRow(this.#latitudes, this.closed, latitude, cell);
    cell.column = column;
    if (Number.isNaN(column)) cell.inside = false;
  }

  place(column: number, row: number): LatLon {
    return { latitude: this.#latitudes.at(row), longitude: this.#longitudes.at(column) };
  }

  turn(): number {
    return 0;
  }
}

/** Fills in the row of a latitude; beyond the last row before a pole, where the rows are closed, the share of the pole. */
export function locateRow(latitudes: Latitudes, closed: boolean, latitude: number, cell: Cell): void {
  const row = latitudes.rowOf(latitude);
  const last = latitudes.count - 1;
  cell.inside = Math.abs(latitude) <= 90;
  cell.row = row;
  cell.poleShare = 0;
  if (row >= 0 && row <= last) return;
  const edge = row < 0 ? 0 : last;
  cell.row = edge;
  if (!closed || !latitudes.reachesPole(edge)) cell.inside = false;
  else cell.poleShare = Math.min(1, (row < 0 ? -row : row - last) / (90 - Math.abs(latitudes.at(edge))));
}

/** A geographic plane whose pole was moved. */
export class RotatedPlane implements Plane {
  readonly ni: number;
  readonly nj: number;
  readonly closed: boolean;
  readonly reachesPoles: boolean;
  readonly increments: { readonly i: number; readonly j: number };
  readonly #plane: GeographicPlane;
  readonly #rotation: Rotation;

  constructor(plane: GeographicPlane, rotation: Rotation) {
    this.#plane = plane;
    this.#rotation = rotation;
    this.ni = plane.ni;
    this.nj = plane.nj;
    this.closed = plane.closed;
    this.reachesPoles = plane.reachesPoles;
    this.increments = plane.increments;
  }

  locate(latitude: number, longitude: number, cell: Cell): void {
    const { latitude: y, longitude: x } = this.#rotation.toGrid(latitude, longitude);
    this.#plane.locate(y, x, cell);
  }

  place(column: number, row: number): LatLon {
    const { latitude, longitude } = this.#plane.place(column, row);
    return this.#rotation.toEarth(latitude, longitude);
  }

  turn(latitude: number, longitude: number): number {
    return this.#rotation.turn(latitude, longitude);
  }
}
