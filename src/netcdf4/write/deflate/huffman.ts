/** Huffman codes for the blocks of a deflate stream (RFC 1951). */

/** Length of the longest code that is made here; deflate itself allows 15. */
export const MAX_BITS = 11;

/** Codes of one alphabet: by symbol, the bits as they go into the stream (first bit lowest) and their number, 0 for unused symbols. */
export interface HuffmanCodes {
  readonly bits: Uint16Array;
  readonly lengths: Uint8Array;
}

/**
 * Lengths of the best prefix code for `frequencies`, none above `limit` (at most `MAX_BITS`), into `lengths`. At least two symbols get a length:
 * decoders differ on codes with fewer.
 */
export function codeLengths(frequencies: Uint32Array, limit: number, lengths: Uint8Array): void {
  lengths.fill(0);
  const keys = sortedSymbols(frequencies);
  const count = keys.length;
  const depths = new Float64Array(count);
  for (let i = 0; i < count; i++) depths[i] = Math.max(1, frequencies[symbolOf(keys[i]!)]!);
  toDepths(depths, count);
  const perLength = limitDepths(depths, limit);
  // The rarest symbols stand first and get the longest codes.
  for (let length = limit, i = 0; length > 0; length--)
    for (let n = perLength[length]!; n > 0; n--) lengths[symbolOf(keys[i++]!)] = length;
}

const SYMBOL_BITS = 9;

function symbolOf(key: number): number {
  return key % (1 << SYMBOL_BITS);
}

/** The used symbols as numbers that sort by frequency, then symbol; with unused ones where there are not two. */
function sortedSymbols(frequencies: Uint32Array): Float64Array {
  const keys = new Float64Array(Math.max(2, frequencies.length));
  let count = 0;
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    const frequency = frequencies[symbol]!;
    if (frequency > 0) keys[count++] = frequency * (1 << SYMBOL_BITS) + symbol;
  }
  for (let symbol = 0; count < 2; symbol++) if (frequencies[symbol] === 0) keys[count++] = symbol;
  return keys.subarray(0, count).sort();
}

/**
 * Ascending frequencies become the depths of the leaves of the Huffman tree, descending, in place: Moffat and Katajainen,
 * "In-place calculation of minimum-redundancy codes" (1995).
 */
function toDepths(a: Float64Array, n: number): void {
  a[0] = a[0]! + a[1]!;
  let root = 0;
  let leaf = 2;
  for (let next = 1; next < n - 1; next++) {
    if (leaf >= n || a[root]! < a[leaf]!) {
      a[next] = a[root]!;
      a[root++] = next;
    } else a[next] = a[leaf++]!;
    if (leaf >= n || (root < next && a[root]! < a[leaf]!)) {
      a[next] = a[next]! + a[root]!;
      a[root++] = next;
    } else a[next] = a[next]! + a[leaf++]!;
  }
  a[n - 2] = 0;
  for (let next = n - 3; next >= 0; next--) a[next] = a[a[next]!]! + 1;
  let available = 1;
  let used = 0;
  let depth = 0;
  root = n - 2;
  for (let next = n - 1; available > 0; ) {
    while (root >= 0 && a[root] === depth) {
      used++;
      root--;
    }
    for (; available > used; available--) a[next--] = depth;
    available = 2 * used;
    depth++;
    used = 0;
  }
}

/** Number of codes of each length once none is longer than `limit`: what that costs is taken from the next shorter ones. */
function limitDepths(depths: Float64Array, limit: number): Uint32Array {
  const perLength = new Uint32Array(limit + 1);
  for (const depth of depths) perLength[Math.min(depth, limit)]!++;
  // Kraft's sum in units of the longest code; it may not pass one.
  let sum = 0;
  for (let length = 1; length <= limit; length++) sum += perLength[length]! * 2 ** (limit - length);
  for (; sum > 2 ** limit; sum--) {
    perLength[limit]!--;
    let length = limit - 1;
    while (perLength[length] === 0) length--;
    perLength[length]!--;
    perLength[length + 1]! += 2;
  }
  return perLength;
}

/** The canonical codes for `lengths` (RFC 1951, 3.2.2). */
export function canonicalCodes(lengths: Uint8Array): HuffmanCodes {
  const next = new Uint16Array(MAX_BITS + 2);
  for (const length of lengths) if (length > 0) next[length + 1]!++;
  for (let length = 1; length <= MAX_BITS; length++) next[length] = (next[length]! + next[length - 1]!) << 1;
  const bits = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length > 0) bits[symbol] = reversed(next[length]!++, length);
  }
  return { bits, lengths };
}

/** Numbers of `MAX_BITS` bits with their bits in reverse. */
const REVERSED = Uint16Array.from({ length: 1 << MAX_BITS }, (_, number) => {
  let reverse = 0;
  for (let bit = 0; bit < MAX_BITS; bit++) reverse |= ((number >>> bit) & 1) << (MAX_BITS - 1 - bit);
  return reverse;
});

function reversed(code: number, length: number): number {
  return REVERSED[code]! >>> (MAX_BITS - length);
}
