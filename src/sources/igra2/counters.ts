/**
 * Counters of the reader. Inside the parser they are slots of a typed array, because they are touched several times per
 * level; the names appear only when the counts of a file go to the tally. A report that turns out to be cut off is forgotten
 * with its counts.
 */
import { count, type Tally } from '../../records/tally.js';

/** The six fields of a level, in the order of their codes in `observed_variable`, which is the order of the rows. */
export const QUANTITIES = [
  'dew_point_depression',
  'wind_from_direction',
  'wind_speed',
  'geopotential_height',
  'air_temperature',
  'relative_humidity',
] as const;

/** Index into `QUANTITIES`. */
export const Q = {
  dewPointDepression: 0,
  windFromDirection: 1,
  windSpeed: 2,
  geopotentialHeight: 3,
  airTemperature: 4,
  relativeHumidity: 5,
} as const;

/** Why a field made no row. */
export const REASONS = [
  'missing',
  'qa-removed',
  'unreadable',
  'out-of-range',
  'used-as-coordinate',
  'no-coordinate',
] as const;

/** Index into `REASONS`. */
export const R = {
  missing: 0,
  qaRemoved: 1,
  unreadable: 2,
  outOfRange: 3,
  usedAsCoordinate: 4,
  noCoordinate: 5,
} as const;

const NOTES = [
  'pressure.missing',
  'pressure.qa-removed',
  'pressure.unreadable',
  'pressure.out-of-range',
  'elapsed.missing',
  'elapsed.qa-removed',
  'elapsed.unreadable',
  'elapsed.out-of-range',
  'level.standard',
  'level.other-pressure',
  'level.non-pressure',
  'level.other',
  'level.surface',
  'level.tropopause',
  'level.subtype-unknown',
  'level.type-0',
] as const;

/** What carries a climatology flag: the three fields, and a height that serves as vertical coordinate. */
const FLAGGED = [
  'flag.pressure',
  'flag.geopotential_height',
  'flag.air_temperature',
  'geopotential_height.used-as-coordinate.flag',
] as const;
/** By flag class; a blank flag is counted, to spare a branch, and not reported. */
const FLAG_NAMES = ['', 'A', 'B', '', 'unknown'] as const;

/** First slot of the notes; before it stand the dropped fields, six reasons per quantity. */
const FIRST_NOTE = QUANTITIES.length * REASONS.length;
const FIRST_FLAG = FIRST_NOTE + NOTES.length;

/** Types, subtypes and flags (blank, A, B) of a plain level. */
const CHOICES = 3;
const FORMS = CHOICES ** 5;
/**
 * Plain levels by their form: type, subtype, flag of the pressure, of the height, of the temperature, as digits to the base
 * three.
 */
export const FIRST_FORM = FIRST_FLAG + FLAGGED.length * FLAG_NAMES.length;
/** Plain levels by the fields that are there: bit `i` for the quantity `i`. The others are missing. */
export const FIRST_PRESENCE = FIRST_FORM + FORMS;
const PRESENCES = 1 << QUANTITIES.length;
const SLOTS = FIRST_PRESENCE + PRESENCES;

/** The slot of a note. Groups of notes stand in the order of the codes that select among them. */
export function noteSlot(name: (typeof NOTES)[number]): number {
  return FIRST_NOTE + NOTES.indexOf(name);
}

/** The slot for a blank flag; the other classes follow. */
export function flagSlot(name: (typeof FLAGGED)[number]): number {
  return FIRST_FLAG + FLAGGED.indexOf(name) * FLAG_NAMES.length;
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
  ...QUANTITIES.flatMap((quantity) => REASONS.map((reason) => `igra2.${quantity}.${reason}`)),
  ...NOTES.map((note) => `igra2.${note}`),
  ...FLAGGED.flatMap((flagged) => FLAG_NAMES.map((flag) => (flag === '' ? '' : `igra2.${flagged}.${flag}`))),
];

const COUNTED_BY_FORM = [
  noteSlot('level.standard'),
  noteSlot('level.other'),
  flagSlot('flag.pressure'),
  flagSlot('flag.geopotential_height'),
  flagSlot('flag.air_temperature'),
] as const;

/** Adds the plain levels to the counters that they stand for. */
function spreadPlainLevels(slots: Int32Array): void {
  for (let form = 0; form < FORMS; form++) {
    const levels = slots[FIRST_FORM + form]!;
    let rest = form;
    for (let part = COUNTED_BY_FORM.length - 1; part >= 0; part--) {
      slots[COUNTED_BY_FORM[part]! + (rest % CHOICES)]! += levels;
      rest = Math.floor(rest / CHOICES);
    }
  }
  for (let presence = 0; presence < PRESENCES; presence++) {
    for (let quantity = 0; quantity < QUANTITIES.length; quantity++) {
      if ((presence & (1 << quantity)) === 0)
        slots[dropSlot(quantity, R.missing)]! += slots[FIRST_PRESENCE + presence]!;
    }
  }
}

/** Moves the counts of a file to the tally, where they get their names. */
export function commitSlots(slots: Int32Array, tally: Tally): void {
  spreadPlainLevels(slots);
  for (const [i, name] of SLOT_NAMES.entries()) {
    if (name !== '') count(i < FIRST_NOTE ? tally.dropped : tally.noted, name, slots[i]!);
  }
  slots.fill(0);
}
