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

/** All subsets of a message. */
export class CompressedLayout implements Layout {
  readonly elements: CodedElement[] = [];
  /** The values of element i begin at i * subsets. */
  private columns: Float64Array;
  private readonly texts = new Map<number, (string | null)[]>();
  private readonly linked: number[] = [];

  constructor(
    private readonly bits: BitReader,
    readonly subsets: number,
  ) {
    this.columns = new Float64Array(subsets * 16);
  }

  readAll(list: readonly CodedElement[]): void {
    for (const element of list) this.read(element);
  }

  read(element: CodedElement): void {
    const { start, end } = this.room();
    if (element.kind === 'text') {
      this.columns.fill(Number.NaN, start, end);
      this.texts.set(this.elements.length, this.readTexts(element.width));
    } else this.readNumbers(element, start, end);
    this.elements.push(element);
  }

  mark(element: CodedElement): void {
    const { start, end } = this.room();
    this.columns.fill(Number.NaN, start, end);
    this.elements.push(element);
  }

  link(target: number): void {
    this.linked.push(this.elements.length, target);
  }

  lastShared(): number {
    const { columns, subsets, elements } = this;
    const start = (elements.length - 1) * subsets;
    const value = columns[start]!;
    for (let i = start + 1; i < start + subsets; i++) {
      if (Object.is(columns[i], value)) continue;
      const { descriptor } = elements.at(-1)!;
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

  /** What was decoded, by subset. */
  finish(replications: readonly Replication[]): Subset[] {
    const { elements, columns, subsets, texts } = this;
    const { length } = elements;
    const rows = new Float64Array(length * subsets);
    for (let i = 0; i < length; i++)
      for (let k = 0; k < subsets; k++) rows[k * length + i] = columns[i * subsets + k]!;
    const links = linksOf(length, this.linked);
    return Array.from({ length: subsets }, (_, k) => ({
      length,
      elements,
      values: rows.subarray(k * length, (k + 1) * length),
      texts: texts.size === 0 ? null : textsOf(texts, length, k),
      links,
      replications,
    }));
  }

  private readNumbers(element: CodedElement, start: number, end: number): void {
    const { bits, columns } = this;
    const { width, canBeMissing } = element;
    const wideMissing = width > EXACT_WIDTH && canBeMissing && bits.areSet(width);
    const lowest = bits.read(width);
    const increment = bits.read(INCREMENT_WIDTH);
    if (increment === 0) {
      const missing = wideMissing || lowest === element.missing;
      columns.fill(missing ? Number.NaN : physical(lowest, element), start, end);
      return;
    }
    const absent = canBeMissing ? allOnes(increment) : Number.NaN;
    for (let i = start; i < end; i++) {
      const added = bits.read(increment);
      columns[i] = added === absent ? Number.NaN : physical(lowest + added, element);
    }
  }

  private readTexts(width: number): (string | null)[] {
    const { bits, subsets } = this;
    const common = bits.readText(width);
    const increment = bits.read(INCREMENT_WIDTH) * 8;
    return Array.from({ length: subsets }, () => (increment === 0 ? common : bits.readText(increment)));
  }

  /** Bounds of the values of the next element, with room for them. */
  private room(): { start: number; end: number } {
    const start = this.elements.length * this.subsets;
    const end = start + this.subsets;
    if (end > this.columns.length) {
      const larger = new Float64Array(2 * end);
      larger.set(this.columns);
      this.columns = larger;
    }
    return { start, end };
  }
}

function textsOf(
  columns: ReadonlyMap<number, readonly (string | null)[]>,
  length: number,
  subset: number,
): (string | null)[] {
  const texts = new Array<string | null>(length).fill(null);
  for (const [index, column] of columns) texts[index] = column[subset] ?? null;
  return texts;
}
