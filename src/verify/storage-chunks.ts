/** Chunk indexes (B-trees of version 1), whose nodes have no checksum: siblings, filter masks, bounds, and what is not used. */
import { readU64 } from '../netcdf4/read/index.js';
import type { StorageWalk } from './storage-walk.js';

const FANOUT = 64;
const NODE_HEADER_BYTES = 24;

/** A dataset with its index. */
interface Index {
  walk: StorageWalk;
  path: string;
  /** Lengths of a chunk, the last one being the bytes of an element. */
  chunk: readonly number[];
  /** Bytes of a key: size, filter mask, coordinates. */
  keyBytes: number;
  /** How many filters the values pass, deflate being the last. */
  filters: number;
  /** The nodes of each level, from left to right. */
  levels: Map<number, Node[]>;
}

interface Node {
  address: number;
  bytes: Buffer;
  entries: number;
}

/**
 * @param layout body of the layout message of the dataset, which is chunked
 * @param filters how many filters its chunks pass
 */
export function checkChunkIndex(
  walk: StorageWalk,
  path: string,
  root: number,
  layout: Buffer,
  filters: number,
): void {
  const dimensions = layout[2] as number;
  const chunk = Array.from({ length: dimensions }, (_, i) => layout.readUInt32LE(11 + 4 * i));
  const index: Index = { walk, path, chunk, keyBytes: 8 + 8 * dimensions, filters, levels: new Map() };
  gather(index, root);
  for (const nodes of index.levels.values())
    for (const [i, node] of nodes.entries()) checkNode(index, nodes, node, i);
}

function gather(index: Index, address: number): void {
  const { walk, keyBytes, levels } = index;
  const nodeBytes = NODE_HEADER_BYTES + (FANOUT + 1) * keyBytes + FANOUT * 8;
  // A copy: the reader's blocks come and go.
  const bytes = Buffer.from(walk.reader.bytes(address, nodeBytes, 'a node of a chunk index'));
  const level = bytes[5] as number;
  const node = { address, bytes, entries: bytes.readUInt16LE(6) };
  walk.own(address, nodeBytes, `a chunk index of ${index.path}`);
  levels.set(level, [...(levels.get(level) ?? []), node]);
  if (level === 0) return;
  for (let i = 0; i < node.entries; i++) gather(index, readU64(bytes, entryAt(index, i) + keyBytes) ?? 0);
}

function entryAt({ keyBytes }: Index, i: number): number {
  return NODE_HEADER_BYTES + i * (keyBytes + 8);
}

function checkNode(index: Index, nodes: readonly Node[], node: Node, i: number): void {
  const { walk, path, chunk, keyBytes } = index;
  const { address, bytes, entries } = node;
  const tell = (at: number, message: string): void => walk.tell(path, address + at, message);
  for (const [at, sibling, side] of [
    [8, nodes[i - 1], 'left'],
    [16, nodes[i + 1], 'right'],
  ] as const)
    if (!isAddress(bytes, at, sibling?.address))
      tell(at, `the ${side} sibling of a node of the chunk index is another one`);
  for (let entry = 0; entry < entries; entry++) {
    const at = entryAt(index, entry);
    if (!isMask(index, bytes, at)) tell(at + 4, 'a chunk says that another filter was left out');
    if (!isZero(bytes, at + 16, at + keyBytes))
      tell(at + 16, 'a chunk does not begin at the first value of a row');
  }
  const last = entryAt(index, entries);
  // Size and mask of the bound mean nothing; its coordinates are those behind the last chunk.
  const bound = lastRow(index, node) + (chunk[0] as number);
  const expected = [bound, ...chunk.slice(1)];
  for (const [k, coordinate] of expected.entries())
    if (readU64(bytes, last + 8 + 8 * k) !== coordinate)
      tell(last + 8 + 8 * k, 'the upper bound of a node of the chunk index is wrong');
  if (!isZero(bytes, last, last + 8) || !isZero(bytes, last + keyBytes, bytes.length))
    tell(last, 'the unused part of a node of the chunk index is not empty');
}

/** The undefined address, which has all bits set, where there is no such node. */
function isAddress(bytes: Buffer, at: number, address: number | undefined): boolean {
  if (address === undefined) return bytes.subarray(at, at + 8).every((byte) => byte === 0xff);
  return readU64(bytes, at) === address;
}

/** No filter is left out, or deflate, the last one, where it makes no chunk smaller: it is then as long as its values. */
function isMask({ chunk, filters }: Index, bytes: Buffer, at: number): boolean {
  const mask = bytes.readUInt32LE(at + 4);
  const plain = chunk.reduce((product, length) => product * length, 1);
  return mask === 0 || (mask === 1 << (filters - 1) && bytes.readUInt32LE(at) === plain);
}

/** The row of the last chunk below a node. */
function lastRow(index: Index, node: Node): number {
  const at = entryAt(index, node.entries - 1);
  const level = node.bytes[5] as number;
  if (level === 0) return readU64(node.bytes, at + 8) ?? Number.NaN;
  const child = readU64(node.bytes, at + index.keyBytes);
  const below = index.levels.get(level - 1)?.find(({ address }) => address === child);
  return below === undefined ? Number.NaN : lastRow(index, below);
}

function isZero(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 0) return false;
  return true;
}
