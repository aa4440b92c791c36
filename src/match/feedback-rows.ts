/**
 * Rows of the feedback groups, gathered into blocks in step with those of observations_table.
 *
 * Two thirds of the columns are equal in all rows of a sounding, most of these in all rows of a file. They are seen to be by
 * one look at the sounding's values, laid down with `fill`, and left alone where the block before holds them already.
 */

import type { FeedbackDescriptor } from '../records/descriptor.js';
import { type FeedbackColumn, type FeedbackValues, isNumeric, isUniform } from '../records/feedback.js';
import { departureKind } from '../records/feedback-attributes.js';
import type { Sounding } from '../records/sounding.js';
import {
  type FeedbackArray,
  type FeedbackBlock,
  type FeedbackElement,
  type FeedbackGroup,
  FeedbackMisfit,
} from './feedback.js';
import { createRunTracker, type RunList, type RunTracker } from './feedback-runs.js';
import { INT_MISSING } from './table-data.js';

export interface FeedbackRows {
  /** Lays down the feedback of the rows `indices[first .. first + count)` of a sounding from row `at` of the block. */
  fill(at: number, count: number, sounding: Sounding, indices: Int32Array, first: number): void;
  /** 1 where a row has a departure, else 0; one value per row of the block. */
  readonly present: Int32Array;
  readonly groups: readonly FeedbackColumns[];
}

/** What a block holds of one group, element by element; used again for the next rows. */
export interface FeedbackColumns {
  readonly values: FeedbackBlock;
  /**
   * For each element with a column the runs of equal values in the rows laid down since row 0; null where there are too many to
   * be worth a list, and for elements without a column. They change with the next `fill`.
   */
  readonly runs: readonly (RunList | null)[];
}

