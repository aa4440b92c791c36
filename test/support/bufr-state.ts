/** What the BUFR encoder of the tests has to remember while it writes data: operators, bitmaps, and how values become bits. */
import type { TableSet } from '../../src/sources/bufr/tables.js';
import type { BitWriter } from './bufr-bits.js';
import type { BufrSupply, BufrValue } from './bufr-encoder.js';

/** How an element is written. */
export interface Slot {
  descriptor: number;
  kind: 'number' | 'text' | 'code';
  scale: number;
  reference: number;
  width: number;
  /** The value asked for is a new reference (operator 203), the same for all subsets, and no element of its own. */
  newReference?: true;
}

const ASSOCIATED = 999_999;

/** Writes one subset, or all subsets of a compressed message. */
export class EncoderState {
  private operators = new Map<number, number>();
  private associated: number[] = [];
  private references = new Map<number, number>();
  /** Elements of table B so far, for bitmaps. */
  private written: Slot[] = [];
  private before = -1;
  private bits: number[] | null = null;
  private marked: Slot[] = [];
  private kept: Slot[] = [];
  private keep = false;

  constructor(
    readonly tables: TableSet,
    private readonly writer: BitWriter,
    private readonly supplies: readonly BufrSupply[],
    private readonly compressed: boolean,
  ) {}

  /** Writes a replication factor and returns it. */
  writeFactor(descriptor: number): number {
    const [first = null, ...others] = this.put(this.tableSlot(descriptor));
    if (others.some((other) => other !== first))
      throw new RangeError('factors must be the same in all subsets');
    return typeof first === 'number' ? first : 0;
  }

  writeElement(descriptor: number): void {
    const x = Math.floor(descriptor / 1000);
    const absent = this.operators.get(21) ?? 0;
    if (absent > 0) {
      this.operators.set(21, absent - 1);
      if (!(x >= 1 && x <= 9) && x !== 31) return;
    }
    const referenceWidth = this.operators.get(3) ?? 0;
    if (referenceWidth > 0) {
      const [reference] = this.supplies.map((supply) =>
        Number(
          supply({
            descriptor,
            kind: 'number',
            scale: 0,
            reference: 0,
            width: referenceWidth,
            newReference: true,
          }),
        ),
      );
      this.references.set(descriptor, reference!);
      this.writer.write(reference! < 0 ? 1 : 0, 1).write(Math.abs(reference!), referenceWidth - 1);
      if (this.compressed) this.writer.write(0, 6);
      return;
    }
    const width = this.associated.reduce((sum, bits) => sum + bits, 0);
    if (width > 0 && x !== 31)
      this.put({ descriptor: ASSOCIATED, kind: 'code', scale: 0, reference: 0, width });
    const isBit = descriptor === 31031 && this.bits !== null;
    if (!isBit) this.endBitmap();
    const values = this.put(this.changed(this.tableSlot(descriptor)));
    if (isBit) this.bits?.push(Number(values[0]));
  }

  operate(x: number, y: number): void {
    if (x === 5) {
      this.put({ descriptor: 205_000 + y, kind: 'text', scale: 0, reference: 0, width: 8 * y });
    } else if (y === 0 && ((x >= 22 && x <= 25) || x === 32)) {
      this.endBitmap();
      if (this.before < 0) this.before = this.written.length;
      this.bits = [];
      this.keep = false;
    } else if (y === 255 && x >= 23 && x !== 37) {
      this.endBitmap();
      const target = this.marked.shift();
      if (target === undefined) throw new RangeError('a marker without a bitmap');
      const { width } = target;
      const slot = { ...target, descriptor: 200_255 + x * 1000 };
      this.put(x === 25 ? { ...slot, width: width + 1, reference: -(2 ** width) } : slot);
    } else if (x === 35) {
      this.before = -1;
      this.bits = null;
    } else if (x === 36) this.keep = true;
    else if (x === 37) {
      this.endBitmap();
      if (y === 0) this.marked = [...this.kept];
      this.bits = null;
    } else if (x === 4) {
      if (y > 0) this.associated.push(y);
      else this.associated.pop();
    } else {
      if (x === 3 && y === 0) this.references.clear();
      this.operators.set(x, x === 3 && y === 255 ? 0 : y);
    }
  }

