/** Numbers as packed integers: `value = (X 2^E + R) 10^-D`, for the writer of the tests. */

/** How finely values are packed. */
export interface Precision {
  /** Bits of a packed value, 0 to 32. */
  bits: number;
  /** Decimal scale D; 0 unless given. */
  decimal?: number;
}

/** Values as integers, with what turns them back. */
export interface Quantised {
  /** R, exact in single precision (edition 2) or as an IBM float (edition 1). */
  reference: number;
  /** E. */
  binary: number;
  /** D. */
  decimal: number;
  bits: number;
  /** Whole numbers from 0 to 2^bits - 1, of the values that are there. */
  integers: number[];
}

/**
 * Values, none of them missing, as integers.
 *
 * @param floor the largest number of the edition's kind of float that is not above
 */
export function quantise(
  values: readonly number[],
  { bits, decimal = 0 }: Precision,
  floor: (value: number) => number = floorFloat32,
): Quantised {
  if (values.length === 0 || bits === 0)
    return { reference: floor(values[0] ?? 0), binary: 0, decimal, bits: 0, integers: values.map(() => 0) };
  const scaled = values.map((value) => value * 10 ** decimal);
  const reference = floor(scaled.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY));
  const range = scaled.reduce((most, value) => Math.max(most, value - reference), 0);
  const most = 2 ** bits - 1;
  let binary = range === 0 ? 0 : Math.ceil(Math.log2(range / most));
  if (range / 2 ** binary > most + 0.49) binary++;
  const integers = scaled.map((value) => Math.min(most, Math.round((value - reference) / 2 ** binary)));
  return { reference, binary, decimal, bits, integers };
}

/** What a reader must get of the integers. A field of 0 bits is R itself: D is not applied. */
export function dequantise({ reference, binary, decimal, bits, integers }: Quantised): number[] {
  if (bits === 0) return integers.map(() => reference);
  return integers.map((integer) => (integer * 2 ** binary + reference) * 10 ** -decimal);
}

/** The largest number of single precision that is not above. */
export function floorFloat32(value: number): number {
  const near = Math.fround(value);
  if (near <= value) return near;
  const words = new Int32Array(1);
  new Float32Array(words.buffer)[0] = near;
  words[0] = words[0]! + (near > 0 ? -1 : 1);
  return near === 0 ? -(2 ** -149) : new Float32Array(words.buffer)[0]!;
}

/** Sign, exponent of 16 and 24 bits of an IBM float. */
function ibmParts(value: number): [sign: number, exponent: number, mantissa: number] {
  if (value === 0) return [0, 0, 0];
  const size = Math.abs(value);
  const exponent = Math.floor(Math.log2(size) / 4) + 1;
  const exact = (size / 16 ** exponent) * 2 ** 24;
  // Downward: away from zero where the value is negative.
  const mantissa = value < 0 ? Math.ceil(exact) : Math.floor(exact);
  return mantissa === 2 ** 24
    ? [value < 0 ? 1 : 0, exponent + 1, 2 ** 20]
    : [value < 0 ? 1 : 0, exponent, mantissa];
}

/** The largest IBM float that is not above. */
export function floorIbm(value: number): number {
  const [sign, exponent, mantissa] = ibmParts(value);
  return (sign ? -1 : 1) * mantissa * 2 ** -24 * 16 ** exponent;
}

/** The four octets of an IBM float. */
export function ibmOctets(value: number): Uint8Array {
  const [sign, exponent, mantissa] = ibmParts(value);
  const first = sign * 128 + (mantissa === 0 ? 0 : exponent + 64);
  return Uint8Array.of(first, mantissa >>> 16, (mantissa >>> 8) & 0xff, mantissa & 0xff);
}

/** The four octets of a number of single precision. */
export function float32Octets(value: number): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setFloat32(0, value);
  return octets;
}
