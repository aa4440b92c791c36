/**
 * A zlib stream (RFC 1950) from tokens: one block with codes made for it. Who knows how the bytes of a column repeat writes
 * the tokens down; nothing is searched for here.
 */
import { type BitWriter, putBits } from './bits.js';
import { blockHeader } from './block-header.js';
import { canonicalCodes, codeLengths, type HuffmanCodes, MAX_BITS } from './huffman.js';
import {
  DISTANCE_BASE,
  DISTANCE_EXTRA,
  DISTANCE_SYMBOLS,
  distanceSymbol,
  END_OF_BLOCK,
  FIRST_LENGTH_SYMBOL,
  LENGTH_BASE,
  LENGTH_EXTRA,
  LENGTH_SYMBOL,
  LITERAL_SYMBOLS,
  MAX_MATCH,
  MIN_MATCH,
} from './symbols.js';
import { FIRST_PHRASE, LENGTH_BITS, LENGTH_MASK, phraseToken, type Tokens } from './tokens.js';

// An imported binding is looked up at every use; a constant of the module is compiled in.
const [MASK, SHIFT, PHRASES] = [LENGTH_MASK, LENGTH_BITS, FIRST_PHRASE];
const SYMBOL_OF_LENGTH = LENGTH_SYMBOL;

/** Scratch of the one block that is made at a time. */
const literalFrequencies = new Uint32Array(LITERAL_SYMBOLS);
const distanceFrequencies = new Uint32Array(DISTANCE_SYMBOLS);
/** By literal or phrase: how often it occurs, and the bits that it becomes with their number. */
const shortFrequencies = new Uint32Array(MASK + 1);
const shortBits = new Uint32Array(MASK + 1);
const shortSizes = new Uint8Array(MASK + 1);
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

function countSymbols({ list, count, lead, phrases, phraseBytes }: Tokens): void {
  literalFrequencies.fill(0);
  distanceFrequencies.fill(0);
  shortFrequencies.fill(0);
  for (let i = 0; i < count; i++) {
    const token = list[i]!;
    if (token <= MASK) shortFrequencies[token]!++;
    else {
      literalFrequencies[FIRST_LENGTH_SYMBOL + SYMBOL_OF_LENGTH[token & MASK]!]!++;
      distanceFrequencies[distanceSymbol(token >>> SHIFT)]!++;
    }
  }
  for (let byte = 0; byte < PHRASES; byte++) literalFrequencies[byte] = shortFrequencies[byte]!;
  let led = 0;
  for (let phrase = 0; phrase * phraseBytes < phrases.length; phrase++) {
    const frequency = shortFrequencies[phraseToken(phrase)]!;
    led += frequency;
    for (let i = 0; i < phraseBytes; i++)
      literalFrequencies[phrases[phrase * phraseBytes + i]!]! += frequency;
  }
  if (lead > 0) {
    literalFrequencies[FIRST_LENGTH_SYMBOL + SYMBOL_OF_LENGTH[lead & MASK]!]! += led;
    distanceFrequencies[distanceSymbol(lead >>> SHIFT)]! += led;
  }
  literalFrequencies[END_OF_BLOCK] = 1;
}

/** The bits of literals and phrases; a phrase that has too many keeps the size 0 and is put piece by piece. */
function prepareShort(
  { lead, phrases, phraseBytes }: Tokens,
  literals: HuffmanCodes,
  distances: HuffmanCodes,
): void {
  const { bits, lengths } = literals;
  const [before, beforeSize] = lead > 0 ? bitsOfMatch(lead, distances) : [0, 0];
  for (let byte = 0; byte < PHRASES; byte++) {
    shortBits[byte] = bits[byte]!;
    shortSizes[byte] = lengths[byte]!;
  }
  for (let phrase = 0; phrase * phraseBytes < phrases.length; phrase++) {
    let all = before;
    let size = beforeSize;
    for (let i = 0; i < phraseBytes && size <= MAX_SHORT_BITS; i++) {
      const byte = phrases[phrase * phraseBytes + i]!;
      all |= bits[byte]! << size;
      size += lengths[byte]!;
    }
    shortBits[phraseToken(phrase)] = all;
    shortSizes[phraseToken(phrase)] = size <= MAX_SHORT_BITS ? size : 0;
  }
}

function bodyBits(literalLengths: Uint8Array, distanceLengths: Uint8Array): number {
  let bits = 0;
  for (let symbol = 0; symbol < LITERAL_SYMBOLS; symbol++) {
    const extra = symbol < FIRST_LENGTH_SYMBOL ? 0 : LENGTH_EXTRA[symbol - FIRST_LENGTH_SYMBOL]!;
    bits += literalFrequencies[symbol]! * (literalLengths[symbol]! + extra);
  }
  for (let symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++)
    bits += distanceFrequencies[symbol]! * (distanceLengths[symbol]! + DISTANCE_EXTRA[symbol]!);
  return bits;
}

