/** The integer fields of the format: fixed columns, right-aligned, blank-padded, with an optional minus sign. */

/** Not observed, or never reported. An empty field means the same. */
export const MISSING = -9999;
/** Removed by the quality control of the archive. */
export const QA_REMOVED = -8888;
/** What `field` returns for text that is no right-aligned integer; below every number that eight columns can hold. */
export const UNREADABLE = -10_000_000;

const BLANK = 0x20;
const MINUS = 0x2d;
const ZERO = 0x30;

/**
 * The integer in the bytes `from` to `to` (exclusive); `MISSING` where they are blank, `UNREADABLE` where they are no
 * integer that ends in the last column. A line that ends at `end`, before the field does, leaves it blank or cuts it.
 */
export function field(bytes: Uint8Array, from: number, to: number, end: number): number {
  let i = from;
  while (i < to && bytes[i] === BLANK) i++;
  if (to > end) return allBlank(bytes, from, end) ? MISSING : UNREADABLE;
  if (i === to) return MISSING;
  const negative = bytes[i] === MINUS;
  if (negative && ++i === to) return UNREADABLE;
  let value = 0;
  for (; i < to; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return UNREADABLE;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
}

/** By the number of bytes before the digits: which bytes these are, and what they must be after the XOR below. */
const LEADING = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1);
const LEADING_BLANKS = Int32Array.of(0, 0x10, 0x1010, 0x101010, 0x10101010);
const MINUS_AFTER_BLANKS = Int32Array.of(-1, 0x0d, 0x0d00, 0x0d0000, 0x0d000000);
const FOUR_BLANKS = 0x20202020;
/** `-999`, the first byte lowest. */
const MISSING_HEAD = 0x3939392d;

/**
 * `field` for exactly five columns that are all there: the same numbers, found four bytes at a time.
 *
 * It runs eight times per level, on 86 GB of text, and where the digits begin is as good as random. A loop over the bytes
 * mispredicts its exits; here the first four columns are one 32-bit word: XOR with four `0` characters turns digits to
 * 0..9, blank to 0x10 and minus to 0x1d; adding 0x76 marks in the high bit what is no digit. The bytes up to the last
 * one so marked must all be blank, but for a minus in the last of them.
 */
export function fiveColumns(view: DataView, at: number): number {
  const head = view.getInt32(at, true);
  const last = view.getUint8(at + 4) - ZERO;
  if (head === MISSING_HEAD && last === 9) return MISSING;
  const bytes = head ^ 0x30303030;
  const marks = (((bytes & 0x7f7f7f7f) + 0x76767676) | bytes) & 0x80808080;
  const count = 4 - (Math.clz32(marks) >>> 3);
  if (last < 0 || last > 9) return head === FOUR_BLANKS && last === BLANK - ZERO ? MISSING : UNREADABLE;
  const leading = LEADING[count]!;
  const d = bytes & ~leading;
  const value =
    (d & 0xff) * 10_000 + ((d >>> 8) & 0xff) * 1000 + ((d >>> 16) & 0xff) * 100 + (d >>> 24) * 10 + last;
  const prefix = (bytes & leading) ^ LEADING_BLANKS[count]!;
  if (prefix === 0) return value;
  return prefix === MINUS_AFTER_BLANKS[count] ? 0 - value : UNREADABLE;
}

/** `field` for six columns that are all there; a sign before five digits is left to `field`. */
export function sixColumns(view: DataView, at: number): number {
  const first = view.getUint8(at);
  const rest = fiveColumns(view, at + 1);
  if (first === BLANK) return rest;
  const digit = first - ZERO;
  const next = view.getUint8(at + 1) - ZERO;
  if (digit < 0 || digit > 9 || next < 0 || next > 9 || rest < 0) return UNREADABLE;
  return digit * 100_000 + rest;
}

function allBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (bytes[i] !== BLANK) return false;
  return true;
}

/** The text in the bytes `from` to `to` (exclusive) of a line that ends at `end`, without blanks around it. */
export function text(bytes: Uint8Array, from: number, to: number, end: number): string {
  let result = '';
  for (let i = from; i < Math.min(to, end); i++) result += String.fromCharCode(bytes[i]!);
  return result.trim();
}
