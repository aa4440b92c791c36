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

function allBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (bytes[i] !== BLANK) return false;
  return true;
}
