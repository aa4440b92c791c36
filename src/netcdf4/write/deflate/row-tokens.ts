/** Tokens of rows that are nearly those before them: what is equal is a match at the distance of a row, the rest is written out. */
import { MIN_MATCH } from './symbols.js';
import { putMatch, reserveTokens, type Tokens } from './tokens.js';

/** Rows going into tokens; `sum` and `weighted` are those of the last row (see `checksum.ts`). */
export interface RowTokens {
  readonly tokens: Tokens;
  readonly rowBytes: number;
  /** Bytes up to here that are equal to those one row before and are not in the tokens yet. */
  equal: number;
  sum: number;
  weighted: number;
}

/** Puts the row at `at` of `bytes`; the row before it stands at `before`, or nowhere (-1) for the first one. */
export function putRow(state: RowTokens, bytes: Uint8Array, at: number, before: number): void {
  const { rowBytes, tokens } = state;
  let { equal, sum, weighted } = state;
  for (let i = 0; i < rowBytes; i++) {
    const byte = bytes[at + i]!;
    const change = before < 0 ? byte : byte - bytes[before + i]!;
    if (before >= 0 && change === 0) {
      equal++;
      continue;
    }
    if (equal > 0) {
      state.equal = equal;
      putEqual(state, bytes, at + i);
      equal = 0;
    }
    putLiteral(tokens, byte);
    sum += change;
    weighted += (rowBytes - i) * change;
  }
  state.equal = equal;
  state.sum = sum;
  state.weighted = weighted;
}

export function putLiteral(tokens: Tokens, byte: number): void {
  reserveTokens(tokens, 1);
  tokens.list[tokens.count++] = byte;
}

/**
 * Puts the equal bytes that end at `end`; a match has three at least, and one or two stand in `bytes` right before `end`:
 * in the same row, or at the end of the one before, which is equal there.
 */
export function putEqual(state: RowTokens, bytes: Uint8Array, end: number): void {
  if (state.equal >= MIN_MATCH) putMatch(state.tokens, state.equal, state.rowBytes);
  else for (let i = end - state.equal; i < end; i++) putLiteral(state.tokens, bytes[i]!);
  state.equal = 0;
}
