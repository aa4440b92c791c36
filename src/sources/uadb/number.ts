/**
 * The numbers of the format, most of them printed with one decimal.
 *
 * Level values are kept as whole hundredths of what is printed: exact for the one decimal that the format has and for the
 * two that fit beside a pressure (999.99 hPa is 99999 Pa), and sentinels are compared as whole numbers.
 */

import { decimal } from '../text/numbers.js';

/**
 * What the functions that return hundredths give for text that is no number of at most seven digits and two decimals. It is
 * far below these, and far enough from the end of 32 bits for differences.
 */
export const UNREADABLE = -1_000_000_000;
/** -999 in hundredths: what the format prints for most missing values, and what a blank means. */
export const MISSING = -99_900;
/** -99999 in hundredths: the usual mark of a missing pressure or height. */
export const MISSING_WIDE = -9_999_900;

/** A field in hundredths, whatever its width and form: `MISSING` where blank, `UNREADABLE` where it is no such number. */
export function hundredths(bytes: Uint8Array, from: number, to: number, end: number): number {
  const value = decimal(bytes, from, to, end, 100);
  if (Number.isNaN(value)) return MISSING;
  return Number.isInteger(value) && Math.abs(value) < -UNREADABLE ? value : UNREADABLE;
}
