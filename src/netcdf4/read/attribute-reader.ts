/** Reading attribute messages and the heap objects that they refer to. */
import { bodyLength, type HeaderMessage, OBJECT_HEADER_SIGNATURE } from './header-reader.js';
import { type FileReader, readU64, structureError } from './reader.js';

const VARIABLE_LENGTH = 9;
const COMPOUND = 6;
const HEAP_REFERENCE_BYTES = 16;
const FIXED_BYTES = 9;

/** An attribute whose name and data are left where they are in the bytes of its message. */
export interface AttributeRecord {
  readonly message: HeaderMessage;
  readonly nameEnd: number;
  /** HDF5 class of the datatype. */
  readonly typeClass: number;
  /** Bytes of one element. */
  readonly elementBytes: number;
  /** The data reach from here to the end of the message. */
  readonly dataAt: number;
}

/** Parses an attribute message of version 3, the only one in files with version 2 headers. */
export function readAttribute(reader: FileReader, message: HeaderMessage): AttributeRecord {
  const { bytes, start, end, at } = message;
  const fail = (what: string): never => {
    throw structureError(reader.path, at, `an attribute ${what}`);
  };
  if (bodyLength(message) < FIXED_BYTES || bytes[start] !== 3) return fail('message is not of version 3');
  const nameBytes = bytes.readUInt16LE(start + 2);
  const typeBytes = bytes.readUInt16LE(start + 4);
  const spaceBytes = bytes.readUInt16LE(start + 6);
  const nameAt = start + FIXED_BYTES;
  const typeAt = nameAt + nameBytes;
  const dataAt = typeAt + typeBytes + spaceBytes;
  if (dataAt > end || nameBytes < 2 || typeBytes < 8 || spaceBytes < 4)
    return fail('has sizes that do not fit');
  const typeClass = bytes[typeAt]! & 0x0f;
  const elementBytes = bytes.readUInt32LE(typeAt + 4);
  const elements = elementCount(bytes, typeAt + typeBytes, dataAt);
  if (elements * elementBytes !== end - dataAt) {
    const name = bytes.toString('utf8', nameAt, typeAt - 1);
    return fail(`${name} has ${end - dataAt} bytes of data, its shape says otherwise`);
  }
  return { message, nameEnd: typeAt - 1, typeClass, elementBytes, dataAt };
}

/** Whether the attribute is called `name`, which is ASCII. */
export function isCalled({ message: { bytes, start }, nameEnd }: AttributeRecord, name: string): boolean {
  const nameAt = start + FIXED_BYTES;
  if (nameEnd - nameAt !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[nameAt + i] !== name.charCodeAt(i)) return false;
  return true;
}

const NULL_SPACE = 2;

/** Elements of an encoded dataspace of version 2, NaN where there is none. */
function elementCount(bytes: Buffer, start: number, end: number): number {
  if (end - start < 4 || bytes[start] !== 2) return Number.NaN;
  if (bytes[start + 3] === NULL_SPACE) return 0;
  const rank = bytes[start + 1]!;
  if (start + 4 + 8 * rank > end) return Number.NaN;
  let count = 1;
  for (let i = 0; i < rank; i++) count *= readU64(bytes, start + 4 + 8 * i) ?? Number.NaN;
  return count;
}

/** Lengths of an encoded dataspace of version 2, `[]` for a scalar, `[0]` for the null space. */
export function dataspaceLengths({ bytes, start, end }: HeaderMessage): number[] | undefined {
  if (end - start < 4 || bytes[start] !== 2) return undefined;
  if (bytes[start + 3] === NULL_SPACE) return [0];
  const rank = bytes[start + 1]!;
  if (start + 4 + 8 * rank > end) return undefined;
  const lengths: number[] = [];
  for (let i = 0; i < rank; i++) {
    const length = readU64(bytes, start + 4 + 8 * i);
    if (length === undefined) return undefined;
    lengths.push(length);
  }
  return lengths;
}

