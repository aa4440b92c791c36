/** Raw bytes of a file or of a part of it. */
import { createReadStream, type ReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { asStorageError } from '../errors.js';

/**
 * A stream over the bytes `start` to `end` (inclusive) of a file. Large reads keep the number of trips to the thread pool
 * small: 1 MiB for plain text; compressed bytes come in 128 KiB, which inflate to about 1 MiB of sounding text.
 */
export function readRange(
  path: string,
  range: { start?: number; end?: number; highWaterMark?: number } = {},
): ReadStream {
  return createReadStream(path, { highWaterMark: 1 << 20, ...lastByteOf(path), ...range });
}

/**
 * Where a file ends that has a size. A stream that knows takes no more memory than the file has bytes, and none for a read that would
 * find nothing: two reads of 1 MiB for each of many small files keep the garbage collector busy. What cannot be looked at is left
 * to the stream, which says so.
 */
function lastByteOf(path: string): { end?: number } {
  try {
    const { size } = statSync(path);
    return size > 0 ? { end: size - 1 } : {};
  } catch {
    return {};
  }
}

/** Size of the reads of compressed bytes. */
export const COMPRESSED_READ = 128 * 1024;

/**
 * The bytes `from` to `to` (exclusive) of a file, fewer where it ends before.
 *
 * @throws StorageError where the file cannot be read
 */
export async function readBytes(path: string, from: number, to: number): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}
