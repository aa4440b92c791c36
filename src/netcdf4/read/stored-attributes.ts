/** Reading the attributes of an object as values. */

import { viewAs } from '../datatypes.js';
import { MESSAGE } from '../object-header.js';
import {
  type AttributeRecord,
  createHeapReader,
  type HeapReader,
  isCalled,
  readAttribute,
} from './attribute-reader.js';
import type { StoredAttribute } from './contents.js';
import { bodyLength, type HeaderMessage } from './header-reader.js';
import { type FileReader, readU64, structureError } from './reader.js';
import { storedType } from './stored-type.js';

const FIXED_TEXT = 3;
const VARIABLE_LENGTH = 9;

/** What netCDF-4 keeps for itself. */
const HIDDEN: readonly string[] = [
  'CLASS',
  'NAME',
  'DIMENSION_LIST',
  'REFERENCE_LIST',
  '_Netcdf4Dimid',
  '_Netcdf4Coordinates',
  '_NCProperties',
];

/** The attributes of an object but those that netCDF-4 keeps for itself, in the order of their creation. */
export function storedAttributes(
  reader: FileReader,
  messages: readonly HeaderMessage[],
): ReadonlyMap<string, StoredAttribute> {
  const heap = createHeapReader(reader);
  const found: { name: string; value: StoredAttribute; order: number }[] = [];
  for (const message of messages) {
    if (message.type === MESSAGE.attributeInfo) assertCompact(reader, message);
    if (message.type !== MESSAGE.attribute) continue;
    const attribute = readAttribute(reader, message);
    if (HIDDEN.some((name) => isCalled(attribute, name))) continue;
    const name = message.bytes.toString('utf8', nameStart(message), attribute.nameEnd);
    found.push({ name, value: storedValue(reader, attribute, heap), order: message.creationIndex });
  }
  return new Map(found.sort((a, b) => a.order - b.order).map(({ name, value }) => [name, value]));
}

/** The header addresses that `DIMENSION_LIST` names, one per dimension; [] where the object has no such attribute. */
export function dimensionAddresses(reader: FileReader, messages: readonly HeaderMessage[]): number[] {
  const addresses: number[] = [];
  for (const message of messages) {
    if (message.type !== MESSAGE.attribute) continue;
    const attribute = readAttribute(reader, message);
    if (!isCalled(attribute, 'DIMENSION_LIST')) continue;
    const heap = createHeapReader(reader);
    for (let at = attribute.dataAt; at < message.end; at += attribute.elementBytes) {
      const found = heap.find(message.bytes, at, message.at) && heap.end - heap.start >= 8;
      addresses.push((found ? readU64(heap.bytes, heap.start) : undefined) ?? -1);
    }
  }
  return addresses;
}

function nameStart({ start }: HeaderMessage): number {
  return start + 9;
}

function assertCompact(reader: FileReader, message: HeaderMessage): void {
  if (bodyLength(message) < 12 || readU64(message.bytes, message.start + 4) === undefined) return;
  throw structureError(
    reader.path,
    message.at,
    'another program has moved the attributes to dense storage, which is not read',
  );
}

function storedValue(reader: FileReader, attribute: AttributeRecord, heap: HeapReader): StoredAttribute {
  const { message, typeClass, elementBytes, dataAt, nameEnd } = attribute;
  const { bytes, end } = message;
  if (typeClass === FIXED_TEXT) return withoutPadding(bytes.toString('utf8', dataAt, end));
  if (typeClass === VARIABLE_LENGTH) {
    const texts: string[] = [];
    for (let at = dataAt; at < end; at += elementBytes)
      texts.push(
        heap.find(bytes, at, message.at)
          ? withoutPadding(heap.bytes.toString('utf8', heap.start, heap.end))
          : '',
      );
    return texts;
  }
  const type = storedType(bytes, nameEnd + 1);
  if (type === undefined || type === 'string' || type === 'char')
    throw structureError(reader.path, message.at, 'an attribute is of a type that is not read');
  return viewAs(type, Uint8Array.prototype.slice.call(bytes, dataAt, end));
}

function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}
