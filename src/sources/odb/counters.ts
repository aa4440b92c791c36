/**
 * Counters of the rows of a station. In the loop over the rows they are slots of a typed array; the names appear only when
 * the counts go to the tally.
 */
import { count, type Tally } from '../../records/tally.js';
import { QUANTITIES } from './quantities.js';
import { nameOf, type OdbCode, WHYS } from './reasons.js';

/** Index into `WHYS`. */
export const R = { null: 0, outOfRange: 1, usedAsCoordinate: 2, noCoordinate: 3 } as const;

/** Number of reasons: the slot of a dropped row is quantity times this plus reason. */
export const REASON_COUNT = WHYS.length;

/** Counts that belong to no quantity. */
export const NOTES = {
  nullValueFeedback: 'feedback.of-null-value',
  geopotentialCoordinate: 'coordinate.geopotential',
  missingHeight: 'coordinate.missing-height',
  nonPositivePressure: 'coordinate.non-positive-pressure',
  missingCoordinate: 'coordinate.null',
} as const satisfies Record<string, OdbCode>;

/** Codes above this are damage, and are counted together. */
const MAX_CODE = 9999;

/** Counts of rows, to be added to a tally. */
export interface RowCounts {
  /** By quantity and reason. */
  dropped: Int32Array;
  notes: Record<keyof typeof NOTES, number>;
  fields: number;
  levels: number;
  /** Rows with a varno that is none of the known ones, and rows whose type of coordinate is neither pressure nor geopotential. */
  unknownVarnos: Map<number, number>;
  otherCoordinates: Map<number, number>;
}

/** Counts, all zero. */
export function createRowCounts(): RowCounts {
  return {
    dropped: new Int32Array(QUANTITIES.length * REASON_COUNT),
    notes: {
      nullValueFeedback: 0,
      geopotentialCoordinate: 0,
      missingHeight: 0,
      nonPositivePressure: 0,
      missingCoordinate: 0,
    },
    fields: 0,
    levels: 0,
    unknownVarnos: new Map(),
    otherCoordinates: new Map(),
  };
}

/** Counts one code of a code table, however odd; NaN is the code of a missing one. */
export function countCode(codes: Map<number, number>, code: number): void {
  const known = Number.isNaN(code) || (Number.isInteger(code) && code >= 0 && code <= MAX_CODE) ? code : -1;
  codes.set(known, (codes.get(known) ?? 0) + 1);
}

/** Moves the counts to the tally under the names of the dataset. */
export function commitRowCounts(counts: RowCounts, dataset: string, tally: Tally): void {
  for (const [q, { name }] of QUANTITIES.entries())
    for (const [r, reason] of WHYS.entries())
      count(tally.dropped, nameOf(dataset, `${name}.${reason}`), counts.dropped[q * REASON_COUNT + r] ?? 0);
  counts.dropped.fill(0);
  for (const [code, n] of counts.unknownVarnos)
    count(tally.dropped, nameOf(dataset, `varno.${codeName(code)}.unknown`), n);
  for (const [code, n] of counts.otherCoordinates)
    count(tally.noted, nameOf(dataset, `coordinate.type.${codeName(code)}`), n);
  counts.unknownVarnos.clear();
  counts.otherCoordinates.clear();
  for (const key of Object.keys(NOTES) as (keyof typeof NOTES)[]) {
    count(tally.noted, nameOf(dataset, NOTES[key]), counts.notes[key]);
    counts.notes[key] = 0;
  }
  tally.fields += counts.fields;
  tally.levels += counts.levels;
  counts.fields = 0;
  counts.levels = 0;
}

function codeName(code: number): string {
  return Number.isNaN(code) ? 'null' : code < 0 ? 'invalid' : String(code);
}
