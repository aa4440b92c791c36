/** Makes grids of what sections say. */
import { FINEST, gaussianLatitudes } from '../gaussian.js';
import { GeographicPlane, RotatedPlane } from './geographic.js';
import type { SampledGrid } from './grid.js';
import { type GeographicHead, type MapHead, Refusal } from './head.js';
import { LambertProjection } from './lambert.js';
import { Latitudes } from './latitudes.js';
import { LatticeGrid } from './lattice.js';
import { Longitudes } from './longitudes.js';
import { MercatorProjection } from './mercator.js';
import { PolarStereographicProjection } from './polar-stereographic.js';
import { type MapLattice, ProjectedPlane, type Projection } from './projected.js';
import { ReducedGrid } from './reduced.js';
import { Rotation } from './rotation.js';
import { isWholeCircle, longestOf, type RowSpan, spanOf } from './row-spans.js';

/** Degrees, in units of the section, that a stated increment may be away from the computed one. */
const UNITS_APART = 1.5;

/** A grid of latitudes and longitudes, of any kind. */
export function buildGeographic(head: GeographicHead): SampledGrid {
  if (head.nj < 1) throw new Refusal('it has no rows', false);
  if (Math.abs(head.first.latitude) > 90.001 || Math.abs(head.last.latitude) > 90.001)
    throw new Refusal(`latitudes from ${head.first.latitude} to ${head.last.latitude}`, false);
  if (head.list !== null) return buildReduced(head, head.list);
  const { ni } = head;
  if (ni === null || ni < 1) throw new Refusal('its rows have no points', false);
  return buildEven(wholeGaussian(head, ni), ni);
}

/**
 * A Gaussian grid whose rows do not make up its points, but those of its number would: the number holds, and with it the whole globe.
 * Centres that interpolate from grid to grid forget to change the rest.
 */
function wholeGaussian(head: GeographicHead, ni: number): GeographicHead {
  const { gaussian, nj, points, notes, scanning } = head;
  if (gaussian === null || points === null || ni * nj === points || ni * 2 * gaussian !== points) return head;
  if (gaussian < 1 || gaussian > FINEST) return head;
  notes.push(`rows: ${nj} as coded, ${2 * gaussian} from the Gaussian number and the number of points`);
  const table = gaussianLatitudes(gaussian);
  const [north, south] = [table[0]!, table[2 * gaussian - 1]!];
  const [from, to] = scanning.jPositive ? [south, north] : [north, south];
  const first = { ...head.first, latitude: from };
  return { ...head, nj: 2 * gaussian, first, last: { ...head.last, latitude: to } };
}

/** A grid of as many points in each row. */
function buildEven(head: GeographicHead, ni: number): SampledGrid {
  const { first, last, scanning, unit } = head;
  const longitudes = new Longitudes({
    first: first.longitude,
    last: last.longitude,
    count: ni,
    negative: scanning.iNegative,
    tolerance: unit / 2,
  });
  const latitudes = latitudesOf(head);
  noteIncrement(head, 'i', longitudes.step);
  if (head.gaussian === null) noteIncrement(head, 'j', latitudes.step);
  const plane = new GeographicPlane(longitudes, latitudes);
  if (head.rotation === null)
    return new LatticeGrid(head.gaussian === null ? 'regular_ll' : 'regular_gg', head, plane);
  const { south, angle } = head.rotation;
  return new LatticeGrid('rotated_ll', head, new RotatedPlane(plane, new Rotation(south, angle)));
}

function noteIncrement({ stated, unit, notes }: GeographicHead, axis: 'i' | 'j', computed: number): void {
  const coded = stated[axis];
  if (coded === null || computed === 0 || Math.abs(coded - computed) <= UNITS_APART * unit) return;
  notes.push(`${axis} increment: ${coded} degrees as coded, ${computed} from the first and the last point`);
}

function latitudesOf(head: GeographicHead): Latitudes {
  const { first, last, nj, unit } = head;
  if (head.gaussian !== null) return gaussianRows(head, head.gaussian);
  return Latitudes.even(first.latitude, last.latitude, nj, unit / 2);
}

/** Rows of a Gaussian grid: of the number that is coded, or of that which has so many rows, whichever has the first and last row. */
function gaussianRows(head: GeographicHead, coded: number): Latitudes {
  const { nj, notes } = head;
  for (const n of new Set([coded, nj / 2])) {
    if (!Number.isInteger(n) || n < 1 || n > FINEST || 2 * n < nj) continue;
    const rows = matchingRows(head, n);
    if (rows === null) continue;
    if (n !== coded) notes.push(`Gaussian number: ${coded} as coded, ${n} from the first and the last row`);
    return rows;
  }
  throw new Refusal(`no Gaussian grid of number ${coded} has its first and last row`, false);
}

/**
 * The rows of the grid of number n from the first to the last latitude, where there are as many as the grid has; else null. The table is
 * made only for a grid that has them.
 */
function matchingRows({ first, last, nj, unit }: GeographicHead, n: number): Latitudes | null {
  const [from, to] = [rowNear(n, first.latitude), rowNear(n, last.latitude)];
  if (Math.abs(to - from) + 1 !== nj) return null;
  const table = gaussianLatitudes(n);
  const spacing = 180 / table.length;
  const close = Math.max(2 * unit, spacing / 4);
  const isNear =
    Math.abs(table[from]! - first.latitude) <= close && Math.abs(table[to]! - last.latitude) <= close;
  if (!isNear) return null;
  const direction = Math.sign(to - from);
  return new Latitudes(nj, (row) => table[from + direction * row]!, close);
}

