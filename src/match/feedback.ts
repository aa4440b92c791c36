/**
 * The feedback groups of a station file and their elements; `feedback-rows.ts` lays down the rows.
 *
 * A group has every element of its table definition, then every further column of the source under its own name. What a
 * column holds is settled before the first row: by the definition, else by the reader. A value that does not fit (a longer
 * text, a fraction in a column of whole numbers) raises `FeedbackMisfit`, and the station is written again with room for it.
 */
import type { ElementDefinition, TableDefinition } from '../cdm/index.js';
import type { FeedbackDescriptor } from '../records/descriptor.js';
import type { FeedbackColumn, FeedbackKind } from '../records/feedback.js';
import { baseName } from '../records/feedback-attributes.js';

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
  /** What the group says of itself. */
  descriptor: FeedbackDescriptor;
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
    return { name: descriptor.group, descriptor, elements };
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
