/** Telling BUFR by its first bytes, and naming what came instead. */
import type { Recognition } from '../source.js';

/** Number of bytes that are looked at. */
export const HEAD_LENGTH = 4096;

/** Sections 0, 1, 3, 4 and 5 at their shortest. */
const SHORTEST_MESSAGE = 8 + 17 + 7 + 4 + 4;

const beginsWith =
  (...signatures: readonly string[]) =>
  (head: string): boolean =>
    signatures.some((signature) => head.startsWith(signature));

const matches =
  (pattern: RegExp) =>
  (head: string): boolean =>
    pattern.test(head);

/** What else may turn up, most specific first. Binary signatures are read as ISO-8859-1. */
const OTHERS: readonly (readonly [saw: string, test: (head: string) => boolean])[] = [
  ['a zip archive inside the input', beginsWith('PK\x03\x04', 'PK\x05\x06')],
  ['gzip data inside the input', beginsWith('\x1f\x8b')],
  ['an ODB-2 file', beginsWith('\xff\xffODA')],
  ['a netCDF-4 or HDF5 file', beginsWith('\x89HDF')],
  ['a netCDF file', beginsWith('CDF\x01', 'CDF\x02', 'CDF\x05')],
  ['a GRIB file', matches(/^(?:[\s\S]{0,80}\r\r\n)?GRIB/)],
  ['CREX messages', matches(/^(?:[\s\S]{0,80}\r\r\n)?CREX\+\+/)],
  ['a PDF document', beginsWith('%PDF')],
  ['an HTML page', matches(/^\s*<(?:!doctype html|html|head|\?xml)/i)],
  ['IGRA 2 soundings', matches(/^#[A-Z]{2}[A-Z0-9-]{9} /)],
  ['an ODB text export', matches(/^[^\r\n]*(?:@hdr|@body|\bstatid\b)/i)],
  ['a UADB file of NCAR', matches(/^H[ \d]{13} .{5,6} /)],
];

/** Whether a message begins within these bytes; envelopes of the Global Telecommunication System before it are normal. */
export function recognise(head: Uint8Array): Recognition {
  if (head.length === 0) return { fits: false, saw: 'nothing: the file is empty' };
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_LENGTH));
  let edition = -1;
  for (let at = bytes.indexOf('BUFR'); at >= 0; at = bytes.indexOf('BUFR', at + 4)) {
    if (at + 8 > bytes.length) break;
    edition = bytes[at + 7]!;
    if (bytes.readUIntBE(at + 4, 3) >= SHORTEST_MESSAGE && edition >= 2 && edition <= 4)
      return { fits: true };
  }
  if (edition >= 0) return { fits: false, saw: `a BUFR message of edition ${edition} or without a length` };
  const characters = bytes.toString('latin1');
  for (const [saw, test] of OTHERS) if (test(characters)) return { fits: false, saw };
  if (bytes.some(isControl)) return { fits: false, saw: 'binary data without a BUFR message' };
  const line = /[^\r\n]*\S[^\r\n]*/.exec(characters)?.[0].trim() ?? '';
  return { fits: false, saw: `text that begins with ${JSON.stringify(line.slice(0, 40))}` };
}

/** A byte that no text holds: a control character other than tab and the line ends. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d);
}
