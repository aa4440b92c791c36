/** How the values of a field are packed, told by numbers. */
import type { Field } from './field.js';
import { u16 } from './octets.js';

/** The packing of a field. */
export interface Packing {
  /** Number of the template of section 5; in edition 1: 1000 simple, 1001 second order, 1004 IEEE; -1 others. */
  readonly packing: number;
  /** Bits of a value, of the first-order values in second-order packing; -1 where the packing has none. */
  readonly bits: number;
}

/** Templates that have the bits of a value in octet 20. */
const WITH_BITS = new Set([0, 1, 2, 3, 40, 41, 42, 50, 51, 61, 40_000, 40_010]);
const IEEE = 4;
const RUN_LENGTH = 200;
/** The flags of edition 1, octet 4 of section 4. */
const SPHERICAL = 0x80;
const SECOND_ORDER = 0x40;
const INTEGERS = 0x20;
const MORE_FLAGS = 0x10;

/** The packing of a field of either edition. */
export function packingKeys({ edition, representation }: Field): Packing {
  return edition === 1 ? packing1(representation) : packing2(representation);
}

function packing1(section: Uint8Array): Packing {
  const flags = section[3]!;
  const bits = section[10]!;
  if (flags & SPHERICAL) return { packing: -1, bits };
  if (flags & SECOND_ORDER) return { packing: 1001, bits };
  if (!(flags & MORE_FLAGS)) return { packing: 1000, bits };
  return { packing: flags & INTEGERS ? 1004 : -1, bits };
}

function packing2(section: Uint8Array): Packing {
  const packing = u16(section, 9);
  if (WITH_BITS.has(packing)) return { packing, bits: section[19] ?? -1 };
  if (packing === IEEE) return { packing, bits: [-1, 32, 64, 128][section[11] ?? 0] ?? -1 };
  return { packing, bits: packing === RUN_LENGTH ? (section[11] ?? -1) : -1 };
}
