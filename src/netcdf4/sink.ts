/** The file as a stream of bytes with known addresses: blocks are collected in memory and written asynchronously, in order. */

/** The part of a `FileHandle` that the writer uses; tests give one that fails. */
export interface OutputHandle {
  readonly fd: number;
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Blocks double up to this size: most files are small, and a large block for each is work for the garbage collector. */
const BLOCK_BYTES = 1 << 20;
const FIRST_BLOCK_BYTES = 1 << 16;

export interface Sink {
  /** Address of the next byte. */
  readonly position: number;
  /** True when a whole block waits for `flush`. */
  readonly full: boolean;
  /** Copies `bytes` to the end of the stream, after zeros up to `alignment`, and returns their address. */
  place(bytes: Uint8Array, alignment?: number): number;
  /** Writes the blocks that are full; with `all` also the last one. */
  flush(all?: boolean): Promise<void>;
}

/** A stream that starts at the file address `start`. */
export function createSink(handle: OutputHandle, start: number): Sink {
  const waiting: Uint8Array[] = [];
  const spare: Uint8Array[] = [];
  let block = Buffer.allocUnsafeSlow(FIRST_BLOCK_BYTES) as Uint8Array;
  let used = 0;
  let written = start;
  let position = start;

  const copy = (bytes: Uint8Array): void => {
    let from = 0;
    while (from < bytes.length) {
      const count = Math.min(block.length - used, bytes.length - from);
      block.set(bytes.subarray(from, from + count), used);
      used += count;
      from += count;
      if (used === block.length) {
        waiting.push(block);
        block = spare.pop() ?? Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, 2 * block.length));
        used = 0;
      }
    }
    position += bytes.length;
  };

  return {
    get position() {
      return position;
    },
    get full() {
      return waiting.length > 0;
    },
    place(bytes, alignment = 1) {
      const padding = (alignment - (position % alignment)) % alignment;
      if (padding > 0) copy(new Uint8Array(padding));
      const address = position;
      copy(bytes);
      return address;
    },
    async flush(all = false) {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await writeAll(handle, next, written);
        written += next.length;
        if (next.length === BLOCK_BYTES) spare.push(next);
      }
      if (!all || used === 0) return;
      await writeAll(handle, block.subarray(0, used), written);
      written += used;
      used = 0;
    },
  };
}

/** Writes all of `bytes` at the file address `position`, however many calls the operating system needs. */
export async function writeAll(handle: OutputHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
