/**
 * A zlib stream (RFC 1950) from tokens: one block with codes made for it. Who knows how the bytes of a column repeat writes
 * the tokens down; nothing is searched for here.
 */
import { canonicalCodes, codeLengths, type HuffmanCodes, MAX_BITS } from './huffman.js';

/** Bytes that a match can reach back, and the most it can copy. */
export const MAX_DISTANCE = 32_768;
export const MAX_MATCH = 258;
export const MIN_MATCH = 3;

const END_OF_BLOCK = 256;
const FIRST_LENGTH_SYMBOL = 257;
const LITERAL_SYMBOLS = 286;
const DISTANCE_SYMBOLS = 30;

const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/** By match length: its symbol less 257, and the smallest length of that symbol. */
const LENGTH_SYMBOL = new Uint8Array(MAX_MATCH + 1);
const LENGTH_BASE = new Uint16Array(LENGTH_EXTRA.length);
/** By distance less one, below 256; above, by its upper bits. */
const NEAR_SYMBOL = new Uint8Array(256);
const FAR_SYMBOL = new Uint8Array(256);
const DISTANCE_BASE = new Uint16Array(DISTANCE_EXTRA.length);

for (const [symbol, extra] of LENGTH_EXTRA.entries()) {
  const base =
    symbol === 0
      ? MIN_MATCH
      : (LENGTH_BASE[symbol - 1] as number) + (1 << (LENGTH_EXTRA[symbol - 1] as number));
  // 258 has a symbol of its own, which the range before it would reach.
  LENGTH_BASE[symbol] = Math.min(base, MAX_MATCH);
  LENGTH_SYMBOL.fill(symbol, LENGTH_BASE[symbol], Math.min(base + (1 << extra), MAX_MATCH + 1));
}
for (const [symbol, extra] of DISTANCE_EXTRA.entries()) {
  const base =
    symbol === 0 ? 0 : (DISTANCE_BASE[symbol - 1] as number) + (1 << (DISTANCE_EXTRA[symbol - 1] as number));
  DISTANCE_BASE[symbol] = base;
  if (base < 256) NEAR_SYMBOL.fill(symbol, base, base + (1 << extra));
  else FAR_SYMBOL.fill(symbol, base >> 7, (base + (1 << extra)) >> 7);
}

/**
 * A match in a token: its distance above these bits, its length in them. Smaller tokens are literal bytes, and above these
 * phrases.
 */
const LENGTH_BITS = 9;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;
const FIRST_PHRASE = 256;
export const MAX_PHRASES = LENGTH_MASK + 1 - FIRST_PHRASE;

/** Literals, phrases and matches in the order of the stream; grows as needed and is used again. */
export interface Tokens {
  list: Uint32Array;
  count: number;
  /** Literals that come again and again together, such as the bytes of a number: phrase n has `phraseBytes` from n times that. */
  phrases: Uint8Array;
  phraseBytes: number;
}

