/**
 * Where the levels of a sounding are in a subset: by its replications, whatever the template. A replication holds levels when
 * each repetition has a vertical coordinate and something observed there; one with a coordinate alone (wind shear) does not.
 * Pairing the pressures of a message with its temperatures by their order, without the replications, goes wrong there.
 */
import { isQuantity, Q, ROLE, roleOf } from './levels-roles.js';
import type { Replication, Subset } from './subset.js';

/** `Structure.owner` of an element outside all replications. */
export const FLAT = -1;
/** `Structure.owner` of an element of a level that stands outside all replications. */
const FLAT_LEVEL = -2;

/** Classes of elements that are observed at levels: wind, temperature, humidity. */
const LEVEL_CLASSES = new Set([11, 12, 13]);

/** The elements `from` to `to` (exclusive) whose owner is `owner`. */
export interface LevelRange {
  owner: number;
  from: number;
  to: number;
}

/**
 * What a replication holds: `level` a coordinate and observed values, `coordinate` (wind shear) and `observed` only one of the
 * two, `other` neither: bitmaps, clouds, ...
 */
export type ReplicationKind = 'level' | 'coordinate' | 'observed' | 'other';

/** How a subset is built. Valid until the next call of the function that gave it. */
export interface Structure {
  /** By element: index of the innermost replication that it belongs to, or `FLAT`, or the mark of a level outside. */
  owner: Int32Array;
  /** Indices of the elements outside all replications: identification, time, position, ... */
  flat: readonly number[];
  /** By replication. */
  kinds: readonly ReplicationKind[];
  /** Levels that stand outside all replications. */
  flatLevels: readonly LevelRange[];
  /** Whether there are levels at all. */
  hasLevels: boolean;
  /** Whether a replication was carried out 0 times. */
  hasEmpty: boolean;
}

/** A function that finds the structure of subsets, one after the other, in memory that it keeps. */
export function createStructureFinder(): (subset: Subset) => Structure {
  let owner = new Int32Array(4096);
  return (subset) => {
    const { length, replications } = subset;
    if (owner.length < length) owner = new Int32Array(2 * length);
    owner.fill(FLAT, 0, length);
    const flat: number[] = [];
    let done = 0;
    const passTo = (end: number): void => {
      for (; done < end; done++) flat.push(done);
    };
    // Nested replications come after the ones that hold them, and take their elements over.
    for (const [r, { starts, end }] of replications.entries()) {
      const from = starts[0];
      if (from === undefined) continue;
      owner.fill(r, from, end);
      passTo(from);
      done = Math.max(done, end);
    }
    passTo(length);
    const kinds = replications.map((replication, r) => kindOf(subset, owner, r, replication));
    const flatLevels = findFlatLevels(subset, owner, flat);
    return {
      owner,
      flat,
      kinds,
      flatLevels,
      hasLevels: flatLevels.length > 0 || kinds.includes('level'),
      hasEmpty: replications.some(({ starts }) => starts.length === 0),
    };
  };
}

/** What a repetition holds, told by the first one. */
function kindOf(subset: Subset, owner: Int32Array, r: number, { starts, end }: Replication): ReplicationKind {
  const from = starts[0];
  return from === undefined ? 'other' : kindOfElements(subset, owner, r, from, starts[1] ?? end);
}

function kindOfElements(
  subset: Subset,
  owner: Int32Array,
  of: number,
  from: number,
  to: number,
): ReplicationKind {
  let pressure = 0;
  let altitude = 0;
  let geopotential = 0;
  let otherHeight = 0;
  let observed = false;
  for (let i = from; i < to; i++) {
    if (owner[i] !== of) continue;
    const role = roleOf(subset.elements[i]!.descriptor);
    if (role === ROLE.statistic) return 'observed';
    if (role === ROLE.pressure) pressure = 1;
    else if (role === Q.altitude) altitude = 1;
    else if (role === ROLE.geopotential || role === Q.geopotentialHeight) geopotential = 1;
    else if (role === ROLE.heightAboveStation || role === ROLE.flightLevel) otherHeight = 1;
    else if (isQuantity(role)) observed = true;
  }
  // Of several coordinates one is the place, and the others are observed there.
  const coordinates = pressure + altitude + geopotential;
  if (coordinates + otherHeight > 0 && (observed || coordinates > 1)) return 'level';
  if (coordinates + otherHeight > 0) return 'coordinate';
  return observed ? 'observed' : 'other';
}

/**
 * Levels that a template spells out one by one: a coordinate of class 7, and the elements that follow it at once and have a
 * role. They are marked in `owner`.
 */
function findFlatLevels(subset: Subset, owner: Int32Array, flat: readonly number[]): LevelRange[] {
  const found: LevelRange[] = [];
  let end = 0;
  for (const from of flat) {
    if (from < end || !beginsFlatLevel(subset.elements[from]!.descriptor)) continue;
    end = from + 1;
    while (end < subset.length && owner[end] === FLAT && continuesLevel(subset.elements[end]!.descriptor))
      end++;
    if (kindOfElements(subset, owner, FLAT, from, end) !== 'level') continue;
    owner.fill(FLAT_LEVEL, from, end);
    found.push({ owner: FLAT_LEVEL, from, to: end });
  }
  return found;
}

/** Not the geometric heights of class 7: at the head of a report these are of the station. */
function beginsFlatLevel(descriptor: number): boolean {
  const role = roleOf(descriptor);
  const isVertical = descriptor >= 7000 && descriptor < 8000;
  return (
    isVertical && (role === ROLE.pressure || role === ROLE.geopotential || role === Q.geopotentialHeight)
  );
}

/** A pressure of class 10 outside replications is that at the station; humidity in an element of no use ends no level. */
function continuesLevel(descriptor: number): boolean {
  const role = roleOf(descriptor);
  if (role === ROLE.none) return LEVEL_CLASSES.has(Math.floor(descriptor / 1000));
  return role !== ROLE.pressure && !beginsFlatLevel(descriptor);
}