/** The row of the grid of number n that is nearest to a latitude: the rows are even but for a thousandth of a cell. */
function rowNear(n: number, latitude: number): number {
  const row = Math.round(((90 - latitude) / 180) * (2 * n + 0.5) - 0.75);
  return Math.min(2 * n - 1, Math.max(0, row));
}

function buildReduced(head: GeographicHead, list: Uint32Array): SampledGrid {
  const { scanning, gaussian, points, nj } = head;
  if (scanning.iNegative || scanning.jConsecutive || scanning.alternate)
    throw new Refusal('a reduced grid whose rows do not all go eastward', true);
  if (head.rotation !== null) throw new Refusal('a rotated reduced grid', true);
  if (list.length !== nj) throw new Refusal(`${list.length} row lengths for ${nj} rows`, false);
  const spans = spansOf(head, list);
  const sum = spans.reduce((all, { count }) => all + count, 0);
  if (sum === 0 || (points !== null && points !== sum))
    throw new Refusal(`its rows have ${sum} of ${points} points`, false);
  return new ReducedGrid(gaussian === null ? 'reduced_ll' : 'reduced_gg', head, latitudesOf(head), spans);
}

/** Points of the rows: where the list is of all points there are, it is taken as it is, else what is between the first and last longitude. */
function spansOf({ first, last, unit, points }: GeographicHead, list: Uint32Array): RowSpan[] {
  const sector = { west: first.longitude, east: last.longitude, tolerance: unit / 2 };
  const whole = isWholeCircle(sector, longestOf(list));
  const listed = list.reduce((sum, count) => sum + count, 0);
  if (!whole && points === listed) {
    const width = (((last.longitude - first.longitude) % 360) + 360) % 360;
    return Array.from(list, (count) => ({
      first: first.longitude,
      step: count > 1 ? width / (count - 1) : 360,
      count,
      closed: false,
    }));
  }
  return Array.from(list, (count) => spanOf(count, sector, whole));
}

/** Lambert's projection. */
export function buildLambert(
  head: MapHead,
  parallels: readonly [number, number],
  orientation: number,
): SampledGrid {
  const [one, two] = parallels;
  if (Math.abs(one + two) < 1e-6 || Math.max(Math.abs(one), Math.abs(two)) > 89.999)
    throw new Refusal(`a cone with parallels at ${one} and ${two}`, false);
  return onMap('lambert', head, new LambertProjection(head.earth, parallels, orientation));
}

/** The polar stereographic projection; it is true at a latitude. */
export function buildPolarStereographic(
  head: MapHead,
  isSouth: boolean,
  trueLatitude: number,
  orientation: number,
): SampledGrid {
  const projection = new PolarStereographicProjection(head.earth, isSouth, trueLatitude, orientation);
  return onMap('polar_stereographic', head, projection);
}

/** Mercator's projection, with the last point where it is coded, else null. */
export function buildMercator(
  head: MapHead,
  trueLatitude: number,
  last: MapHead['first'] | null,
): SampledGrid {
  const { first, ni, nj, scanning, earth } = head;
  if (Math.abs(first.latitude) > 89.9 || Math.abs(trueLatitude) > 89.9)
    throw new Refusal('a Mercator grid with a pole', false);
  const eastward = last === null ? 0 : (((last.longitude - first.longitude) % 360) + 360) % 360;
  const width = scanning.iNegative && eastward > 0 ? eastward - 360 : eastward;
  const projection = new MercatorProjection(earth, trueLatitude, first.longitude + width / 2);
  if (last === null || Math.abs(last.latitude) > 89.9 || ni < 2 || nj < 2)
    return onMap('mercator', head, projection);
  // The last point may be rounded to thousandths of a degree: the stated increments hold as long as they lead to it.
  const dx = Math.abs(projection.x(0, last.longitude) - projection.x(0, first.longitude)) / (ni - 1);
  const dy = Math.abs(projection.y(last.latitude) - projection.y(first.latitude)) / (nj - 1);
  const i = { axis: 'i', coded: head.dx, computed: dx, cells: ni - 1 };
  const j = { axis: 'j', coded: head.dy, computed: dy, cells: nj - 1 };
  return onMap('mercator', { ...head, dx: agreed(i, head.notes), dy: agreed(j, head.notes) }, projection);
}

/** Part of a cell that the last point may be away from where the stated increments lead to. */
const LAST_POINT_APART = 0.02;

/** The increment as coded where it leads to the last point, else the one that does, with a note; m. */
function agreed(
  { axis, coded, computed, cells }: { axis: string; coded: number; computed: number; cells: number },
  notes: string[],
): number {
  if (Math.abs(coded - computed) * cells <= LAST_POINT_APART * computed) return coded;
  notes.push(`${axis} increment: ${coded} m as coded, ${computed} from the first and the last point`);
  return computed;
}

function onMap(
  kind: 'lambert' | 'polar_stereographic' | 'mercator',
  head: MapHead,
  projection: Projection,
): SampledGrid {
  const { ni, nj, first, dx, dy, scanning } = head;
  if (ni < 1 || nj < 1) throw new Refusal('it has no points', false);
  if (Math.abs(first.latitude) > 90 || !(dx > 0) || !(dy > 0))
    throw new Refusal(`a first latitude of ${first.latitude}, increments of ${dx} and ${dy} m`, false);
  const lattice: MapLattice = {
    ni,
    nj,
    first,
    dx: scanning.iNegative ? -dx : dx,
    dy: scanning.jPositive ? dy : -dy,
  };
  return new LatticeGrid(kind, head, new ProjectedPlane(projection, lattice));
}
