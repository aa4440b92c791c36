/**
 * Rows of reduced grids. The list of a section says how many points a whole circle of latitude has; a grid of a part of the globe keeps
 * those points of it that lie between its first and last longitude.
 */

/** Points of one row that a grid keeps. */
export interface RowSpan {
  /** Longitude of the first one, degrees. */
  readonly first: number;
  /** Degrees between two. */
  readonly step: number;
  readonly count: number;
  /** Whether the last one is followed by the first. */
  readonly closed: boolean;
}

/** West and east end of a grid, in degrees. */
export interface Sector {
  readonly west: number;
  readonly east: number;
  /** Half of the unit that the two are rounded to. */
  readonly tolerance: number;
}

/** Degrees from west to east, more than 0 and at most 360. */
function widthOf({ west, east }: Sector): number {
  const width = (((east - west) % 360) + 360) % 360;
  return width === 0 && east !== west ? 360 : width;
}

/** Whether the sector has all points of the longest row, and so of every row. */
export function isWholeCircle(sector: Sector, longest: number): boolean {
  return longest > 0 && widthOf(sector) + 2 * sector.tolerance >= 360 - 360 / longest;
}

/** Points of a circle of `points` that a sector keeps. */
export function spanOf(points: number, sector: Sector, whole: boolean): RowSpan {
  if (points === 0) return { first: sector.west, step: 360, count: 0, closed: false };
  const step = 360 / points;
  if (whole) return { first: sector.west, step, count: points, closed: true };
  const { west, tolerance } = sector;
  const first = Math.ceil((west - tolerance) / step);
  const last = Math.floor((west + widthOf(sector) + tolerance) / step);
  return { first: first * step, step, count: Math.min(points, last - first + 1), closed: false };
}

/** Points of all rows of a list that a sector keeps. */
export function countSpans(list: Uint32Array, sector: Sector): number {
  const whole = isWholeCircle(sector, longestOf(list));
  return list.reduce((sum, points) => sum + spanOf(points, sector, whole).count, 0);
}

/** The most points of a row. */
export function longestOf(list: Uint32Array): number {
  return list.reduce((most, points) => Math.max(most, points), 0);
}
