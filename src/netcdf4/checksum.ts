/**
 * Bob Jenkins' lookup3 (`hashlittle`, initial value 0), the checksum of HDF5 metadata ("Disk Format: Appendix", file format 2.0).
 */

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** The unsigned 32-bit checksum of `bytes[start, end)`. */
export function lookup3(bytes: Uint8Array, start: number, end: number): number {
  let left = end - start;
  let a = (0xdeadbeef + left) | 0;
  let b = a;
  let c = a;
  let p = start;
  while (left > 12) {
    a = (a + word(bytes, p)) | 0;
    b = (b + word(bytes, p + 4)) | 0;
    c = (c + word(bytes, p + 8)) | 0;
    a = ((a - c) | 0) ^ rotate(c, 4);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotate(a, 6);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotate(b, 8);
    b = (b + a) | 0;
    a = ((a - c) | 0) ^ rotate(c, 16);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotate(a, 19);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotate(b, 4);
    b = (b + a) | 0;
    left -= 12;
    p += 12;
  }
  if (left === 0) return c >>> 0;
  a = (a + tail(bytes, p, left)) | 0;
  b = (b + tail(bytes, p + 4, left - 4)) | 0;
  c = (c + tail(bytes, p + 8, left - 8)) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c >>> 0;
}

function word(bytes: Uint8Array, p: number): number {
  return bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
}

/** The little-endian number of up to four bytes that remain; absent ones are 0. */
function tail(bytes: Uint8Array, p: number, count: number): number {
  let value = 0;
  for (let i = 0; i < Math.min(count, 4); i++) value |= bytes[p + i]! << (8 * i);
  return value;
}
