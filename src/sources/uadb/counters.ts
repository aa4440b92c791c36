/** The slots in which the reader counts levels: those of `REASONS`, and what the hot loop counts together. */
import { createCounters, spreadPresences } from '../text/counters.js';
import { LEVEL_TYPES, QUANTITIES, REASONS } from './reasons.js';

export { QUANTITIES } from './reasons.js';

const PRESENCES = 1 << QUANTITIES.length;

/** The counters of the reader. */
export const COUNTERS = createCounters({
  dataset: 'ncar',
  quantities: QUANTITIES,
  others: ['pressure'],
  reasons: REASONS,
  spare: 2 * PRESENCES,
  spread,
});

/** A slot per counter, and what `commitSlots` makes of them. */
export const { create: createSlots, commit: commitSlots } = COUNTERS;

/**
 * Plain levels by the fields that are there, bit `i` for the quantity `i`, the others being missing; and one bit more for
 * `wind_speed.may-be-knots`.
 */
export const FIRST_PRESENCE = COUNTERS.firstSpare;

/** The slot of a level type. */
export function typeSlot(type: number): number {
  return type < LEVEL_TYPES ? COUNTERS.slot('level.type-0') + type : COUNTERS.slot('level.type-other');
}

/** Adds the plain levels to the counters that they stand for. */
function spread(slots: Int32Array): void {
  const maybeKnots = FIRST_PRESENCE + PRESENCES;
  spreadPresences(slots, FIRST_PRESENCE, QUANTITIES.length);
  spreadPresences(slots, maybeKnots, QUANTITIES.length);
  for (let i = 0; i < PRESENCES; i++)
    slots[COUNTERS.slot('wind_speed.may-be-knots')]! += slots[maybeKnots + i]!;
}
