/** Grids whose rows have different numbers of points. */
import type { Earth } from './earth.js';
import { locateRow } from './geographic.js';
import type { GridKind, LatLon, SampledGrid } from './grid.js';
import type { GridHead } from './head.js';
import type { Latitudes } from './latitudes.js';
import { wrapped } from './longitudes.js';
import type { Cell } from './plane.js';
import type { RowSpan } from './row-spans.js';
import type { Scanning } from './scanning.js';
import type { Stencil } from './stencil.js';

/** Part of a cell that a place may be outside of a row. */
const SLACK = 1e-3;

/** A grid of rows along circles of latitude, each with its own number of points; from west to east. */
export class ReducedGrid implements SampledGrid {
  readonly kind: GridKind;
  readonly points: number;
  readonly ni: number;
  readonly nj: number;
  readonly rowLengths: Uint32Array;
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
  readonly #latitudes: Latitudes;
  readonly #spans: readonly RowSpan[];
  /** Index of the first point of each row, and behind the last the number of all. */
  readonly #starts: Float64Array;
  readonly #cell: Cell = { inside: false, column: 0, row: 0, poleShare: 0 };

  constructor(kind: GridKind, head: GridHead, latitudes: Latitudes, spans: readonly RowSpan[]) {
    this.kind = kind;
    this.nj = spans.length;
    this.rowLengths = Uint32Array.from(spans, ({ count }) => count);
    this.ni = this.rowLengths.reduce((most, count) => Math.max(most, count), 0);
    this.#latitudes = latitudes;
    this.#spans = spans;
    this.#starts = new Float64Array(this.nj + 1);
    for (const [row, { count }] of spans.entries()) this.#starts[row + 1] = this.#starts[row]! + count;
    this.points = this.#starts[this.nj]!;
    this.increments = { i: Number.NaN, j: latitudes.step };
    this.scanning = head.scanning;
    this.earth = head.earth;
    this.isGridRelative = head.isGridRelative;
    this.notes = head.notes;
    this.gridHash = head.gridHash;
    this.isClosed = spans.every(({ closed }) => closed);
    this.isGlobal = this.isClosed && latitudes.reachesPole(0) && latitudes.reachesPole(this.nj - 1);
    this.first = this.coordinates(0);
    this.last = this.coordinates(this.points - 1);
  }

  coordinates(index: number): LatLon {
    const row = this.#rowOf(index);
    const { first, step } = this.#spans[row]!;
    return {
      latitude: this.#latitudes.at(row),
      longitude: wrapped(first + step * (index - this.#starts[row]!)),
    };
  }

  surround(latitude: number, longitude: number, stencil: Stencil): boolean {
    const cell = this.#cell;
    stencil.clear();
    locateRow(this.#latitudes, this.isClosed, latitude, cell);
    if (!cell.inside) return false;
    const row = Math.floor(cell.row);
    const fraction = cell.row - row;
    const share = 1 - cell.poleShare;
    if (!this.#addRow(row, longitude, share * (1 - fraction), stencil)) return false;
    if (fraction > 0 && !this.#addRow(row + 1, longitude, share * fraction, stencil)) return false;
    if (cell.poleShare > 0) {
      stencil.poleRow = row;
      stencil.poleWeight = cell.poleShare;
    }
    return true;
  }

  /** The two points of a row around a longitude, `weight` in all; false where the longitude is outside of it. */
  #addRow(row: number, longitude: number, weight: number, stencil: Stencil): boolean {
    const { first, step, count, closed } = this.#spans[row]!;
    if (count === 0) return false;
    const position = wrapped(longitude - first) / step;
    let column = position;
    if (!closed && position > count - 1) {
      if (position <= count - 1 + SLACK) column = count - 1;
      else if (position >= 360 / step - SLACK) column = 0;
      else return false;
    }
    const i = Math.min(Math.floor(column), count - 1);
    const fraction = column - i;
    const start = this.#starts[row]!;
    stencil.add(start + i, weight * (1 - fraction));
    stencil.add(start + (i + 1 < count ? i + 1 : 0), weight * fraction);
    return true;
  }

  *rowIndexes(row: number): Iterable<number> {
    for (let i = this.#starts[row]!; i < this.#starts[row + 1]!; i++) yield i;
  }

  rowEnds(row: number): readonly [number, number] {
    return [this.#starts[row]!, this.#starts[row + 1]! - 1];
  }

  turn(): number {
    return 0;
  }

  /** The row of an index: the last that begins at or before it. */
  #rowOf(index: number): number {
    let low = 0;
    let high = this.nj - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
