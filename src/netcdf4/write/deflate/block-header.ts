/** The header of a deflate block: the codes that its tokens are written in. */
import { type BitWriter, putBits } from './bits.js';
import { canonicalCodes, codeLengths } from './huffman.js';
import { FIRST_LENGTH_SYMBOL } from './symbols.js';

/** Order in which the lengths of the code for code lengths are stored. */
const LENGTH_CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const REPEAT_PREVIOUS = 16;
const REPEAT_ZERO = 17;
const REPEAT_ZERO_LONG = 18;
const REPEAT_BITS = [2, 3, 7];

export interface BlockHeader {
  bits: number;
  put(w: BitWriter): void;
}

/** The header of the one and last block: the two codes by their lengths, run-length coded (RFC 1951, 3.2.7). */
export function blockHeader(literalLengths: Uint8Array, distanceLengths: Uint8Array): BlockHeader {
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
  while (stored > 4 && lengths[LENGTH_CODE_ORDER[stored - 1]!] === 0) stored--;
  let size = 3 + 5 + 5 + 4 + 3 * stored;
  for (const symbol of symbols) size += lengths[symbol]! + repeatBits(symbol);
  return {
    bits: size,
    put(w) {
      // The last block, with codes of its own.
      putBits(w, 0b101, 3);
      putBits(w, literalCount - FIRST_LENGTH_SYMBOL, 5);
      putBits(w, distanceCount - 1, 5);
      putBits(w, stored - 4, 4);
      for (let i = 0; i < stored; i++) putBits(w, lengths[LENGTH_CODE_ORDER[i]!]!, 3);
      for (const [i, symbol] of symbols.entries()) {
        putBits(w, bits[symbol]!, lengths[symbol]!);
        putBits(w, repeats[i]!, repeatBits(symbol));
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
  return symbol < REPEAT_PREVIOUS ? 0 : REPEAT_BITS[symbol - REPEAT_PREVIOUS]!;
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
    const length = all[at]!;
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
