/** A growing byte buffer for metadata: one allocation that doubles, little-endian, no object per field. */

const TWO_32 = 4294967296;
const SHORT_COPY = 64;

/** The HDF5 "undefined address" is written for `undefined`. */
export type Address = number | undefined;

/**
 * Collects little-endian fields. `length` is the write position; `bytes` may be longer than what was written and changes
 * when it grows, so it must not be kept.
 */
export class ByteWriter {
  bytes: Buffer;
  length = 0;

  constructor(capacity = 4096) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  #reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + count));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = value;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.bytes[this.length++] = value;
    this.bytes[this.length++] = value >>> 8;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#put32(this.length, value);
    this.length += 4;
  }

  /** `value` is a non-negative safe integer. */
  u64(value: number): void {
    this.#reserve(8);
    this.setU64(this.length, value);
    this.length += 8;
  }

  /** An 8-byte file address. */
  address(value: Address): void {
    if (value === undefined) {
      this.u32(0xffffffff);
      this.u32(0xffffffff);
    } else this.u64(value);
  }

  raw(values: Uint8Array): void {
    const { length } = values;
    this.#reserve(length);
    // The call of `set` costs more than copying the few bytes of a datatype.
    if (length > SHORT_COPY) this.bytes.set(values, this.length);
    else for (let i = 0; i < length; i++) this.bytes[this.length + i] = values[i]!;
    this.length += length;
  }

  /** Writes `text` as UTF-8 without a terminator and returns the number of bytes. */
  text(text: string): number {
    this.#reserve(text.length * 3);
    const count = this.bytes.write(text, this.length, 'utf8');
    this.length += count;
    return count;
  }

  zeros(count: number): void {
    this.#reserve(count);
    this.bytes.fill(0, this.length, this.length + count);
    this.length += count;
  }

  /** Zeros up to the next multiple of `alignment`. */
  align(alignment: number): void {
    const rest = this.length % alignment;
    if (rest !== 0) this.zeros(alignment - rest);
  }

  setU16(position: number, value: number): void {
    this.bytes[position] = value;
    this.bytes[position + 1] = value >>> 8;
  }

  setU32(position: number, value: number): void {
    this.#put32(position, value);
  }

  setU64(position: number, value: number): void {
    this.#put32(position, value % TWO_32);
    this.#put32(position + 4, Math.floor(value / TWO_32));
  }

  #put32(position: number, value: number): void {
    const { bytes } = this;
    bytes[position] = value;
    bytes[position + 1] = value >>> 8;
    bytes[position + 2] = value >>> 16;
    bytes[position + 3] = value >>> 24;
  }

  /** What was written; a view that is valid until the next write. */
  finish(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/** The bytes of a typed array, without a copy. */
export function bytesOf(values: NodeJS.ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
