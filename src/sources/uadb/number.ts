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

/** By the number of bytes before the digits: which bytes these are, and what they must be after the XOR below. */
const LEADING = Int32Array.of(0, 0xff, 0xffff, 0xffffff);
const LEADING_BLANKS = Int32Array.of(0, 0x10, 0x1010, 0x101010);
const MINUS_AFTER_BLANKS = Int32Array.of(-1, 0x1d, 0x1d10, 0x1d1010);
const TWO_BLANKS = 0x2020;
/** `-9`, `9999` and `.0`, the first byte lowest. */
const MINUS_9 = 0x392d;
const FOUR_NINES = 0x39393939;
const POINT_ZERO = 0x302e;
// An imported binding is looked up at every use, an own constant is not.
const NOT_PLAIN = UNREADABLE;

/**
 * Four columns of blanks, an optional minus and digits up to the last one, as a whole number; `UNREADABLE` for any other text.
 *
 * Fields are read some billion times, and where the digits begin is as good as random: a loop over the bytes
 * mispredicts its exits. Here the columns are one 32-bit word: XOR with four `0` characters turns digits to 0..9, blank to
 * 0x10 and minus to 0x1d; adding 0x76 marks in the high bit what is no digit.
 */
function fourColumns(view: DataView, at: number): number {
  const bytes = view.getInt32(at, true) ^ 0x30303030;
  const marks = (((bytes & 0x7f7f7f7f) + 0x76767676) | bytes) & 0x80808080;
  if (marks < 0) return NOT_PLAIN;
  const count = 4 - (Math.clz32(marks) >>> 3);
  const leading = LEADING[count]!;
  const d = bytes & ~leading;
  const value = (d & 0xff) * 1000 + ((d >>> 8) & 0xff) * 100 + ((d >>> 16) & 0xff) * 10 + (d >>> 24);
  const prefix = (bytes & leading) ^ LEADING_BLANKS[count]!;
  if (prefix === 0) return value;
  return (bytes & leading) === MINUS_AFTER_BLANKS[count] ? 0 - value : NOT_PLAIN;
}

/** A field of six columns with one decimal, in hundredths; `UNREADABLE` where `hundredths` has to look again. */
export function sixColumns(view: DataView, at: number): number {
  const tail = view.getUint16(at + 4, true);
  const last = (tail >>> 8) - ZERO;
  const whole = fourColumns(view, at);
  if ((tail & 0xff) !== DOT || last < 0 || last > 9 || whole === NOT_PLAIN) return NOT_PLAIN;
  if (whole > 0) return whole * 100 + last * 10;
  if (whole < 0) return whole * 100 - last * 10;
  return hasMinus(view, at) ? 0 - last * 10 : last * 10;
}

/** -0.5: a whole part of 0 has lost its sign. */
function hasMinus(view: DataView, at: number): boolean {
  return view.getUint8(at) === MINUS || view.getUint8(at + 1) === MINUS || view.getUint8(at + 2) === MINUS;
}

/** The same for eight columns. */
export function eightColumns(view: DataView, at: number): number {
  const first = view.getUint16(at, true);
  if (first === TWO_BLANKS) return sixColumns(view, at + 2);
  if (first === MINUS_9 && view.getInt32(at + 2, true) === FOUR_NINES)
    return view.getUint16(at + 6, true) === POINT_ZERO ? MISSING_WIDE : NOT_PLAIN;
  const digit = (first >>> 8) - ZERO;
  if ((first & 0xff) !== BLANK || digit < 0 || digit > 9 || view.getUint8(at + 2) < ZERO) return NOT_PLAIN;
  const rest = sixColumns(view, at + 2);
  return rest < 0 ? NOT_PLAIN : digit * 1_000_000 + rest;
}

/** A field of six columns without a decimal point, in hundredths. */
export function sixWholeColumns(view: DataView, at: number): number {
  const whole = fourColumns(view, at + 2);
  return view.getUint16(at, true) !== TWO_BLANKS || whole === NOT_PLAIN ? NOT_PLAIN : whole * 100;
}

/** The text in the bytes `from` to `to` (exclusive) of a line that ends at `end`, without blanks around it. */
export function text(bytes: Uint8Array, from: number, to: number, end: number): string {
  let result = '';
  for (let i = from; i < Math.min(to, end); i++) result += String.fromCharCode(bytes[i]!);
  return result.trim();
}
