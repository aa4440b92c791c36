/**
 * Compressed data: element by element the values of all subsets, as a lowest value, the width of the increments, and one
 * increment for each subset. All subsets have the same structure.
 */
import { allOnes, type BitReader } from './bits.js';
import { type CodedElement, EXACT_WIDTH, physical } from './element.js';
import { bufrError, digits } from './error.js';
import type { Replication, Subset } from './subset.js';
import { linksOf } from './uncompressed.js';
import type { Layout } from './walk.js';

/** Bits that give the width of the increments (octets for texts). */
const INCREMENT_WIDTH = 6;

/**
 * All subsets of a message. What is the same in all of them is kept once, so that the work is in proportion to the bits: it is
 * multiplied by the number of subsets only in the end, and not even then where all subsets are equal.
 */
export class CompressedLayout implements Layout {
  readonly elements: CodedElement[] = [];
  /** By element: the value that all subsets share; NaN where `columns` has values. */
  private readonly shared: number[] = [];
  /** By element: the values of the subsets, null where they share one. */
  private readonly columns: (Float64Array | null)[] = [];
  /** By index of the element: the texts of the subsets, or one that they share. */
  private readonly texts = new Map<number, readonly (string | null)[]>();
  private readonly linked: number[] = [];
  /** Whether an element differs between the subsets, as far as its increments tell. */
  private differ = false;

  constructor(
    private readonly bits: BitReader,
    private readonly subsets: number,
  ) {}

  /** Number of values in the subsets together; in one of them where they are equal. */
  get valueCount(): number {
    return this.elements.length * (this.differ ? this.subsets : 1);
  }

  readAll(list: readonly CodedElement[]): void {
    for (const element of list) this.read(element);
  }

  read(element: CodedElement): void {
    if (element.kind === 'text') {
      this.texts.set(this.elements.length, this.readTexts(element.width));
      this.add(element, Number.NaN, null);
    } else this.readNumbers(element);
  }

  mark(element: CodedElement): void {
    this.add(element, Number.NaN, null);
  }

  link(target: number): void {
    this.linked.push(this.elements.length, target);
  }

  lastShared(): number {
    const last = this.elements.length - 1;
    const column = this.columns[last];
    if (column == null) return this.shared[last]!;
    const value = column[0]!;
    for (const other of column) {
      if (Object.is(other, value)) continue;
      const { descriptor } = this.elements[last]!;
      throw bufrError(
        'BUFR_TEMPLATE',
        `${digits(descriptor)} differs between the subsets of compressed data`,
        descriptor,
      );
    }
    return value;
  }

  readShared(width: number): number {
    const value = this.bits.read(width);
    this.bits.skip(this.bits.read(INCREMENT_WIDTH) * this.subsets);
    return value;
  }

  /** What was decoded, by subset; equal subsets are the same object. */
  finish(replications: readonly Replication[]): Subset[] {
    const { elements, subsets, texts, differ } = this;
    const { length } = elements;
    const links = linksOf(length, this.linked);
    const rows = this.rows(differ ? subsets : 1);
    const subsetAt = (k: number): Subset => ({
      length,
      elements,
      values: rows.subarray(k * length, (k + 1) * length),
      texts: texts.size === 0 ? null : textsOf(texts, length, k),
      links,
      replications,
    });
    if (differ) return Array.from({ length: subsets }, (_, k) => subsetAt(k));
    return new Array<Subset>(subsets).fill(subsetAt(0));
  }

  /** The values of the first `count` subsets, one subset after the other. */
  private rows(count: number): Float64Array {
    const { columns, shared } = this;
    const { length } = shared;
    const rows = new Float64Array(length * count);
    for (let i = 0; i < length; i++) {
      const column = columns[i]!;
      const value = shared[i]!;
      if (column === null) for (let k = 0; k < count; k++) rows[k * length + i] = value;
      else for (let k = 0; k < count; k++) rows[k * length + i] = column[k]!;
    }
    return rows;
  }

  private readNumbers(element: CodedElement): void {
    const { bits, subsets } = this;
    const { width, canBeMissing } = element;
    const wideMissing = width > EXACT_WIDTH && canBeMissing && bits.areSet(width);
    const lowest = bits.read(width);
    const increment = bits.read(INCREMENT_WIDTH);
    if (increment === 0) {
      const missing = wideMissing || lowest === element.missing;
      this.add(element, missing ? Number.NaN : physical(lowest, element), null);
      return;
    }
    // Before room is made for them.
    bits.assertLeft(increment * subsets);
    const absent = canBeMissing ? allOnes(increment) : Number.NaN;
    const column = new Float64Array(subsets);
    for (let k = 0; k < subsets; k++) {
      const added = bits.read(increment);
      column[k] = added === absent ? Number.NaN : physical(lowest + added, element);
    }
    this.differ = true;
    this.add(element, Number.NaN, column);
  }

  private readTexts(width: number): (string | null)[] {
    const { bits, subsets } = this;
    const common = bits.readText(width);
    const increment = bits.read(INCREMENT_WIDTH) * 8;
    if (increment === 0) return [common];
    bits.assertLeft(increment * subsets);
    this.differ = true;
    return Array.from({ length: subsets }, () => bits.readText(increment));
  }

  private add(element: CodedElement, shared: number, column: Float64Array | null): void {
    this.elements.push(element);
    this.shared.push(shared);
    this.columns.push(column);
  }
}

function textsOf(
  columns: ReadonlyMap<number, readonly (string | null)[]>,
  length: number,
  subset: number,
): (string | null)[] {
  const texts = new Array<string | null>(length).fill(null);
  for (const [index, column] of columns)
    texts[index] = (column.length === 1 ? column[0] : column[subset]) ?? null;
  return texts;
}
