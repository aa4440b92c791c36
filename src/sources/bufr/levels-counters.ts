/**
 * Counters of the levels of a sounding: slots of a typed array while levels are read, names when they go to the tally.
 */
import { count, type Tally } from '../../records/tally.js';
import { QUANTITIES } from './levels-roles.js';
import { type BufrCode, EXTENDED_SIGNIFICANCE, nameOf, SIGNIFICANCE, WHYS } from './reasons.js';

/** Index into `WHYS`. */
export const R = {
  missing: 0,
  outOfRange: 1,
  usedAsCoordinate: 2,
  noCoordinate: 3,
  repeated: 4,
  outsideLevels: 5,
} as const;

const NOTES = [
  'pressure.missing',
  'pressure.out-of-range',
  'pressure.low-confidence',
  'pressure.repeated',
  'pressure.outside-levels',
  'height_above_station.not-used',
  'flight_level.not-used',
  'elapsed.out-of-range',
  'level.position-out-of-range',
] as const satisfies readonly BufrCode[];

/** Bits of 0 08 001 (7) and 0 08 042 (18), the last of which is set only where all are: missing. */
const SIGNIFICANCE_BITS = 7;
const EXTENDED_BITS = 18;

const FIRST_SIGNIFICANCE = QUANTITIES.length * WHYS.length;
const FIRST_EXTENDED = FIRST_SIGNIFICANCE + SIGNIFICANCE.length;
const FIRST_NOTE = FIRST_EXTENDED + EXTENDED_SIGNIFICANCE.length;
/** Fields of the levels (and beside them): rows and dropped ones together. */
export const FIELDS_SLOT = FIRST_NOTE + NOTES.length;
/** Levels. */
export const LEVELS_SLOT = FIELDS_SLOT + 1;
const SLOTS = LEVELS_SLOT + 1;

/** The slot of a dropped field. */
export function dropSlot(quantity: number, reason: number): number {
  return quantity * WHYS.length + reason;
}

/** The slot of a note. */
export function noteSlot(name: (typeof NOTES)[number]): number {
  return FIRST_NOTE + NOTES.indexOf(name);
}

/** One slot per counter. */
export function createSlots(): Int32Array {
  return new Int32Array(SLOTS);
}

/** Counts the flags of 0 08 001 that are set. */
export function countSignificance(slots: Int32Array, flags: number): void {
  countFlags(slots, flags, SIGNIFICANCE_BITS, SIGNIFICANCE.length, FIRST_SIGNIFICANCE);
}

/** Counts the flags of 0 08 042 that are set. */
export function countExtendedSignificance(slots: Int32Array, flags: number): void {
  countFlags(slots, flags, EXTENDED_BITS, EXTENDED_SIGNIFICANCE.length, FIRST_EXTENDED);
}

/** Bit 1 of a flag table is the most significant one. */
function countFlags(slots: Int32Array, flags: number, width: number, named: number, first: number): void {
  for (let bit = 0; bit < named; bit++) if ((flags >> (width - 1 - bit)) & 1) slots[first + bit]!++;
}

const SLOT_NAMES: readonly string[] = [
  ...QUANTITIES.flatMap((quantity) => WHYS.map((reason) => nameOf(`${quantity}.${reason}`))),
  ...SIGNIFICANCE.map((name) => nameOf(`level.${name}`)),
  ...EXTENDED_SIGNIFICANCE.map((name) => nameOf(`level.${name}`)),
  ...NOTES.map((note) => nameOf(note)),
];

/** Moves the counts to the tally, where they get their names. */
export function commitSlots(slots: Int32Array, tally: Tally): void {
  for (const [i, name] of SLOT_NAMES.entries()) {
    count(i < FIRST_SIGNIFICANCE ? tally.dropped : tally.noted, name, slots[i]!);
  }
  tally.fields += slots[FIELDS_SLOT]!;
  tally.levels += slots[LEVELS_SLOT]!;
  slots.fill(0);
}
