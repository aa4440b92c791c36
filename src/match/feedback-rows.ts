/** Rows of the feedback groups, gathered into blocks in step with those of observations_table. */
import { type FeedbackColumn, type FeedbackValues, isNumeric } from '../records/feedback.js';
import type { Sounding } from '../records/sounding.js';
import type { FeedbackDescriptor } from '../sources/source.js';
import {
  baseName,
  type FeedbackArray,
  type FeedbackBlock,
  type FeedbackElement,
  type FeedbackGroup,
  FeedbackMisfit,
} from './feedback.js';
import { INT_MISSING } from './table-data.js';

export interface FeedbackRows {
  /** Lays down the feedback of the rows `indices[first .. first + count)` of a sounding from row `at` of the block. */
  fill(at: number, count: number, sounding: Sounding, indices: Int32Array, first: number): void;
  /** 1 where a row has a departure, else 0; one value per row of the block. */
  readonly present: Int32Array;
  /** The block of each group; used again for the next rows. */
  readonly blocks: readonly FeedbackBlock[];
}

/** @param capacity rows of a block */
export function createFeedbackRows(
  groups: readonly FeedbackGroup[],
  descriptors: readonly FeedbackDescriptor[],
  columns: readonly FeedbackColumn[],
  capacity: number,
): FeedbackRows {
  const blocks = groups.map(({ elements }) => elements.map((element) => arrayOf(element, capacity)));
  const present = new Int32Array(capacity);
  const departures = columns.flatMap(({ name }, index) =>
    descriptors.some((one) => one.departures.some((d) => d === name || baseName(d) === name)) ? [index] : [],
  );
  return {
    present,
    blocks,
    fill(at, count, sounding, indices, first) {
      for (const [g, { elements }] of groups.entries()) {
        for (const [e, element] of elements.entries()) {
          const values = sounding.feedback[element.column];
          const array = blocks[g]?.[e];
          if (values !== undefined && array) fillElement(element, values, array, at, count, indices, first);
        }
      }
      present.fill(0, at, at + count);
      for (const column of departures) {
        const values = sounding.feedback[column];
        if (values === undefined || !isNumeric(values)) continue;
        for (let i = 0; i < count; i++) {
          const value = values.numbers[indices[first + i] as number] as number;
          if (!Number.isNaN(value)) present[at + i] = 1;
        }
      }
    },
  };
}

function arrayOf({ kind, column, width }: FeedbackElement, capacity: number): FeedbackArray | null {
  if (column < 0) return null;
  switch (kind) {
    case 'int':
      return new Int32Array(capacity);
    case 'real':
      return new Float32Array(capacity);
    case 'double':
      return new Float64Array(capacity);
    case 'text':
      return new Uint8Array(capacity * width);
  }
}

function fillElement(
  element: FeedbackElement,
  values: FeedbackValues,
  array: FeedbackArray,
  at: number,
  count: number,
  indices: Int32Array,
  first: number,
): void {
  if (array instanceof Uint8Array) fillTexts(element, values, array, at, count, indices, first);
  else if (!isNumeric(values)) throw new TypeError(`${element.name}: texts in a column of numbers`);
  else if (array instanceof Int32Array)
    fillInts(element.name, values.numbers, array, at, count, indices, first);
  else if (array instanceof Float32Array) fillSingles(values.numbers, array, at, count, indices, first);
  else fillDoubles(values.numbers, array, at, count, indices, first);
}

// One loop per kind of array: each stays monomorphic.

function fillInts(
  name: string,
  from: Float64Array,
  to: Int32Array,
  at: number,
  count: number,
  indices: Int32Array,
  first: number,
): void {
  for (let i = 0; i < count; i++) {
    const value = from[indices[first + i] as number] as number;
    const whole = value | 0;
    if (whole === value && whole !== INT_MISSING) to[at + i] = whole;
    else if (Number.isNaN(value)) to[at + i] = INT_MISSING;
    else throw new FeedbackMisfit(name, null);
  }
}

function fillSingles(
  from: Float64Array,
  to: Float32Array,
  at: number,
  count: number,
  indices: Int32Array,
  first: number,
): void {
  for (let i = 0; i < count; i++) to[at + i] = from[indices[first + i] as number] as number;
}

function fillDoubles(
  from: Float64Array,
  to: Float64Array,
  at: number,
  count: number,
  indices: Int32Array,
  first: number,
): void {
  for (let i = 0; i < count; i++) to[at + i] = from[indices[first + i] as number] as number;
}

/** Encoded forms of a batch's distinct texts. */
const encodedTexts = new WeakMap<readonly string[], Uint8Array[]>();

function fillTexts(
  { name, width }: FeedbackElement,
  values: FeedbackValues,
  to: Uint8Array,
  at: number,
  count: number,
  indices: Int32Array,
  first: number,
): void {
  let encoded: Uint8Array[] = [];
  if (!isNumeric(values)) {
    encoded = encodedTexts.get(values.texts) ?? [];
    encodedTexts.set(values.texts, encoded);
  }
  to.fill(0, at * width, (at + count) * width);
  for (let i = 0; i < count; i++) {
    const row = indices[first + i] as number;
    let bytes: Uint8Array;
    if (isNumeric(values)) bytes = numberText(values.numbers[row] as number);
    else {
      const code = values.codes[row] as number;
      bytes = encoded[code] ??= Buffer.from(values.texts[code] ?? '');
    }
    if (bytes.length > width) throw new FeedbackMisfit(name, bytes.length);
    if (bytes.length > 0) to.set(bytes, (at + i) * width);
  }
}

/** A number where the definition wants a text: an export may leave the quotes away. */
function numberText(value: number): Uint8Array {
  return Buffer.from(Number.isNaN(value) ? '' : String(value));
}
