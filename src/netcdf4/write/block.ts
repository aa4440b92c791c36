/**
 * The metadata block while it is encoded: one growing buffer, the heap that goes behind it, and the places that take the
 * address of something that comes later.
 */
import { ByteWriter } from '../bytes.js';
import { type HeaderExtent, sealHeader } from '../object-header.js';
import { createHeap, type HeapBuilder } from './global-heap.js';
import type { AddressPlace, DimensionNode, ObjectNode } from './model.js';

export interface MetadataBlock {
  readonly w: ByteWriter;
  /** File address of the first byte. */
  readonly base: number;
  /** File addresses of the object headers. */
  readonly addresses: Map<ObjectNode, number>;
  readonly headers: HeaderExtent[];
  /** Positions that take the address of an object's header. */
  readonly objectPatches: { at: number; object: ObjectNode }[];
  readonly heap: HeapBuilder;
  /** Positions that take the address of a heap collection. */
  readonly heapPatches: { at: number; collection: number }[];
  /** Positions within the heap that take the address of an object's header. */
  readonly heapObjectPatches: { at: number; object: ObjectNode }[];
  /*
   * What else would be different in another file, or at another place of this one (`image.ts`):
   * addresses within the block, addresses of values, ids of dimensions.
   */
  readonly inner: AddressPlace[];
  readonly stored: AddressPlace[];
  readonly ids: { at: number; dimension: DimensionNode }[];
}

/** An empty block for the file address `base`, with room for about `capacity` bytes. */
export function createBlock(base: number, capacity: number, heap: HeapBuilder = createHeap()): MetadataBlock {
  return {
    w: new ByteWriter(capacity),
    base,
    addresses: new Map(),
    headers: [],
    objectPatches: [],
    heap,
    heapPatches: [],
    heapObjectPatches: [],
    inner: [],
    stored: [],
    ids: [],
  };
}

/** Writes the value of a variable-length sequence of `elements` whose content is `content` in the heap. */
export function putHeapValue(block: MetadataBlock, content: Uint8Array | string, elements?: number): void {
  const { w } = block;
  const place = block.heap.put(content);
  w.u32(elements ?? place.length);
  block.heapPatches.push({ at: w.length, collection: place.collection });
  w.u64(0);
  w.u32(place.index);
}

/** Appends the heap, fills in all addresses and the checksums, and returns the finished bytes. */
export function sealBlock(block: MetadataBlock): Uint8Array {
  const { w, base, heap } = block;
  const heapStart = w.length;
  w.raw(heap.finish());
  const addressOf = (object: ObjectNode): number => block.addresses.get(object) ?? 0;
  for (const { at, collection } of block.heapPatches)
    w.setU64(at, base + heapStart + heap.startOf(collection));
  for (const { at, object } of block.objectPatches) w.setU64(at, addressOf(object));
  for (const { at, object } of block.heapObjectPatches) w.setU64(heapStart + at, addressOf(object));
  for (const header of block.headers) sealHeader(w, header);
  return w.finish();
}
