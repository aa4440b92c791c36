/** Fill values: their bytes, and whether they occur among values. */
import { HarvestError } from '../../errors.js';
import { bytesOf } from '../bytes.js';
import { viewAs } from '../datatypes.js';
import type { NcType } from '../types.js';

/** Most chunks are seen not to be constant within so many bytes. */
const PROBE_BYTES = 64;

type FixedType = Exclude<NcType, 'string'>;

const INTEGER_BITS: Partial<Record<NcType, readonly [bits: number, signed: boolean]>> = {
  byte: [8, true],
  ubyte: [8, false],
  short: [16, true],
  ushort: [16, false],
  int: [32, true],
  uint: [32, false],
  int64: [64, true],
  uint64: [64, false],
};

/** One element's bytes of the fill value. Throws `NETCDF_FILL` when the value does not fit `type`. */
export function fillBytes(path: string, type: FixedType, fill: number | bigint | string): Uint8Array {
  const refuse = (): never => {
    throw new HarvestError(
      'NETCDF_FILL',
      `${path}: the fill value ${String(fill)} is no value of type ${type}`,
    );
  };
  if (type === 'char') {
    if (typeof fill !== 'string' || fill.length !== 1 || fill.charCodeAt(0) > 127) return refuse();
    return Uint8Array.of(fill.charCodeAt(0));
  }
  if (typeof fill === 'string') return refuse();
  if (type === 'float' || type === 'double') {
    const value = Number(fill);
    if (type === 'double') return bytesOf(Float64Array.of(value));
    if (!Number.isNaN(value) && Math.fround(value) !== value) return refuse();
    return bytesOf(Float32Array.of(value));
  }
  if (typeof fill === 'number' && !Number.isSafeInteger(fill)) return refuse();
  const value = BigInt(fill);
  const [bits, signed] = INTEGER_BITS[type] ?? [0, false];
  if ((signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) !== value) return refuse();
  return bytesOf(BigInt64Array.of(BigInt.asIntN(64, value))).slice(0, bits / 8);
}

/**
 * True when the fill value occurs in `values` (any NaN stands for NaN). Text is missing as a whole: in a `char` variable
 * the fill occurs where all `width` characters of a text are the fill character, so that padding does not count.
 */
export function holdsFill(type: FixedType, values: Uint8Array, fill: Uint8Array, width: number): boolean {
  if (type === 'char') return holdsBlankText(values, fill[0]!, width);
  const view = viewAs(type, values);
  if (view instanceof Float32Array && Number.isNaN(viewAs(type, fill.slice())[0])) return holdsNaN(view);
  const wanted = viewAs(type, fill.slice())[0];
  if (view instanceof BigInt64Array || view instanceof BigUint64Array)
    return typeof wanted === 'bigint' && view.includes(wanted);
  return typeof wanted === 'number' && view.includes(wanted);
}

/** `includes(NaN)` takes ten times as long. */
function holdsNaN(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

function holdsBlankText(values: Uint8Array, fill: number, width: number): boolean {
  for (let start = 0; start < values.length; start += width) {
    let i = start;
    while (i < start + width && values[i] === fill) i++;
    if (i === start + width) return true;
  }
  return false;
}

/** True when every element of `size` bytes has the same bits. */
export function isConstant(values: Uint8Array, size: number): boolean {
  const start = Math.min(values.length, PROBE_BYTES);
  for (let i = size; i < start; i++) if (values[i] !== values[i - size]) return false;
  // Comparing the bytes with themselves one element further is one call of memcmp.
  if (start === values.length) return true;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.length);
  return bytes.subarray(size).equals(bytes.subarray(0, bytes.length - size));
}

/** `count` bytes that repeat `element`, zeros without one. */
export function repeat(element: Uint8Array | undefined, count: number): Uint8Array {
  const target = new Uint8Array(count);
  if (element !== undefined) Buffer.from(target.buffer).fill(element);
  return target;
}
