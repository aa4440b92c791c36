/** Telling IGRA 2 soundings by their first bytes, and naming what came instead. */
import type { Recognition } from '../source.js';

/** Number of bytes that are looked at. */
export const HEAD_LENGTH = 4096;

/** `#`, id, date, hour, release time and number of levels in their columns, digits or not. */
const HEADER_LINE = /^#[A-Z0-9-]{11} .{4} .{2} .{2} .{2} .{4} .{4}(?: |$)/i;
const STATION_LINE = /^(?:[A-Z]{2}[A-Z0-9]{9}|\s{11}) +-?\d+\.\d{4} +-?\d+\.\d{4} +-?\d+\.\d/;
/** The real list ends with a line that has nothing but the years and the count. */
const STATION_LINE_WITHOUT_ID = /^\s{72}\d{4} \d{4} +\d+\s*$/;

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
  ['a UADB file of NCAR', lineMatches(/^H[ \d]{13} .{5,6} /)],
  ['IGRA monthly means', lineMatches(/^[A-Z]{2}[A-Z0-9]{9} \d{4} \d{2}(?: +-?\d+)+\s*$/)],
  ['an IGRA station list', (line) => isStationLine(line)],
  ['IGRA levels without a header', lineMatches(/^[1-3][0-2] [ \d-]{5} [ \d-]{6}/)],
];

/** Whether these are IGRA 2 soundings; derived and monthly products, version 1 and other formats are named. */
export function recognise(head: Uint8Array): Recognition {
  if (head.length === 0) return { fits: false, saw: 'nothing: the file is empty' };
  const characters = latin1(head);
  const line = firstLine(characters);
  if (HEADER_LINE.test(line)) {
    // The derived product has the same first 36 columns, and 20 numbers where the data sources and the position stand.
    return line.length > 100
      ? { fits: false, saw: 'an IGRA derived-parameters file (-drvd.txt)' }
      : { fits: true };
  }
  for (const [saw, test] of OTHERS) if (test(line, characters)) return { fits: false, saw };
  if (head.some(isControl)) return { fits: false, saw: 'binary data' };
  return { fits: false, saw: `text that begins with ${JSON.stringify(line.trim().slice(0, 40))}` };
}

/** A byte that no text holds: a control character other than tab and the line ends. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d);
}

/** Whether these are the first bytes of the archive's station list. */
export function isStationList(head: Uint8Array): boolean {
  return isStationLine(firstLine(latin1(head)));
}

/** The station id of the first header; call only where `recognise` says that the format fits. */
export function firstStationId(head: Uint8Array): string {
  return firstLine(latin1(head)).slice(1, 12);
}

function isStationLine(line: string): boolean {
  return STATION_LINE.test(line) || STATION_LINE_WITHOUT_ID.test(line);
}

/** The first line that is not blank. */
function firstLine(characters: string): string {
  return /^\s*?([^\r\n]*\S[^\r\n]*)/.exec(characters)?.[1]?.trimEnd() ?? '';
}

function latin1(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_LENGTH)).toString('latin1');
}
