/** The bodies of the header messages that describe datasets and groups. */
import type { Address, ByteWriter } from '../bytes.js';

/** Simple dataspace with fixed maximum lengths; none means scalar. */
export function putDataspace(w: ByteWriter, lengths: readonly number[]): void {
  w.u8(2);
  w.u8(lengths.length);
  w.u8(lengths.length > 0 ? 1 : 0);
  w.u8(lengths.length > 0 ? 1 : 0);
  for (const length of lengths) w.u64(length);
  for (const length of lengths) w.u64(length);
}

/** The dataspace of an array attribute: one dimension, or the null space for an empty array. */
export function putArraySpace(w: ByteWriter, length: number): void {
  w.u8(2);
  w.u8(length > 0 ? 1 : 0);
  w.u8(0);
  w.u8(length > 0 ? 1 : 2);
  if (length > 0) w.u64(length);
}

/** Fill value message, version 3. `fill` undefined leaves the library's default (zero bytes). */
export function putFillValue(w: ByteWriter, fill: Uint8Array | undefined, chunked: boolean): void {
  const late = 2;
  const incremental = 3;
  const writeIfSet = 2 << 2;
  const defined = 0x20;
  w.u8(3);
  w.u8((chunked ? incremental : late) | writeIfSet | (fill === undefined ? 0 : defined));
  if (fill === undefined) return;
  w.u32(fill.length);
  w.raw(fill);
}

/**
 * Data layout message, version 3, contiguous. An undefined address is storage that was never allocated. Returns the position of the
 * address.
 */
export function putContiguousLayout(w: ByteWriter, address: Address, size: number): number {
  w.u8(3);
  w.u8(1);
  const at = w.length;
  w.address(address);
  w.u64(size);
  return at;
}

/**
 * Data layout message, version 3, chunked with a version 1 B-tree. `chunk` is in elements per dimension. Returns the position of
 * the address of the tree.
 */
export function putChunkedLayout(
  w: ByteWriter,
  index: number,
  chunk: readonly number[],
  elementBytes: number,
): number {
  w.u8(3);
  w.u8(2);
  w.u8(chunk.length + 1);
  const at = w.length;
  w.u64(index);
  for (const length of chunk) w.u32(length);
  w.u32(elementBytes);
  return at;
}

/** Filter pipeline message, version 2: shuffle (id 2) before deflate (id 1), both optional in the sense of HDF5. */
export function putFilters(w: ByteWriter, deflateLevel: number, shuffleBytes: number): void {
  w.u8(2);
  w.u8(shuffleBytes > 1 ? 2 : 1);
  if (shuffleBytes > 1) putFilter(w, 2, shuffleBytes);
  putFilter(w, 1, deflateLevel);
}

function putFilter(w: ByteWriter, id: number, parameter: number): void {
  const optional = 1;
  w.u16(id);
  w.u16(optional);
  w.u16(1);
  w.u32(parameter);
}

/** Link info message with creation order tracked and indexed; no dense storage. `next` is the next creation index. */
export function putLinkInfo(w: ByteWriter, next: number): void {
  w.u8(0);
  w.u8(3);
  w.u64(next);
  w.address(undefined);
  w.address(undefined);
  w.address(undefined);
}

/** Group info message: how many links stay in the header before the library moves them to dense storage. */
export function putGroupInfo(w: ByteWriter, links: number): void {
  const storesPhaseChange = 1;
  w.u8(0);
  w.u8(storesPhaseChange);
  w.u16(Math.max(8, Math.min(65535, links + 64)));
  w.u16(6);
}

/** Hard link message with its creation index; returns the position of the address, which is written as 0. */
export function putLink(w: ByteWriter, name: string, creationIndex: number): number {
  const hasCreationIndex = 0x04;
  const hasCharacterSet = 0x10;
  const utf8 = 1;
  const bytes = Buffer.byteLength(name);
  const wideLength = bytes > 255;
  w.u8(1);
  w.u8((wideLength ? 1 : 0) | hasCreationIndex | hasCharacterSet);
  w.u64(creationIndex);
  w.u8(utf8);
  if (wideLength) w.u16(bytes);
  else w.u8(bytes);
  w.text(name);
  const at = w.length;
  w.u64(0);
  return at;
}

/** Attribute info message; no dense storage. */
export function putAttributeInfo(w: ByteWriter, count: number): void {
  const trackedAndIndexed = 3;
  w.u8(0);
  w.u8(trackedAndIndexed);
  w.u16(count);
  w.address(undefined);
  w.address(undefined);
  w.address(undefined);
}
