/** Uncompressed data: one subset after the other, one value after the other. */
import type { BitReader } from './bits.js';
import { type CodedElement, EXACT_WIDTH, physical } from './element.js';
import type { Replication, Subset } from './subset.js';
import type { Layout } from './walk.js';

/** Values that are made room for at once: some tens of soundings, so that an array is not made for each. */
const POOL_VALUES = 1 << 15;

/**
 * Room for values, shared by the subsets that are decoded one after the other. A subset's values are a part of it that is
 * written once and never reused.
 */
export class ValuePool {
  values = new Float64Array(0);
  /** Where the next subset begins. */
  start = 0;

  /** Makes sure that `needed` values fit behind `start`; the first `kept` of them are kept. */
  reserve(needed: number, kept: number): void {
    if (this.start + needed <= this.values.length) return;
    const larger = new Float64Array(Math.max(POOL_VALUES, 2 * needed));
    larger.set(this.values.subarray(this.start, this.start + kept));
    this.values = larger;
    this.start = 0;
  }

  /** Hands out the first `length` values behind `start`. */
  take(length: number): Float64Array {
    const taken = this.values.subarray(this.start, this.start + length);
    this.start += length;
    return taken;
  }
}

/** One subset. */
export class UncompressedLayout implements Layout {
  readonly elements: CodedElement[] = [];
  private readonly textIndexes: number[] = [];
  private readonly texts: (string | null)[] = [];
  private readonly linked: number[] = [];

  constructor(
    private readonly bits: BitReader,
    private readonly pool: ValuePool,
  ) {}

  readAll(list: readonly CodedElement[]): void {
    const { elements, pool } = this;
    const count = list.length;
    let at = elements.length;
    pool.reserve(at + count, at);
    const { values, start } = pool;
    at += start;
    for (let i = 0; i < count; i++) {
      const element = list[i]!;
      values[at++] = this.value(element);
      elements.push(element);
    }
  }

  read(element: CodedElement): void {
    const { elements, pool } = this;
    const at = elements.length;
    pool.reserve(at + 1, at);
    pool.values[pool.start + at] = this.value(element);
    elements.push(element);
  }

  mark(element: CodedElement): void {
    const { elements, pool } = this;
    const at = elements.length;
    pool.reserve(at + 1, at);
    pool.values[pool.start + at] = Number.NaN;
    elements.push(element);
  }

  link(target: number): void {
    this.linked.push(this.elements.length, target);
  }

  lastShared(): number {
    return this.pool.values[this.pool.start + this.elements.length - 1]!;
  }

  readShared(width: number): number {
    return this.bits.read(width);
  }

  /** What was decoded. */
  finish(replications: readonly Replication[]): Subset {
    const { elements, textIndexes, linked } = this;
    const { length } = elements;
    let texts: (string | null)[] | null = null;
    if (textIndexes.length > 0) {
      texts = new Array<string | null>(length).fill(null);
      for (const [i, index] of textIndexes.entries()) texts[index] = this.texts[i] ?? null;
    }
    return {
      length,
      elements,
      values: this.pool.take(length),
      texts,
      links: linksOf(length, linked),
      replications,
    };
  }

  private value(element: CodedElement): number {
    const { bits } = this;
    const { width } = element;
    if (element.kind === 'text') {
      this.textIndexes.push(this.elements.length);
      this.texts.push(bits.readText(width));
      return Number.NaN;
    }
    if (width > EXACT_WIDTH && element.canBeMissing && bits.areSet(width)) {
      bits.skip(width);
      return Number.NaN;
    }
    const raw = bits.read(width);
    return raw === element.missing ? Number.NaN : physical(raw, element);
  }
}

/** Links as an array by index, null where there are none. `linked` holds pairs of an index and its target. */
export function linksOf(length: number, linked: readonly number[]): Int32Array | null {
  if (linked.length === 0) return null;
  const links = new Int32Array(length).fill(-1);
  for (let i = 0; i < linked.length; i += 2) links[linked[i]!] = linked[i + 1]!;
  return links;
}
