/** The slots in which the reader counts levels: those of `REASONS`, and what the hot loop counts together. */
import { createCounters, spreadPresences } from '../text/counters.js';
import { FLAGGED, type Igra2Code, OTHER_FIELDS, QUANTITIES, REASONS } from './reasons.js';

export { QUANTITIES } from './reasons.js';

/** By flag class; a blank flag is counted, to spare a branch, and not reported. */
const FLAG_NAMES = ['', 'A', 'B', '', 'unknown'] as const;
const FLAG_CODES = [
  ...FLAGGED.map((name) => `flag.${name}` as const),
  'geopotential_height.used-as-coordinate.flag',
] as const;

/** Types, subtypes and flags (blank, A, B) of a plain level. */
const CHOICES = 3;
const FORMS = CHOICES ** 5;
const FLAGS = FLAG_CODES.length * FLAG_NAMES.length;

/** The counters of the reader. */
export const COUNTERS = createCounters({
  dataset: 'igra2',
  quantities: QUANTITIES,
  others: OTHER_FIELDS,
  reasons: REASONS,
  spare: FLAGS + FORMS + (1 << QUANTITIES.length),
  spread,
});

/** A slot per counter, and what `commitSlots` makes of them. */
export const { create: createSlots, commit: commitSlots } = COUNTERS;

/** The name of a counter, for what is counted outside of reports. */
export function nameOf(code: Igra2Code): string {
  return `igra2.${code}`;
}

const FIRST_FLAG = COUNTERS.firstSpare;
/**
 * Plain levels by their form: type, subtype, flag of the pressure, of the height, of the temperature, as digits to the base
 * three.
 */
export const FIRST_FORM = FIRST_FLAG + FLAGS;
/** Plain levels by the fields that are there: bit `i` for the quantity `i`. The others are missing. */
export const FIRST_PRESENCE = FIRST_FORM + FORMS;

/** The slot for a blank flag; the other classes follow. */
export function flagSlot(code: (typeof FLAG_CODES)[number]): number {
  return FIRST_FLAG + FLAG_CODES.indexOf(code) * FLAG_NAMES.length;
}

/** Adds the plain levels, and the flags, to the counters that they stand for. */
function spread(slots: Int32Array): void {
  const byForm = [
    COUNTERS.slot('level.standard'),
    COUNTERS.slot('level.other'),
    ...FLAGGED.map((name) => flagSlot(`flag.${name}`)),
  ];
  for (let form = 0; form < FORMS; form++) {
    let rest = form;
    for (const slot of byForm.toReversed()) {
      slots[slot + (rest % CHOICES)]! += slots[FIRST_FORM + form]!;
      rest = Math.floor(rest / CHOICES);
    }
  }
  spreadPresences(slots, FIRST_PRESENCE, QUANTITIES.length);
  for (const code of FLAG_CODES)
    for (const [flag, name] of FLAG_NAMES.entries())
      if (name !== '') slots[COUNTERS.slot(`${code}.${name}`)]! += slots[flagSlot(code) + flag]!;
}
