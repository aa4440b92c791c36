/** Decoding a BUFR message while noting the bit at which each element begins. */
import { BitReader } from './bits.js';
import { CompressedLayout } from './compressed.js';
import type { CodedElement } from './element.js';
import { compile } from './expand.js';
import { type MessageHeader, readHeader } from './message.js';
import { ElementVariants } from './operators.js';
import type { Subset } from './subset.js';
import type { BufrTables } from './tables.js';
import { UncompressedLayout, ValuePool } from './uncompressed.js';
import { type Layout, Walk } from './walk.js';

/** A subset with the first bit of each of its elements, counted from the first bit of the message. */
export interface TracedSubset {
  subset: Subset;
  firstBits: readonly number[];
}

export interface TracedMessage {
  header: MessageHeader;
  subsets: readonly TracedSubset[];
}

/** Elements and steps that a message may take; real ones stay below. */
const MAX_ELEMENTS = 1 << 22;

/** Decodes a whole message as the reader does. Throws InputError with a `BufrErrorCode`. */
export function traceMessage(bytes: Uint8Array, tables: BufrTables): TracedMessage {
  const header = readHeader(bytes);
  const program = compile(header.descriptors, tables.select(header));
  const bits = new BitReader(bytes, header.data.start, header.data.end);
  const variants = new ElementVariants();
  const budget = { left: MAX_ELEMENTS };
  const pool = new ValuePool();
  const walk = <L extends UncompressedLayout | CompressedLayout>(inner: L) => {
    const layout = new TracedLayout(inner, bits);
    const walked = new Walk(layout, variants, budget);
    walked.run(program);
    return { inner, replications: walked.replications, firstBits: layout.firstBits };
  };
  if (header.compressed) {
    if (header.subsetCount === 0) return { header, subsets: [] };
    const { inner, replications, firstBits } = walk(new CompressedLayout(bits, header.subsetCount));
    return { header, subsets: inner.finish(replications).map((subset) => ({ subset, firstBits })) };
  }
  const subsets: TracedSubset[] = [];
  for (let k = 0; k < header.subsetCount; k++) {
    const { inner, replications, firstBits } = walk(new UncompressedLayout(bits, pool));
    subsets.push({ subset: inner.finish(replications), firstBits });
  }
  return { header, subsets };
}

/** Hands everything on, and notes where the reader stands before each element. */
class TracedLayout implements Layout {
  readonly firstBits: number[] = [];

  constructor(
    private readonly inner: UncompressedLayout | CompressedLayout,
    private readonly bits: BitReader,
  ) {}

  get elements(): CodedElement[] {
    return this.inner.elements;
  }

  readAll(elements: readonly CodedElement[]): void {
    for (const element of elements) this.read(element);
  }

  read(element: CodedElement): void {
    this.firstBits.push(this.bits.position);
    this.inner.read(element);
  }

  mark(element: CodedElement): void {
    this.firstBits.push(this.bits.position);
    this.inner.mark(element);
  }

  link(target: number): void {
    this.inner.link(target);
  }

  lastShared(): number {
    return this.inner.lastShared();
  }

  readShared(width: number): number {
    return this.inner.readShared(width);
  }
}
