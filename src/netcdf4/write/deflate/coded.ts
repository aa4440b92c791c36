/**
 * Rows that are given by codes: row r of a column is `values[codes[r]]`, and several columns share the codes, as unit, precision and
 * conversion all follow from the variable that was observed. Where the codes repeat, all these columns do: the search for
 * repeats is done once, over one number per row, for all of them.
 */
import { bytesOf } from '../../bytes.js';
import type { NumericArray } from '../../types.js';
import type { RepeatedRows } from '../repeated.js';
import { type Checksum, checksumValue, MAX_BYTES } from './checksum.js';
import { findRepeats, ROWS_BITS, ROWS_MASK } from './row-repeats.js';
import { putLiteral } from './row-tokens.js';
import { deflateTokens } from './stream.js';
import { MAX_DISTANCE, MIN_MATCH } from './symbols.js';
import { createTokens, MAX_PHRASES, phraseToken, putMatch, reserveTokens, type Tokens } from './tokens.js';

/** `findRepeats` takes no more. */
const MAX_ROWS = ROWS_MASK;

const tokens: Tokens = createTokens();
const NONE = new Uint8Array(0);

/** The codes of some rows, made ready for columns. The array must not change as long as columns are made of it. */
export interface Codes {
  readonly codes: Uint16Array;
  /** By code: the rows that have it, and how many rows follow each of these, summed up. */
  readonly occurrences: Float64Array;
  readonly following: Float64Array;
  /** The rows with their repeats within so many rows. */
  repeats(maxDistance: number): Uint32Array;
}

/** @param limit all codes are below it */
export function createCodes(codes: Uint16Array, limit: number): Codes {
  const occurrences = new Float64Array(limit);
  const following = new Float64Array(limit);
  countCodes(codes, occurrences, following);
  if (sumOf(occurrences) !== codes.length) throw new RangeError(`a code is not below ${limit}`);
  let found: Uint32Array | undefined;
  let foundWithin = 0;
  return {
    codes,
    occurrences,
    following,
    repeats(maxDistance) {
      if (found === undefined || foundWithin !== maxDistance) found = findRepeats(codes, maxDistance);
      foundWithin = maxDistance;
      return found;
    },
  };
}

/** A function of its own: the engine compiles it while the loop runs. */
function countCodes(codes: Uint16Array, occurrences: Float64Array, following: Float64Array): void {
  for (let row = 0, rest = codes.length - 1; row < codes.length; row++, rest--) {
    const code = codes[row]!;
    occurrences[code]!++;
    following[code]! += rest;
  }
}

function sumOf(numbers: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}

/** The rows `values[codes[r]]`; `values` has a value, one per row, for every code that occurs. */
export function byCode(codes: Codes, values: NumericArray): RepeatedRows {
  const rows = codes.codes.length;
  const rowBytes = values.BYTES_PER_ELEMENT;
  const bytes = bytesOf(values);
  for (let code = values.length; code < codes.occurrences.length; code++)
    if (codes.occurrences[code]! > 0) throw new RangeError(`no value for the code ${code}`);
  return {
    rows,
    distinct: values.filter(
      (_: number | bigint, code: number) => (codes.occurrences[code] ?? 0) > 0,
    ) as NumericArray,
    rowBytes,
    expand() {
      const out = Buffer.allocUnsafe(rows * rowBytes);
      for (let row = 0, at = 0; row < rows; row++) {
        const from = codes.codes[row]! * rowBytes;
        for (let i = 0; i < rowBytes; i++) out[at++] = bytes[from + i]!;
      }
      return out;
    },
    deflate(shuffled) {
      if (shuffled || rowBytes < MIN_MATCH || rows > MAX_ROWS || rows * rowBytes > MAX_BYTES) return null;
      putCodes(codes.repeats(MAX_DISTANCE / rowBytes), bytes, rowBytes);
      return deflateTokens(tokens, checksumOf(codes, bytes, rowBytes), rows * rowBytes);
    },
  };
}

/** A row that is written out is a phrase, where there are phrases enough. */
function putCodes(repeats: Uint32Array, bytes: Uint8Array, rowBytes: number): void {
  tokens.count = 0;
  reserveTokens(tokens, repeats.length);
  const inPhrases = bytes.length <= MAX_PHRASES * rowBytes;
  tokens.phrases = inPhrases ? bytes : NONE;
  tokens.phraseBytes = rowBytes;
  for (let i = 0; i < repeats.length; i++) {
    const entry = repeats[i]!;
    if (entry > ROWS_MASK) putMatch(tokens, (entry & ROWS_MASK) * rowBytes, (entry >>> ROWS_BITS) * rowBytes);
    else if (inPhrases) putLiteral(tokens, phraseToken(entry));
    else for (let at = entry * rowBytes, end = at + rowBytes; at < end; at++) putLiteral(tokens, bytes[at]!);
  }
}

/** By the number of rows of each code and the number of bytes that follow them, no matter in which order they stand. */
function checksumOf({ codes, occurrences, following }: Codes, bytes: Uint8Array, rowBytes: number): number {
  const checksum: Checksum = { low: 1, high: codes.length * rowBytes };
  for (let code = 0; code < occurrences.length; code++) {
    const rows = occurrences[code]!;
    if (rows === 0) continue;
    let sum = 0;
    let weighted = 0;
    for (let i = 0; i < rowBytes; i++) {
      const byte = bytes[code * rowBytes + i]!;
      sum += byte;
      weighted += (rowBytes - i) * byte;
    }
    checksum.low += rows * sum;
    checksum.high += rows * weighted + rowBytes * sum * following[code]!;
  }
  return checksumValue(checksum);
}
