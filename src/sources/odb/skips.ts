/** Counts and skips of one dataset: the names of reasons begin with it. */
import { count, type Tally } from '../../records/tally.js';
import * as skips from '../skips.js';

/** Where the reader counts: the names of reasons begin with the dataset. */
export interface SkipContext extends skips.SkipContext {
  readonly dataset: string;
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
  skips.skip(context, `${context.dataset}.${reason}`, byteOffset, detail);
}

/** Lists the first case of `reason` in the file; the caller counts. */
export function listOnce(context: SkipContext, reason: string, byteOffset: number, detail: string): void {
  skips.listOnce(context, `${context.dataset}.${reason}`, '', byteOffset, detail);
}
