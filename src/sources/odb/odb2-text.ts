/**
 * Texts of ODB-2. They are padded to eight bytes with NULs or blanks, on either side; a text without its padding is the same
 * as in the text export. '' stands for a missing one.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text up to its first NUL, without blanks on either side; UTF-8, or ISO-8859-1 where the bytes are not valid UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, nul < 0 ? bytes.length : nul);
  // Nearly all are ASCII, which is ISO-8859-1 too; a header may hold hundreds of names.
  for (let i = 0; i < text.length; i++) if (text[i]! >= 0x80) return notAscii(text).trim();
  return text.toString('latin1').trim();
}

function notAscii(text: Buffer): string {
  try {
    return utf8.decode(text);
  } catch {
    return text.toString('latin1');
  }
}

/** The numbers 2147483647 and -2147483647 as bytes of a double: what writers put where a text is missing. */
const MISSING = [2147483647, -2147483647].flatMap((value) =>
  [true, false].map((littleEndian) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value, littleEndian);
    return new Uint8Array(view.buffer);
  }),
);

/** A text that fills the eight bytes of a number; '' where the bytes are those of a missing number. */
export function fixedText(bytes: Uint8Array): string {
  return MISSING.some((missing) => missing.every((byte, i) => byte === bytes[i])) ? '' : textOf(bytes);
}