/** Checks that every heap object and every object header that the attribute refers to is there. */
export function checkReferences(reader: FileReader, attribute: AttributeRecord, heap: HeapReader): void {
  const { message, typeClass, elementBytes, dataAt } = attribute;
  const { bytes, end, at } = message;
  if (typeClass === VARIABLE_LENGTH && elementBytes === HEAP_REFERENCE_BYTES) {
    const isDimensionList = isCalled(attribute, 'DIMENSION_LIST');
    for (let valueAt = dataAt; valueAt < end; valueAt += HEAP_REFERENCE_BYTES) {
      const found = heap.find(bytes, valueAt, at);
      if (isDimensionList && found) checkHeaderAt(reader, heap.bytes, heap.start, heap.end, at);
    }
  } else if (typeClass === COMPOUND && isCalled(attribute, 'REFERENCE_LIST')) {
    for (let from = dataAt; from + 8 <= end; from += elementBytes)
      checkHeaderAt(reader, bytes, from, end, at);
  }
}

/** Checks that the address at `start` is that of an object. */
function checkHeaderAt(reader: FileReader, bytes: Buffer, start: number, end: number, at: number): void {
  const address = start + 8 <= end ? readU64(bytes, start) : undefined;
  if (address !== undefined) {
    const headerAt = reader.locate(address, 4, 'a referenced object');
    if (reader.block.readUInt32BE(headerAt) === OBJECT_HEADER_SIGNATURE) return;
  }
  throw structureError(reader.path, at, 'a dimension reference leads to no object');
}

export interface HeapReader {
  /**
   * Finds the object that the 16-byte value at `offset` refers to, which is then in `bytes` from `start` to `end`; false for the empty
   * value.
   */
  find(value: Buffer, offset: number, at: number): boolean;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The collections of a file that is read: dimensions and attributes of all its objects lead to the same few. */
const COLLECTIONS = new WeakMap<FileReader, Map<number, CollectionPlaces>>();

/** Reads global heap collections, each once for a file. */
export function createHeapReader(reader: FileReader): HeapReader {
  return new CollectionReader(reader);
}

/** Where the objects of a collection are in its bytes, by their index. */
interface CollectionPlaces {
  readonly bytes: Buffer;
  readonly starts: readonly (number | undefined)[];
  readonly ends: readonly (number | undefined)[];
}

class CollectionReader implements HeapReader {
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  readonly #reader: FileReader;
  readonly #collections: Map<number, CollectionPlaces>;

  constructor(reader: FileReader) {
    this.#reader = reader;
    this.#collections = COLLECTIONS.get(reader) ?? new Map();
    COLLECTIONS.set(reader, this.#collections);
  }

  find(value: Buffer, offset: number, at: number): boolean {
    const address = readU64(value, offset + 4);
    const index = value.readUInt32LE(offset + 12);
    if (address === 0) return false;
    const { path } = this.#reader;
    if (address === undefined) throw structureError(path, at, 'a heap reference has no address');
    const collection = this.#collections.get(address) ?? readCollection(this.#reader, address);
    this.#collections.set(address, collection);
    const start = collection.starts[index];
    if (start === undefined)
      throw structureError(path, address, `the heap collection has no object ${index}`);
    this.bytes = collection.bytes;
    this.start = start;
    this.end = collection.ends[index]!;
    return true;
  }
}

function readCollection(reader: FileReader, address: number): CollectionPlaces {
  const headBytes = 16;
  const head = reader.bytes(address, headBytes, 'a heap collection');
  const size = readU64(head, 8);
  if (head.toString('latin1', 0, 4) !== 'GCOL' || head[4] !== 1 || size === undefined || size < headBytes)
    throw structureError(reader.path, address, 'there is no heap collection');
  const bytes = reader.bytes(address, size, 'a heap collection');
  const starts: (number | undefined)[] = [];
  const ends: (number | undefined)[] = [];
  for (let at = headBytes; at + headBytes <= size; ) {
    const index = bytes.readUInt16LE(at);
    const length = readU64(bytes, at + 8) ?? Infinity;
    if (index === 0) break;
    if (at + headBytes + length > size)
      throw structureError(reader.path, address + at, 'a heap object passes the end of its collection');
    starts[index] = at + headBytes;
    ends[index] = at + headBytes + length;
    at += headBytes + Math.ceil(length / 8) * 8;
  }
  return { bytes, starts, ends };
}
