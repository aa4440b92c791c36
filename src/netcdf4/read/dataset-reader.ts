/** Finding and checking where the values of a dataset are: contiguous storage, or the chunks of a version 1 B-tree. */

import { MESSAGE } from '../object-header.js';
import type { StoredChunk } from '../stored-format.js';
import { dataspaceLengths } from './attribute-reader.js';
import { bodyLength, bodyOf, type HeaderMessage } from './header-reader.js';
import { type FileReader, readU64, structureError } from './reader.js';

const LAYOUT_VERSION = 3;
const CONTIGUOUS = 1;
const CHUNKED = 2;
const FANOUT = 64;
const NODE_HEADER_BYTES = 24;

/** Storage in one piece; without an address it was never allocated. */
export interface ContiguousPlace {
  readonly kind: 'contiguous';
  readonly address: number | undefined;
  readonly bytes: number;
}

/** Storage in chunks, in the order of their coordinates; chunks without an entry were never stored. */
export interface ChunkedPlace {
  readonly kind: 'chunked';
  /** Lengths of a chunk, in elements. */
  readonly chunk: readonly number[];
  readonly chunks: readonly StoredChunk[];
}

/** Checks the dataset whose messages these are; throws `InputError` where its storage is not inside the file. */
export function checkDataset(reader: FileReader, messages: readonly HeaderMessage[], address: number): void {
  locateValues(reader, messages, address, ignoreChunk);
}

/** Where the values of the dataset are. Throws as `checkDataset`. */
export function placeOfValues(
  reader: FileReader,
  messages: readonly HeaderMessage[],
  address: number,
): ContiguousPlace | ChunkedPlace {
  const chunks: StoredChunk[] = [];
  const place = locateValues(reader, messages, address, (chunk) => chunks.push(chunk));
  return place.kind === 'chunked' ? { ...place, chunks } : place;
}

function ignoreChunk(): void {}

function locateValues(
  reader: FileReader,
  messages: readonly HeaderMessage[],
  address: number,
  found: (chunk: StoredChunk) => void,
): ContiguousPlace | Omit<ChunkedPlace, 'chunks'> {
  const layout = messageOf(reader, messages, MESSAGE.layout, address);
  const type = messageOf(reader, messages, MESSAGE.datatype, address);
  const lengths = dataspaceLengths(messageOf(reader, messages, MESSAGE.dataspace, address));
  if (lengths === undefined || bodyLength(type) < 8)
    throw structureError(reader.path, address, 'a dataset has no readable shape and type');
  const { bytes, start } = layout;
  if (bodyLength(layout) < 18 || bytes[start] !== LAYOUT_VERSION)
    throw structureError(reader.path, layout.at, `the data layout is not of version ${LAYOUT_VERSION}`);
  const elementBytes = type.bytes.readUInt32LE(type.start + 4);
  const kind = bytes[start + 1];
  if (kind === CONTIGUOUS) return locateContiguous(reader, layout, lengths, elementBytes);
  if (kind === CHUNKED) return locateChunks(reader, layout, lengths, found);
  throw structureError(reader.path, layout.at, 'the data layout is neither contiguous nor chunked');
}

/** The message of this type; throws `InputError` where the object at `address` has none. */
export function messageOf(
  reader: FileReader,
  messages: readonly HeaderMessage[],
  type: number,
  address: number,
): HeaderMessage {
  for (const message of messages) if (message.type === type) return message;
  throw structureError(reader.path, address, `a dataset lacks message ${type}`);
}

function locateContiguous(
  reader: FileReader,
  layout: HeaderMessage,
  lengths: readonly number[],
  elementBytes: number,
): ContiguousPlace {
  const size = readU64(layout.bytes, layout.start + 10);
  let expected = elementBytes;
  for (const length of lengths) expected *= length;
  if (size !== expected)
    throw structureError(
      reader.path,
      layout.at,
      `contiguous storage is not the ${expected} bytes of its shape`,
    );
  const address = readU64(layout.bytes, layout.start + 2);
  if (address !== undefined) reader.locate(address, 0, 'storage');
  if (address !== undefined && address + size > reader.size)
    throw structureError(reader.path, address, `storage of ${size} bytes is not inside the file`);
  return { kind: 'contiguous', address, bytes: size };
}

