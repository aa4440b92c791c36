/** What stands in fixed columns, but for numbers: each format has its own of those. */

const TAB = 0x09;
const CR = 0x0d;
const BLANK = 0x20;

/** What may stand behind the last column of a line. */
export function isPadding(byte: number): boolean {
  return byte === BLANK || byte === CR || byte === TAB;
}

/** The text in the bytes `from` to `to` (exclusive) of a line that ends at `end`, without blanks around it. */
export function columnText(bytes: Uint8Array, from: number, to: number, end: number): string {
  let result = '';
  for (let i = from; i < Math.min(to, end); i++) result += String.fromCharCode(bytes[i]!);
  return result.trim();
}

/** The first of these columns, which are between fields, that is not blank; -1 for none. The line is then out of its columns. */
export function strayColumn(bytes: Uint8Array, start: number, end: number, columns: Uint8Array): number {
  for (const column of columns) if (start + column < end && bytes[start + column] !== BLANK) return column;
  return -1;
}

/**
 * Texts of header columns, which are nearly always those of the header before: `make` is called only where a byte differs.
 *
 * @param width number of columns
 * @param make the text in the columns from `from` on, of a line that ends at `end`
 */
export function createRecentText(
  width: number,
  make: (bytes: Uint8Array, from: number, end: number) => string,
): (bytes: Uint8Array, from: number, end: number) => string {
  const recent = new Uint8Array(width);
  let known = false;
  let text = '';
  return (bytes, from, end) => {
    if (from + width > end) return make(bytes, from, end);
    let same = known;
    for (let i = 0; i < width; i++) {
      const byte = bytes[from + i]!;
      if (byte !== recent[i]) {
        recent[i] = byte;
        same = false;
      }
    }
    if (!same) text = make(bytes, from, end);
    known = true;
    return text;
  };
}
