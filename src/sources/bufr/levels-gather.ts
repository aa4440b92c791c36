/** The elements of one level, sorted by what they mean. */
import { SIGNIFICANCE_UNKNOWN } from '../../records/significance.js';
import { STANDARD_GRAVITY } from '../../records/variables.js';
import {
  countExtendedSignificance,
  countSignificance,
  dropSlot,
  FIELDS_SLOT,
  noteSlot,
  R,
} from './levels-counters.js';
import { Q, QUANTITIES, ROLE, roleOf } from './levels-roles.js';
import { extendedFlags, flagsOf } from './levels-significance.js';
import type { Subset } from './subset.js';

const PRESSURE_REPEATED = noteSlot('pressure.repeated');

/** A level; NaN is missing. One object serves all levels of a reader. */
export interface Level {
  /** By quantity (index into `QUANTITIES`): the value, and the index of its element, -1 for none. */
  readonly value: Float64Array;
  readonly at: Int32Array;
  /** Pa, and the index of its element, -1 for none. */
  pressure: number;
  pressureAt: number;
  /** What the geopotential height was made from, in m2 s-2; NaN where the message gives the height itself. */
  geopotential: number;
  /** Height above the station, and the one at which the standard atmosphere has the pressure of the level; both in m. */
  heightAboveStation: number;
  flightLevel: number;
  /** What the message says of the level, in the bits of 0 08 042; -1 where it does not say. */
  significance: number;
  /** Seconds since the launch. */
  elapsed: number;
  /** Degrees: the position of the level, or its displacement from the launch. */
  latitude: number;
  longitude: number;
  north: number;
  east: number;
}

/** A level with nothing in it. */
export function createLevel(): Level {
  return {
    value: new Float64Array(QUANTITIES.length),
    at: new Int32Array(QUANTITIES.length),
    pressure: Number.NaN,
    pressureAt: -1,
    geopotential: Number.NaN,
    heightAboveStation: Number.NaN,
    flightLevel: Number.NaN,
    significance: SIGNIFICANCE_UNKNOWN,
    elapsed: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    north: Number.NaN,
    east: Number.NaN,
  };
}

/**
 * Writes the level in the elements `from` to `to` (exclusive) that `owner` says belong to `of` over `level`. Fields, repeated
 * fields and level significance are counted in `slots`, values of elements that have no role in `unknown`, by descriptor.
 */
export function gatherLevel(
  subset: Subset,
  owner: Int32Array,
  of: number,
  from: number,
  to: number,
  level: Level,
  slots: Int32Array,
  unknown: Map<number, number>,
): void {
  const { elements, values } = subset;
  clear(level);
  for (let i = from; i < to; i++) {
    if (owner[i] !== of) continue;
    const role = roleOf(elements[i]!.descriptor);
    const value = values[i]!;
    if (role < QUANTITIES.length) take(level, role, value, i, slots);
    else if (role === ROLE.geopotential) {
      take(level, Q.geopotentialHeight, value / STANDARD_GRAVITY, i, slots);
      if (level.at[Q.geopotentialHeight] === i) level.geopotential = value;
    } else if (role === ROLE.pressure) takePressure(level, value, i, slots);
    else if (role === ROLE.none) countUnknown(subset, i, unknown);
    else if (!Number.isNaN(value)) place(level, role, value, slots);
  }
}

/** Counts the value of an element that nothing is done with. */
export function countUnknown(
  { elements, values, texts }: Subset,
  i: number,
  unknown: Map<number, number>,
): void {
  const { descriptor } = elements[i]!;
  const isElement = descriptor < 100_000;
  const isGiven = !Number.isNaN(values[i]!) || (texts?.[i] ?? null) !== null;
  if (isElement && isGiven) unknown.set(descriptor, (unknown.get(descriptor) ?? 0) + 1);
}

function clear(level: Level): void {
  level.at.fill(-1);
  level.pressureAt = -1;
  level.pressure = Number.NaN;
  level.geopotential = Number.NaN;
  level.heightAboveStation = Number.NaN;
  level.flightLevel = Number.NaN;
  level.significance = SIGNIFICANCE_UNKNOWN;
  level.elapsed = Number.NaN;
  level.latitude = Number.NaN;
  level.longitude = Number.NaN;
  level.north = Number.NaN;
  level.east = Number.NaN;
}

/** One more field of a quantity: of several in a level, the first that has a value counts. */
function take(level: Level, quantity: number, value: number, i: number, slots: Int32Array): void {
  slots[FIELDS_SLOT]!++;
  if (level.at[quantity]! >= 0) {
    const hasValue = !Number.isNaN(level.value[quantity]!);
    const reason = hasValue && !Number.isNaN(value) ? R.repeated : R.missing;
    slots[dropSlot(quantity, reason)]!++;
    if (hasValue) return;
  }
  if (quantity === Q.geopotentialHeight) level.geopotential = Number.NaN;
  level.value[quantity] = value;
  level.at[quantity] = i;
}

/** Of several pressures in a level the first that has a value is its coordinate. */
function takePressure(level: Level, value: number, i: number, slots: Int32Array): void {
  if (Number.isNaN(level.pressure)) {
    level.pressure = value;
    level.pressureAt = i;
  } else if (!Number.isNaN(value)) slots[PRESSURE_REPEATED]!++;
}

/** Where and when the level is, and of what kind. */
function place(level: Level, role: number, value: number, slots: Int32Array): void {
  switch (role) {
    case ROLE.heightAboveStation:
      level.heightAboveStation = value;
      return;
    case ROLE.flightLevel:
      level.flightLevel = value;
      return;
    case ROLE.latitude:
      level.latitude = value;
      return;
    case ROLE.longitude:
      level.longitude = value;
      return;
    case ROLE.latitudeDisplacement:
      level.north = value;
      return;
    case ROLE.longitudeDisplacement:
      level.east = value;
      return;
    case ROLE.elapsedSeconds:
      addElapsed(level, value);
      return;
    case ROLE.elapsedMinutes:
      addElapsed(level, value * 60);
      return;
    case ROLE.significance:
      countSignificance(slots, value);
      addSignificance(level, extendedFlags(value));
      return;
    case ROLE.extendedSignificance:
      countExtendedSignificance(slots, value);
      addSignificance(level, flagsOf(value));
  }
}

/** Several elements may say something of one level: what each of them says holds. */
function addSignificance(level: Level, flags: number): void {
  level.significance = level.significance === SIGNIFICANCE_UNKNOWN ? flags : level.significance | flags;
}

/** Minutes and seconds may stand side by side. */
function addElapsed(level: Level, seconds: number): void {
  level.elapsed = Number.isNaN(level.elapsed) ? seconds : level.elapsed + seconds;
}
