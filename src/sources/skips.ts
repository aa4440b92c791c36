/** The list of skipped parts of an input: bounded, for a damaged file may have millions of them; the counts are exact. */
import { count, type Tally } from '../records/tally.js';

/** Skips of one reason that are listed per file; all are counted. */
const MAX_LISTED = 100;

/** What the list needs of the parser's state. */
export interface SkipContext {
  readonly tally: Tally;
  /** The file at hand. */
  path: string;
  /** Entries listed for this file, by reason (and key). */
  listed: Map<string, number>;
}

/** Counts a skipped part of the input and lists it, with the byte where it begins. */
export function skip(context: SkipContext, reason: string, byteOffset: number, detail: string): void {
  count(context.tally.noted, reason);
  const listed = (context.listed.get(reason) ?? 0) + 1;
  context.listed.set(reason, listed);
  if (listed <= MAX_LISTED) context.tally.skipped.push({ file: context.path, byteOffset, reason, detail });
}

/** Lists the first case of a kind (`reason` and `key`) in the file; the caller counts. */
export function listOnce(
  context: SkipContext,
  reason: string,
  key: string,
  byteOffset: number,
  detail: string,
): void {
  const name = `${reason} ${key}`;
  if (context.listed.has(name) || context.listed.size > MAX_LISTED) return;
  context.listed.set(name, 1);
  context.tally.skipped.push({ file: context.path, byteOffset, reason, detail });
}
