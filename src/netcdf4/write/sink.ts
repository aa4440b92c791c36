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
  return new FileSink(handle, start);
}

/**
 * A class, for its methods are compiled once per process: functions that are made with each file are thrown away with it, and the
 * machine code of what the next file makes in their place is generated again.
 */
class FileSink implements Sink {
  position: number;
  readonly #handle: OutputHandle;
  readonly #waiting: Uint8Array[] = [];
  readonly #spare: Uint8Array[] = [];
  #block = Buffer.allocUnsafeSlow(FIRST_BLOCK_BYTES) as Uint8Array;
  #used = 0;
  #written: number;

  constructor(handle: OutputHandle, start: number) {
    this.#handle = handle;
    this.#written = start;
    this.position = start;
  }

  get full(): boolean {
    return this.#waiting.length > 0;
  }

  place(bytes: Uint8Array, alignment = 1): number {
    const padding = (alignment - (this.position % alignment)) % alignment;
    if (padding > 0) this.#copy(new Uint8Array(padding));
    const address = this.position;
    this.#copy(bytes);
    return address;
  }

  async flush(all = false): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await writeAll(this.#handle, next, this.#written);
      this.#written += next.length;
      if (next.length === BLOCK_BYTES) this.#spare.push(next);
    }
    if (!all || this.#used === 0) return;
    await writeAll(this.#handle, this.#block.subarray(0, this.#used), this.#written);
    this.#written += this.#used;
    this.#used = 0;
  }

  #copy(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      const count = Math.min(this.#block.length - this.#used, bytes.length - from);
      this.#block.set(bytes.subarray(from, from + count), this.#used);
      this.#used += count;
      from += count;
      if (this.#used === this.#block.length) {
        this.#waiting.push(this.#block);
        this.#block =
          this.#spare.pop() ?? Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, 2 * this.#block.length));
        this.#used = 0;
      }
    }
    this.position += bytes.length;
  }
}

/** Writes all of `bytes` at the file address `position`, however many calls the operating system needs. */
export async function writeAll(handle: OutputHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
