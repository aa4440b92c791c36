/**
 * The parts of the storage that carry no checksum: chunk indexes, heaps, what lies between. Object headers and the superblock have
 * one, and so have compressed values; the nodes of a chunk index and the heap collections do not, so every byte of them is held
 * against what the writer puts there. What is left are values without compression, which the checks of content and the ledger see.
 */
import { closeSync } from 'node:fs';
import { InputError } from '../errors.js';
import {
  bodyOf,
  createReader,
  dataspaceLengths,
  type FileReader,
  type HeaderMessage,
  isCalled,
  linkTarget,
  MESSAGE,
  openForReading,
  placeOfValues,
  readAttribute,
  readObjectHeader,
  readSuperblock,
  readU64,
  SUPERBLOCK_BYTES,
} from '../netcdf4/read/index.js';
import { withoutPath } from './file-view.js';
import type { Findings } from './findings.js';
import { checkChunkIndex } from './storage-chunks.js';
import { checkHeap } from './storage-heap.js';
import type { StorageWalk } from './storage-walk.js';

/** A stretch of the file that belongs to something. */
interface Extent {
  start: number;
  end: number;
  what: string;
}

/** A dataset that stands for a dimension: how long it is. */
type Scales = ReadonlyMap<number, number>;

interface ObjectPlace {
  path: string;
  address: number;
  messages: readonly HeaderMessage[];
}

/** The structure must have been found whole before. */
export function checkStorage(path: string, findings: Findings): void {
  const descriptor = openForReading(path);
  try {
    walkFile(createReader(descriptor, path), findings);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    findings.add('structure', {}, () => withoutPath(error.message, path));
  } finally {
    closeSync(descriptor);
  }
}

function walkFile(reader: FileReader, findings: Findings): void {
  const extents: Extent[] = [{ start: 0, end: SUPERBLOCK_BYTES, what: 'the superblock' }];
  const walk: StorageWalk = {
    reader,
    own: (start, bytes, what) => {
      extents.push({ start, end: start + bytes, what });
    },
    tell: (object, byteOffset, message) => {
      const [, table = '', variable = ''] = object.split('/', 3);
      const place = variable === '' ? { variable: table } : { table, variable };
      findings.add('storage', place, () => `${message} (at byte ${byteOffset})`);
    },
  };
  const objects: ObjectPlace[] = [];
  gather(walk, '', readSuperblock(reader), objects, new Set());
  const scales: Map<number, number> = new Map();
  for (const { address, messages } of objects) {
    const space = messages.find(({ type }) => type === MESSAGE.dataspace);
    if (space !== undefined) scales.set(address, dataspaceLengths(space)?.[0] ?? 0);
  }
  const heaps = new Set<number>();
  for (const object of objects) {
    checkValues(walk, object);
    checkDimensions(walk, object, scales, heaps);
  }
  for (const heap of heaps) checkHeap(walk, heap);
  checkExtents(extents, reader, findings);
}

/** All objects that links lead to, each once. */
function gather(
  walk: StorageWalk,
  path: string,
  address: number,
  objects: ObjectPlace[],
  seen: Set<number>,
): void {
  if (seen.has(address)) return;
  seen.add(address);
  const messages = readObjectHeader(walk.reader, address);
  objects.push({ path, address, messages });
  walk.own(address, headerBytes(walk.reader, address), `the header of ${path === '' ? 'the root' : path}`);
  for (const message of messages) {
    if (message.type !== MESSAGE.link) continue;
    const { name, address: target } = linkTarget(walk.reader.path, message);
    gather(walk, `${path}/${name}`, target, objects, seen);
  }
}

const TIMES_STORED = 0x20;
const PHASE_CHANGE_STORED = 0x10;

/** Bytes of the first block of an object header, with its checksum. */
function headerBytes(reader: FileReader, address: number): number {
  const flags = reader.bytes(address, 6, 'an object header')[5] as number;
  const sizeBytes = 1 << (flags & 3);
  const prefix = 6 + (flags & TIMES_STORED ? 16 : 0) + (flags & PHASE_CHANGE_STORED ? 4 : 0);
  const bytes = reader.bytes(address, prefix + sizeBytes, 'an object header');
  const size = sizeBytes === 8 ? (readU64(bytes, prefix) ?? 0) : bytes.readUIntLE(prefix, sizeBytes);
  return prefix + sizeBytes + size + 4;
}

