/**
 * The version 1 B-tree that finds the chunks of a dataset. A node holds up to 64 chunks: 24 bytes of header, then keys and
 * child addresses in turn, with one key more than children. A key is the chunk's stored size, its filter mask and the
 * coordinates of its first element (rank + 1 numbers, the last one, the byte within the element, being 0).
 */
import type { StoredChunk } from '../stored-format.js';
import type { MetadataBlock } from './block.js';

const FANOUT = 64;
const NODE_HEADER_BYTES = 24;

export interface ChunkShape {
  readonly rows: number;
  /** Lengths of the dimensions after the first. */
  readonly inner: readonly number[];
  readonly elementBytes: number;
}

interface Entry extends StoredChunk {
  /** First row after what the entry covers. */
  readonly endRow: number;
}

/**
 * Writes the tree of `chunks` (ascending, at least one) and returns the address of its root.
 */
export function putChunkIndex(
  block: MetadataBlock,
  chunks: readonly StoredChunk[],
  shape: ChunkShape,
): number {
  const { w, base } = block;
  const nodeBytes = NODE_HEADER_BYTES + (FANOUT + 1) * (8 + 8 * (shape.inner.length + 2)) + FANOUT * 8;
  let level = 0;
  let entries: Entry[] = chunks.map((chunk) => ({ ...chunk, endRow: chunk.row + shape.rows }));
  for (;;) {
    const parents: Entry[] = [];
    for (let first = 0; first < entries.length; first += FANOUT) {
      const position = w.length;
      const members = entries.slice(first, first + FANOUT);
      putNode(block, level, members, {
        left: first > 0 ? base + position - nodeBytes : undefined,
        right: first + FANOUT < entries.length ? base + position + nodeBytes : undefined,
        shape,
      });
      w.zeros(position + nodeBytes - w.length);
      const head = members[0]!;
      parents.push({ ...head, address: base + position, endRow: (members.at(-1) as Entry).endRow });
    }
    if (parents.length === 1) return parents[0]!.address;
    entries = parents;
    level++;
  }
}

interface NodePlace {
  left: number | undefined;
  right: number | undefined;
  shape: ChunkShape;
}

function putNode(block: MetadataBlock, level: number, members: readonly Entry[], place: NodePlace): void {
  const { w } = block;
  const { left, right } = place;
  const { inner, elementBytes } = place.shape;
  w.text('TREE');
  w.u8(1);
  w.u8(level);
  w.u16(members.length);
  if (left !== undefined) block.inner.push({ at: w.length, address: left });
  w.address(left);
  if (right !== undefined) block.inner.push({ at: w.length, address: right });
  w.address(right);
  for (const member of members) {
    w.u32(member.size);
    w.u32(member.filterMask);
    w.u64(member.row);
    for (let i = 0; i <= inner.length; i++) w.u64(0);
    (level === 0 ? block.stored : block.inner).push({ at: w.length, address: member.address });
    w.u64(member.address);
  }
  // The key after the last child bounds it from above.
  w.u32(0);
  w.u32(0);
  w.u64((members.at(-1) as Entry).endRow);
  for (const length of inner) w.u64(length);
  w.u64(elementBytes);
}
