/**
 * Values of single points by their address, without decoding the field: of simple packing and floats, where no bitmap moves them.
 */
import type { Field } from './field.js';
import { floatLayout, floatLayout1 } from './packing/ieee.js';
import type { Scale } from './packing/packed.js';
import { EDITION_1, type Packing, packingOf } from './packing/packing.js';
import { FIRST_OF_EDITION_1 } from './packing/simple.js';
import { Damage, damagedData } from './refusal.js';

/** Numbers side by side in a source. */
export interface Addresses {
  /** Byte of the first number in the source. */
  readonly begin: number;
  /** Bits of a number; 0 where all values are the reference value. */
  readonly bits: number;
  readonly isFloat: boolean;
  readonly scale: Scale;
}

/** The widest number that is read at once: with 7 bits before it and 7 behind still exact in double. */
const AT_ONCE = 32;
/** Bytes of section 7 before the numbers. */
const HEAD_2 = 5;

/** Where the numbers of a field with so many points are; null where it has to be decoded. Throws InputError where they are not all there. */
export function addressesOf(field: Field, points: number): Addresses | null {
  if (field.bitmap !== null) return null;
  const packing = packingOf(field);
  const layout = layoutOf(field, packing);
  if (layout === null) return null;
  const coded = packing.count ?? points;
  const needed = layout.begin + Math.ceil((points * layout.bits) / 8);
  if (coded !== points) throw damagedData(field, `${coded} values for ${points} points`);
  if (needed > field.data.length)
    throw damagedData(
      field,
      `${points} values of ${layout.bits} bits need ${needed} octets, there are ${field.data.length}`,
    );
  return { ...layout, begin: field.data.offset + layout.begin, scale: packing.head.scale };
}

function layoutOf(field: Field, { number, head }: Packing): Omit<Addresses, 'scale'> | null {
  const simple = { bits: head.bits, isFloat: false };
  try {
    if (number === 0) return head.bits > 52 ? null : { ...simple, begin: HEAD_2 };
    if (number === EDITION_1.simple) return head.bits > 52 ? null : { ...simple, begin: FIRST_OF_EDITION_1 };
    if (number !== 4 && number !== EDITION_1.floats) return null;
    const { begin, size } = number === 4 ? floatLayout(head) : floatLayout1(head);
    return { begin: begin + (number === 4 ? HEAD_2 : 0), bits: size * 8, isFloat: true };
  } catch (error) {
    if (error instanceof Damage) throw damagedData(field, error.message);
    throw error;
  }
}

/** Reads values out of bytes that begin at a byte of the source. */
export class AddressedValues {
  readonly #addresses: Addresses;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Bit of the first number, from the first bit of the bytes on. */
  readonly #first: number;

  constructor(addresses: Addresses, bytes: Uint8Array, position: number) {
    this.#addresses = addresses;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#first = (addresses.begin - position) * 8;
  }

  /** The value of a point, whose bytes must be there. */
  at(index: number): number {
    const { bits, isFloat, scale } = this.#addresses;
    if (bits === 0) return scale.reference;
    const bit = this.#first + index * bits;
    if (!isFloat) return (this.#bitsAt(bit, bits) * scale.binary + scale.reference) * scale.decimal;
    return bits === 32 ? this.#view.getFloat32(bit / 8) : this.#view.getFloat64(bit / 8);
  }

  #bitsAt(bit: number, width: number): number {
    if (width > AT_ONCE)
      return this.#bitsAt(bit, width - AT_ONCE) * 2 ** AT_ONCE + this.#bitsAt(bit + width - AT_ONCE, AT_ONCE);
    const end = bit + width;
    let octet = Math.floor(bit / 8);
    let value = this.#bytes[octet]! & (0xff >> (bit - octet * 8));
    for (octet++; octet * 8 < end; octet++) value = value * 256 + this.#bytes[octet]!;
    return Math.floor(value / 2 ** (octet * 8 - end));
  }
}

/** The bytes of the numbers from one index to another: the first of them in the source, and how many. */
export function bytesOf(
  { begin, bits }: Addresses,
  from: number,
  to: number,
): { position: number; length: number } {
  const position = begin + Math.floor((from * bits) / 8);
  return { position, length: begin + Math.ceil(((to + 1) * bits) / 8) - position };
}