function checkValues(walk: StorageWalk, { path, address, messages }: ObjectPlace): void {
  const layout = messages.find(({ type }) => type === MESSAGE.layout);
  if (layout === undefined) return;
  const place = placeOfValues(walk.reader, messages, address);
  if (place.kind === 'contiguous') {
    if (place.address !== undefined) walk.own(place.address, place.bytes, `the values of ${path}`);
    return;
  }
  for (const chunk of place.chunks) walk.own(chunk.address, chunk.size, `a chunk of ${path}`);
  const root = readU64(bodyOf(layout), 3);
  const filters = messages.find(({ type }) => type === MESSAGE.filters);
  if (root !== undefined)
    checkChunkIndex(walk, path, root, bodyOf(layout), (filters && bodyOf(filters)[1]) ?? 0);
}

/** Every dimension of a variable leads to the dataset of a dimension that is as long. */
function checkDimensions(
  walk: StorageWalk,
  { path, messages }: ObjectPlace,
  scales: Scales,
  heaps: Set<number>,
): void {
  const space = messages.find(({ type }) => type === MESSAGE.dataspace);
  const lengths = (space && dataspaceLengths(space)) ?? [];
  for (const message of messages) {
    if (message.type !== MESSAGE.attribute) continue;
    const attribute = readAttribute(walk.reader, message);
    if (!isVariableLength(attribute)) continue;
    const isDimensions = isCalled(attribute, 'DIMENSION_LIST');
    for (let at = attribute.dataAt, i = 0; at < message.end; at += REFERENCE_BYTES, i++) {
      const heap = readU64(message.bytes, at + 4);
      if (heap === undefined || heap === 0) continue;
      heaps.add(heap);
      const target = isDimensions ? referenceIn(walk, heap, message.bytes.readUInt32LE(at + 12)) : undefined;
      if (target !== undefined && scales.get(target) !== lengths[i])
        walk.tell(
          path,
          heap,
          `dimension ${i} has ${lengths[i] ?? 0} rows and leads to ${scales.get(target) ?? 'none'}`,
        );
    }
  }
}

const VARIABLE_LENGTH = 9;
const REFERENCE_BYTES = 16;

function isVariableLength({ typeClass, elementBytes }: ReturnType<typeof readAttribute>): boolean {
  return typeClass === VARIABLE_LENGTH && elementBytes === REFERENCE_BYTES;
}

/** The address in an object of a heap collection; objects of eight bytes follow each other. */
function referenceIn({ reader }: StorageWalk, heap: number, index: number): number | undefined {
  const size = readU64(reader.bytes(heap, 16, 'a heap collection'), 8) ?? 0;
  const bytes = reader.bytes(heap, size, 'a heap collection');
  const at = 16 + (index - 1) * 24;
  if (at + 24 <= size && bytes.readUInt16LE(at) === index) return readU64(bytes, at + 16);
  return undefined;
}

/** Nothing lies in two things at once, and what lies in none is empty. */
function checkExtents(extents: readonly Extent[], reader: FileReader, findings: Findings): void {
  const sorted = [...extents].sort((a, b) => a.start - b.start || a.end - b.end);
  let end = 0;
  let before = '';
  let lost = 0;
  let firstLost = 0;
  const look = (from: number, to: number): void => {
    if (to <= from || isEmpty(reader, from, to)) return;
    if (lost === 0) firstLost = from;
    lost += to - from;
  };
  for (const extent of sorted) {
    if (extent.start < end)
      findings.add('storage', {}, () => `${extent.what} and ${before} share bytes (at byte ${extent.start})`);
    else look(end, extent.start);
    if (extent.end <= end) continue;
    end = extent.end;
    before = extent.what;
  }
  look(end, reader.size);
  if (lost > 0)
    findings.note(
      `${lost} bytes from byte ${firstLost} on belong to nothing: another program has written to the file, or they are damaged`,
    );
}

const PIECE_BYTES = 1 << 16;

function isEmpty(reader: FileReader, from: number, to: number): boolean {
  for (let at = from; at < to; at += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, to - at);
    if (reader.bytes(at, length, 'a gap').some((byte) => byte !== 0)) return false;
  }
  return true;
}
