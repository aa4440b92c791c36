/** Names of the formats that turn up where another one is expected, told by their first bytes. */

import { HEAD_LENGTH } from './head.js';
import type { Recognition } from './source.js';
import { afterByteOrderMark } from './text/byte-order-mark.js';

/** What a head is, and the test for it: its first line that is not blank, and all of it, as ISO-8859-1. */
export type ForeignRule = readonly [saw: string, test: (line: string, head: string) => boolean];

const startsWith =
  (...signatures: readonly string[]) =>
  (_line: string, head: string): boolean =>
    signatures.some((signature) => head.startsWith(signature));

/** A rule's test for the first line. */
export const lineMatches =
  (pattern: RegExp) =>
  (line: string): boolean =>
    pattern.test(line);

const headMatches =
  (pattern: RegExp) =>
  (_line: string, head: string): boolean =>
    pattern.test(head);

/** What an input may be in; inside it, it is one container too many. */
const COMPRESSED: readonly ForeignRule[] = [
  ['a zip archive inside the input', startsWith('PK\x03\x04', 'PK\x05\x06')],
  ['gzip data inside the input', startsWith('\x1f\x8b')],
];

/** Files of these kinds hold nothing beside what they are: no other format is looked for in them. */
const KINDS: readonly ForeignRule[] = [
  ...COMPRESSED,
  ['an ODB-2 file', startsWith('\xff\xffODA')],
  ['a netCDF-4 or HDF5 file', startsWith('\x89HDF')],
  ['a netCDF file', startsWith('CDF\x01', 'CDF\x02', 'CDF\x05')],
  ['a PDF document', startsWith('%PDF')],
  ['a PostScript document', startsWith('%!PS')],
  ['an RTF document', startsWith('{\\rtf')],
  ['a picture', startsWith('\x89PNG', 'GIF8', '\xff\xd8\xff', 'II*\0', 'MM\0*')],
  ['bzip2 data', headMatches(/^BZh[1-9]1AY&SY/)],
  ['xz data', startsWith('\xfd7zXZ\0')],
  ['Zstandard data', startsWith('\x28\xb5\x2f\xfd')],
  ['compress data (.Z)', startsWith('\x1f\x9d')],
  ['a 7-Zip archive', startsWith('7z\xbc\xaf\x27\x1c')],
  ['a Parquet file', startsWith('PAR1')],
  ['an SQLite database', startsWith('SQLite format 3\0')],
  ['an HTML page', headMatches(/^\s*<(?:!doctype html|html|head|\?xml)/i)],
];

/** Messages and lines of these formats stand beside those of others, as in a dump of what the telecommunication brings. */
const COMMON: readonly ForeignRule[] = [
  ...KINDS,
  ['a BUFR file', headMatches(/^(?:[\s\S]{0,80}\r\r\n)?BUFR(?![\s -~])/)],
  ['a GRIB file', headMatches(/^(?:[\s\S]{0,80}\r\r\n)?GRIB/)],
  ['CREX messages', headMatches(/^(?:[\s\S]{0,80}\r\r\n)?CREX\+\+/)],
  ['an ODB text export', lineMatches(/@hdr|@body|^\s*'?statid'?\s|\tstatid\b/i)],
  ['an IGRA version 1 file', lineMatches(/^#\d{5}\d{4}\d{2}\d{2}\d{2}\d{4}[ \d]{3}\d\s*$/)],
  ['IGRA 2 soundings', lineMatches(/^#[A-Z0-9-]{11} \d{4} \d\d/i)],
  ['a UADB file of NCAR', lineMatches(/^H[ \d]{13} .{5,6} /)],
  ['zeros', headMatches(/^\0+$/)],
  ['blank lines', headMatches(/^[^\S\n]*\n\s*$/)],
];

/**
 * Names a head that is not of the expected format.
 *
 * @param own what the reader itself can name (its format's other products, damaged forms of it), tried first
 * @param binary what to call bytes that no text holds
 */
export function nameForeign(
  head: Uint8Array,
  own: readonly ForeignRule[] = [],
  binary = 'binary data',
): Recognition {
  if (head.length === 0) return { fits: false, saw: 'nothing: the file is empty' };
  const characters = latin1Head(head);
  const line = firstLine(characters);
  for (const [saw, test] of [...own, ...COMMON]) if (test(line, characters)) return { fits: false, saw };
  if (head.subarray(0, HEAD_LENGTH).some(isControl)) return { fits: false, saw: binary };
  return { fits: false, saw: `text that begins with ${JSON.stringify(line.trim().slice(0, 40))}` };
}

/** Whether these are the first bytes of a zip archive or of gzip data. */
export function isCompressed(head: Uint8Array): boolean {
  const characters = latin1Head(head);
  return COMPRESSED.some(([, test]) => test('', characters));
}

/** Whether a file begins as one does that cannot hold another format: an archive, compressed data, a document, HDF5. */
export function isOtherKind(head: Uint8Array): boolean {
  const characters = latin1Head(head);
  return KINDS.some(([, test]) => test('', characters));
}

/** The head as ISO-8859-1, at most `HEAD_LENGTH` characters, without the byte order mark of UTF-8. */
export function latin1Head(head: Uint8Array): string {
  return Buffer.from(head.subarray(afterByteOrderMark(head, 0), HEAD_LENGTH)).toString('latin1');
}

/** The first line that is not blank, with the blanks before its first character: columns count. */
export function firstLine(characters: string): string {
  return /^(?:[^\S\r\n]*[\r\n]+)*([^\r\n]*)/.exec(characters)?.[1]?.trimEnd() ?? '';
}

/** A byte that no text holds: a control character other than tab and the line ends. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d);
}
