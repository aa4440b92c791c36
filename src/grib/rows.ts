/** How many points a field has, and how they lie in rows, read from its grid section without knowing the projection. */
import type { Field } from './field.js';
import { countSpans, isWholeCircle, longestOf, type Sector, spanOf } from './grid/row-spans.js';
import { s24, u16, u32 } from './octets.js';

/** What stands for a number of points per row that differs from row to row. */
const VARIES_1 = 0xffff;
const VARIES_2 = 0xffff_ffff;

/** The list of the points of each row that a section 2 of edition 1 has; null where it has none. */
export function rowList1(section: Uint8Array): Uint32Array | null {
  if (section.length < 28 || section[4] === 255 || u16(section, 6) !== VARIES_1) return null;
  const rows = u16(section, 8);
  const at = section[4]! - 1 + 4 * section[3]!;
  if (at < 6 || at + 2 * rows > section.length) return null;
  return Uint32Array.from({ length: rows }, (_, row) => u16(section, at + 2 * row));
}

/** The list of the points of each row that a section 3 of edition 2 has at its end; null where it has none. */
export function rowList2(section: Uint8Array): Uint32Array | null {
  const size = section[10]!;
  if (section.length < 38 || size === 0 || u32(section, 30) !== VARIES_2) return null;
  const rows = u32(section, 34);
  const at = section.length - rows * size;
  if (size > 4 || size === 3 || at < 38) return null;
  const read = size === 1 ? (i: number) => section[i]! : (i: number) => readWith(section, i, size);
  return Uint32Array.from({ length: rows }, (_, row) => read(at + row * size));
}

/** West and east end of a grid of edition 1. */
export function sectorOf1(section: Uint8Array): Sector {
  return { west: s24(section, 13) / 1000, east: s24(section, 20) / 1000, tolerance: 0.0005 };
}

function readWith(section: Uint8Array, at: number, size: number): number {
  return size === 2 ? u16(section, at) : u32(section, at);
}

/** Points of a field; null where edition 1 does not say. */
export function pointsOf({ edition, grid }: Field): number | null {
  if (grid === null) return null;
  if (edition === 2) return grid.length < 14 ? null : u32(grid, 6);
  const list = rowList1(grid);
  if (list !== null) return countSpans(list, sectorOf1(grid));
  return grid.length < 10 || u16(grid, 6) === VARIES_1 ? null : u16(grid, 6) * u16(grid, 8);
}

/** Points of each row of a field of edition 1 as coded; null where it does not say. */
export function rowsOf1({ grid }: Field): Uint32Array | null {
  if (grid === null || grid.length < 28) return null;
  const list = rowList1(grid);
  if (list !== null) {
    const sector = sectorOf1(grid);
    const whole = isWholeCircle(sector, longestOf(list));
    return list.map((points) => spanOf(points, sector, whole).count);
  }
  const ni = u16(grid, 6);
  const nj = u16(grid, 8);
  const columnsFirst = (grid[27]! & 0x20) !== 0;
  return columnsFirst ? new Uint32Array(ni).fill(nj) : new Uint32Array(nj).fill(ni);
}
