/**
 * Rows of the feedback groups (`era5fb`), row by row with observations_table.
 *
 * A group has every element of its table definition, then every further column of the source under its own name. What a
 * column holds is settled before the first row: by the definition, else by the reader. A value that does not fit (a longer
 * text, a fraction in a column of whole numbers) raises `FeedbackMisfit`, and the station is written again with room for it.
 */
import type { ElementDefinition, TableDefinition } from '../cdm/index.js';
import {
  type FeedbackColumn,
  type FeedbackKind,
  type FeedbackValues,
  isNumeric,
} from '../records/feedback.js';
import type { Sounding } from '../records/sounding.js';
import type { FeedbackDescriptor } from '../sources/source.js';
import { INT_MISSING } from './table-data.js';

/** Texts of an observation database are words of eight bytes. */
const TEXT_STEP = 8;

/** What the values of a station need beyond what the definitions say, by column name. */
export interface FeedbackNeeds {
  /** Bytes of the longest text. */
  widths: ReadonlyMap<string, number>;
  /** Columns of whole numbers that hold something else. */
  doubles: ReadonlySet<string>;
}

export const NO_NEEDS: FeedbackNeeds = { widths: new Map(), doubles: new Set() };

/** A value that the column has no room for: not an error of the input, only of what was known before reading it. */
export class FeedbackMisfit extends Error {
  constructor(
    readonly column: string,
    /** Bytes of the text; null where a number does not fit. */
    readonly width: number | null,
  ) {
    super(`${column} needs ${width === null ? 'more than whole numbers' : `${width} bytes`}`);
  }
}

/** The needs with room for the value that did not fit. */
export function widened({ widths, doubles }: FeedbackNeeds, misfit: FeedbackMisfit): FeedbackNeeds {
  if (misfit.width === null) return { widths, doubles: new Set([...doubles, misfit.column]) };
  // At least twice the room, so that texts that grow and grow cost few new beginnings.
  const room = Math.max(misfit.width, 2 * (widths.get(misfit.column) ?? TEXT_STEP));
  return { widths: new Map([...widths, [misfit.column, room]]), doubles };
}

/** One variable of a feedback group. */
export interface FeedbackElement {
  name: string;
  kind: FeedbackKind;
  /** Bytes of a text; 1 for numbers. */
  width: number;
  /** Index of the source's column; -1 for an element of the definition that the source does not have. */
  column: number;
  definition: ElementDefinition | undefined;
}

export interface FeedbackGroup {
  /** Name of the group in the station file. */
  name: string;
  elements: readonly FeedbackElement[];
}

/** Values of one element for the rows of a block: a typed array of its kind; texts are rows x width bytes. */
export type FeedbackArray = Int32Array | Float32Array | Float64Array | Uint8Array;

/** One array per element that has a column, in the order of the group's elements; null for the others. */
export type FeedbackBlock = readonly (FeedbackArray | null)[];

/** The groups of a source and their elements. */
export function feedbackGroups(
  descriptors: readonly FeedbackDescriptor[],
  columns: readonly FeedbackColumn[],
  definitions: ReadonlyMap<string, TableDefinition>,
  needs: FeedbackNeeds,
): FeedbackGroup[] {
  return descriptors.map((descriptor) => {
    const own = columns
      .map((column, index) => ({ column, index }))
      .filter(({ column }) => isIn(descriptor, column.name));
    const defined =
      (descriptor.table === null ? undefined : definitions.get(descriptor.table))?.elements ?? [];
    const used = new Set<number>();
    const elements = defined.map((definition): FeedbackElement => {
      const found =
        own.find(({ column, index }) => column.name === definition.name && !used.has(index)) ??
        own.find(({ column, index }) => column.name === baseName(definition.name) && !used.has(index));
      if (found !== undefined) used.add(found.index);
      return elementOf(definition.name, definition, found?.column, found?.index ?? -1, needs);
    });
    const taken = new Set(elements.map(({ name }) => name));
    for (const { column, index } of own) {
      if (used.has(index)) continue;
      const name = variableName(column.name, taken);
      taken.add(name);
      elements.push(elementOf(name, undefined, column, index, needs));
    }
    return { name: descriptor.group, elements };
  });
}

/** Characters of at most four bytes each: the name stays within the 256 bytes of netCDF. */
const MAX_NAME_LENGTH = 60;

/**
 * A name that a variable can have: the column's own, but for slashes, control characters, what cannot stand first, and more
 * than 60 characters, which a damaged or foreign file may have. A name that is taken gets a number.
 */
function variableName(name: string, taken: ReadonlySet<string>): string {
  const characters = name
    .normalize('NFC')
    .replace(/[/\p{Cc}\p{Surrogate}]/gu, '_')
    .replace(/^[^\p{L}\p{N}_]/u, '_$&')
    .slice(0, MAX_NAME_LENGTH)
    .trim();
  const safe = characters.replace(/\p{Surrogate}/gu, '_').normalize('NFC');
  let free = safe;
  for (let n = 2; taken.has(free); n++) free = `${safe}_${n}`;
  return free;
}

function isIn({ columns }: FeedbackDescriptor, name: string): boolean {
  return columns.some((pattern) =>
    pattern.endsWith('*')
      ? name.startsWith(pattern.slice(0, -1))
      : pattern === name || pattern === baseName(name),
  );
}

/** The name without the ODB table that a column may be qualified with. */
function baseName(name: string): string {
  return name.split('@', 1)[0] ?? name;
}

function elementOf(
  name: string,
  definition: ElementDefinition | undefined,
  column: FeedbackColumn | undefined,
  index: number,
  needs: FeedbackNeeds,
): FeedbackElement {
  const kind = kindOf(name, definition, column, needs);
  const width = kind === 'text' ? roundUp(needs.widths.get(name) ?? TEXT_STEP) : 1;
  return { name, kind, width, column: index, definition };
}

function kindOf(
  name: string,
  definition: ElementDefinition | undefined,
  column: FeedbackColumn | undefined,
  { doubles }: FeedbackNeeds,
): FeedbackKind {
  if (column?.kind === 'text') return 'text';
  const base = definition?.kind.base;
  if (base === 'varchar') return 'text';
  if (doubles.has(name)) return 'double';
  if (base === 'numeric') return 'real';
  if (base === 'int') return 'int';
  // Without a definition the two encodings of ODB must agree, and text does not tell single from double precision.
  return column?.kind === 'int' ? 'int' : 'double';
}

function roundUp(width: number): number {
  return Math.ceil(Math.max(1, width) / TEXT_STEP) * TEXT_STEP;
}

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
