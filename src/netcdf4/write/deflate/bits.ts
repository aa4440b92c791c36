/** Bits into bytes. */

/** Bytes that go out bit by bit, the lowest bit first. */
export interface BitWriter {
  bytes: Uint8Array;
  at: number;
  /** Bits that wait for a whole byte, and how many they are: below 16 between two calls. */
  held: number;
  holds: number;
}

/** At most 16 bits. */
export function putBits(w: BitWriter, bits: number, count: number): void {
  w.held |= bits << w.holds;
  w.holds += count;
  if (w.holds < 16) return;
  w.bytes[w.at++] = w.held;
  w.bytes[w.at++] = w.held >>> 8;
  w.held >>>= 16;
  w.holds -= 16;
}
