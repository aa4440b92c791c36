/** A stream of chunks seen as one run of bytes: what is needed is put together, what is done with is let go. */

/** The first five bytes of every frame. */
export const FRAME_MAGIC: Uint8Array = Uint8Array.of(0xff, 0xff, 0x4f, 0x44, 0x41);

/** Larger buffers, which frames of many megabytes need, are not kept. */
const MAX_KEPT = 16 * 2 ** 20;

/** Where in the bytes, from `start` on, a frame seems to begin; -1 where none does. */
export function indexOfFrame(bytes: Uint8Array, start: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(FRAME_MAGIC, start);
}

/** The bytes of a stream from the current place on, as far as they have been read. */
export class ByteWindow {
  /** Place of the window's first byte in the stream. */
  offset = 0;
  /** Bytes taken from the stream so far. */
  taken = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  /** Two buffers, in turn: chunks are put together in the one that does not hold the bytes at hand. */
  private readonly buffers: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];
  private ended = false;
  private readonly chunks: AsyncIterator<Uint8Array>;
  private readonly signal: AbortSignal | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
    this.chunks = chunks[Symbol.asyncIterator]();
    this.signal = signal;
  }

  /** Bytes at hand. */
  get length(): number {
    return this.bytes.length;
  }

  /** Reads on until at least `length` bytes are at hand; false where the stream has fewer. Never holds more than it gives. */
  async fill(length: number): Promise<boolean> {
    if (this.bytes.length >= length) return true;
    const parts = this.bytes.length > 0 ? [this.bytes] : [];
    let sum = this.bytes.length;
    while (sum < length) {
      const chunk = await this.next();
      if (chunk === null) break;
      parts.push(chunk);
      sum += chunk.length;
    }
    this.bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : this.joined(parts, sum);
    return sum >= length;
  }

  /** The next `length` bytes, which `fill` has brought; they hold until it is called twice more. */
  take(from: number, length: number): Uint8Array {
    return this.bytes.subarray(from, from + length);
  }

  /** Lets the next `length` bytes go, those not read yet too; false where the stream has fewer. */
  async skip(length: number): Promise<boolean> {
    let left = length;
    while (left > this.bytes.length) {
      left -= this.bytes.length;
      this.drop(this.bytes.length);
      const chunk = await this.next();
      if (chunk === null) return false;
      this.bytes = chunk;
    }
    this.drop(left);
    return true;
  }

  /** Goes to the next beginning of a frame after the window's first byte, or to the end of the stream (false). */
  async toNextFrame(): Promise<boolean> {
    let from = 1;
    for (;;) {
      const at = indexOfFrame(this.bytes, from);
      if (at >= 0) {
        this.drop(at);
        return true;
      }
      // The last bytes may be the first ones of a magic number that goes on in the next chunk.
      this.drop(Math.max(0, this.bytes.length - FRAME_MAGIC.length + 1));
      from = 0;
      if (!(await this.fill(this.bytes.length + 1))) {
        this.drop(this.bytes.length);
        return false;
      }
    }
  }

  /** Ends the stream, also before its end. */
  async close(): Promise<void> {
    this.bytes = new Uint8Array(0);
    if (!this.ended) await this.chunks.return?.();
    this.ended = true;
  }

  /** The bytes of the parts one after the other: fresh buffers frame after frame would keep the collector busy. */
  private joined(parts: readonly Uint8Array[], length: number): Uint8Array {
    this.buffers.reverse();
    let [buffer] = this.buffers;
    if (buffer.length < length) {
      buffer = new Uint8Array(length);
      if (length <= MAX_KEPT) this.buffers[0] = buffer;
    }
    let at = 0;
    for (const part of parts) {
      buffer.set(part, at);
      at += part.length;
    }
    return buffer.subarray(0, length);
  }

  private drop(length: number): void {
    this.offset += length;
    this.bytes = this.bytes.subarray(length);
  }

  private async next(): Promise<Uint8Array | null> {
    while (!this.ended) {
      this.signal?.throwIfAborted();
      const { done, value } = await this.chunks.next();
      if (done === true) this.ended = true;
      else if (value.length > 0) {
        this.taken += value.length;
        return value;
      }
    }
    return null;
  }
}
