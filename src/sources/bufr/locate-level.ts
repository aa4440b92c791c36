/** The elements of one level of a BUFR sounding by what they mean, as places in the subset. */
import {
  isLatitude,
  isLongitude,
  normalLongitude,
  withoutNoise,
  wrappedLongitude,
} from '../../records/place.js';
import { STANDARD_GRAVITY, Z_TYPE } from '../../records/variables.js';
import { displaced } from './levels-position.js';
import { Q, QUANTITIES, ROLE, roleOf } from './levels-roles.js';
import type { Subset } from './subset.js';

/** A level: indices of elements, -1 for none. */
export interface LevelElements {
  /** By quantity, index into `QUANTITIES`. */
  quantities: Int32Array;
  /** The element that gives the vertical coordinate. */
  coordinate: number;
  z: number;
  zType: number;
  elapsedAt: readonly number[];
  /** Seconds since launch; NaN where unknown. */
  elapsed: number;
  /** The elements that give a position of its own: latitude and longitude, or displacements from the launch. */
  latitudeAt: number;
  longitudeAt: number;
  /** Degrees; NaN where the position of the report holds. */
  latitude: number;
  longitude: number;
}

/** Where the sounding was launched, degrees, and the elevation of the station, m; NaN where unknown. */
export interface Launch {
  latitude: number;
  longitude: number;
  elevation: number;
}

/** Whether a geopotential height stands in the message as a geopotential, m2 s-2. */
export function isGeopotential({ elements }: Subset, at: number): boolean {
  return roleOf(elements[at]!.descriptor) === ROLE.geopotential;
}

/** The level in the elements at `indices`; null for one without a vertical coordinate. */
export function gatherElements(
  subset: Subset,
  indices: readonly number[],
  launch: Launch,
): LevelElements | null {
  const { elements, values } = subset;
  const quantities = new Int32Array(QUANTITIES.length).fill(-1);
  /** The element that counts for each other role: of several pressures and heights the first value, of positions the last. */
  const placed = new Map<number, number>();
  const elapsedAt: number[] = [];
  for (const i of indices) {
    const role = roleOf(elements[i]!.descriptor);
    const missing = Number.isNaN(values[i]!);
    const quantity = role === ROLE.geopotential ? Q.geopotentialHeight : role;
    if (quantity < QUANTITIES.length) {
      const before = quantities[quantity]!;
      if (before < 0 || Number.isNaN(values[before]!)) quantities[quantity] = i;
    } else if (missing) continue;
    else if (role === ROLE.elapsedSeconds || role === ROLE.elapsedMinutes) elapsedAt.push(i);
    else if (role !== ROLE.pressure || !placed.has(role)) placed.set(role, i);
  }
  const coordinate = coordinateOf(subset, quantities, placed, launch);
  if (coordinate === null) return null;
  for (const height of [Q.altitude, Q.geopotentialHeight])
    if (coordinate.coordinate === quantities[height]) quantities[height] = -1;
  return {
    quantities,
    ...coordinate,
    elapsedAt,
    elapsed: elapsedOf(subset, elapsedAt),
    ...positionOf(subset, placed, launch),
  };
}

/** The coordinate by the order of `levels-rows.ts`. */
function coordinateOf(
  subset: Subset,
  quantities: Int32Array,
  placed: ReadonlyMap<number, number>,
  { elevation }: Launch,
): Pick<LevelElements, 'coordinate' | 'z' | 'zType'> | null {
  const { values } = subset;
  const valueAt = (at: number | undefined): number => (at === undefined || at < 0 ? Number.NaN : values[at]!);
  const pressure = placed.get(ROLE.pressure);
  if (pressure !== undefined && values[pressure]! > 0)
    return { coordinate: pressure, z: values[pressure]!, zType: Z_TYPE.pressure };
  const altitude = quantities[Q.altitude]!;
  if (!Number.isNaN(valueAt(altitude)))
    return { coordinate: altitude, z: valueAt(altitude), zType: Z_TYPE.geometricHeight };
  const height = quantities[Q.geopotentialHeight]!;
  if (!Number.isNaN(valueAt(height))) {
    const z = isGeopotential(subset, height) ? valueAt(height) / STANDARD_GRAVITY : valueAt(height);
    return { coordinate: height, z, zType: Z_TYPE.height };
  }
  const above = placed.get(ROLE.heightAboveStation);
  if (above !== undefined && !Number.isNaN(elevation)) {
    const z = withoutNoise(elevation + values[above]!);
    return { coordinate: above, z, zType: Z_TYPE.heightFromElevation };
  }
  const flightLevel = placed.get(ROLE.flightLevel);
  return flightLevel === undefined
    ? null
    : { coordinate: flightLevel, z: values[flightLevel]!, zType: Z_TYPE.height };
}

/** Minutes and seconds may stand side by side. */
function elapsedOf({ elements, values }: Subset, elapsedAt: readonly number[]): number {
  let seconds = elapsedAt.length === 0 ? Number.NaN : 0;
  for (const i of elapsedAt)
    seconds += values[i]! * (roleOf(elements[i]!.descriptor) === ROLE.elapsedMinutes ? 60 : 1);
  return seconds < 0 ? Number.NaN : seconds;
}

type Position = Pick<LevelElements, 'latitudeAt' | 'longitudeAt' | 'latitude' | 'longitude'>;

function positionOf({ values }: Subset, placed: ReadonlyMap<number, number>, launch: Launch): Position {
  const nowhere: Position = {
    latitudeAt: -1,
    longitudeAt: -1,
    latitude: Number.NaN,
    longitude: Number.NaN,
  };
  const at = (role: number): number => placed.get(role) ?? -1;
  const value = (i: number): number => (i < 0 ? Number.NaN : values[i]!);
  const given = at(ROLE.latitude) >= 0 && at(ROLE.longitude) >= 0;
  const latitudeAt = at(given ? ROLE.latitude : ROLE.latitudeDisplacement);
  const longitudeAt = at(given ? ROLE.longitude : ROLE.longitudeDisplacement);
  const latitude = given ? value(latitudeAt) : displaced(launch.latitude, value(latitudeAt));
  const longitude = given
    ? value(longitudeAt)
    : wrappedLongitude(displaced(launch.longitude, value(longitudeAt)));
  if (!isLatitude(latitude) || !isLongitude(longitude)) return nowhere;
  return { latitudeAt, longitudeAt, latitude, longitude: normalLongitude(longitude) };
}
