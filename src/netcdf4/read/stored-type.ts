/** Which netCDF type an encoded HDF5 datatype is. */
import type { NcType } from '../types.js';

const [FIXED_POINT, FLOATING_POINT, TEXT, VARIABLE_LENGTH] = [0, 1, 3, 9];
const BIG_ENDIAN = 0x01;
const SIGNED = 0x08;

const INTEGERS: Readonly<Record<number, readonly [signed: NcType, unsigned: NcType]>> = {
  1: ['byte', 'ubyte'],
  2: ['short', 'ushort'],
  4: ['int', 'uint'],
  8: ['int64', 'uint64'],
};

/** The type of the datatype message at `start`; undefined for those that this writer does not make, big-endian ones too. */
export function storedType(bytes: Buffer, start: number): NcType | undefined {
  if (start + 8 > bytes.length) return undefined;
  const typeClass = bytes[start]! & 0x0f;
  const bits = bytes[start + 1]!;
  const size = bytes.readUInt32LE(start + 4);
  if (typeClass === TEXT) return size === 1 ? 'char' : undefined;
  if (typeClass === VARIABLE_LENGTH) return 'string';
  if (bits & BIG_ENDIAN) return undefined;
  if (typeClass === FIXED_POINT) return INTEGERS[size]?.[bits & SIGNED ? 0 : 1];
  if (typeClass === FLOATING_POINT) return size === 4 ? 'float' : size === 8 ? 'double' : undefined;
  return undefined;
}
