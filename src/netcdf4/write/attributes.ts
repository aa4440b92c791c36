/** Attributes: checked when they are given, encoded as attribute messages (version 3) when the file is closed. */
import { HarvestError } from '../../errors.js';
import { type ByteWriter, bytesOf } from '../bytes.js';
import { DATATYPES, fixedString, STRING_TYPE, typeOfArray } from '../datatypes.js';
import { beginMessage, endMessage, MESSAGE } from '../object-header.js';
import type { AttributeValue, NcType } from '../types.js';
import { putArraySpace, putDataspace } from './messages.js';
import { checkAttributeName } from './names.js';

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

/** An attribute message that is being written. */
export interface OpenAttribute {
  bodyAt: number;
  sizesAt: number;
  spaceAt: number;
}

/** Starts an attribute message up to its dataspace, which is written next. */
export function beginAttribute(
  w: ByteWriter,
  name: string,
  creationIndex: number,
  type: Uint8Array,
): OpenAttribute {
  const utf8 = 1;
  const bodyAt = beginMessage(w, MESSAGE.attribute, 0, creationIndex);
  w.u8(3);
  w.u8(0);
  const sizesAt = w.length;
  w.zeros(6);
  w.u8(utf8);
  const nameBytes = w.text(name) + 1;
  w.u8(0);
  w.raw(type);
  w.setU16(sizesAt, nameBytes);
  w.setU16(sizesAt + 2, type.length);
  return { bodyAt, sizesAt, spaceAt: w.length };
}

/** Ends the dataspace; the content is written next, and then the message is closed with `endMessage`. */
export function endSpace(w: ByteWriter, { sizesAt, spaceAt }: OpenAttribute): void {
  w.setU16(sizesAt + 4, w.length - spaceAt);
}

/** A whole attribute message of a scalar, or with `length` of an array. */
export function putAttribute(
  w: ByteWriter,
  owner: string,
  name: string,
  creationIndex: number,
  type: Uint8Array,
  length: number | undefined,
  content: Uint8Array,
): void {
  const open = beginAttribute(w, name, creationIndex, type);
  if (length === undefined) putDataspace(w, []);
  else putArraySpace(w, length);
  endSpace(w, open);
  w.raw(content);
  endMessage(w, open.bodyAt, `${owner}:${name}`);
}

/** A whole attribute message of a text, which fills its type of `size` bytes but for NUL at the end. */
export function putText(
  w: ByteWriter,
  owner: string,
  name: string,
  creationIndex: number,
  text: string,
  size: number,
  utf8: boolean,
): void {
  const open = beginAttribute(w, name, creationIndex, fixedString(size, utf8));
  putDataspace(w, []);
  endSpace(w, open);
  w.zeros(size - w.text(text));
  endMessage(w, open.bodyAt, `${owner}:${name}`);
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
  if (typeof value === 'string') {
    // An empty text is one NUL, as the C library writes it.
    putText(w, owner, name, creationIndex, value, Math.max(1, Buffer.byteLength(value)), true);
  } else if (typeof value === 'number') {
    const isInt =
      Number.isInteger(value) && value >= INT32_MIN && value <= INT32_MAX && !Object.is(value, -0);
    const [type, bytes] = isInt
      ? [DATATYPES.int.message, bytesOf(Int32Array.of(value))]
      : [DATATYPES.double.message, bytesOf(Float64Array.of(value))];
    putAttribute(w, owner, name, creationIndex, type, 1, bytes);
  } else if (typeof value === 'bigint') {
    const bytes = bytesOf(BigInt64Array.of(value));
    putAttribute(w, owner, name, creationIndex, DATATYPES.int64.message, 1, bytes);
  } else if (ArrayBuffer.isView(value)) {
    // `addAttribute` has refused arrays without a type.
    const type = typeOfArray(value) as NcType;
    putAttribute(w, owner, name, creationIndex, DATATYPES[type].message, value.length, bytesOf(value));
  } else {
    const open = beginAttribute(w, name, creationIndex, STRING_TYPE);
    putArraySpace(w, value.length);
    endSpace(w, open);
    for (const text of value) putString(text);
    endMessage(w, open.bodyAt, `${owner}:${name}`);
  }
}
