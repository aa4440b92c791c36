/**
 * Counters of the reader. Inside the parser they are slots of a typed array, because they are touched several times per
 * level; the names appear only when the counts of a file go to the tally. A report that turns out to be cut off is
 * forgotten with its counts.
 */
import { count, type Tally } from '../../records/tally.js';

/** The five fields of a level, in the order of their codes in `observed_variable`, which is the order of the rows. */
export const QUANTITIES = [
  'wind_from_direction',
  'wind_speed',
  'geopotential_height',
  'air_temperature',
  'relative_humidity',
] as const;

/** Index into `QUANTITIES`. */
export const Q = {
  windFromDirection: 0,
  windSpeed: 1,
  geopotentialHeight: 2,
  airTemperature: 3,
  relativeHumidity: 4,
} as const;

/** Why a field made no row. The first three are also why a level has no pressure. */
const REASONS = ['missing', 'unreadable', 'out-of-range', 'used-as-coordinate', 'no-coordinate'] as const;

/** Index into `REASONS`. */
export const R = { missing: 0, unreadable: 1, outOfRange: 2, usedAsCoordinate: 3, noCoordinate: 4 } as const;

const NOTES = [
  'pressure.missing',
  'pressure.unreadable',
  'pressure.out-of-range',
  'level.surface-at-elevation',
  'level.type-other',
  'level-type-4.duplicate',
  'wind_speed.may-be-knots',
] as const;
/** Level types that have a counter of their own; the format's description knows 1 to 9 and 11. */
const LEVEL_TYPES = 100;

const FIRST_NOTE = QUANTITIES.length * REASONS.length;
const FIRST_TYPE = FIRST_NOTE + NOTES.length;
/**
 * Plain levels by the fields that are there, bit `i` for the quantity `i`, the others being missing; and one bit more for
 * `wind_speed.may-be-knots`.
 */
export const FIRST_PRESENCE = FIRST_TYPE + LEVEL_TYPES;
const PRESENCES = 1 << QUANTITIES.length;
const SLOTS = FIRST_PRESENCE + 2 * PRESENCES;

/** The slot of a note. The notes on the pressure stand in the order of the reasons. */
export function noteSlot(name: (typeof NOTES)[number]): number {
  return FIRST_NOTE + NOTES.indexOf(name);
}

const OTHER_TYPE = noteSlot('level.type-other');

/** The slot of a level type. */
export function typeSlot(type: number): number {
  return type < LEVEL_TYPES ? FIRST_TYPE + type : OTHER_TYPE;
}

/** The slot of a dropped field. */
export function dropSlot(quantity: number, reason: number): number {
  return quantity * REASONS.length + reason;
}

/** One slot per counter; 32 bits hold the counts of the longest file. */
export function createSlots(): Int32Array {
  return new Int32Array(SLOTS);
}

const SLOT_NAMES: readonly string[] = [
  ...QUANTITIES.flatMap((quantity) => REASONS.map((reason) => `ncar.${quantity}.${reason}`)),
  ...NOTES.map((note) => `ncar.${note}`),
  ...Array.from({ length: LEVEL_TYPES }, (_, type) => `ncar.level.type-${type}`),
];

const MAY_BE_KNOTS = noteSlot('wind_speed.may-be-knots');

/** Adds the plain levels to the counters that they stand for. */
function spreadPlainLevels(slots: Int32Array): void {
  for (let presence = 0; presence < 2 * PRESENCES; presence++) {
    const levels = slots[FIRST_PRESENCE + presence]!;
    for (let quantity = 0; quantity < QUANTITIES.length; quantity++) {
      if ((presence & (1 << quantity)) === 0) slots[dropSlot(quantity, R.missing)]! += levels;
    }
    if ((presence & PRESENCES) !== 0) slots[MAY_BE_KNOTS]! += levels;
  }
}

/** Moves the counts of a file to the tally, where they get their names. */
export function commitSlots(slots: Int32Array, tally: Tally): void {
  spreadPlainLevels(slots);
  for (const [i, name] of SLOT_NAMES.entries())
    count(i < FIRST_NOTE ? tally.dropped : tally.noted, name, slots[i]!);
  slots.fill(0);
}
