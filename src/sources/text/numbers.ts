/** Numbers in fixed columns: right-aligned, blank-padded, with an optional minus sign. */

/** What `decimal` gives for text that is no right-aligned number. */
export const NO_NUMBER = Number.POSITIVE_INFINITY;

const BLANK = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;

/** What `wholeNumber` gives for text that is no right-aligned one; below every number that eight columns can hold. */
export const NO_WHOLE_NUMBER = -10_000_000;

/**
 * The whole number in the bytes `from` to `to` (exclusive); `blank` where they are blank, `NO_WHOLE_NUMBER` where they hold none that
 * ends in the last column. A line that ends at `end`, before the field does, leaves it blank or cuts it.
 */
export function wholeNumber(bytes: Uint8Array, from: number, to: number, end: number, blank: number): number {
  let i = from;
  while (i < to && i < end && bytes[i] === BLANK) i++;
  if (to > end) return i >= end ? blank : NO_WHOLE_NUMBER;
  if (i === to) return blank;
  const negative = bytes[i] === MINUS;
  if (negative && ++i === to) return NO_WHOLE_NUMBER;
  let value = 0;
  for (; i < to; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return NO_WHOLE_NUMBER;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
}

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
