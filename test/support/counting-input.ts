/** An input file in memory that counts how it is read. */
import type { InputFile } from '../../src/records/input.js';

/** How a file was read so far. */
export interface Reads {
  /** Calls of `chunks`. */
  passes: number;
  /** Bytes that came out of `chunks`. */
  chunkBytes: number;
  /** Calls of `read`. */
  ranges: number;
  /** Bytes that came out of `read`. */
  rangeBytes: number;
}

export interface CountingInput {
  file: InputFile;
  reads: Reads;
}

export interface CountingOptions {
  name?: string;
  /** Bytes of a chunk. */
  chunkBytes?: number;
  /** Whether ranges can be read. */
  ranges?: boolean;
}

/** `content` as a file of that name. */
export function countingInput(
  content: Uint8Array,
  { name = 'input', chunkBytes = 1 << 20, ranges = true }: CountingOptions = {},
): CountingInput {
  const reads: Reads = { passes: 0, chunkBytes: 0, ranges: 0, rangeBytes: 0 };
  const file: InputFile = {
    path: `/made-up/${name}`,
    name,
    async *chunks() {
      reads.passes++;
      for (let at = 0; at < content.length; at += chunkBytes) {
        const chunk = content.slice(at, at + chunkBytes);
        reads.chunkBytes += chunk.length;
        yield chunk;
      }
    },
    ...(ranges && {
      async read(from: number, to: number) {
        const bytes = content.slice(from, to);
        reads.ranges++;
        reads.rangeBytes += bytes.length;
        return bytes;
      },
    }),
  };
  return { file, reads };
}
