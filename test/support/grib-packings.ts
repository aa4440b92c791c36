/** Sections 5 to 7 of edition 2, for the writer of the tests: simple, complex, spatial differencing, CCSDS. */
import { type CcsdsOptions, ccsdsFlags, encodeCcsds } from './grib-ccsds.js';
import { encodeGroups, type GroupOptions } from './grib-groups.js';
import { OctetWriter } from './grib-octets.js';
import { dequantise, float32Octets, type Precision, type Quantised, quantise } from './grib-quantise.js';

/** How the values of a field are packed. With missing management the groups say what is missing, else a bitmap does. */
export type PackingSpec =
  | ({ kind: 'simple' } & Precision)
  | ({ kind: 'complex'; groups?: GroupOptions } & Precision)
  | ({ kind: 'ccsds'; ccsds?: CcsdsOptions } & Precision);

/** Sections 5, 6 and 7 without their heads, and what a reader must get. */
export interface Packed {
  representation: Uint8Array;
  /** Indicator, and the bits where it is 0. */
  bitmap: Uint8Array;
  data: Uint8Array;
  /** Value of each point, NaN where it is missing. */
  decoded: number[];
}

/** Packs values; NaN are missing. `bitmap` 254 refers to the bitmap before. */
export function packValues(values: readonly number[], spec: PackingSpec, bitmap?: 254): Packed {
  const groups = spec.kind === 'complex' ? (spec.groups ?? {}) : {};
  const inGroups = (groups.missing ?? 0) > 0;
  const present = values.filter((value) => !Number.isNaN(value));
  const quantised = quantise(present, spec);
  const decoded = withMissing(values, dequantise(quantised));
  const coded = inGroups ? values.length : present.length;
  const head = new OctetWriter().unsigned(coded, 4);
  const { template, rest, data } =
    spec.kind === 'simple'
      ? simple(quantised)
      : spec.kind === 'ccsds'
        ? ccsds(quantised, spec.ccsds)
        : complex(inGroups ? withMissing(values, quantised.integers) : quantised.integers, quantised, groups);
  const representation = head
    .unsigned(template, 2)
    .raw(float32Octets(quantised.reference))
    .signed(quantised.binary, 2)
    .signed(quantised.decimal, 2)
    .raw(rest)
    .bytes();
  const needsBitmap = !inGroups && present.length < values.length;
  return { representation, bitmap: bitmapOf(values, needsBitmap, bitmap), data, decoded };
}

function withMissing(values: readonly number[], present: readonly number[]): number[] {
  let next = 0;
  return values.map((value) => (Number.isNaN(value) ? value : present[next++]!));
}

function bitmapOf(values: readonly number[], needed: boolean, given?: 254): Uint8Array {
  if (given !== undefined) return Uint8Array.of(given);
  if (!needed) return Uint8Array.of(255);
  return bitsOfPresent(values, new OctetWriter().octets(0));
}

/** One bit per value, 1 where it is there. */
export function bitsOfPresent(values: readonly number[], out: OctetWriter): Uint8Array {
  for (const value of values) out.bits(Number.isNaN(value) ? 0 : 1, 1);
  return out.align().bytes();
}

interface Part {
  template: number;
  /** Section 5 from octet 20 on. */
  rest: Uint8Array;
  data: Uint8Array;
}

const FLOATING = 0;

/** Integers of one width, one behind the other. */
export function packIntegers({ integers, bits }: Quantised, out = new OctetWriter()): Uint8Array {
  for (const integer of integers) out.bits(integer, bits);
  return out.align().bytes();
}

function simple(quantised: Quantised): Part {
  return { template: 0, rest: Uint8Array.of(quantised.bits, FLOATING), data: packIntegers(quantised) };
}

function ccsds({ integers, bits }: Quantised, options: CcsdsOptions = {}): Part {
  const { block = 32, interval = 128 } = options;
  const rest = new OctetWriter()
    .octets(bits, FLOATING, ccsdsFlags(options), block)
    .unsigned(interval, 2)
    .bytes();
  return { template: 42, rest, data: bits === 0 ? new Uint8Array(0) : encodeCcsds(integers, bits, options) };
}

function complex(integers: readonly number[], { bits }: Quantised, options: GroupOptions): Part {
  const { missing = 0, order = 0 } = options;
  const isConstant = integers.length === 0 || (bits === 0 && !integers.some(Number.isNaN));
  const groups = isConstant ? null : encodeGroups(integers, options);
  const out = new OctetWriter().octets(groups?.referenceBits ?? 0, FLOATING, 1, missing);
  out.unsigned(null, 4).unsigned(null, 4);
  out.unsigned(groups?.count ?? 0, 4).octets(groups?.leastWidth ?? 0, groups?.widthBits ?? 0);
  out.unsigned(groups?.leastLength ?? 0, 4).octets(1);
  out.unsigned(groups?.lastLength ?? 0, 4).octets(groups?.lengthBits ?? 0);
  if (order > 0) out.octets(order, groups?.descriptorOctets ?? 0);
  return { template: order > 0 ? 3 : 2, rest: out.bytes(), data: groups?.data ?? new Uint8Array(0) };
}
