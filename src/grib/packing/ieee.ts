/** Floats as they are: template 5.4, and the edition 1 message whose flags say that integers (here: floats) stand at the points. */
import { Damage } from '../refusal.js';
import type { Packed } from './packed.js';

/** Where floats begin, and how many octets each has. */
export interface FloatLayout {
  readonly begin: number;
  /** 4 or 8. */
  readonly size: number;
}

/** Octets of a float by the number of its precision; 3, of 16 octets, is none that can be read. */
const SIZES = new Map([
  [1, 4],
  [2, 8],
]);

/** The first octet of floats in section 4 of edition 1. */
const FIRST_OF_EDITION_1 = 12;

/** The floats of template 5.4. */
export function floatLayout({ representation }: Pick<Packed, 'representation'>): FloatLayout {
  return { begin: 0, size: sizeOf(representation[11]!) };
}

/** The floats of edition 1; octet 12 is the precision. */
export function floatLayout1({ representation }: Pick<Packed, 'representation'>): FloatLayout {
  return { begin: FIRST_OF_EDITION_1, size: sizeOf(representation[11]!) };
}

/** Reads the floats of template 5.4. */
export function unpackFloats(packed: Packed, out: Float64Array): number {
  return copyFloats(packed, floatLayout(packed), out);
}

/** Reads the floats of edition 1. */
export function unpackFloats1(packed: Packed, out: Float64Array): number {
  return copyFloats(packed, floatLayout1(packed), out);
}

function sizeOf(precision: number): number {
  const size = SIZES.get(precision);
  if (size === undefined) throw new Damage(`IEEE floats of precision ${precision} cannot be read`);
  return size;
}

function copyFloats(
  { view, length, count }: Packed,
  { begin, size }: FloatLayout,
  out: Float64Array,
): number {
  const needed = begin + count * size;
  if (needed > length) throw new Damage(`${count} floats need ${needed} octets, there are ${length}`);
  if (size === 4) for (let i = 0, at = begin; i < count; i++, at += 4) out[i] = view.getFloat32(at);
  else for (let i = 0, at = begin; i < count; i++, at += 8) out[i] = view.getFloat64(at);
  return 0;
}
