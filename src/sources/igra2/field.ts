/** The integer fields of the format. */
import { NO_NUMBER, wholeNumber } from '../text/numbers.js';

/** Not observed, or never reported. An empty field means the same. */
export const MISSING = -9999;
/** Removed by the quality control of the archive. */
export const QA_REMOVED = -8888;
/** What `field` returns for text that is no right-aligned integer; below every number that eight columns can hold. */
export const UNREADABLE = -10_000_000;

/**
 * The integer in the bytes `from` to `to` (exclusive); `MISSING` where they are blank, `UNREADABLE` where they are no
 * integer that ends in the last column. A line that ends at `end`, before the field does, leaves it blank or cuts it.
 */
export function field(bytes: Uint8Array, from: number, to: number, end: number): number {
  const number = wholeNumber(bytes, from, to, end);
  if (Number.isNaN(number)) return MISSING;
  return number === NO_NUMBER ? UNREADABLE : number;
}
