/** What a deflate stream is made of, before it becomes bits. */
import { MAX_MATCH, MIN_MATCH } from './symbols.js';

/**
 * A match in a token: its distance above these bits, its length in them. Smaller tokens are literal bytes, and above these
 * phrases.
 */
export const LENGTH_BITS = 9;
export const LENGTH_MASK = (1 << LENGTH_BITS) - 1;
export const FIRST_PHRASE = 256;
export const MAX_PHRASES = LENGTH_MASK + 1 - FIRST_PHRASE;

/** Literals, phrases and matches in the order of the stream; grows as needed and is used again. */
export interface Tokens {
  list: Uint32Array;
  count: number;
  /**
   * What comes again and again together, such as the bytes of a number: a match (`lead`, its token, or 0 for none), then the
   * literals of phrase n, which are `phraseBytes` from n times that in `phrases`.
   */
  lead: number;
  phrases: Uint8Array;
  phraseBytes: number;
}

export function createTokens(): Tokens {
  return { list: new Uint32Array(1 << 12), count: 0, lead: 0, phrases: new Uint8Array(0), phraseBytes: 1 };
}

/** Room for `extra` more tokens. */
export function reserveTokens(tokens: Tokens, extra: number): void {
  const needed = tokens.count + extra;
  if (needed <= tokens.list.length) return;
  const larger = new Uint32Array(Math.max(needed, tokens.list.length * 2));
  larger.set(tokens.list.subarray(0, tokens.count));
  tokens.list = larger;
}

/** The token of one match: 3 to 258 bytes. */
export function matchToken(length: number, distance: number): number {
  return (distance << LENGTH_BITS) | length;
}

/** Copies `length` bytes, at least 3, from `distance` bytes before. */
export function putMatch(tokens: Tokens, length: number, distance: number): void {
  if (length <= MAX_MATCH) {
    reserveTokens(tokens, 1);
    tokens.list[tokens.count++] = matchToken(length, distance);
    return;
  }
  reserveTokens(tokens, 2 + length / (MAX_MATCH - MIN_MATCH));
  const { list } = tokens;
  let { count } = tokens;
  let rest = length;
  while (rest > 0) {
    // What is left must not be shorter than a match can be.
    const piece = rest <= MAX_MATCH ? rest : rest < MAX_MATCH + MIN_MATCH ? rest - MIN_MATCH : MAX_MATCH;
    list[count++] = matchToken(piece, distance);
    rest -= piece;
  }
  tokens.count = count;
}

/** The token of a phrase, one of the first `MAX_PHRASES`. */
export function phraseToken(phrase: number): number {
  return FIRST_PHRASE + phrase;
}