export function createTokens(): Tokens {
  return { list: new Uint32Array(1 << 12), count: 0, phrases: new Uint8Array(0), phraseBytes: 1 };
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

function distanceSymbol(distance: number): number {
  const offset = distance - 1;
  return (offset < 256 ? NEAR_SYMBOL[offset] : FAR_SYMBOL[offset >> 7]) as number;
}

/** Bytes that go out bit by bit, the lowest bit first. */
interface BitWriter {
  bytes: Uint8Array;
  at: number;
  /** Bits that wait for a whole byte, and how many they are: below 16 between two calls. */
  held: number;
  holds: number;
}

/** At most 16 bits. */
function putBits(w: BitWriter, bits: number, count: number): void {
  w.held |= bits << w.holds;
  w.holds += count;
  if (w.holds < 16) return;
  w.bytes[w.at++] = w.held;
  w.bytes[w.at++] = w.held >>> 8;
  w.held >>>= 16;
  w.holds -= 16;
}

/** Scratch of the one block that is made at a time. */
const literalFrequencies = new Uint32Array(LITERAL_SYMBOLS);
const distanceFrequencies = new Uint32Array(DISTANCE_SYMBOLS);
/** By literal or phrase: how often it occurs, and the bits that it becomes with their number. */
const shortFrequencies = new Uint32Array(LENGTH_MASK + 1);
const shortBits = new Uint32Array(LENGTH_MASK + 1);
const shortSizes = new Uint8Array(LENGTH_MASK + 1);
/** More bits than one step of the loop over all tokens can take. */
const MAX_SHORT_BITS = 16;

/**
 * The zlib stream of `tokens`, with `checksum` (Adler-32 of what they stand for), as a fresh array; null where it would not be
 * smaller than `limit` bytes.
 */
export function deflateTokens(tokens: Tokens, checksum: number, limit: number): Uint8Array | null {
  countSymbols(tokens);
  const literals = codesFor(literalFrequencies);
  const distances = codesFor(distanceFrequencies);
  const header = blockHeader(literals.lengths, distances.lengths);
  const bits = header.bits + bodyBits(literals.lengths, distances.lengths);
  const size = 2 + Math.ceil(bits / 8) + 4;
  if (size >= limit) return null;
  // The bit writer works two bytes at a time.
  const w: BitWriter = { bytes: new Uint8Array(size + 2), at: 0, held: 0, holds: 0 };
  // Deflate with a window of 32 KiB, the fastest level; a multiple of 31.
  putBits(w, 0x78, 8);
  putBits(w, 0x01, 8);
  header.put(w);
  putTokens(w, tokens, literals, distances);
  while (w.holds > 0) putBits(w, 0, Math.min(8, 16 - w.holds));
  const out = w.bytes.subarray(0, size);
  new DataView(out.buffer).setUint32(size - 4, checksum);
  return out;
}

function codesFor(frequencies: Uint32Array): HuffmanCodes {
  const lengths = new Uint8Array(frequencies.length);
  codeLengths(frequencies, MAX_BITS, lengths);
  return canonicalCodes(lengths);
}

function countSymbols({ list, count, phrases, phraseBytes }: Tokens): void {
  literalFrequencies.fill(0);
  distanceFrequencies.fill(0);
  shortFrequencies.fill(0);
  for (let i = 0; i < count; i++) {
    const token = list[i] as number;
    if (token <= LENGTH_MASK) shortFrequencies[token]!++;
    else {
      literalFrequencies[FIRST_LENGTH_SYMBOL + (LENGTH_SYMBOL[token & LENGTH_MASK] as number)]!++;
      distanceFrequencies[distanceSymbol(token >>> LENGTH_BITS)]!++;
    }
  }
  for (let byte = 0; byte < FIRST_PHRASE; byte++) literalFrequencies[byte] = shortFrequencies[byte] as number;
  for (let phrase = 0; phrase * phraseBytes < phrases.length; phrase++) {
    const frequency = shortFrequencies[phraseToken(phrase)] as number;
    for (let i = 0; i < phraseBytes; i++)
      literalFrequencies[phrases[phrase * phraseBytes + i] as number]! += frequency;
  }
  literalFrequencies[END_OF_BLOCK] = 1;
}

/** The bits of literals and phrases; a phrase that has too many keeps the size 0 and is put byte by byte. */
function prepareShort({ phrases, phraseBytes }: Tokens, { bits, lengths }: HuffmanCodes): void {
  for (let byte = 0; byte < FIRST_PHRASE; byte++) {
    shortBits[byte] = bits[byte] as number;
    shortSizes[byte] = lengths[byte] as number;
  }
  for (let phrase = 0; phrase * phraseBytes < phrases.length; phrase++) {
    let all = 0;
    let size = 0;
    for (let i = 0; i < phraseBytes && size <= MAX_SHORT_BITS; i++) {
      const byte = phrases[phrase * phraseBytes + i] as number;
      all |= (bits[byte] as number) << size;
      size += lengths[byte] as number;
    }
    shortBits[phraseToken(phrase)] = all;
    shortSizes[phraseToken(phrase)] = size <= MAX_SHORT_BITS ? size : 0;
  }
}

function bodyBits(literalLengths: Uint8Array, distanceLengths: Uint8Array): number {
  let bits = 0;
  for (let symbol = 0; symbol < LITERAL_SYMBOLS; symbol++) {
    const extra = symbol < FIRST_LENGTH_SYMBOL ? 0 : (LENGTH_EXTRA[symbol - FIRST_LENGTH_SYMBOL] as number);
    bits += (literalFrequencies[symbol] as number) * ((literalLengths[symbol] as number) + extra);
  }
  for (let symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++)
    bits +=
      (distanceFrequencies[symbol] as number) *
      ((distanceLengths[symbol] as number) + (DISTANCE_EXTRA[symbol] as number));
  return bits;
}

/** Code and extra bits of every match length: 11 and 5 bits at most. */
const lengthBits = new Uint16Array(MAX_MATCH + 1);
const lengthSizes = new Uint8Array(MAX_MATCH + 1);

function prepareLengths({ bits, lengths }: HuffmanCodes): void {
  for (let length = MIN_MATCH; length <= MAX_MATCH; length++) {
    const ofLength = LENGTH_SYMBOL[length] as number;
    const size = lengths[FIRST_LENGTH_SYMBOL + ofLength] as number;
    const extra = length - (LENGTH_BASE[ofLength] as number);
    lengthBits[length] = (bits[FIRST_LENGTH_SYMBOL + ofLength] as number) | (extra << size);
    lengthSizes[length] = size + (LENGTH_EXTRA[ofLength] as number);
  }
}

/**
 * The loop over all tokens. The state of the bit writer is in local variables here: in an object it would be written to memory
 * for every code. No step adds more than 16 bits to the 15 that may wait.
 */
function putTokens(w: BitWriter, tokens: Tokens, literals: HuffmanCodes, distances: HuffmanCodes): void {
  prepareLengths(literals);
  prepareShort(tokens, literals);
  const { list, count } = tokens;
  const { bytes } = w;
  let { at, held, holds } = w;
  let distance = 0;
  let distanceBits = 0;
  let distanceSize = 0;
  let extraBits = 0;
  let extraSize = 0;
  for (let i = 0; i < count; i++) {
    const token = list[i] as number;
    if (token <= LENGTH_MASK) {
      const size = shortSizes[token] as number;
      if (size === 0) {
        w.at = at;
        w.held = held;
        w.holds = holds;
        putPhrase(w, tokens, token - FIRST_PHRASE, literals);
        ({ at, held, holds } = w);
        continue;
      }
      held |= (shortBits[token] as number) << holds;
      holds += size;
    } else {
      const length = token & LENGTH_MASK;
      held |= (lengthBits[length] as number) << holds;
      holds += lengthSizes[length] as number;
      if (holds >= 16) {
        bytes[at++] = held;
        bytes[at++] = held >>> 8;
        held >>>= 16;
        holds -= 16;
      }
      // Most columns have one distance only.
      if (token >>> LENGTH_BITS !== distance) {
        distance = token >>> LENGTH_BITS;
        const symbol = distanceSymbol(distance);
        distanceBits = distances.bits[symbol] as number;
        distanceSize = distances.lengths[symbol] as number;
        extraBits = distance - 1 - (DISTANCE_BASE[symbol] as number);
        extraSize = DISTANCE_EXTRA[symbol] as number;
      }
      held |= distanceBits << holds;
      holds += distanceSize;
      if (holds >= 16) {
        bytes[at++] = held;
        bytes[at++] = held >>> 8;
        held >>>= 16;
        holds -= 16;
      }
      held |= extraBits << holds;
      holds += extraSize;
    }
    if (holds >= 16) {
      bytes[at++] = held;
      bytes[at++] = held >>> 8;
      held >>>= 16;
      holds -= 16;
    }
  }
  w.at = at;
  w.held = held;
  w.holds = holds;
  putBits(w, literals.bits[END_OF_BLOCK] as number, literals.lengths[END_OF_BLOCK] as number);
}

function putPhrase(
  w: BitWriter,
  { phrases, phraseBytes }: Tokens,
  phrase: number,
  literals: HuffmanCodes,
): void {
  for (let i = 0; i < phraseBytes; i++) {
    const byte = phrases[phrase * phraseBytes + i] as number;
    putBits(w, literals.bits[byte] as number, literals.lengths[byte] as number);
  }
}

/** Order in which the lengths of the code for code lengths are stored. */
const LENGTH_CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const REPEAT_PREVIOUS = 16;
const REPEAT_ZERO = 17;
const REPEAT_ZERO_LONG = 18;
const REPEAT_BITS = [2, 3, 7];

interface BlockHeader {
  bits: number;
  put(w: BitWriter): void;
}

/** The header of the one and last block: the two codes by their lengths, run-length coded (RFC 1951, 3.2.7). */
function blockHeader(literalLengths: Uint8Array, distanceLengths: Uint8Array): BlockHeader {
  const literalCount = Math.max(FIRST_LENGTH_SYMBOL, usedLength(literalLengths));
  const distanceCount = Math.max(1, usedLength(distanceLengths));
  const all = new Uint8Array(literalCount + distanceCount);
  all.set(literalLengths.subarray(0, literalCount));
  all.set(distanceLengths.subarray(0, distanceCount), literalCount);
  const { symbols, repeats } = runLengths(all);
  const frequencies = new Uint32Array(LENGTH_CODE_ORDER.length);
  for (const symbol of symbols) frequencies[symbol]!++;
  const lengths = new Uint8Array(frequencies.length);
  codeLengths(frequencies, 7, lengths);
  const { bits } = canonicalCodes(lengths);
  let stored = LENGTH_CODE_ORDER.length;
  while (stored > 4 && lengths[LENGTH_CODE_ORDER[stored - 1] as number] === 0) stored--;
  let size = 3 + 5 + 5 + 4 + 3 * stored;
  for (const symbol of symbols) size += (lengths[symbol] as number) + repeatBits(symbol);
  return {
    bits: size,
    put(w) {
      // The last block, with codes of its own.
      putBits(w, 0b101, 3);
      putBits(w, literalCount - FIRST_LENGTH_SYMBOL, 5);
      putBits(w, distanceCount - 1, 5);
      putBits(w, stored - 4, 4);
      for (let i = 0; i < stored; i++) putBits(w, lengths[LENGTH_CODE_ORDER[i] as number] as number, 3);
      for (const [i, symbol] of symbols.entries()) {
        putBits(w, bits[symbol] as number, lengths[symbol] as number);
        putBits(w, repeats[i] as number, repeatBits(symbol));
      }
    },
  };
}

function usedLength(lengths: Uint8Array): number {
  let used = lengths.length;
  while (used > 0 && lengths[used - 1] === 0) used--;
  return used;
}

function repeatBits(symbol: number): number {
  return symbol < REPEAT_PREVIOUS ? 0 : (REPEAT_BITS[symbol - REPEAT_PREVIOUS] as number);
}

/** Code lengths as symbols of the code for code lengths, each with the number that its extra bits hold. */
function runLengths(all: Uint8Array): { symbols: number[]; repeats: number[] } {
  const symbols: number[] = [];
  const repeats: number[] = [];
  const put = (symbol: number, repeat: number): void => {
    symbols.push(symbol);
    repeats.push(repeat);
  };
  for (let at = 0; at < all.length; ) {
    const length = all[at] as number;
    let run = 1;
    while (at + run < all.length && all[at + run] === length) run++;
    at += run;
    if (length > 0) {
      put(length, 0);
      run--;
    }
    while (run >= 3) {
      const most = length > 0 ? 6 : 138;
      const taken = Math.min(run, most);
      if (length > 0) put(REPEAT_PREVIOUS, taken - 3);
      else if (taken <= 10) put(REPEAT_ZERO, taken - 3);
      else put(REPEAT_ZERO_LONG, taken - 11);
      run -= taken;
    }
    for (; run > 0; run--) put(length, 0);
  }
  return { symbols, repeats };
}
