/** The HDF5 shuffle filter: byte k of every element together, so that deflate sees the slowly changing bytes side by side. */

/** Shuffles whole elements of `size` bytes from `source` into `target` (same length); leftover bytes are copied at the end. */
export function shuffle(source: Uint8Array, size: number, target: Uint8Array): void {
  const count = Math.floor(source.length / size);
  if (size === 8 && source.byteOffset % 4 === 0) shuffle8(source, count, target);
  else if (size === 4 && source.byteOffset % 4 === 0) shuffle4(source, count, target);
  else if (size === 2 && source.byteOffset % 2 === 0) shuffle2(source, count, target);
  else {
    for (let k = 0, out = 0; k < size; k++)
      for (let i = k, end = count * size; i < end; i += size) target[out++] = source[i]!;
  }
  const whole = count * size;
  if (whole < source.length) target.set(source.subarray(whole), whole);
}

function shuffle8(source: Uint8Array, n: number, target: Uint8Array): void {
  const words = new Uint32Array(source.buffer, source.byteOffset, n * 2);
  for (let i = 0; i < n; i++) {
    const low = words[2 * i]!;
    const high = words[2 * i + 1]!;
    target[i] = low;
    target[n + i] = low >>> 8;
    target[2 * n + i] = low >>> 16;
    target[3 * n + i] = low >>> 24;
    target[4 * n + i] = high;
    target[5 * n + i] = high >>> 8;
    target[6 * n + i] = high >>> 16;
    target[7 * n + i] = high >>> 24;
  }
}

function shuffle4(source: Uint8Array, n: number, target: Uint8Array): void {
  const words = new Uint32Array(source.buffer, source.byteOffset, n);
  for (let i = 0; i < n; i++) {
    const value = words[i]!;
    target[i] = value;
    target[n + i] = value >>> 8;
    target[2 * n + i] = value >>> 16;
    target[3 * n + i] = value >>> 24;
  }
}

function shuffle2(source: Uint8Array, n: number, target: Uint8Array): void {
  const words = new Uint16Array(source.buffer, source.byteOffset, n);
  for (let i = 0; i < n; i++) {
    const value = words[i]!;
    target[i] = value;
    target[n + i] = value >>> 8;
  }
}

/** The inverse: `source` is shuffled elements of `size` bytes, `target` (same length, aligned to 8) gets the elements. */
export function unshuffle(source: Uint8Array, size: number, target: Uint8Array): void {
  const n = Math.floor(source.length / size);
  if (size === 4) unshuffle4(source, n, new Uint32Array(target.buffer, target.byteOffset, n));
  else if (size === 8) unshuffle8(source, n, new Uint32Array(target.buffer, target.byteOffset, n * 2));
  else {
    for (let k = 0, at = 0; k < size; k++)
      for (let i = k, end = n * size; i < end; i += size) target[i] = source[at++]!;
  }
  const whole = n * size;
  if (whole < source.length) target.set(source.subarray(whole), whole);
}

function unshuffle4(source: Uint8Array, n: number, words: Uint32Array): void {
  const [n2, n3] = [2 * n, 3 * n];
  for (let i = 0; i < n; i++)
    words[i] = source[i]! | (source[n + i]! << 8) | (source[n2 + i]! << 16) | (source[n3 + i]! << 24);
}

function unshuffle8(source: Uint8Array, n: number, words: Uint32Array): void {
  for (let i = 0; i < n; i++) {
    words[2 * i] =
      source[i]! | (source[n + i]! << 8) | (source[2 * n + i]! << 16) | (source[3 * n + i]! << 24);
    words[2 * i + 1] =
      source[4 * n + i]! |
      (source[5 * n + i]! << 8) |
      (source[6 * n + i]! << 16) |
      (source[7 * n + i]! << 24);
  }
}
