/** The integer fields of the format. */
import { NO_WHOLE_NUMBER, wholeNumber } from '../text/numbers.js';

/** Not observed, or never reported. An empty field means the same. */
export const MISSING = -9999;
/** Removed by the quality control of the archive. */
export const QA_REMOVED = -8888;
/** What `field` returns for text that is no right-aligned integer. */
export const UNREADABLE = NO_WHOLE_NUMBER;

/** The integer in the bytes `from` to `to` (exclusive) of a line that ends at `end`; `MISSING` where blank, or `UNREADABLE`. */
export function field(bytes: Uint8Array, from: number, to: number, end: number): number {
  return wholeNumber(bytes, from, to, end, MISSING);
}
