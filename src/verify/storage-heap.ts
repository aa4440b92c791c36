/** Global heap collections, which have no checksum: their objects are numbered in order, and what is not used is empty. */
import { readU64 } from '../netcdf4/read/index.js';
import type { StorageWalk } from './storage-walk.js';

const HEAD_BYTES = 16;

export function checkHeap(walk: StorageWalk, address: number): void {
  const size = readU64(walk.reader.bytes(address, HEAD_BYTES, 'a heap collection'), 8) ?? 0;
  const bytes = Buffer.from(walk.reader.bytes(address, size, 'a heap collection'));
  walk.own(address, size, 'a heap collection');
  const tell = (at: number, message: string): void => walk.tell('', address + at, message);
  const isZero = (from: number, to: number): boolean => bytes.subarray(from, to).every((byte) => byte === 0);
  if (!isZero(5, 8)) tell(5, 'the head of a heap collection is not empty where it should be');
  let at = HEAD_BYTES;
  for (let index = 1; at + HEAD_BYTES <= size; index++) {
    const number = bytes.readUInt16LE(at);
    const length = readU64(bytes, at + 8) ?? Number.POSITIVE_INFINITY;
    if (number === 0) {
      if (length !== size - at) tell(at + 8, 'the free space of a heap collection has another size');
      if (!isZero(at + 2, at + 8) || !isZero(at + HEAD_BYTES, size))
        tell(at, 'the free space of a heap collection is not empty');
      return;
    }
    if (number !== index) tell(at, `object ${index} of a heap collection is numbered ${number}`);
    if (!isZero(at + 2, at + 8)) tell(at + 2, 'an object of a heap collection is counted, which nobody does');
    const end = at + HEAD_BYTES + length;
    const next = at + HEAD_BYTES + Math.ceil(length / 8) * 8;
    if (!isZero(end, Math.min(next, size)))
      tell(end, 'the padding of an object of a heap collection is not empty');
    at = next;
  }
}
