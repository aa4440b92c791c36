/** Reads the heads of messages: a few hundred bytes at a time, never what lies between them. */
import { DamagedMessage } from './damage.js';
import type { ByteSource } from './field.js';

/** Most heads are shorter: one read brings sections 0 to 5. */
const HEAD = 512;
/** All sections but bitmaps and data of one message. */
const MAX_HEAD = 16 * 2 ** 20;

/** Bytes of a source by their position, from a window that moves with what is asked for. */
export class HeadReader {
  readonly source: ByteSource;
  #window: Uint8Array = new Uint8Array(0);
  #start = 0;
  #kept = 0;

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** The octets that are kept of a message are counted from here. */
  beginMessage(): void {
    this.#kept = 0;
  }

  /** The window, moved to `position` if it is not there; fewer than `length` bytes only at the end of the source. */
  async peek(position: number, length: number): Promise<Uint8Array> {
    const at = position - this.#start;
    if (at < 0 || at + length > this.#window.length) return this.#move(position, length);
    return this.#window.subarray(at, at + length);
  }

  async #move(position: number, length: number): Promise<Uint8Array> {
    this.#window = await this.source.read(position, Math.max(length, HEAD));
    this.#start = position;
    return this.#window.subarray(0, length);
  }

  /** What the window holds from `position` on; a few hundred bytes, fewer at the end of the source. */
  async ahead(position: number): Promise<Uint8Array> {
    await this.peek(position, 4);
    return this.#window.subarray(Math.max(0, position - this.#start));
  }

  /** `length` bytes, all of them. */
  async bytes(position: number, length: number): Promise<Uint8Array> {
    const found = await this.peek(position, length);
    if (found.length < length)
      throw new DamagedMessage('GRIB_TRUNCATED', `${length} bytes expected at ${position}`);
    return found;
  }

  /** A section that is kept whole, within the limit of what a message may make us keep. */
  async section(position: number, length: number): Promise<Uint8Array> {
    this.#kept += length;
    if (this.#kept > MAX_HEAD)
      throw new DamagedMessage('GRIB_LIMIT', `the heads of its sections have more than ${MAX_HEAD} bytes`);
    return this.bytes(position, length);
  }

  /** The four letters at `position`, without moving the window where they are not in it: ends are far from heads. */
  async letters(position: number): Promise<string> {
    const at = position - this.#start;
    const inside = at >= 0 && at + 4 <= this.#window.length;
    const four = inside ? this.#window.subarray(at, at + 4) : await this.source.read(position, 4);
    return four.length < 4 ? '' : String.fromCharCode(four[0]!, four[1]!, four[2]!, four[3]!);
  }
}
