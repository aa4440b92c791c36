/**
 * Counters of a text reader. Inside the parser they are slots of a typed array, because they are touched several times per level;
 * the names appear only when the counts of a file go to the tally. A report that turns out to be cut off is forgotten with its
 * counts.
 */
import { count, type Tally } from '../../records/tally.js';
import type { Reason } from '../reason.js';
import { WHYS } from './reasons.js';

/** Index into `WHYS`: why a field is no value. */
export const WHY = {
  missing: 0,
  qaRemoved: 1,
  unreadable: 2,
  outOfRange: 3,
  usedAsCoordinate: 4,
  noCoordinate: 5,
} as const;

/** The slot of a field that is no value. @param field its place in the table of columns @param why index into `WHYS` */
export function fieldSlot(field: number, why: number): number {
  return field * WHYS.length + why;
}

/** The counters of a format. */
export interface Counters<Code extends string> {
  /** The first of the slots without a name. */
  readonly firstSpare: number;
  /** One slot per counter, in the order of the reasons; 32 bits hold the counts of the longest file. */
  slot(code: Code): number;
  /** A slot per counter, and the spare ones. */
  create(): Int32Array;
  /** Moves the counts of a file to the tally, where they get their names. */
  commit(slots: Int32Array, tally: Tally): void;
}

/** What the counters of a format are made of. */
export interface CounterOptions<Code extends string> {
  dataset: string;
  /** Names in the order of the table of columns: the quantities, which make rows, then the other fields. */
  quantities: readonly string[];
  others: readonly string[];
  reasons: readonly (Reason & { code: Code })[];
  /** Slots without a name: for what a hot loop counts together. */
  spare?: number;
  /** Adds what stands in the spare slots to the counters that they stand for. */
  spread?: (slots: Int32Array) => void;
}

/** The counters of a format: first the fields that are no values, by field and why; then the other reasons. */
export function createCounters<Code extends string>(options: CounterOptions<Code>): Counters<Code> {
  const { dataset, quantities, others, reasons, spare = 0, spread } = options;
  const codes = new Set<string>(reasons.map(({ code }) => code));
  const ofFields = [...quantities, ...others].flatMap((field) => WHYS.map((why) => `${field}.${why}`));
  const rest = [...codes].filter((code) => !ofFields.includes(code));
  const names = [...ofFields, ...rest];
  const places = new Map(names.map((code, i) => [code, i]));
  const dropped = fieldSlot(quantities.length, 0);
  return {
    firstSpare: names.length,
    slot(code) {
      const place = places.get(code);
      if (place === undefined) throw new Error(`no reason has the code ${code}`);
      return place;
    },
    create: () => new Int32Array(names.length + spare),
    commit(slots, tally) {
      spread?.(slots);
      for (const [i, code] of names.entries())
        if (codes.has(code))
          count(i < dropped ? tally.dropped : tally.noted, `${dataset}.${code}`, slots[i]!);
      slots.fill(0);
    },
  };
}

/** Adds levels that were counted by the fields they have to the fields that they lack. @param first of a slot per combination */
export function spreadPresences(slots: Int32Array, first: number, quantities: number): void {
  for (let presence = 0; presence < 1 << quantities; presence++) {
    const levels = slots[first + presence]!;
    for (let field = 0; field < quantities; field++)
      if ((presence & (1 << field)) === 0) slots[fieldSlot(field, WHY.missing)]! += levels;
  }
}