  private endBitmap(): void {
    const { bits } = this;
    if (bits === null || bits.length === 0) return;
    const pointed = this.written.slice(this.before - bits.length, this.before);
    this.marked = pointed.filter((_, i) => bits[i] === 0);
    if (this.keep) this.kept = [...this.marked];
    this.bits = null;
  }

  private tableSlot(descriptor: number): Slot {
    const element = this.tables.element(descriptor);
    if (element === null) {
      if ((this.operators.get(6) ?? 0) === 0) throw new RangeError(`no element ${descriptor}`);
      return { descriptor, kind: 'number', scale: 0, reference: 0, width: 0 };
    }
    const { kind, scale, reference, width } = element;
    return { descriptor, kind, scale, reference, width };
  }

  /** The element under operators 201, 202, 203, 206, 207 and 208. */
  private changed(slot: Slot): Slot {
    const of = (x: number): number => this.operators.get(x) ?? 0;
    if (of(6) > 0) {
      const width = of(6);
      this.operators.set(6, 0);
      return { ...slot, scale: 0, reference: 0, width };
    }
    if (slot.kind === 'text') return of(8) > 0 ? { ...slot, width: 8 * of(8) } : slot;
    const reference = this.references.get(slot.descriptor) ?? slot.reference;
    if (slot.kind === 'code') return { ...slot, reference };
    const offset = (y: number): number => (y === 0 ? 0 : y - 128);
    return {
      ...slot,
      width: slot.width + offset(of(1)) + Math.floor((10 * of(7) + (of(7) > 0 ? 2 : 0)) / 3),
      scale: slot.scale + offset(of(2)) + of(7),
      reference: reference * 10 ** of(7),
    };
  }

  /** Writes a value of every subset. */
  private put(slot: Slot): BufrValue[] {
    if (slot.descriptor < 100_000) this.written.push(slot);
    const values = this.supplies.map((supply) => supply(slot));
    if (slot.kind === 'text') this.putTexts(slot, values.map(asText));
    else this.putNumbers(slot, values);
    return values;
  }

  private putTexts({ width }: Slot, texts: readonly (string | null)[]): void {
    const [first = null] = texts;
    if (!this.compressed) this.writer.writeText(first, width / 8);
    else if (texts.every((text) => text === first)) this.writer.writeText(first, width / 8).write(0, 6);
    else {
      this.writer.write(0, width).write(width / 8, 6);
      for (const text of texts) this.writer.writeText(text, width / 8);
    }
  }

  private putNumbers(slot: Slot, values: readonly BufrValue[]): void {
    const raw = values.map((value) => rawOf(slot, value));
    if (!this.compressed) {
      this.writer.write(raw[0] ?? null, slot.width);
      return;
    }
    const present = raw.filter((value) => value !== null);
    const lowest = present.reduce((low, value) => (value < low ? value : low), present[0] ?? 0n);
    const highest = present.reduce((high, value) => (value > high ? value : high), lowest);
    if (present.length === 0 || (present.length === raw.length && highest === lowest)) {
      this.writer.write(present.length === 0 ? null : lowest, slot.width).write(0, 6);
      return;
    }
    // All ones says missing, so that the largest increment must stay below it.
    const width = (highest - lowest + 1n).toString(2).length;
    this.writer.write(lowest, slot.width).write(width, 6);
    for (const value of raw) this.writer.write(value === null ? null : value - lowest, width);
  }
}

function asText(value: BufrValue): string | null {
  return value === null ? null : String(value);
}

/** The number that stands for a value in the message; null for missing. */
function rawOf({ scale, reference, descriptor }: Slot, value: BufrValue): bigint | null {
  if (value === null) return null;
  if (typeof value === 'string') throw new TypeError(`a text for the number ${descriptor}`);
  const scaled = scale > 0 ? value * 10 ** scale : value / 10 ** -scale;
  return BigInt(Math.round(scaled)) - BigInt(reference);
}
