/** Texts that end in a number which counts up from row to row, such as the ids of the observations of a report. */
import { type RepeatedRows, sumOfRows } from '../repeated.js';
import { addRows, type Checksum, checksumValue, createChecksum, MAX_BYTES } from './checksum.js';
import { putEqual, putLiteral, putRow, type RowTokens } from './row-tokens.js';
import { deflateTokens } from './stream.js';
import { MAX_MATCH, MIN_MATCH } from './symbols.js';
import { createTokens, matchToken, phraseToken, reserveTokens, type Tokens } from './tokens.js';

const ZERO = 48;
const NINE = 57;
const DIGITS = Uint8Array.from({ length: 10 }, (_, digit) => ZERO + digit);

const tokens: Tokens = createTokens();

/** Runs of texts: a prefix, then a decimal number that counts up from row to row. */
export interface CountedTexts {
  /** Prefixes of all runs, one after the other, of equal length, which is not 0. */
  prefixes: Uint8Array;
  /** First number of each run. */
  firsts: Int32Array;
  /** Rows of each run, at least 1. */
  lengths: Int32Array;
  /** Digits of every number, with leading zeros; all numbers must fit. */
  digits: number;
}

/** The rows of a `char` variable that these texts are. */
export function counted(texts: CountedTexts): RepeatedRows {
  const rowBytes = texts.prefixes.length / texts.lengths.length + texts.digits;
  const rows = sumOfRows(texts.lengths);
  return {
    rows,
    // Two rows show that they are not all equal, and none is missing: there is a number in each.
    distinct: expandCounted(texts, rowBytes, Math.min(rows, 2)),
    rowBytes,
    expand: () => expandCounted(texts, rowBytes, rows),
    deflate: (shuffled) =>
      // A row less its last digit must be one match.
      shuffled || rowBytes <= MIN_MATCH || rowBytes > MAX_MATCH || rows * rowBytes > MAX_BYTES
        ? null
        : deflateTokens(tokens, putCounted(texts, rowBytes), rows * rowBytes),
  };
}

/** The first `rows` rows. */
function expandCounted(texts: CountedTexts, rowBytes: number, rows: number): Uint8Array {
  const out = new Uint8Array(rows * rowBytes);
  for (let run = 0, row = 0; row < rows; run++)
    for (let i = 0; i < texts.lengths[run]! && row < rows; i++, row++)
      putText(texts, run, texts.firsts[run]! + i, out, row * rowBytes);
  return out;
}

/** Writes the text of a run with its number to `at`. */
function putText(texts: CountedTexts, run: number, value: number, out: Uint8Array, at: number): void {
  const { prefixes, lengths, digits } = texts;
  const width = prefixes.length / lengths.length;
  for (let i = 0; i < width; i++) out[at + i] = prefixes[run * width + i]!;
  for (let i = digits - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 10))
    out[at + width + i] = ZERO + (rest % 10);
}

/** Fills `tokens` and returns the checksum. A row and the one before it stand side by side; counting changes the row in place. */
function putCounted(texts: CountedTexts, rowBytes: number): number {
  tokens.count = 0;
  tokens.lead = matchToken(rowBytes - 1, rowBytes);
  tokens.phrases = DIGITS;
  const state: RowTokens = { tokens, rowBytes, equal: 0, sum: 0, weighted: 0 };
  const checksum = createChecksum();
  const two = new Uint8Array(2 * rowBytes);
  for (let run = 0; run < texts.lengths.length; run++) {
    two.copyWithin(0, rowBytes);
    putText(texts, run, texts.firsts[run]!, two, rowBytes);
    putRow(state, two, rowBytes, run === 0 ? -1 : 0);
    addRows(checksum, 1, rowBytes, state.sum, state.weighted);
    let rest = texts.lengths[run]! - 1;
    while (rest > 0) {
      // The last digit of the first row may be equal to the row before; then the match goes on from there.
      const steps = state.equal > 0 ? 0 : Math.min(rest, NINE - two[two.length - 1]!);
      putSteps(state, checksum, two, steps);
      rest -= steps;
      if (rest === 0) break;
      putNext(state, two);
      addRows(checksum, 1, rowBytes, state.sum, state.weighted);
      rest--;
    }
  }
  putEqual(state, two, two.length);
  return checksumValue(checksum);
}

/**
 * Counts up by one `steps` times where only the last digit changes, which is nine rows in ten: a match of all but that digit, and the
 * digit, which are a phrase. This loop makes the tokens of nearly all rows; what it changes is in local variables.
 */
function putSteps(state: RowTokens, checksum: Checksum, two: Uint8Array, steps: number): void {
  const { rowBytes } = state;
  const last = two.length - 1;
  reserveTokens(tokens, steps);
  const { list } = tokens;
  let { count } = tokens;
  let { sum, weighted } = state;
  let { low, high } = checksum;
  let digit = two[last]!;
  for (let i = 0; i < steps; i++) {
    list[count++] = phraseToken(++digit - ZERO);
    sum++;
    weighted++;
    high += rowBytes * low + weighted;
    low += sum;
  }
  two[last] = digit;
  tokens.count = count;
  state.sum = sum;
  state.weighted = weighted;
  checksum.low = low;
  checksum.high = high;
}

/** Counts the row in the second half of `two` up by one and puts it: a match up to the digits that change, then these. */
function putNext(state: RowTokens, two: Uint8Array): void {
  const end = two.length;
  let at = end - 1;
  for (; two[at] === NINE; at--) {
    two[at] = ZERO;
    state.sum -= NINE - ZERO;
    state.weighted -= (NINE - ZERO) * (end - at);
  }
  two[at]!++;
  state.sum++;
  state.weighted += end - at;
  state.equal += at - state.rowBytes;
  putEqual(state, two, at);
  for (; at < end; at++) putLiteral(state.tokens, two[at]!);
}
