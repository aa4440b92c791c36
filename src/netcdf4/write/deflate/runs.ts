/** Rows in runs: each distinct row stands for a number of rows on end. */
import { bytesOf } from '../../bytes.js';
import type { NumericArray } from '../../types.js';
import { type RepeatedRows, sumOfRows } from '../repeated.js';
import { addRows, checksumValue, createChecksum, MAX_BYTES } from './checksum.js';
import { putEqual, putLiteral, putRow, type RowTokens } from './row-tokens.js';
import { deflateTokens } from './stream.js';
import { MIN_MATCH } from './symbols.js';
import { createTokens, putMatch, type Tokens } from './tokens.js';

/** Shorter rows than a match can be, or so long that few fit in what a match can reach, are left to the general way. */
const MIN_ROW_BYTES = 4;
const MAX_ROW_BYTES = 1024;

const tokens: Tokens = createTokens();

/**
 * The rows `values[i]`, `lengths[i]` times each.
 *
 * @param values whole rows, one per run
 * @param lengths rows of each run, at least 1
 */
export function inRuns(values: NumericArray, lengths: Int32Array): RepeatedRows {
  const bytes = bytesOf(values);
  const rowBytes = bytes.length / lengths.length;
  const rows = sumOfRows(lengths);
  return {
    rows,
    distinct: values,
    rowBytes,
    expand: () => expandRuns(bytes, rowBytes, lengths, rows),
    deflate(shuffled) {
      if (rowBytes < MIN_ROW_BYTES || rowBytes > MAX_ROW_BYTES || rows * rowBytes > MAX_BYTES) return null;
      const checksum = (shuffled ? putPlanes : putRuns)(bytes, rowBytes, lengths);
      return deflateTokens(tokens, checksum, rows * rowBytes);
    },
  };
}

function expandRuns(bytes: Uint8Array, rowBytes: number, lengths: Int32Array, rows: number): Uint8Array {
  const out = Buffer.allocUnsafe(rows * rowBytes);
  for (let run = 0, at = 0; run < lengths.length; run++) {
    const end = at + lengths[run]! * rowBytes;
    out.fill(bytes.subarray(run * rowBytes, (run + 1) * rowBytes), at, end);
    at = end;
  }
  return out;
}

/** Fills `tokens` and returns the checksum. */
function putRuns(bytes: Uint8Array, rowBytes: number, lengths: Int32Array): number {
  tokens.count = 0;
  const state: RowTokens = { tokens, rowBytes, equal: 0, sum: 0, weighted: 0 };
  const checksum = createChecksum();
  for (let run = 0, at = 0; run < lengths.length; run++, at += rowBytes) {
    const length = lengths[run]!;
    putRow(state, bytes, at, run === 0 ? -1 : at - rowBytes);
    state.equal += (length - 1) * rowBytes;
    addRows(checksum, length, rowBytes, state.sum, state.weighted);
  }
  putEqual(state, bytes, bytes.length);
  return checksumValue(checksum);
}

/** The same of shuffled rows: the first byte of every row, then the second of every row, and so on. */
function putPlanes(bytes: Uint8Array, rowBytes: number, lengths: Int32Array): number {
  tokens.count = 0;
  const checksum = createChecksum();
  let last = -1;
  let equal = 0;
  for (let plane = 0; plane < rowBytes; plane++) {
    for (let run = 0, at = plane; run < lengths.length; run++, at += rowBytes) {
      const byte = bytes[at]!;
      const length = lengths[run]!;
      addRows(checksum, length, 1, byte, byte);
      equal += length;
      if (byte === last) continue;
      putRepeated(last, equal - length);
      putLiteral(tokens, byte);
      last = byte;
      equal = length - 1;
    }
  }
  putRepeated(last, equal);
  return checksumValue(checksum);
}

/** The byte that was put last, `count` times more. */
function putRepeated(byte: number, count: number): void {
  if (count >= MIN_MATCH) putMatch(tokens, count, 1);
  else for (let i = 0; i < count; i++) putLiteral(tokens, byte);
}
