/** The byte order mark of UTF-8: editors put it before a text, and files that are joined have it within. */

/** Where the text of a line that begins at `start` begins: after a byte order mark, where there is one. */
export function afterByteOrderMark(bytes: Uint8Array, start: number): number {
  return bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf ? start + 3 : start;
}
