/** What the letters `BUFR` are the beginning of: a message, whole or damaged, or nothing but a word in a text. */

/** The letters, the length in three octets, the edition. */
export const SECTION_0 = 8;
/** Sections 0, 1, 3, 4 and 5 of edition 2 at their shortest. */
export const SHORTEST = SECTION_0 + 17 + 7 + 4 + 4;
const LETTERS = 4;
/** From here on, section 0 has the length of the message and the edition. */
const FIRST_WITH_LENGTH = 2;
const NEWEST = 4;
/** Octets of section 1 at its shortest; what a centre adds has never made it longer than this. */
const SECTION_1 = { shortest: 17, longest: 1023 };
/** Octet of section 1 whose first bit says that there is a section 2; the same in editions 0 to 3. */
const FLAGS = 7;

/** The bytes of a message from its letters on: eight at least. */
export function editionOf(bytes: Uint8Array): number {
  return bytes[SECTION_0 - 1]!;
}

/**
 * Length of the message that these bytes begin with (eight at least). Editions 0 and 1 state none: section 1 follows the
 * letters at once, and the lengths of the sections add up; 0 where one of them cannot be, and one more than there are bytes
 * where these do not tell.
 */
export function statedLength(bytes: Buffer): number {
  if (editionOf(bytes) >= FIRST_WITH_LENGTH) return bytes.readUIntBE(LETTERS, 3);
  const unknown = bytes.length + 1;
  if (bytes.length <= LETTERS + FLAGS) return unknown;
  const hasSection2 = (bytes[LETTERS + FLAGS]! & 0x80) !== 0;
  let at = LETTERS;
  for (const shortest of [SECTION_1.shortest, ...(hasSection2 ? [4] : []), 7, 4]) {
    if (at + 3 > bytes.length) return unknown;
    const length = bytes.readUIntBE(at, 3);
    if (length < shortest) return 0;
    at += length;
  }
  return at + LETTERS;
}

/**
 * Whether bytes that begin with the letters are those of a message, be it damaged or cut off: the edition is one of 0 to 4
 * and section 1 has a length that is possible, as far as they are there. Text has neither, nor has what follows it by chance:
 * the end of a bulletin after the word is a length of 855,306 octets and edition 3.
 */
export function looksLikeMessage(bytes: Buffer): boolean {
  const stated = bytes.subarray(LETTERS, SECTION_0 - 1);
  if (bytes.length < SECTION_0) return stated.length === 0 || !stated.every(isText);
  const edition = editionOf(bytes);
  if (edition > NEWEST) return false;
  const section1 = edition < FIRST_WITH_LENGTH ? LETTERS : SECTION_0;
  if (bytes.length < section1 + 3) return !stated.every(isText);
  const length = bytes.readUIntBE(section1, 3);
  return length >= SECTION_1.shortest && length <= SECTION_1.longest;
}

/** The first message of an edition that is read (2 to 4) in these bytes, -1 for none; it may be damaged behind its beginning. */
export function findMessage(bytes: Buffer): number {
  for (const at of lettersIn(bytes)) {
    const message = bytes.subarray(at);
    if (message.length < SECTION_0 || !looksLikeMessage(message)) continue;
    if (editionOf(message) >= FIRST_WITH_LENGTH && statedLength(message) >= SHORTEST) return at;
  }
  return -1;
}

/** Where the letters stand. */
export function* lettersIn(bytes: Buffer): Generator<number> {
  for (
    let at = bytes.indexOf('BUFR', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('BUFR', at + LETTERS, 'latin1')
  )
    yield at;
}

function isText(byte: number): boolean {
  return byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
