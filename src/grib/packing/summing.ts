/** Undoes the differences of template 5.3 and scales the sums: differences over the values that are there, missing ones (NaN) left out. */
import { bitsAt } from '../bits.js';
import { Damage } from '../refusal.js';
import type { Packed, Scale } from './packed.js';

/** The running state of a field whose numbers come in batches. */
export class Summing {
  /** Octets of the first values and of the least difference, before the groups. */
  readonly octets: number;
  readonly #order: number;
  readonly #scale: Scale;
  /** The first values, which stand for themselves: one for each order. */
  readonly #first: number[] = [];
  readonly #least: number = 0;
  /** Values met so far, no more than the order. */
  #met = 0;
  #before = 0;
  #last = 0;

  /** @param width octets of each of the first values and of the least difference */
  constructor({ view, length, scale }: Packed, order: number, width: number) {
    this.#order = order;
    this.#scale = scale;
    this.octets = order === 0 ? 0 : width * (order + 1);
    if (order === 0) return;
    if (width < 1 || width > 6 || this.octets > length) throw new Damage(`first values of ${width} octets`);
    for (let i = 0; i < order; i++) this.#first.push(signed(view, i * width, width));
    this.#least = signed(view, order * width, width);
  }

  /** Whether sums of zeroes are zeroes. */
  get isZero(): boolean {
    return this.#least === 0 && this.#first.every((value) => value === 0);
  }

  /** Makes values of the numbers from `from` to `end`; batches come in order. */
  sum(out: Float64Array, from: number, end: number): void {
    const { reference, binary, decimal } = this.#scale;
    let at = from;
    if (this.#order > 0) at = this.#begin(out, from, end);
    if (this.#order === 2) this.#second(out, at, end);
    else if (this.#order === 1) this.#once(out, at, end);
    else for (; at < end; at++) out[at] = (out[at]! * binary + reference) * decimal;
  }

  /** The first values; gives the index of the first difference. */
  #begin(out: Float64Array, from: number, end: number): number {
    const { reference, binary, decimal } = this.#scale;
    let at = from;
    for (; at < end && this.#met < this.#order; at++) {
      if (Number.isNaN(out[at]!)) continue;
      this.#before = this.#last;
      this.#last = this.#first[this.#met]!;
      this.#met++;
      out[at] = (this.#last * binary + reference) * decimal;
    }
    return at;
  }

  #once(out: Float64Array, from: number, end: number): void {
    const { reference, binary, decimal } = this.#scale;
    const least = this.#least;
    let last = this.#last;
    for (let i = from; i < end; i++) {
      const difference = out[i]!;
      // A missing value: the sum goes on behind it.
      if (Number.isNaN(difference)) continue;
      last += difference + least;
      out[i] = (last * binary + reference) * decimal;
    }
    this.#last = last;
  }

  #second(out: Float64Array, from: number, end: number): void {
    const { reference, binary, decimal } = this.#scale;
    const least = this.#least;
    let last = this.#last;
    let step = last - this.#before;
    for (let i = from; i < end; i++) {
      const difference = out[i]!;
      if (Number.isNaN(difference)) continue;
      step += difference + least;
      last += step;
      out[i] = (last * binary + reference) * decimal;
    }
    this.#last = last;
    this.#before = last - step;
  }
}

/** A number of whole octets, its first bit the sign. */
function signed(view: DataView, at: number, width: number): number {
  const value = bitsAt(view, at * 8, width * 8);
  const sign = 2 ** (8 * width - 1);
  return value >= sign ? sign - value : value;
}
