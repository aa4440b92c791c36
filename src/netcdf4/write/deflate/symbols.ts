/** The alphabets of deflate (RFC 1951, 3.2.5): which symbol stands for a length or a distance, and what extra bits follow it. */

/** Bytes that a match can reach back, and the most it can copy. */
export const MAX_DISTANCE = 32_768;
export const MAX_MATCH = 258;
export const MIN_MATCH = 3;

export const END_OF_BLOCK = 256;
export const FIRST_LENGTH_SYMBOL = 257;
export const LITERAL_SYMBOLS = 286;
export const DISTANCE_SYMBOLS = 30;

export const LENGTH_EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
export const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/** By match length: its symbol less 257, and the smallest length of that symbol. */
export const LENGTH_SYMBOL = new Uint8Array(MAX_MATCH + 1);
export const LENGTH_BASE = new Uint16Array(LENGTH_EXTRA.length);
/** By distance less one, below 256; above, by its upper bits. */
const NEAR_SYMBOL = new Uint8Array(256);
const FAR_SYMBOL = new Uint8Array(256);
export const DISTANCE_BASE = new Uint16Array(DISTANCE_EXTRA.length);

for (const [symbol, extra] of LENGTH_EXTRA.entries()) {
  const base = symbol === 0 ? MIN_MATCH : LENGTH_BASE[symbol - 1]! + (1 << LENGTH_EXTRA[symbol - 1]!);
  // 258 has a symbol of its own, which the range before it would reach.
  LENGTH_BASE[symbol] = Math.min(base, MAX_MATCH);
  LENGTH_SYMBOL.fill(symbol, LENGTH_BASE[symbol], Math.min(base + (1 << extra), MAX_MATCH + 1));
}
for (const [symbol, extra] of DISTANCE_EXTRA.entries()) {
  const base = symbol === 0 ? 0 : DISTANCE_BASE[symbol - 1]! + (1 << DISTANCE_EXTRA[symbol - 1]!);
  DISTANCE_BASE[symbol] = base;
  if (base < 256) NEAR_SYMBOL.fill(symbol, base, base + (1 << extra));
  else FAR_SYMBOL.fill(symbol, base >> 7, (base + (1 << extra)) >> 7);
}

export function distanceSymbol(distance: number): number {
  const offset = distance - 1;
  return (offset < 256 ? NEAR_SYMBOL[offset] : FAR_SYMBOL[offset >> 7]) as number;
}
