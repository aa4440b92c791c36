/** HDF5 datatype messages (version 1) of the twelve netCDF types and of the types that dimension scales need. */
import { ByteWriter } from './bytes.js';
import type { NcType, NumericArray } from './types.js';

const SIGNED = 0x08;
const BIG_ENDIAN = 0x01;
const MANTISSA_IMPLIED_ONE = 0x20;
const UTF8 = 1;

function encode(write: (w: ByteWriter) => void): Uint8Array {
  const w = new ByteWriter(64);
  write(w);
  return Uint8Array.from(w.finish());
}

/** Class byte with version 1, class bit field of three bytes, size of an element. */
function head(w: ByteWriter, typeClass: number, bits: readonly number[], size: number): void {
  w.u8(0x10 | typeClass);
  for (let i = 0; i < 3; i++) w.u8(bits[i] ?? 0);
  w.u32(size);
}

function fixedPoint(size: number, signed: boolean): Uint8Array {
  return encode((w) => {
    head(w, 0, [signed ? SIGNED : 0], size);
    w.u16(0);
    w.u16(size * 8);
  });
}

function floatingPoint(size: 4 | 8, order: number): Uint8Array {
  const [exponentAt, exponentBits, mantissaBits, bias] = size === 8 ? [52, 11, 52, 1023] : [23, 8, 23, 127];
  return encode((w) => {
    head(w, 1, [MANTISSA_IMPLIED_ONE | order, size * 8 - 1], size);
    w.u16(0);
    w.u16(size * 8);
    for (const value of [exponentAt, exponentBits, 0, mantissaBits]) w.u8(value as number);
    w.u32(bias as number);
  });
}

/** The messages of texts of one length are the same in all files: most lengths are those of descriptions. */
const FIXED_STRINGS = new Map<number, Uint8Array>();

/** Fixed-length string, null-terminated padding, as libnetcdf declares text; `size` is below 2^16. */
export function fixedString(size: number, utf8: boolean): Uint8Array {
  const key = size * 2 + (utf8 ? 1 : 0);
  const known = FIXED_STRINGS.get(key);
  if (known !== undefined) return known;
  const message = encode((w) => head(w, 3, [utf8 ? UTF8 << 4 : 0], size));
  FIXED_STRINGS.set(key, message);
  return message;
}

const OBJECT_REFERENCE = encode((w) => head(w, 7, [], 8));

function variableLength(base: Uint8Array, bits: readonly number[]): Uint8Array {
  return encode((w) => {
    head(w, 9, bits, 16);
    w.raw(base);
  });
}

/** Variable-length UTF-8 string: 4 bytes length, 8 bytes heap address, 4 bytes heap index. */
export const STRING_TYPE = variableLength(fixedPoint(1, false), [1, UTF8]);
/** Element type of `DIMENSION_LIST`. */
export const REFERENCE_SEQUENCE_TYPE = variableLength(OBJECT_REFERENCE, []);
/** Type of the dataset that stands for a dimension without a variable. */
export const DIMENSION_ONLY_TYPE = floatingPoint(4, BIG_ENDIAN);
/** Element type of `REFERENCE_LIST`: `{dataset: object reference, dimension: int32}` padded to 16 bytes, as the C library has it. */
export const REFERENCE_LIST_TYPE = encode((w) => {
  const member = (name: string, offset: number, type: Uint8Array): void => {
    w.text(name);
    w.zeros(8 - (name.length % 8));
    w.u32(offset);
    w.zeros(28);
    w.raw(type);
  };
  head(w, 6, [2], 16);
  member('dataset', 0, OBJECT_REFERENCE);
  member('dimension', 8, fixedPoint(4, true));
});

export interface Datatype {
  /** Bytes of one element on disk. */
  readonly size: number;
  /** The encoded datatype message. */
  readonly message: Uint8Array;
}

/** Every netCDF type as HDF5 has it; numbers are little-endian. */
export const DATATYPES: Readonly<Record<NcType, Datatype>> = {
  byte: { size: 1, message: fixedPoint(1, true) },
  ubyte: { size: 1, message: fixedPoint(1, false) },
  short: { size: 2, message: fixedPoint(2, true) },
  ushort: { size: 2, message: fixedPoint(2, false) },
  int: { size: 4, message: fixedPoint(4, true) },
  uint: { size: 4, message: fixedPoint(4, false) },
  int64: { size: 8, message: fixedPoint(8, true) },
  uint64: { size: 8, message: fixedPoint(8, false) },
  float: { size: 4, message: floatingPoint(4, 0) },
  double: { size: 8, message: floatingPoint(8, 0) },
  char: { size: 1, message: fixedString(1, false) },
  string: { size: 16, message: STRING_TYPE },
};

/** The numeric netCDF type that a typed array carries; `undefined` for an array of another kind. */
export function typeOfArray(values: NodeJS.ArrayBufferView): NcType | undefined {
  if (values instanceof Int32Array) return 'int';
  if (values instanceof Float32Array) return 'float';
  if (values instanceof Float64Array) return 'double';
  if (values instanceof BigInt64Array) return 'int64';
  if (values instanceof Int8Array) return 'byte';
  if (values instanceof Uint8Array) return 'ubyte';
  if (values instanceof Int16Array) return 'short';
  if (values instanceof Uint16Array) return 'ushort';
  if (values instanceof Uint32Array) return 'uint';
  if (values instanceof BigUint64Array) return 'uint64';
  return undefined;
}

/** A view of whole elements as the array class of `type` (`char` as bytes). The start must be aligned to the element. */
export function viewAs(type: Exclude<NcType, 'string'>, bytes: Uint8Array): NumericArray {
  const { buffer, byteOffset } = bytes;
  const length = bytes.length / DATATYPES[type].size;
  switch (type) {
    case 'byte':
      return new Int8Array(buffer, byteOffset, length);
    case 'ubyte':
    case 'char':
      return new Uint8Array(buffer, byteOffset, length);
    case 'short':
      return new Int16Array(buffer, byteOffset, length);
    case 'ushort':
      return new Uint16Array(buffer, byteOffset, length);
    case 'int':
      return new Int32Array(buffer, byteOffset, length);
    case 'uint':
      return new Uint32Array(buffer, byteOffset, length);
    case 'int64':
      return new BigInt64Array(buffer, byteOffset, length);
    case 'uint64':
      return new BigUint64Array(buffer, byteOffset, length);
    case 'float':
      return new Float32Array(buffer, byteOffset, length);
    case 'double':
      return new Float64Array(buffer, byteOffset, length);
  }
}
