/**
 * The entropy decoder of CCSDS 121.0-B: blocks of samples, each block in the coding that its first bits name.
 *
 * Loops read 32 bits at a time; zeroes behind the section's end stand for bits that are not there, and every block is checked against
 * the end.
 */
import { bitsAt } from '../bits.js';
import { Damage } from '../refusal.js';
import type { Packed } from './packed.js';

/** How the samples are coded. */
export interface Coding {
  /** Bits of a sample, 1 to 32. */
  readonly bits: number;
  /** Samples of a block. */
  readonly block: number;
  readonly blocksOfInterval: number;
  /** Whether the samples are differences; then each interval begins with a sample as it is. */
  readonly predicted: boolean;
  /** Whether an interval begins at an octet. */
  readonly padded: boolean;
  /** Bits that name the coding of a block. */
  readonly identifierBits: number;
}

/** A run of zero blocks of this length goes to the end of its segment. */
const REST_OF_SEGMENT = 5;
/** Blocks of a segment. */
const SEGMENT = 64;
/** Pairs of samples whose sum is at most 12: what the second extension can name. */
const PAIRS = 91;

/** Reads interval after interval. */
export class EntropyDecoder {
  readonly #coding: Coding;
  readonly #samples: Uint32Array;
  readonly #identifierTop: number;
  #view: DataView;
  /** Bits of `#view` that belong to the section. */
  #end: number;
  #bit = 0;

  /** @param samples room for an interval, which `readInterval` fills */
  constructor({ view, length }: Packed, coding: Coding, samples: Uint32Array) {
    this.#view = view;
    this.#end = length * 8;
    this.#coding = coding;
    this.#samples = samples;
    this.#identifierTop = 2 ** coding.identifierBits - 1;
  }

  /** Reads the next interval: so many blocks, from the beginning of `samples` on. */
  readInterval(blocks: number): void {
    this.#comeNear();
    for (let block = 0; block < blocks; ) block += this.#readBlock(block, blocks);
    if (this.#coding.padded) this.#bit = (this.#bit + 7) & ~7;
  }

  /** Counts bits from a byte near by, so that they stay small integers. */
  #comeNear(): void {
    const bytes = this.#bit >>> 3;
    this.#view = new DataView(this.#view.buffer, this.#view.byteOffset + bytes);
    this.#end -= bytes * 8;
    this.#bit &= 7;
  }

  /** Reads a block or a run of zero blocks; gives the number of blocks. */
  #readBlock(block: number, blocks: number): number {
    const { block: size, bits, predicted } = this.#coding;
    const identifier = this.#take(this.#coding.identifierBits);
    const at = block * size;
    if (identifier === this.#identifierTop) {
      this.#readPlain(at, at + size);
      return 1;
    }
    const extended = identifier === 0 ? this.#take(1) : 0;
    const begin = predicted && block === 0 ? at + 1 : at;
    if (begin > at) this.#samples[at] = this.#take(bits);
    if (identifier > 0) this.#readSplit(identifier - 1, begin, at + size);
    else if (extended === 1) this.#readPairs(begin, at + size, at);
    else return this.#readZeroes(block, blocks, begin);
    return 1;
  }

  #take(width: number): number {
    const from = this.#bit;
    this.#bit += width;
    if (this.#bit > this.#end) throw new Damage('the CCSDS samples run over the section');
    return bitsAt(this.#view, from, width);
  }

  /** Samples as they are. */
  #readPlain(begin: number, end: number): void {
    const width = this.#coding.bits;
    for (let i = begin; i < end; i++) this.#samples[i] = this.#take(width);
  }

  /** The upper parts of all samples as so many zeroes before a one, then the lower `width` bits of all of them. */
  #readSplit(width: number, begin: number, end: number): void {
    this.#readRuns(begin, end);
    if (width === 0) return;
    const samples = this.#samples;
    let bit = this.#bit;
    this.#bit += width * (end - begin);
    if (this.#bit > this.#end) throw new Damage('the CCSDS samples run over the section');
    const view = this.#view;
    if (width > 25) {
      for (let i = begin; i < end; i++, bit += width)
        samples[i] = samples[i]! * 2 ** width + bitsAt(view, bit, width);
      return;
    }
    const shift = 32 - width;
    for (let i = begin; i < end; i++, bit += width)
      samples[i] = (samples[i]! << width) | ((view.getUint32(bit >>> 3) << (bit & 7)) >>> shift);
  }

  /** Numbers as so many zeroes before a one. */
  #readRuns(begin: number, end: number): void {
    const samples = this.#samples;
    const view = this.#view;
    let bit = this.#bit;
    for (let i = begin; i < end; i++) {
      const window = view.getUint32(bit >>> 3) << (bit & 7);
      if (window === 0) {
        this.#bit = bit;
        samples[i] = this.#longRun();
        bit = this.#bit;
        continue;
      }
      const zeroes = Math.clz32(window);
      samples[i] = zeroes;
      bit += zeroes + 1;
    }
    this.#bit = bit;
  }

  /** A number whose zeroes may be more than are seen at once. */
  #longRun(): number {
    let zeroes = 0;
    for (;;) {
      const skipped = this.#bit & 7;
      const window = this.#view.getUint32(this.#bit >>> 3) << skipped;
      const here = window === 0 ? 32 - skipped : Math.clz32(window);
      zeroes += here;
      this.#bit += here;
      if (this.#bit >= this.#end) throw new Damage('the CCSDS samples run over the section');
      if (window !== 0) break;
    }
    this.#bit++;
    return zeroes;
  }

  /** The second extension: a number names a pair of samples. `first` is the sample that the first pair begins with. */
  #readPairs(begin: number, end: number, first: number): void {
    const samples = this.#samples;
    for (let i = first; i < end; i += 2) {
      const pair = this.#longRun();
      if (pair >= PAIRS) throw new Damage(`the CCSDS pair ${pair}`);
      const sum = Math.floor((Math.sqrt(8 * pair + 1) - 1) / 2);
      const second = pair - (sum * (sum + 1)) / 2;
      if (i >= begin) samples[i] = sum - second;
      samples[i + 1] = second;
    }
  }

  /** A run of blocks of zeroes; gives the number of blocks. */
  #readZeroes(block: number, blocks: number, begin: number): number {
    const { block: size, blocksOfInterval } = this.#coding;
    let run = this.#longRun() + 1;
    if (run === REST_OF_SEGMENT) run = Math.min(blocksOfInterval - block, SEGMENT - (block % SEGMENT));
    else if (run > REST_OF_SEGMENT) run--;
    const zeroes = Math.min(run, blocks - block);
    this.#samples.fill(0, begin, (block + zeroes) * size);
    return zeroes;
  }
}
