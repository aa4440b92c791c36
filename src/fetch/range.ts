/** Raw bytes of a file or of a part of it. */
import { createReadStream, type ReadStream, statSync } from 'node:fs';

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
