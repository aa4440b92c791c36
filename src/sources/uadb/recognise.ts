/** Telling UADB soundings by their first bytes, and naming what came instead. */
import type { Recognition } from '../source.js';
import { stationIdOf } from './station-id.js';

/** Number of bytes that are looked at. */
export const HEAD_LENGTH = 4096;

/** `H`, sounding id, station id, id type, then date, hour, position and number of levels with blanks in between. */
const HEADER_LINE =
  /^H [ -~]{12} (?=.{0,5}\S)([ -~]{6}) ([ \d]\d) .{3} .{5} .{2} .{4} .{2} .{2} .{4} .{2} .{10} .{10} .{6} .{2} .{4}(?: |$)/;

type Rule = readonly [saw: string, test: (line: string, head: string) => boolean];

const startsWith =
  (...signatures: readonly string[]) =>
  (_line: string, head: string): boolean =>
    signatures.some((signature) => head.startsWith(signature));

const lineMatches =
  (pattern: RegExp) =>
  (line: string): boolean =>
    pattern.test(line);

/** What else may turn up, most specific first. Binary signatures are read as ISO-8859-1. */
const OTHERS: readonly Rule[] = [
  ['a zip archive inside the input', startsWith('PK\x03\x04', 'PK\x05\x06')],
  ['gzip data inside the input', startsWith('\x1f\x8b')],
  ['an ODB-2 file', startsWith('\xff\xffODA')],
  ['a netCDF-4 or HDF5 file', startsWith('\x89HDF')],
  ['a netCDF file', startsWith('CDF\x01', 'CDF\x02', 'CDF\x05')],
  ['a BUFR file', (_line, head) => /^(?:BUFR|[\s\S]{0,80}\r\r\nBUFR)/.test(head)],
  ['a GRIB file', startsWith('GRIB')],
  ['a PDF document', startsWith('%PDF')],
  ['an HTML page', (_line, head) => /^\s*<(?:!doctype html|html|head|\?xml)/i.test(head)],
  ['an ODB text export', lineMatches(/@hdr|@body|^\s*'?statid'?\s|\tstatid\t/i)],
  ['an IGRA version 1 file', lineMatches(/^#\d{5}\d{4}\d{2}\d{2}\d{2}\d{4}[ \d]{3}\d\s*$/)],
  ['an IGRA 2 file', lineMatches(/^#[A-Z0-9-]{11} .{4} .{2} .{2} .{2} .{4} .{4}(?: |$)/i)],
  ['a UADB header with columns out of place', lineMatches(/^H[ \d-]{13} .{5,6} /)],
  ['UADB levels without a header', lineMatches(/^[ \d]{3}\d [ \d.-]{8} [ \d.-]{8} [ \d.-]{6} [ \d.-]{6} /)],
];

/** Whether these are UADB soundings; other formats are named. */
export function recognise(head: Uint8Array): Recognition {
  if (head.length === 0) return { fits: false, saw: 'nothing: the file is empty' };
  const characters = latin1(head);
  const line = firstLine(characters);
  if (HEADER_LINE.test(line)) return { fits: true };
  for (const [saw, test] of OTHERS) if (test(line, characters)) return { fits: false, saw };
  if (head.some(isControl)) return { fits: false, saw: 'binary data' };
  return { fits: false, saw: `text that begins with ${JSON.stringify(line.trim().slice(0, 40))}` };
}

/** The station id of the first header; call only where `recognise` says that the format fits. */
export function firstStationId(head: Uint8Array): string {
  const [, identifier = '', idType = ''] = HEADER_LINE.exec(firstLine(latin1(head))) ?? [];
  return stationIdOf(identifier.trim(), Number(idType));
}

/** A byte that no text holds: a control character other than tab and the line ends. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d);
}

/** The first line that is not blank, with the blanks before its first character: columns count. */
function firstLine(characters: string): string {
  return /^(?:[^\S\r\n]*[\r\n]+)*([^\r\n]*)/.exec(characters)?.[1]?.trimEnd() ?? '';
}

function latin1(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_LENGTH)).toString('latin1');
}
