/**
 * The structure check: walks a finished file from the superblock through every header, link, chunk index and heap, and
 * throws where a checksum is wrong or an address leads out of the file. Values are not read.
 */
import { closeSync } from 'node:fs';
import { asStorageError } from '../../errors.js';
import { lookup3 } from '../checksum.js';
import { MESSAGE } from '../object-header.js';
import { PURE_DIMENSION } from '../stored-format.js';
import { SIGNATURE, SUPERBLOCK_BYTES } from '../superblock.js';
import {
  checkReferences,
  createHeapReader,
  type HeapReader,
  isCalled,
  readAttribute,
} from './attribute-reader.js';
import { checkDataset } from './dataset-reader.js';
import { bodyLength, bodyOf, type HeaderMessage, readObjectHeader } from './header-reader.js';
import { createReader, type FileReader, openForReading, readU64, structureError } from './reader.js';

/** What a walk has found. */
export interface StructureSummary {
  /** Groups, the root included. */
  readonly groups: number;
  /** Variables; datasets that only stand for a dimension do not count. */
  readonly variables: number;
  readonly bytes: number;
}

/**
 * Checks the structure of the netCDF-4 file at `path`. Throws `InputError` (`NETCDF_STRUCTURE`, with `byteOffset`) for a
 * damaged or truncated file and for storage kinds that this writer does not make, `StorageError` where it cannot be read.
 */
export async function checkStructure(path: string): Promise<StructureSummary> {
  try {
    const descriptor = openForReading(path);
    try {
      return checkDescriptor(descriptor, path);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw asStorageError(error, 'read', path);
  }
}

/** As `checkStructure`, for an open file. */
export function checkDescriptor(descriptor: number, path: string): StructureSummary {
  const reader = createReader(descriptor, path);
  const rootAddress = readSuperblock(reader);
  const walk: Walk = {
    reader,
    heap: createHeapReader(reader),
    visited: new Set(),
    groups: 0,
    variables: 0,
  };
  walkObject(walk, rootAddress);
  return { groups: walk.groups, variables: walk.variables, bytes: reader.size };
}

interface Walk {
  readonly reader: FileReader;
  readonly heap: HeapReader;
  readonly visited: Set<number>;
  groups: number;
  variables: number;
}

/** Checks the superblock and returns the address of the root header. */
export function readSuperblock(reader: FileReader): number {
  const { path } = reader;
  const bytes = reader.bytes(0, SUPERBLOCK_BYTES, 'the superblock');
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE))
    throw structureError(path, 0, 'it does not start as an HDF5 file');
  const [version, offsetBytes, lengthBytes] = bytes.subarray(8);
  if ((version !== 2 && version !== 3) || offsetBytes !== 8 || lengthBytes !== 8)
    throw structureError(path, 8, 'the superblock is not of version 2 with 8-byte addresses');
  if (lookup3(bytes, 0, SUPERBLOCK_BYTES - 4) !== bytes.readUInt32LE(SUPERBLOCK_BYTES - 4))
    throw structureError(path, 0, 'the checksum of the superblock is wrong');
  const end = readU64(bytes, 28);
  if (end !== reader.size)
    throw structureError(path, 28, `the file has ${reader.size} bytes, its superblock says ${end}`);
  const root = readU64(bytes, 36);
  if (root === undefined) throw structureError(path, 36, 'there is no root group');
  return root;
}

function walkObject(walk: Walk, address: number): void {
  // Two links to one object are allowed; following the second one could go on for ever.
  if (walk.visited.has(address)) return;
  walk.visited.add(address);
  const messages = readObjectHeader(walk.reader, address);
  const isDataset = messages.some((message) => message.type === MESSAGE.layout);
  const isPureDimension = walkAttributes(walk, messages);
  if (isDataset) {
    checkDataset(walk.reader, messages, address);
    if (!isPureDimension) walk.variables++;
    return;
  }
  const info = messages.find((message) => message.type === MESSAGE.linkInfo);
  if (info === undefined)
    throw structureError(walk.reader.path, address, 'an object is no group and no dataset');
  walk.groups++;
  if (linkStorage(info) !== undefined)
    throw structureError(
      walk.reader.path,
      info.at,
      'the links of a group are in dense storage, which is not supported',
    );
  for (const message of messages)
    if (message.type === MESSAGE.link) walkObject(walk, linkTarget(walk.reader.path, message).address);
}

/** Address of the fractal heap of a group with dense links. */
export function linkStorage(info: HeaderMessage): number | undefined {
  const flags = info.bytes[info.start + 1] ?? 0;
  return bodyLength(info) >= 18 ? readU64(info.bytes, info.start + (flags & 1 ? 10 : 2)) : undefined;
}

/** Checks the attributes of an object and returns whether it is a dimension without a variable. */
function walkAttributes(walk: Walk, messages: readonly HeaderMessage[]): boolean {
  let isPureDimension = false;
  for (const message of messages) {
    if (message.type !== MESSAGE.attribute) continue;
    const attribute = readAttribute(walk.reader, message);
    const { dataAt } = attribute;
    checkReferences(walk.reader, attribute, walk.heap);
    if (isCalled(attribute, 'NAME'))
      isPureDimension = message.bytes.toString('latin1', dataAt, message.end).startsWith(PURE_DIMENSION);
  }
  return isPureDimension;
}

/** The name and the header address of a hard link message. */
export function linkTarget(path: string, message: HeaderMessage): { name: string; address: number } {
  const { at } = message;
  const body = bodyOf(message);
  const flags = body[1] ?? 0;
  const hasType = flags & 0x08;
  let offset = 2;
  const type = hasType ? body[offset++] : 0;
  if (flags & 0x04) offset += 8;
  if (flags & 0x10) offset += 1;
  const lengthBytes = 1 << (flags & 3);
  if (body[0] !== 1 || type !== 0 || lengthBytes > 4 || body.length < offset + lengthBytes + 8)
    throw structureError(path, at, 'a link is not a hard link of version 1');
  const length = body.readUIntLE(offset, lengthBytes);
  const nameAt = offset + lengthBytes;
  const address = body.length >= nameAt + length + 8 ? readU64(body, nameAt + length) : undefined;
  if (address === undefined) throw structureError(path, at, 'a link has no target');
  return { name: body.toString('utf8', nameAt, nameAt + length), address };
}
