/** The list of skipped parts of an input: bounded, for a damaged file may have millions of them; the counts are exact. */
import { count, type Tally } from '../../records/tally.js';

/** Skips of one reason that are listed per file; all are counted. */
const MAX_LISTED = 100;

/** Where the reader counts: the names of reasons begin with the dataset. */
export interface SkipContext {
  readonly dataset: string;
  readonly path: string;
  readonly tally: Tally;
  /** Entries listed for this file, by reason. */
  readonly listed: Map<string, number>;
}

/** A context for one file. */
export function skipContext(dataset: string, path: string, tally: Tally): SkipContext {
  return { dataset, path, tally, listed: new Map() };
}

/** Counts something that was changed, moved or odd; `reason` is named without the dataset. */
export function note(context: SkipContext, reason: string, n = 1): void {
  count(context.tally.noted, `${context.dataset}.${reason}`, n);
}

/** Counts a skipped part of the input and lists it, with the byte where it begins; `reason` is named without the dataset. */
export function skip(context: SkipContext, reason: string, byteOffset: number, detail: string): void {
  note(context, reason);
  list(context, reason, byteOffset, detail, MAX_LISTED);
}

/** Lists the first case of `reason` in the file; the caller counts. */
export function listOnce(context: SkipContext, reason: string, byteOffset: number, detail: string): void {
  list(context, reason, byteOffset, detail, 1);
}

function list(
  { dataset, path, tally, listed }: SkipContext,
  reason: string,
  byteOffset: number,
  detail: string,
  most: number,
): void {
  const before = listed.get(reason) ?? 0;
  if (before >= most) return;
  listed.set(reason, before + 1);
  tally.skipped.push({ file: path, byteOffset, reason: `${dataset}.${reason}`, detail });
}
