/** Packing by the CCSDS 121.0-B lossless coder, template 5.42. */
import { u16 } from '../octets.js';
import { Damage } from '../refusal.js';
import { type Coding, EntropyDecoder } from './entropy.js';
import type { Packed, Scale } from './packed.js';

/** Bits of octet 22 of section 5. */
const SIGNED = 1;
const PREDICTED = 8;
const RESTRICTED = 16;
const PADDED = 32;

/** Unpacks template 5.42; without bits all values are the reference value. */
export function unpackCcsds(packed: Packed, out: Float64Array): number {
  const { bits, count, scale } = packed;
  if (bits === 0) {
    out.fill(scale.reference, 0, count);
    return 0;
  }
  const coding = codingOf(packed.representation, bits);
  const interval = coding.block * coding.blocksOfInterval;
  const samples = packed.scratch.samples(interval);
  const decoder = new EntropyDecoder(packed, coding, samples);
  for (let at = 0; at < count; ) {
    const left = count - at;
    const blocks = Math.min(coding.blocksOfInterval, Math.ceil(left / coding.block));
    decoder.readInterval(blocks);
    const values = out.subarray(at, at + Math.min(interval, left));
    if (!coding.predicted) scaleSamples(samples, scale, values);
    else if (bits <= 30) sumSmall(samples, 2 ** bits - 1, scale, values);
    else sumLarge(samples, 2 ** bits - 1, scale, values);
    at += values.length;
  }
  return 0;
}

function codingOf(section: Uint8Array, bits: number): Coding {
  const flags = section[21]!;
  const block = section[22]!;
  const blocksOfInterval = u16(section, 23);
  if ((flags & SIGNED) !== 0) throw new Damage('CCSDS samples with a sign');
  if (bits > 32) throw new Damage(`CCSDS samples of ${bits} bits`);
  if (block < 2 || block % 2 !== 0) throw new Damage(`CCSDS blocks of ${block} samples`);
  if (blocksOfInterval < 1 || blocksOfInterval > 4096)
    throw new Damage(`CCSDS reference intervals of ${blocksOfInterval} blocks`);
  return {
    bits,
    block,
    blocksOfInterval,
    predicted: (flags & PREDICTED) !== 0,
    padded: (flags & PADDED) !== 0,
    identifierBits: identifierBits(bits, (flags & RESTRICTED) !== 0),
  };
}

/** Bits that name the coding of a block. */
function identifierBits(bits: number, restricted: boolean): number {
  if (bits > 16) return 5;
  if (bits > 8) return 4;
  if (!restricted || bits > 4) return 3;
  return bits <= 2 ? 1 : 2;
}

function scaleSamples(samples: Uint32Array, { reference, binary, decimal }: Scale, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (samples[i]! * binary + reference) * decimal;
}

/**
 * Undoes the predictor: the first sample is itself, every other one is mapped from its difference to the sample before. Differences
 * of both signs take turns as long as both are possible, those beyond go on in the one direction that is left.
 */
function sumSmall(samples: Uint32Array, top: number, scale: Scale, out: Float64Array): void {
  const { reference, binary, decimal } = scale;
  let last = samples[0]! | 0;
  out[0] = (last * binary + reference) * decimal;
  for (let i = 1; i < out.length; i++) {
    const mapped = samples[i]! | 0;
    const room = top - last;
    const lower = last < room ? last : room;
    if ((mapped + 1) >>> 1 <= lower) last = (last + ((mapped >>> 1) ^ -(mapped & 1))) | 0;
    else last = last < room ? mapped : (top - mapped) | 0;
    out[i] = (last * binary + reference) * decimal;
  }
}

/** As `sumSmall`, for samples that are no small integers. */
function sumLarge(samples: Uint32Array, top: number, scale: Scale, out: Float64Array): void {
  const { reference, binary, decimal } = scale;
  let last = samples[0]!;
  out[0] = (last * binary + reference) * decimal;
  for (let i = 1; i < out.length; i++) {
    const mapped = samples[i]!;
    const half = Math.floor((mapped + 1) / 2);
    const lower = Math.min(last, top - last);
    if (half <= lower) last += mapped % 2 === 1 ? -half : half;
    else last = last === lower ? mapped : top - mapped;
    out[i] = (last * binary + reference) * decimal;
  }
}