interface Tree {
  readonly reader: FileReader;
  readonly lengths: readonly number[];
  readonly chunk: readonly number[];
  /** Bytes of a key: stored size, filter mask, coordinates. */
  readonly keyBytes: number;
  readonly found: (chunk: StoredChunk) => void;
  lastChunk: readonly number[] | undefined;
}

function locateChunks(
  reader: FileReader,
  layout: HeaderMessage,
  lengths: readonly number[],
  found: (chunk: StoredChunk) => void,
): Omit<ChunkedPlace, 'chunks'> {
  const body = bodyOf(layout);
  const dimensions = body[2]!;
  if (dimensions !== lengths.length + 1 || body.length < 11 + 4 * dimensions)
    throw structureError(
      reader.path,
      layout.at,
      'the chunks have another number of dimensions than the dataset',
    );
  const root = readU64(body, 3);
  const chunk = Array.from({ length: dimensions }, (_, i) => body.readUInt32LE(11 + 4 * i));
  if (chunk.includes(0)) throw structureError(reader.path, layout.at, 'a chunk has no size');
  const tree: Tree = { reader, lengths, chunk, keyBytes: 8 + 8 * dimensions, found, lastChunk: undefined };
  if (root !== undefined) checkNode(tree, root, undefined);
  return { kind: 'chunked', chunk: chunk.slice(0, -1) };
}

/** Checks a node and what is below it. A child's level is one less than its parent's, which also ends any loop. */
function checkNode(tree: Tree, address: number, expectedLevel: number | undefined): void {
  const { reader, keyBytes } = tree;
  const nodeBytes = NODE_HEADER_BYTES + (FANOUT + 1) * keyBytes + FANOUT * 8;
  const node = reader.bytes(address, nodeBytes, 'a node of a chunk index');
  const level = node[5]!;
  const entries = node.readUInt16LE(6);
  const wrong =
    node.toString('latin1', 0, 4) !== 'TREE' ||
    node[4] !== 1 ||
    entries === 0 ||
    entries > FANOUT ||
    (expectedLevel !== undefined && level !== expectedLevel);
  if (wrong) throw structureError(reader.path, address, 'there is no node of a chunk index');
  for (let i = 0; i < entries; i++) {
    const at = NODE_HEADER_BYTES + i * (keyBytes + 8);
    const child = readU64(node, at + keyBytes);
    if (child === undefined)
      throw structureError(reader.path, address + at, 'an entry of a chunk index has no address');
    if (level > 0) checkNode(tree, child, level - 1);
    else checkChunk(tree, node.subarray(at, at + keyBytes), child, address + at);
  }
}

function checkChunk(tree: Tree, key: Buffer, address: number, at: number): void {
  const { reader, lengths, chunk, lastChunk } = tree;
  const size = key.readUInt32LE(0);
  if (size === 0 || address + size > reader.size)
    throw structureError(reader.path, at, `a chunk of ${size} bytes at ${address} is not inside the file`);
  const coordinates = lengths.map((_, i) => readU64(key, 8 + 8 * i) ?? Infinity);
  const inside = coordinates.every(
    (coordinate, i) => coordinate % chunk[i]! === 0 && coordinate < lengths[i]!,
  );
  if (!inside) throw structureError(reader.path, at, 'the coordinates of a chunk are not inside its dataset');
  if (lastChunk !== undefined && !precedes(lastChunk, coordinates))
    throw structureError(reader.path, at, 'the chunks of an index are not in order');
  tree.lastChunk = coordinates;
  tree.found({ row: coordinates[0] ?? 0, address, size, filterMask: key.readUInt32LE(4) });
}

function precedes(a: readonly number[], b: readonly number[]): boolean {
  for (const [i, coordinate] of a.entries()) if (coordinate !== b[i]) return coordinate < b[i]!;
  return false;
}
