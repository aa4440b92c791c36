/** The bytes of a stream that are not yet done with: a view of the last chunk, or a copy in a growing buffer. */
export class ByteWindow {
  /** Offset in the stream of the first byte of `bytes`. */
  offset = 0;
  bytes: Buffer = Buffer.alloc(0);
  private room: Buffer = Buffer.alloc(0);

  append(chunk: Uint8Array): void {
    const more = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    if (this.bytes.length === 0) this.bytes = more;
    else this.join(more);
  }

  drop(count: number): void {
    this.bytes = this.bytes.subarray(count);
    this.offset += count;
  }

  /** Copies what is left of a chunk, which belongs to the stream again with the next one. */
  keep(): void {
    if (this.bytes.length > 0 && this.bytes.buffer !== this.room.buffer) this.join(Buffer.alloc(0));
  }

  private join(more: Buffer): void {
    const needed = this.bytes.length + more.length;
    if (this.bytes.buffer !== this.room.buffer || this.bytes.byteOffset + needed > this.room.length) {
      const room = this.room.length >= 2 * needed ? this.room : Buffer.allocUnsafeSlow(2 * needed);
      this.bytes.copy(room);
      this.bytes = room.subarray(0, this.bytes.length);
      this.room = room;
    }
    const start = this.bytes.byteOffset;
    this.room.set(more, start + this.bytes.length);
    this.bytes = this.room.subarray(start, start + needed);
  }
}
