/** What a packing is given: the bytes of a data section, and the numbers that say how to read them. */
import { f32 } from '../floats.js';
import { s16 } from '../octets.js';
import type { Scratch } from './scratch.js';

/** value = (X x binary + reference) x decimal, in this order, in double. */
export interface Scale {
  readonly reference: number;
  /** 2 to the power of the binary scale factor. */
  readonly binary: number;
  /** 10 to the power of minus the decimal scale factor. */
  readonly decimal: number;
}

/** Packed numbers of a field. */
export interface Packed {
  /** Octets of the section that describes the packing. */
  readonly representation: Uint8Array;
  /** The data: of edition 2 what follows octet 5 of section 7, of edition 1 the whole section 4. Zeroes stand behind its end. */
  readonly view: DataView;
  /** Bytes of `view` that belong to the section. */
  readonly length: number;
  /** Numbers to unpack: points that have a value. */
  readonly count: number;
  readonly scale: Scale;
  /** Bits of a number, as coded. */
  readonly bits: number;
  readonly scratch: Scratch;
}

/** 10 to the power of minus `factor`. */
function tenth(factor: number): number {
  return Number(`1e${-factor}`);
}

/** The scale that two factors and a reference value give. */
export function scaleOf(reference: number, binaryFactor: number, decimalFactor: number): Scale {
  return { reference, binary: 2 ** binaryFactor, decimal: tenth(decimalFactor) };
}

/** The scale in octets 12 to 19 of section 5, the same in all packings of integers. */
export function scaleOfSection5(section: Uint8Array): Scale {
  return scaleOf(f32(section, 11), s16(section, 15), s16(section, 17));
}
