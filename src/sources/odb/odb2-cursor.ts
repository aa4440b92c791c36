/** Reads the fields of a frame's header one after the other and never beyond its end. */
import type { InputError } from '../../errors.js';
import { type FramePlace, frameFault } from './odb2-fault.js';
import { textOf } from './odb2-text.js';

/** A place in a header that moves on with every field. Every method throws InputError where the header ends before. */
export class HeaderCursor {
  private at: number;
  private readonly view: DataView;

  constructor(
    private readonly content: Uint8Array,
    start: number,
    private readonly littleEndian: boolean,
    private readonly place: FramePlace,
  ) {
    this.at = start;
    this.view = new DataView(content.buffer, content.byteOffset, content.length);
  }

  int32(): number {
    return this.view.getInt32(this.step(4), this.littleEndian);
  }

  /** A 64-bit integer; beyond 2 ** 53 only near the one written. */
  int64(): number {
    return Number(this.view.getBigInt64(this.step(8), this.littleEndian));
  }

  float64(): number {
    return this.view.getFloat64(this.step(8), this.littleEndian);
  }

  bytes(length: number): Uint8Array {
    const start = this.step(length);
    return this.content.subarray(start, start + length);
  }

  /** The next bytes, which stay the next ones. */
  peek(length: number): Uint8Array {
    const bytes = this.bytes(length);
    this.at -= length;
    return bytes;
  }

  /** Bytes preceded by their number. */
  counted(): Uint8Array {
    return this.bytes(this.int32());
  }

  text(): string {
    return textOf(this.counted());
  }

  /** A number of things that take at least `size` bytes each: no more than the rest of the header can hold. */
  count(size: number, what: string): number {
    const count = this.int32();
    if (count < 0 || count * size > this.content.length - this.at)
      throw this.fault(`its header cannot hold ${count} ${what}`);
    return count;
  }

  fault(detail: string): InputError {
    return frameFault('FRAME_DAMAGED', detail, this.place);
  }

  private step(length: number): number {
    const start = this.at;
    if (length < 0 || length > this.content.length - start) throw this.fault('its header ends too early');
    this.at += length;
    return start;
  }
}