/** @param capacity rows of a block */
export function createFeedbackRows(
  groups: readonly FeedbackGroup[],
  descriptors: readonly FeedbackDescriptor[],
  columns: readonly FeedbackColumn[],
  capacity: number,
): FeedbackRows {
  const writers = groups.map(({ elements }) => elements.map((element) => createWriter(element, capacity)));
  const runs = writers.map((group) => group.map((): RunList | null => null));
  const present = new Int32Array(capacity);
  const departures = columns.flatMap(({ name }, index) =>
    descriptors.some((one) => departureKind(one, name) !== undefined) ? [index] : [],
  );
  return {
    present,
    groups: writers.map((group, g) => ({
      values: group.map((writer) => writer?.array ?? null),
      runs: runs[g] ?? [],
    })),
    fill(at, count, sounding, indices, first) {
      const rows: Rows = { at, count, sounding, indices, first };
      for (const [g, group] of writers.entries()) {
        for (const [e, writer] of group.entries()) {
          if (writer === null) continue;
          const values = sounding.feedback[writer.element.column];
          const constant = values !== undefined && write(writer, values, rows);
          writer.tracker.add(at, at + count, constant);
          runs[g]![e] = writer.tracker.runs;
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

/** The array of an element and what is known of it. */
interface ElementWriter {
  element: FeedbackElement;
  array: FeedbackArray;
  tracker: RunTracker;
  /** The number or text that every row of the array has, up to its capacity; null where several have been written. */
  filledWith: number | Uint8Array | null;
}

/** Rows of a sounding and where they go; as the parameters of `FeedbackRows.fill`. */
interface Rows {
  at: number;
  count: number;
  sounding: Sounding;
  indices: Int32Array;
  first: number;
}

function createWriter(element: FeedbackElement, capacity: number): ElementWriter | null {
  const { kind, column, width } = element;
  if (column < 0) return null;
  const array = arrayOf(kind, capacity * width);
  return { element, array, tracker: createRunTracker(array, width, capacity), filledWith: null };
}

function arrayOf(kind: FeedbackElement['kind'], length: number): FeedbackArray {
  switch (kind) {
    case 'int':
      return new Int32Array(length);
    case 'real':
      return new Float32Array(length);
    case 'double':
      return new Float64Array(length);
    case 'text':
      return new Uint8Array(length);
  }
}

/** Returns whether the rows are known to have one value. */
function write(writer: ElementWriter, values: FeedbackValues, rows: Rows): boolean {
  const { firstRow, rowCount } = rows.sounding;
  const constant = isUniform(values, firstRow, firstRow + rowCount);
  if (constant) writeConstant(writer, values, rows);
  else {
    writer.filledWith = null;
    writeRows(writer, values, rows);
  }
  return constant;
}

/** At the beginning of a block the value goes to all of its rows: the next soundings have it too, more often than not. */
function writeConstant(writer: ElementWriter, values: FeedbackValues, { at, count, sounding }: Rows): void {
  const { element, array, filledWith } = writer;
  const end = at === 0 ? undefined : at + count;
  if (array instanceof Uint8Array) {
    const bytes = textAt(values, sounding.firstRow);
    if (bytes.length > element.width) throw new FeedbackMisfit(element.name, bytes.length);
    if (filledWith instanceof Uint8Array && Buffer.compare(filledWith, bytes) === 0) return;
    repeatText(array.subarray(at * element.width, end && end * element.width), bytes, element.width);
    writer.filledWith = end === undefined ? bytes : null;
    return;
  }
  if (!isNumeric(values)) throw new TypeError(`${element.name}: texts in a column of numbers`);
  const number = values.numbers[sounding.firstRow] as number;
  const value = array instanceof Int32Array ? wholeNumber(element.name, number) : number;
  if (Object.is(filledWith, value)) return;
  array.fill(value, at, end);
  writer.filledWith = end === undefined ? value : null;
}

function writeRows({ element, array }: ElementWriter, values: FeedbackValues, rows: Rows): void {
  if (array instanceof Uint8Array) fillTexts(element, values, array, rows);
  else if (!isNumeric(values)) throw new TypeError(`${element.name}: texts in a column of numbers`);
  else if (array instanceof Int32Array) fillInts(element.name, values.numbers, array, rows);
  else if (array instanceof Float32Array) fillSingles(values.numbers, array, rows);
  else fillDoubles(values.numbers, array, rows);
}

// One loop per kind of array: each stays monomorphic.

function fillInts(
  name: string,
  from: Float64Array,
  to: Int32Array,
  { at, count, indices, first }: Rows,
): void {
  for (let i = 0; i < count; i++) {
    const value = from[indices[first + i] as number] as number;
    const whole = value | 0;
    to[at + i] = whole === value && whole !== INT_MISSING ? whole : wholeNumber(name, value);
  }
}

function fillSingles(from: Float64Array, to: Float32Array, { at, count, indices, first }: Rows): void {
  for (let i = 0; i < count; i++) to[at + i] = from[indices[first + i] as number] as number;
}

function fillDoubles(from: Float64Array, to: Float64Array, { at, count, indices, first }: Rows): void {
  for (let i = 0; i < count; i++) to[at + i] = from[indices[first + i] as number] as number;
}

/** The number as a column of whole numbers holds it. Throws `FeedbackMisfit` where it is not a whole number. */
function wholeNumber(name: string, value: number): number {
  if (Number.isNaN(value)) return INT_MISSING;
  const whole = value | 0;
  if (whole !== value || whole === INT_MISSING) throw new FeedbackMisfit(name, null);
  return whole;
}

function fillTexts(
  { name, width }: FeedbackElement,
  values: FeedbackValues,
  to: Uint8Array,
  { at, count, indices, first }: Rows,
): void {
  to.fill(0, at * width, (at + count) * width);
  for (let i = 0; i < count; i++) {
    const bytes = textAt(values, indices[first + i] as number);
    if (bytes.length > width) throw new FeedbackMisfit(name, bytes.length);
    if (bytes.length > 0) to.set(bytes, (at + i) * width);
  }
}

/** Fills `to` with the text over and over, each time followed by NULs to its width. */
function repeatText(to: Uint8Array, bytes: Uint8Array, width: number): void {
  const one = new Uint8Array(width);
  one.set(bytes);
  Buffer.from(to.buffer, to.byteOffset, to.length).fill(one);
}

/** Encoded forms of a batch's distinct texts. */
const encodedTexts = new WeakMap<readonly string[], Uint8Array[]>();

/** A text as bytes; a number where the definition wants a text as its digits: an export may leave the quotes away. */
function textAt(values: FeedbackValues, row: number): Uint8Array {
  if (isNumeric(values)) {
    const value = values.numbers[row] as number;
    return Buffer.from(Number.isNaN(value) ? '' : String(value));
  }
  let encoded = encodedTexts.get(values.texts);
  if (encoded === undefined) {
    encoded = [];
    encodedTexts.set(values.texts, encoded);
  }
  const code = values.codes[row] as number;
  encoded[code] ??= Buffer.from(values.texts[code] ?? '');
  return encoded[code];
}
