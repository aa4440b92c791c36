/**
 * The numbers of the format: fixed columns, right-aligned, blank-padded, most of them printed with one decimal.
 *
 * Level values are kept as whole hundredths of what is printed: exact for the one decimal that the format has and for the
 * two that fit beside a pressure (999.99 hPa is 99999 Pa), and sentinels are compared as whole numbers.
 */

/** What `decimal` returns for text that is no right-aligned number. */
export const NO_NUMBER = Number.POSITIVE_INFINITY;
/**
 * What the functions that return hundredths give for text that is no number of at most seven digits and two decimals. It is
 * far below these, and far enough from the end of 32 bits for differences.
 */
export const UNREADABLE = -1_000_000_000;
/** -999 in hundredths: what the format prints for most missing values, and what a blank means. */
export const MISSING = -99_900;
/** -99999 in hundredths: the usual mark of a missing pressure or height. */
export const MISSING_WIDE = -9_999_900;

const BLANK = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;

/**
 * The number in the bytes `from` to `to` (exclusive), times `factor`; NaN where they are blank, `NO_NUMBER` where they
 * hold no number that ends in the last column. A line that ends at `end`, before the field does, leaves it blank or cuts it.
 *
 * The digits are gathered as a whole number, and one division places the decimal point: the result is the double nearest
 * to what is printed, for any number of decimals that the columns can hold.
 */
export function decimal(bytes: Uint8Array, from: number, to: number, end: number, factor = 1): number {
  let i = from;
  while (i < to && i < end && bytes[i] === BLANK) i++;
  if (to > end) return i >= end ? Number.NaN : NO_NUMBER;
  if (i === to) return Number.NaN;
  const negative = bytes[i] === MINUS;
  if (negative) i++;
  let digits = 0;
  let value = 0;
  let scale = 0;
  for (; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === DOT && scale === 0) {
      scale = 1;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) return NO_NUMBER;
    value = value * 10 + digit;
    scale *= 10;
    digits++;
  }
  if (digits === 0) return NO_NUMBER;
  const result = (value * factor) / (scale === 0 ? 1 : scale);
  return negative ? 0 - result : result;
}

/** A field in hundredths, whatever its width and form: `MISSING` where blank, `UNREADABLE` where it is no such number. */
export function hundredths(bytes: Uint8Array, from: number, to: number, end: number): number {
  const value = decimal(bytes, from, to, end, 100);
  if (Number.isNaN(value)) return MISSING;
  return Number.isInteger(value) && Math.abs(value) < -UNREADABLE ? value : UNREADABLE;
}