/** Code and extra bits of every match length: 11 and 5 bits at most. */
const lengthBits = new Uint16Array(MAX_MATCH + 1);
const lengthSizes = new Uint8Array(MAX_MATCH + 1);

function prepareLengths({ bits, lengths }: HuffmanCodes): void {
  for (let length = MIN_MATCH; length <= MAX_MATCH; length++) {
    const ofLength = SYMBOL_OF_LENGTH[length]!;
    const size = lengths[FIRST_LENGTH_SYMBOL + ofLength]!;
    const extra = length - LENGTH_BASE[ofLength]!;
    lengthBits[length] = bits[FIRST_LENGTH_SYMBOL + ofLength]! | (extra << size);
    lengthSizes[length] = size + LENGTH_EXTRA[ofLength]!;
  }
}

/**
 * The loop over all tokens. The state of the bit writer is in local variables here: in an object it would be written to memory
 * for every code. No step adds more than 16 bits to the 15 that may wait.
 */
function putTokens(w: BitWriter, tokens: Tokens, literals: HuffmanCodes, distances: HuffmanCodes): void {
  prepareLengths(literals);
  prepareShort(tokens, literals, distances);
  const { list, count } = tokens;
  const { bytes } = w;
  let { at, held, holds } = w;
  let distance = 0;
  let distanceBits = 0;
  let distanceSize = 0;
  let extraBits = 0;
  let extraSize = 0;
  for (let i = 0; i < count; i++) {
    const token = list[i]!;
    if (token <= MASK) {
      const size = shortSizes[token]!;
      if (size === 0) {
        w.at = at;
        w.held = held;
        w.holds = holds;
        putPhrase(w, tokens, token - PHRASES, literals, distances);
        ({ at, held, holds } = w);
        continue;
      }
      held |= shortBits[token]! << holds;
      holds += size;
    } else {
      const length = token & MASK;
      held |= lengthBits[length]! << holds;
      holds += lengthSizes[length]!;
      if (holds >= 16) {
        bytes[at++] = held;
        bytes[at++] = held >>> 8;
        held >>>= 16;
        holds -= 16;
      }
      // Most columns have one distance only.
      if (token >>> SHIFT !== distance) {
        distance = token >>> SHIFT;
        const symbol = distanceSymbol(distance);
        distanceBits = distances.bits[symbol]!;
        distanceSize = distances.lengths[symbol]!;
        extraBits = distance - 1 - DISTANCE_BASE[symbol]!;
        extraSize = DISTANCE_EXTRA[symbol]!;
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
  putBits(w, literals.bits[END_OF_BLOCK]!, literals.lengths[END_OF_BLOCK]!);
}

/** The bits of a match with their number; more than 16 are given as some number above 16. */
function bitsOfMatch(token: number, { bits, lengths }: HuffmanCodes): [bits: number, size: number] {
  const length = token & MASK;
  const distance = token >>> SHIFT;
  const symbol = distanceSymbol(distance);
  const ofLength = lengthSizes[length]!;
  const ofDistance = lengths[symbol]!;
  const size = ofLength + ofDistance + DISTANCE_EXTRA[symbol]!;
  if (size > MAX_SHORT_BITS) return [0, MAX_SHORT_BITS + 1];
  const extra = distance - 1 - DISTANCE_BASE[symbol]!;
  return [lengthBits[length]! | (bits[symbol]! << ofLength) | (extra << (ofLength + ofDistance)), size];
}

/** A phrase of too many bits for one step. */
function putPhrase(
  w: BitWriter,
  { lead, phrases, phraseBytes }: Tokens,
  phrase: number,
  literals: HuffmanCodes,
  distances: HuffmanCodes,
): void {
  if (lead > 0) {
    const distance = lead >>> SHIFT;
    const symbol = distanceSymbol(distance);
    putBits(w, lengthBits[lead & MASK]!, lengthSizes[lead & MASK]!);
    putBits(w, distances.bits[symbol]!, distances.lengths[symbol]!);
    putBits(w, distance - 1 - DISTANCE_BASE[symbol]!, DISTANCE_EXTRA[symbol]!);
  }
  for (let i = 0; i < phraseBytes; i++) {
    const byte = phrases[phrase * phraseBytes + i]!;
    putBits(w, literals.bits[byte]!, literals.lengths[byte]!);
  }
}
