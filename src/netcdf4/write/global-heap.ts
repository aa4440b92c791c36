/**
 * Global heap collections: where HDF5 keeps the content of variable-length values. One builder serves both the metadata block
 * (attributes, `DIMENSION_LIST`) and the collections that string variables put between the chunks.
 */
import { ByteWriter } from '../bytes.js';

/** A collection indexes its objects with 16 bits, 0 being its free space. */
const MAX_OBJECTS = 65000;
const MIN_COLLECTION_BYTES = 4096;
const HEADER_BYTES = 16;

/** Where an object lies: the collection's number in its builder and the object's index in the collection. */
export interface HeapReference {
  readonly collection: number;
  readonly index: number;
  readonly length: number;
}

interface Collection {
  /** Offset of the collection in the builder's bytes. */
  start: number;
  objects: number;
}

/** Objects written one after another into collections that grow as needed. */
export interface HeapBuilder {
  /** Puts `content` (text as UTF-8) and returns its place. */
  put(content: Uint8Array | string): HeapReference;
  /** Offset in `finish()` of the content of the object put last. */
  lastContentAt(): number;
  /** Pads and closes the last collection; returns all collections, each a multiple of 8 bytes, to be placed 8-aligned. */
  finish(): Buffer;
  /** Offset of a collection in `finish()`. */
  startOf(collection: number): number;
}

/** An empty builder. */
export function createHeap(): HeapBuilder {
  return new CollectionBuilder();
}

/** A class, for its methods are compiled once per process, and functions made for each file with each file. */
class CollectionBuilder implements HeapBuilder {
  readonly #w = new ByteWriter(4096);
  readonly #collections: Collection[] = [];
  #open: Collection | undefined;
  #contentAt = 0;

  put(content: Uint8Array | string): HeapReference {
    const w = this.#w;
    if (this.#open !== undefined && this.#open.objects === MAX_OBJECTS) this.#close();
    const open = this.#open ?? this.#begin();
    open.objects++;
    w.u16(open.objects);
    w.u16(0);
    w.u32(0);
    const lengthAt = w.length;
    w.u64(0);
    const contentAt = w.length;
    if (typeof content === 'string') w.text(content);
    else w.raw(content);
    const length = w.length - contentAt;
    w.setU64(lengthAt, length);
    w.align(8);
    this.#contentAt = contentAt;
    return { collection: this.#collections.length - 1, index: open.objects, length };
  }

  lastContentAt(): number {
    return this.#contentAt;
  }

  finish(): Buffer {
    this.#close();
    return this.#w.finish();
  }

  startOf(collection: number): number {
    return this.#collections[collection]?.start ?? 0;
  }

  #begin(): Collection {
    const open = { start: this.#w.length, objects: 0 };
    this.#open = open;
    this.#collections.push(open);
    this.#w.text('GCOL');
    this.#w.u32(1);
    this.#w.u64(0);
    return open;
  }

  #close(): void {
    if (this.#open === undefined) return;
    const w = this.#w;
    const used = w.length - this.#open.start;
    const free = Math.max(MIN_COLLECTION_BYTES - used, HEADER_BYTES);
    w.u32(0);
    w.u32(0);
    w.u64(free);
    w.zeros(free - HEADER_BYTES);
    w.setU64(this.#open.start + 8, w.length - this.#open.start);
    this.#open = undefined;
  }
}

/** Writes the 16-byte value that refers to a heap object: number of elements, collection address, index. */
export function putHeapReference(w: ByteWriter, elements: number, address: number, index: number): void {
  w.u32(elements);
  w.u64(address);
  w.u32(index);
}
