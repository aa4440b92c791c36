/**
 * Right-aligned numbers in fixed columns, two columns at a time, for the hot loops of the text readers.
 *
 * Where the digits of a field begin is as good as random: a loop over its bytes mispredicts its exits, and finding the first
 * digit with bit tricks takes some thirty operations per field. A table over all pairs of bytes says in one load what two
 * columns mean. It is large, but digits, signs and blanks touch a few dozen of its cache lines only, which stay in the first
 * cache; an index of 16 bits also needs no bounds check.
 */

/** What an entry of `pairTable` says. Entries with a minus are negative: `entry >> 31` is a mask. */
export const PAIR = {
  /** The number in the two columns, without its sign; a blank counts as 0. */
  value: 0x7f,
  /** The first column is no digit: all columns before must be blank. */
  begins: 0x80,
  /** Not blank: the pair after must not begin a number. `begins` of that pair is `begun >> 1` of this one. */
  begun: 0x100,
  /** The second column is no digit: the number does not end here. */
  open: 0x200,
  /** No part of a right-aligned number. */
  unusable: 0x400,
} as const;

/** What an entry of `tailTable` says; `unusable` is the bit of `PAIR`. */
export const TAIL = { digit: 0x0f, kind: 0x30, kindShift: 4, unusable: 0x400 } as const;

const BLANK = 0x20;
const MINUS = 0x2d;
const ZERO = 0x30;
const MINUS_ENTRY = -0x8000;

/** By the two bytes as a number of 16 bits, the first one lowest: blanks, then at most one minus, then digits. */
export function pairTable(): Int16Array {
  const table = new Int16Array(1 << 16).fill(PAIR.unusable);
  const set = (first: number, second: number, entry: number): void => {
    table[first | (second << 8)] = entry;
  };
  set(BLANK, BLANK, PAIR.begins | PAIR.open);
  set(BLANK, MINUS, PAIR.begins | PAIR.begun | PAIR.open | MINUS_ENTRY);
  for (let unit = 0; unit <= 9; unit++) {
    set(BLANK, ZERO + unit, unit | PAIR.begins | PAIR.begun);
    set(MINUS, ZERO + unit, unit | PAIR.begins | PAIR.begun | MINUS_ENTRY);
    for (let ten = 0; ten <= 9; ten++) set(ZERO + ten, ZERO + unit, (ten * 10 + unit) | PAIR.begun);
  }
  return table;
}

/**
 * By the two bytes as above: the last digit of a number and the character beside it, one of `others` (four at most), whose
 * place among them is the kind.
 */
export function tailTable(others: string, order: 'digit first' | 'digit last'): Int16Array {
  const table = new Int16Array(1 << 16).fill(TAIL.unusable);
  for (let kind = 0; kind < others.length; kind++) {
    const other = others.charCodeAt(kind);
    for (let digit = 0; digit <= 9; digit++) {
      const byte = ZERO + digit;
      const index = order === 'digit first' ? byte | (other << 8) : other | (byte << 8);
      table[index] = digit | (kind << TAIL.kindShift);
    }
  }
  return table;
}
