/** Lossless packing of integers after CCSDS 121.0-B, as template 5.42 has it, for the writer of the tests. */
import { OctetWriter } from './grib-octets.js';

/** Parameters of the code. */
export interface CcsdsOptions {
  /** Samples in a block: 8, 16, 32 or 64. */
  block?: number;
  /** Blocks between two reference samples, 1 to 4096. */
  interval?: number;
  /** Differences of neighbours instead of values. */
  preprocess?: boolean;
  /** Chooses the code of a block by another rule than by its size: an index into those that are possible. */
  choose?: (possible: number) => number;
}

/** Flags of octet 22: samples of three octets may be, highest bit first, and differences. */
export function ccsdsFlags({ preprocess = true }: CcsdsOptions): number {
  return 2 + 4 + (preprocess ? 8 : 0);
}

/** A way to write a block. */
interface Code {
  bits: number;
  write(): void;
}

/** The code of whole numbers below 2^bits. */
export function encodeCcsds(
  samples: readonly number[],
  bits: number,
  options: CcsdsOptions = {},
): Uint8Array {
  const { block = 32, interval = 128, preprocess = true, choose } = options;
  const out = new OctetWriter();
  const idBits = bits <= 8 ? 3 : bits <= 16 ? 4 : 5;
  const step = block * interval;
  for (let start = 0; start < samples.length; start += step) {
    const part = samples.slice(start, start + step);
    // A last block that is not full goes on with its last sample.
    while (part.length % block !== 0) part.push(part.at(-1)!);
    const mapped = preprocess ? differences(part, bits) : part;
    const blocks = Array.from({ length: part.length / block }, (_, i) =>
      mapped.slice(i * block, (i + 1) * block),
    );
    for (let i = 0; i < blocks.length; ) {
      const reference = preprocess && i === 0;
      const zeros = zeroRun(blocks, i, reference);
      if (zeros > 0) {
        writeZeros(out, { idBits, bits, blocks, at: i, zeros, reference });
        i += zeros;
        continue;
      }
      const codes = codesOf(out, blocks[i]!, { bits, idBits, reference });
      const least = codes.reduce((best, code, k) => (code.bits < codes[best]!.bits ? k : best), 0);
      codes[choose?.(codes.length) ?? least]!.write();
      i++;
    }
  }
  return out.bytes();
}

/** Unit delay, then mapped to numbers that are small where the difference is small. The first is the reference sample itself. */
function differences(samples: readonly number[], bits: number): number[] {
  const most = 2 ** bits - 1;
  return samples.map((sample, i) => {
    if (i === 0) return sample;
    const before = samples[i - 1]!;
    const difference = sample - before;
    const room = Math.min(before, most - before);
    if (difference >= 0 && difference <= room) return 2 * difference;
    if (difference < 0 && -difference <= room) return -2 * difference - 1;
    return room + Math.abs(difference);
  });
}

/** Blocks of zeros from `at` on, within the segment of 64 blocks. */
function zeroRun(blocks: readonly number[][], at: number, reference: boolean): number {
  const end = Math.min(blocks.length, Math.floor(at / 64) * 64 + 64);
  let count = 0;
  while (at + count < end && isZero(blocks[at + count]!, reference && count === 0)) count++;
  return count;
}

const isZero = (values: readonly number[], reference: boolean): boolean =>
  values.every((value, i) => value === 0 || (reference && i === 0));

interface Zeros {
  idBits: number;
  bits: number;
  blocks: readonly number[][];
  at: number;
  zeros: number;
  reference: boolean;
}

function writeZeros(out: OctetWriter, { idBits, bits, blocks, at, zeros, reference }: Zeros): void {
  out.bits(0, idBits).bits(0, 1);
  if (reference) out.bits(blocks[at]![0]!, bits);
  const end = Math.min(blocks.length, Math.floor(at / 64) * 64 + 64);
  // Five or more up to the end of the segment have a code of their own, which is where five would be.
  const remainder = zeros > 4 && at + zeros === end;
  out.unary(remainder ? 4 : zeros <= 4 ? zeros - 1 : zeros);
}

interface Context {
  bits: number;
  idBits: number;
  reference: boolean;
}

/** The ways to write a block: split after k bits, pairs, and as it is. */
function codesOf(out: OctetWriter, block: readonly number[], { bits, idBits, reference }: Context): Code[] {
  const values = reference ? block.slice(1) : block;
  const head = (id: number): void => {
    out.bits(id, idBits);
  };
  const writeReference = (): void => {
    if (reference) out.bits(block[0]!, bits);
  };
  const last = 2 ** idBits - 1;
  const plain = idBits + bits * values.length;
  const codes: Code[] = [];
  for (let k = 0; k < Math.min(last - 1, bits); k++) {
    const high = values.map((value) => Math.floor(value / 2 ** k));
    const size = high.reduce((sum, value) => sum + value + 1 + k, idBits);
    // Readers take for granted that a block is no longer than its values.
    if (size > plain) continue;
    codes.push({
      bits: size,
      write() {
        head(k + 1);
        writeReference();
        for (const value of high) out.unary(value);
        for (const value of values) out.bits(value % 2 ** k, k);
      },
    });
  }
  const inPairs = reference ? [0, ...values] : values;
  const pairs = Array.from({ length: inPairs.length / 2 }, (_, i) => {
    const [a, b] = [inPairs[2 * i]!, inPairs[2 * i + 1]!];
    return ((a + b) * (a + b + 1)) / 2 + b;
  });
  const ofPairs = pairs.reduce((sum, value) => sum + value + 1, idBits + 1);
  // Readers decode pairs by a table that ends here.
  if (ofPairs <= plain && inPairs.every((_, i) => i % 2 === 1 || inPairs[i]! + inPairs[i + 1]! <= 12))
    codes.push({
      bits: ofPairs,
      write() {
        head(0);
        out.bits(1, 1);
        writeReference();
        for (const value of pairs) out.unary(value);
      },
    });
  codes.push({
    bits: plain,
    write() {
      head(last);
      writeReference();
      for (const value of values) out.bits(value, bits);
    },
  });
  return codes;
}
