/** Which packing a field has: one table for each edition. A new packing is a file beside this one and a line in a table. */
import type { Field } from '../field.js';
import { ibm32 } from '../floats.js';
import { s16, u16, u32 } from '../octets.js';
import { damagedData, unsupportedPacking } from '../refusal.js';
import { unpackCcsds } from './ccsds.js';
import { unpackComplex, unpackDifferences } from './complex.js';
import { unpackFloats, unpackFloats1 } from './ieee.js';
import { unpackJpeg2000 } from './jpeg2000.js';
import { type Packed, type Scale, scaleOf, scaleOfSection5 } from './packed.js';
import { unpackPng } from './png.js';
import { unpackSecondOrder } from './second-order.js';
import { unpackLogarithms, unpackSimple, unpackSimple1 } from './simple.js';

/** The number that stands for a packing of edition 1, beside the template numbers of edition 2. */
export const EDITION_1 = { simple: 1000, secondOrder: 1001, floats: 1004 } as const;

/** A packing with what a field says of it. */
export interface Packing {
  /** Template number of section 5; of edition 1 a number of {@link EDITION_1}. */
  readonly number: number;
  /** Values that are coded; null where the packing does not say (edition 1). */
  readonly count: number | null;
  /** Bits that each value takes at least; 0 where the packing compresses. */
  readonly leastBits: number;
  readonly head: Pick<Packed, 'representation' | 'scale' | 'bits'>;
  /** Unpacks into `out` and counts the missing values that the packing marks itself; `rows` gives the values of each row as coded. */
  readonly unpack: (packed: Packed, out: Float64Array, rows: () => Uint32Array) => number | Promise<number>;
}

/** A template of section 5: how it is unpacked, and its least length in octets. */
interface Template {
  readonly unpack: (packed: Packed, out: Float64Array) => number | Promise<number>;
  readonly octets: number;
}

const TEMPLATES = new Map<number, Template>([
  [0, { unpack: unpackSimple, octets: 21 }],
  [2, { unpack: unpackComplex, octets: 47 }],
  [3, { unpack: unpackDifferences, octets: 49 }],
  [4, { unpack: unpackFloats, octets: 12 }],
  [40, { unpack: unpackJpeg2000, octets: 21 }],
  [41, { unpack: unpackPng, octets: 21 }],
  [42, { unpack: unpackCcsds, octets: 25 }],
  [61, { unpack: unpackLogarithms, octets: 24 }],
]);

/** Names of templates that are not unpacked, for the error. */
const REFUSED = new Map([
  [1, 'matrix values'],
  [50, 'spectral simple packing'],
  [51, 'spectral complex packing'],
  [53, 'spectral packing of limited areas'],
  [200, 'run length packing'],
  [40_000, 'JPEG 2000 with the old number'],
]);

/** Floats have no scale. */
const UNSCALED: Scale = { reference: 0, binary: 1, decimal: 1 };

/** The packing of a field; throws InputError `UNSUPPORTED_PACKING` or `GRIB_DATA`. */
export function packingOf(field: Field): Packing {
  return field.edition === 2 ? packing2(field) : packing1(field);
}

function packing2(field: Field): Packing {
  const section = field.representation;
  if (section.length < 11) throw damagedData(field, 'section 5 is too short');
  const number = u16(section, 9);
  const template = TEMPLATES.get(number);
  if (template === undefined) {
    const name = REFUSED.get(number);
    throw unsupportedPacking(field, `data representation template 5.${number}${name ? ` (${name})` : ''}`);
  }
  if (section.length < template.octets) throw damagedData(field, 'section 5 is shorter than its template');
  const scaled = number !== 4;
  return {
    number,
    count: u32(section, 5),
    leastBits: number === 4 ? 32 : number === 0 || number === 61 ? section[19]! : 0,
    head: {
      representation: section,
      scale: scaled ? scaleOfSection5(section) : UNSCALED,
      bits: scaled ? section[19]! : 0,
    },
    unpack: (packed, out) => template.unpack(packed, out),
  };
}

/** Bits of octet 4 of section 4. */
const SPECTRAL = 0x80;
const SECOND_ORDER = 0x40;
const NOT_SCALED = 0x20;
const MORE_FLAGS = 0x10;

function packing1(field: Field): Packing {
  const section = field.representation;
  if (section.length < 12) throw damagedData(field, 'section 4 is too short');
  const flags = section[3]!;
  if ((flags & SPECTRAL) !== 0) throw unsupportedPacking(field, 'spectral packing of edition 1');
  const scale = scaleOf(ibm32(section, 6), s16(section, 4), s16(field.product, 26));
  const head = { representation: section, scale, bits: section[10]! };
  if ((flags & SECOND_ORDER) !== 0) {
    if (section.length < 25) throw damagedData(field, 'section 4 is too short');
    return { number: EDITION_1.secondOrder, count: null, leastBits: 0, head, unpack: unpackSecondOrder };
  }
  if ((flags & NOT_SCALED) !== 0)
    return {
      number: EDITION_1.floats,
      count: null,
      leastBits: 32,
      head,
      unpack: (packed, out) => unpackFloats1(packed, out),
    };
  if ((flags & MORE_FLAGS) !== 0 && (section[13]! & SECOND_ORDER) !== 0)
    throw unsupportedPacking(field, 'the packing of matrices of edition 1');
  return {
    number: EDITION_1.simple,
    count: null,
    leastBits: head.bits,
    head,
    unpack: (packed, out) => unpackSimple1(packed, out),
  };
}
