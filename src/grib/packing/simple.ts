/** Simple packing: numbers of the same width side by side (templates 5.0 and 5.61, edition 1 without flags). */
import { bitsAt } from '../bits.js';
import { f32 } from '../floats.js';
import { Damage } from '../refusal.js';
import type { Packed, Scale } from './packed.js';

/** The widest number that is exact in double. */
const WIDEST = 52;
/** Numbers of a stretch whose bits are counted by small integers. */
const STRETCH = 2 ** 22;

/** The first octet of the numbers of edition 1 behind the head of section 4. */
export const FIRST_OF_EDITION_1 = 11;

/** Unpacks numbers that begin at an octet; without bits all of them are the reference value itself. */
export function unpackSimple(packed: Packed, out: Float64Array, begin = 0): number {
  const { bits, count, scale, view } = packed;
  if (bits === 0) {
    out.fill(scale.reference, 0, count);
    return 0;
  }
  checkRoom(packed, begin);
  for (let at = 0; at < count; at += STRETCH) {
    // A stretch is a multiple of 8 numbers and begins at an octet.
    const bytes = new DataView(view.buffer, view.byteOffset + begin + (at / 8) * bits);
    unpackStretch(bytes, bits, scale, out.subarray(at, Math.min(at + STRETCH, count)));
  }
  return 0;
}

/** Unpacks section 4 of edition 1. */
export function unpackSimple1(packed: Packed, out: Float64Array): number {
  return unpackSimple(packed, out, FIRST_OF_EDITION_1);
}

/** Unpacks the logarithms of template 5.61: value = exp(Y) - the parameter of the pre-processing, also where all are the reference value. */
export function unpackLogarithms(packed: Packed, out: Float64Array): number {
  unpackSimple(packed, out);
  const lift = f32(packed.representation, 20);
  for (let i = 0; i < packed.count; i++) out[i] = Math.exp(out[i]!) - lift;
  return 0;
}

function checkRoom({ bits, count, length }: Packed, begin: number): void {
  if (bits > WIDEST) throw new Damage(`${bits} bits per value are more than ${WIDEST}`);
  const needed = Math.ceil((count * bits) / 8) + begin;
  if (needed > length)
    throw new Damage(`${count} values of ${bits} bits need ${needed} octets, there are ${length}`);
}

function unpackStretch(view: DataView, bits: number, scale: Scale, out: Float64Array): void {
  if (bits === 16) unpackPairs(view, scale, out);
  else if (bits <= 25) unpackNarrow(view, bits, scale, out);
  else unpackWide(view, bits, scale, out);
}

function unpackPairs(view: DataView, { reference, binary, decimal }: Scale, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (view.getUint16(i * 2) * binary + reference) * decimal;
}

function unpackNarrow(view: DataView, bits: number, scale: Scale, out: Float64Array): void {
  const { reference, binary, decimal } = scale;
  const shift = 32 - bits;
  for (let i = 0, bit = 0; i < out.length; i++, bit += bits) {
    const x = (view.getUint32(bit >>> 3) << (bit & 7)) >>> shift;
    out[i] = (x * binary + reference) * decimal;
  }
}

function unpackWide(view: DataView, bits: number, scale: Scale, out: Float64Array): void {
  const { reference, binary, decimal } = scale;
  for (let i = 0; i < out.length; i++) out[i] = (bitsAt(view, i * bits, bits) * binary + reference) * decimal;
}
