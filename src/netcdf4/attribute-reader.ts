/** Reading attribute messages and the heap objects that they refer to. */
import { type HeaderMessage, OBJECT_HEADER_SIGNATURE } from './header-reader.js';
import { type FileReader, readU64, structureError } from './reader.js';

const VARIABLE_LENGTH = 9;
const COMPOUND = 6;
const HEAP_REFERENCE_BYTES = 16;

export interface AttributeRecord {
  readonly name: string;
  /** HDF5 class of the datatype. */
  readonly typeClass: number;
  /** Bytes of one element. */
  readonly elementBytes: number;
  readonly data: Buffer;
}

/** Parses an attribute message of version 3, the only one in files with version 2 headers. */
export function readAttribute(reader: FileReader, message: HeaderMessage): AttributeRecord {
  const { body, at } = message;
  const fail = (what: string): never => {
    throw structureError(reader.path, at, `an attribute ${what}`);
  };
  const fixed = 9;
  if (body.length < fixed || body[0] !== 3) return fail('message is not of version 3');
  const nameBytes = body.readUInt16LE(2);
  const typeBytes = body.readUInt16LE(4);
  const spaceBytes = body.readUInt16LE(6);
  const typeAt = fixed + nameBytes;
  const dataAt = typeAt + typeBytes + spaceBytes;
  if (dataAt > body.length || nameBytes < 2 || typeBytes < 8 || spaceBytes < 4)
    return fail('has sizes that do not fit');
  const name = body.toString('utf8', fixed, typeAt - 1);
  const typeClass = (body[typeAt] as number) & 0x0f;
  const elementBytes = body.readUInt32LE(typeAt + 4);
  const elements = elementCount(body.subarray(typeAt + typeBytes, dataAt));
  const data = body.subarray(dataAt);
  if (elements === undefined || elements * elementBytes !== data.length)
    return fail(`${name} has ${data.length} bytes of data, its shape says otherwise`);
  return { name, typeClass, elementBytes, data };
}

function elementCount(space: Buffer): number | undefined {
  const lengths = dataspaceLengths(space);
  return lengths?.reduce((product, length) => product * length, 1);
}

/** Lengths of an encoded dataspace of version 2, `[]` for a scalar, `[0]` for the null space. */
export function dataspaceLengths(space: Buffer): number[] | undefined {
  const nullSpace = 2;
  if (space.length < 4 || space[0] !== 2) return undefined;
  if (space[3] === nullSpace) return [0];
  const lengths: number[] = [];
  for (let i = 0; i < (space[1] as number); i++) {
    const length = 12 + 8 * i <= space.length ? readU64(space, 4 + 8 * i) : undefined;
    if (length === undefined) return undefined;
    lengths.push(length);
  }
  return lengths;
}

/** Checks that every heap object and every object header that the attribute refers to is there. */
export function checkReferences(
  reader: FileReader,
  message: HeaderMessage,
  attribute: AttributeRecord,
  heap: HeapReader,
): void {
  const { name, typeClass, elementBytes, data } = attribute;
  if (typeClass === VARIABLE_LENGTH && elementBytes === HEAP_REFERENCE_BYTES) {
    for (let at = 0; at < data.length; at += HEAP_REFERENCE_BYTES) {
      const content = heap.content(data, at, message.at);
      if (name === 'DIMENSION_LIST' && content !== undefined) checkHeaderAt(reader, content, 0, message.at);
    }
  } else if (typeClass === COMPOUND && name === 'REFERENCE_LIST') {
    for (let at = 0; at + 8 <= data.length; at += elementBytes) checkHeaderAt(reader, data, at, message.at);
  }
}

function checkHeaderAt(reader: FileReader, bytes: Buffer, offset: number, at: number): void {
  const address = bytes.length >= offset + 8 ? readU64(bytes, offset) : undefined;
  const signature =
    address === undefined ? undefined : reader.bytes(address, 4, 'a referenced object').readUInt32BE(0);
  if (signature !== OBJECT_HEADER_SIGNATURE)
    throw structureError(reader.path, at, 'a dimension reference leads to no object');
}

export interface HeapReader {
  /** The object that the 16-byte value at `offset` refers to; `undefined` for the empty value. */
  content(value: Buffer, offset: number, at: number): Buffer | undefined;
}

/** Reads global heap collections, each once. */
export function createHeapReader(reader: FileReader): HeapReader {
  const collections = new Map<number, Map<number, Buffer>>();
  return {
    content(value, offset, at) {
      const address = readU64(value, offset + 4);
      const index = value.readUInt32LE(offset + 12);
      if (address === 0) return undefined;
      if (address === undefined) throw structureError(reader.path, at, 'a heap reference has no address');
      let objects = collections.get(address);
      if (objects === undefined) {
        objects = readCollection(reader, address);
        collections.set(address, objects);
      }
      const content = objects.get(index);
      if (content === undefined)
        throw structureError(reader.path, address, `the heap collection has no object ${index}`);
      return content;
    },
  };
}

function readCollection(reader: FileReader, address: number): Map<number, Buffer> {
  const headBytes = 16;
  const head = reader.bytes(address, headBytes, 'a heap collection');
  const size = readU64(head, 8);
  if (head.toString('latin1', 0, 4) !== 'GCOL' || head[4] !== 1 || size === undefined || size < headBytes)
    throw structureError(reader.path, address, 'there is no heap collection');
  const bytes = reader.bytes(address, size, 'a heap collection');
  const objects = new Map<number, Buffer>();
  for (let at = headBytes; at + headBytes <= size; ) {
    const index = bytes.readUInt16LE(at);
    const length = readU64(bytes, at + 8) ?? Infinity;
    if (index === 0) break;
    if (at + headBytes + length > size)
      throw structureError(reader.path, address + at, 'a heap object passes the end of its collection');
    objects.set(index, bytes.subarray(at + headBytes, at + headBytes + length));
    at += headBytes + Math.ceil(length / 8) * 8;
  }
  return objects;
}
