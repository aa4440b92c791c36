/** Floats in the octets of sections. */
import { u24 } from './octets.js';

/** IEEE single precision. */
export function f32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat32(at);
}

/** IBM single precision, as edition 1 has it; exact in double. */
export function ibm32(bytes: Uint8Array, at: number): number {
  const head = bytes[at]!;
  const size = u24(bytes, at + 1) * 16 ** ((head & 0x7f) - 70);
  return head & 0x80 ? -size : size;
}
