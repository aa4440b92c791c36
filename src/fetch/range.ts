/** Raw bytes of a file or of a part of it. */
import { createReadStream, type ReadStream } from 'node:fs';

/**
 * A stream over the bytes `start` to `end` (inclusive) of a file. Large reads keep the number of trips to the thread pool
 * small: 1 MiB for plain text; compressed bytes come in 128 KiB, which inflate to about 1 MiB of sounding text.
 */
export function readRange(
  path: string,
  range: { start?: number; end?: number; highWaterMark?: number } = {},
): ReadStream {
  return createReadStream(path, { highWaterMark: 1 << 20, ...range });
}

/** Size of the reads of compressed bytes. */
export const COMPRESSED_READ = 128 * 1024;
