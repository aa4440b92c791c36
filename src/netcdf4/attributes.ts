/** Attributes: checked when they are given, encoded as attribute messages (version 3) when the file is closed. */
import { HarvestError } from '../errors.js';
import { type ByteWriter, bytesOf } from './bytes.js';
import { DATATYPES, fixedString, STRING_TYPE, typeOfArray } from './datatypes.js';
import { putArraySpace, putDataspace } from './messages.js';
import { checkAttributeName } from './names.js';
import { MESSAGE, putMessage } from './object-header.js';
import type { AttributeValue, NcType } from './types.js';

/** The longest text of a scalar attribute; a header message holds 64 KiB with name and types. */
const MAX_TEXT_BYTES = 64000;
const INT32_MIN = -2147483648;
const INT32_MAX = 2147483647;

/** The attributes of one group or variable, in creation order. */
export type Attributes = Map<string, AttributeValue>;

/** Checks and keeps a copy of an attribute; `owner` is the path of the group or variable, for messages. */
export function addAttribute(
  attributes: Attributes,
  owner: string,
  name: string,
  value: AttributeValue,
): void {
  checkAttributeName(name, owner);
  if (attributes.has(name))
    throw new HarvestError('NETCDF_DUPLICATE', `${owner}: the attribute ${name} is there already`);
  checkValue(`${owner}:${name}`, value);
  attributes.set(name, typeof value === 'object' ? value.slice() : value);
}

function checkValue(path: string, value: AttributeValue): void {
  if (typeof value === 'number') return;
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) === value) return;
    throw new HarvestError('NETCDF_ATTRIBUTE', `${path}: ${value} does not fit 64 bits`);
  }
  if (typeof value === 'string') {
    if (value.includes('\0')) throw nulError(path);
    const bytes = Buffer.byteLength(value);
    if (bytes <= MAX_TEXT_BYTES) return;
    throw new HarvestError(
      'NETCDF_HEADER_SIZE',
      `${path}: a text of ${bytes} bytes, at most ${MAX_TEXT_BYTES}`,
      {
        hint: 'Split the text, or give it as an array of strings.',
      },
    );
  }
  if (ArrayBuffer.isView(value) && typeOfArray(value) !== undefined) {
    if (value.byteLength <= MAX_TEXT_BYTES) return;
    throw new HarvestError(
      'NETCDF_HEADER_SIZE',
      `${path}: an array of ${value.byteLength} bytes, at most ${MAX_TEXT_BYTES}`,
    );
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    if (value.some((item) => item.includes('\0'))) throw nulError(path);
    if (value.length * DATATYPES.string.size <= MAX_TEXT_BYTES) return;
    throw new HarvestError('NETCDF_HEADER_SIZE', `${path}: ${value.length} strings, at most 4000`);
  }
  throw new HarvestError('NETCDF_ATTRIBUTE', `${path}: this kind of value has no netCDF type`);
}

function nulError(path: string): HarvestError {
  return new HarvestError(
    'NETCDF_TEXT',
    `${path}: a text with a NUL character, where readers would cut it off`,
  );
}

/** One attribute message: `space` and `data` write the dataspace and the content. */
export function putAttribute(
  w: ByteWriter,
  owner: string,
  name: string,
  creationIndex: number,
  type: Uint8Array,
  space: () => void,
  data: () => void,
): void {
  const utf8 = 1;
  putMessage(w, MESSAGE.attribute, 0, creationIndex, `${owner}:${name}`, () => {
    w.u8(3);
    w.u8(0);
    const sizesAt = w.length;
    w.zeros(6);
    w.u8(utf8);
    const nameBytes = w.text(name) + 1;
    w.u8(0);
    w.raw(type);
    const spaceAt = w.length;
    space();
    w.setU16(sizesAt, nameBytes);
    w.setU16(sizesAt + 2, type.length);
    w.setU16(sizesAt + 4, w.length - spaceAt);
    data();
  });
}

/** Writes a reference to a string that is kept in the global heap. */
export type PutString = (text: string) => void;

/** Writes the attribute message of a value; strings of an array go to the heap through `putString`. */
export function putValue(
  w: ByteWriter,
  owner: string,
  name: string,
  creationIndex: number,
  value: AttributeValue,
  putString: PutString,
): void {
  const put = (type: Uint8Array, length: number, data: () => void): void =>
    putAttribute(w, owner, name, creationIndex, type, () => putArraySpace(w, length), data);
  if (typeof value === 'string') {
    // An empty text is one NUL, as the C library writes it.
    const length = Math.max(1, Buffer.byteLength(value));
    putAttribute(
      w,
      owner,
      name,
      creationIndex,
      fixedString(length, true),
      () => putDataspace(w, []),
      () => (value === '' ? w.u8(0) : w.text(value)),
    );
  } else if (typeof value === 'number') {
    const isInt =
      Number.isInteger(value) && value >= INT32_MIN && value <= INT32_MAX && !Object.is(value, -0);
    if (isInt) put(DATATYPES.int.message, 1, () => w.u32(value));
    else put(DATATYPES.double.message, 1, () => w.raw(bytesOf(Float64Array.of(value))));
  } else if (typeof value === 'bigint') {
    put(DATATYPES.int64.message, 1, () => w.raw(bytesOf(BigInt64Array.of(value))));
  } else if (ArrayBuffer.isView(value)) {
    // `addAttribute` has refused arrays without a type.
    const type = typeOfArray(value) as NcType;
    put(DATATYPES[type].message, value.length, () => w.raw(bytesOf(value)));
  } else {
    put(STRING_TYPE, value.length, () => value.forEach(putString));
  }
}
