/** Grids of as many points in each row: columns and rows in a plane. */

import type { Earth } from './earth.js';
import type { GridKind, LatLon, SampledGrid } from './grid.js';
import type { GridHead } from './head.js';
import type { Cell, Plane } from './plane.js';
import { CellOrder, type Scanning } from './scanning.js';
import type { Stencil } from './stencil.js';

/** A grid that is a lattice in a plane. */
export class LatticeGrid implements SampledGrid {
  readonly kind: GridKind;
  readonly points: number;
  readonly ni: number;
  readonly nj: number;
  readonly rowLengths = null;
  readonly first: LatLon;
  readonly last: LatLon;
  readonly increments: { readonly i: number; readonly j: number };
  readonly scanning: Scanning;
  readonly earth: Earth;
  readonly isClosed: boolean;
  readonly isGlobal: boolean;
  readonly isGridRelative: boolean;
  readonly notes: readonly string[];
  readonly gridHash: string;
  readonly #plane: Plane;
  readonly #order: CellOrder;
  readonly #cell: Cell = { inside: false, column: 0, row: 0, poleShare: 0 };

  constructor(kind: GridKind, head: GridHead, plane: Plane) {
    this.kind = kind;
    this.ni = plane.ni;
    this.nj = plane.nj;
    this.points = plane.ni * plane.nj;
    this.increments = plane.increments;
    this.scanning = head.scanning;
    this.earth = head.earth;
    this.isGridRelative = head.isGridRelative;
    this.notes = head.notes;
    this.gridHash = head.gridHash;
    this.isClosed = plane.closed;
    this.isGlobal = plane.closed && plane.reachesPoles;
    this.#plane = plane;
    this.#order = new CellOrder(plane.ni, plane.nj, head.scanning);
    this.first = this.coordinates(0);
    this.last = this.coordinates(this.points - 1);
  }

  coordinates(index: number): LatLon {
    return this.#plane.place(this.#order.columnOf(index), this.#order.rowOf(index));
  }

  surround(latitude: number, longitude: number, stencil: Stencil): boolean {
    const cell = this.#cell;
    stencil.clear();
    this.#plane.locate(latitude, longitude, cell);
    if (!cell.inside) return false;
    const i = Math.floor(cell.column);
    const j = Math.floor(cell.row);
    const share = 1 - cell.poleShare;
    this.#addRow(i, j, share * (1 - (cell.row - j)), stencil);
    if (j < this.nj - 1) this.#addRow(i, j + 1, share * (cell.row - j), stencil);
    if (cell.poleShare > 0) {
      stencil.poleRow = j;
      stencil.poleWeight = cell.poleShare;
    }
    return true;
  }

  /** The two points of a row, `weight` in all. */
  #addRow(i: number, j: number, weight: number, stencil: Stencil): void {
    const fraction = this.#cell.column - i;
    const next = i + 1 < this.ni ? i + 1 : 0;
    stencil.add(this.#order.indexOf(i, j), weight * (1 - fraction));
    stencil.add(this.#order.indexOf(next, j), weight * fraction);
  }

  *rowIndexes(row: number): Iterable<number> {
    for (let i = 0; i < this.ni; i++) yield this.#order.indexOf(i, row);
  }

  rowEnds(row: number): readonly [number, number] {
    return [this.#order.indexOf(0, row), this.#order.indexOf(this.ni - 1, row)];
  }

  turn(latitude: number, longitude: number): number {
    return this.#plane.turn(latitude, longitude);
  }
}
