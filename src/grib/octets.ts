/** Numbers in the octets of sections: big-endian, negative ones as sign and magnitude. `at` is counted from 0; absent octets are 0. */

/** Unsigned, 2 octets. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/** Unsigned, 3 octets. */
export function u24(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

/** Unsigned, 4 octets. */
export function u32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** Unsigned, 8 octets; beyond 2^53 no longer exact, but still too large. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) * 2 ** 32 + u32(bytes, at + 4);
}

/** Sign and magnitude, 1 octet. */
export function s8(bytes: Uint8Array, at: number): number {
  const value = bytes[at]!;
  return value & 0x80 ? -(value & 0x7f) : value;
}

/** Sign and magnitude, 2 octets. */
export function s16(bytes: Uint8Array, at: number): number {
  const value = u16(bytes, at);
  return value & 0x8000 ? -(value & 0x7fff) : value;
}

/** Sign and magnitude, 3 octets. */
export function s24(bytes: Uint8Array, at: number): number {
  const value = u24(bytes, at);
  return value & 0x80_0000 ? -(value & 0x7f_ffff) : value;
}

/** Sign and magnitude, 4 octets. */
export function s32(bytes: Uint8Array, at: number): number {
  const value = u32(bytes, at);
  return value >= 0x80000000 ? -(value - 0x80000000) : value;
}

/** Whether all octets of a field are set, which is how edition 2 says that there is no value. */
export function isMissing(bytes: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (bytes[i] !== 0xff) return false;
  return true;
}
