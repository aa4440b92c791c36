/** Telling exports of an observation database by their first bytes, and naming what came instead. */
import type { Recognition } from '../source.js';
import { isOdb2 } from './odb2.js';
import { headerNames } from './text-head.js';

/** Number of bytes that are looked at. */
export const HEAD_LENGTH = 4096;

const LF = 0x0a;
const NAME = /^[A-Za-z_]\w*(?:@\w+)?$/;
/** One of these names, or a name with a table, among names separated by tabs: nothing else begins like that. */
const TELLING = /@|^(?:statid|varno|obsvalue|vertco_type|vertco_reference_1)$/;

type Rule = readonly [saw: string, test: (head: string, line: string) => boolean];

const startsWith =
  (...signatures: readonly string[]) =>
  (head: string): boolean =>
    signatures.some((signature) => head.startsWith(signature));

/** What else may turn up. Binary signatures are read as ISO-8859-1. */
const OTHERS: readonly Rule[] = [
  ['a zip archive inside the input', startsWith('PK\x03\x04', 'PK\x05\x06')],
  ['gzip data inside the input', startsWith('\x1f\x8b')],
  ['a netCDF-4 or HDF5 file', startsWith('\x89HDF')],
  ['a netCDF file', startsWith('CDF\x01', 'CDF\x02', 'CDF\x05')],
  ['a BUFR file', (head) => /^(?:BUFR|[\s\S]{0,80}\r\r\nBUFR)/.test(head)],
  ['a GRIB file', startsWith('GRIB')],
  ['a PDF document', startsWith('%PDF')],
  ['an HTML page', (head) => /^\s*<(?:!doctype html|html|head|\?xml)/i.test(head)],
  ['an IGRA file', (_head, line) => /^#[A-Z0-9-]{11} \d{4} \d\d/i.test(line)],
  ['an IGRA version 1 file', (_head, line) => /^#\d{5}\d{4}\d{2}\d{2}\d{2}\d{4}/.test(line)],
  ['a UADB file of NCAR', (_head, line) => /^H[ \d]{13} .{5,6} /.test(line)],
  [
    'a table of observations with other separators than tabs',
    (_head, line) => /@(?:hdr|body)\b/.test(line) && !line.includes('\t'),
  ],
];

/** Whether this is ODB-2 or the text export of an observation database. */
export function recognise(head: Uint8Array): Recognition {
  if (head.length === 0) return { fits: false, saw: 'nothing: the file is empty' };
  if (isOdb2(head) || isTextExport(head)) return { fits: true };
  const characters = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD_LENGTH)).toString(
    'latin1',
  );
  const line = /^\s*?([^\r\n]*\S[^\r\n]*)/.exec(characters)?.[1]?.trimEnd() ?? '';
  for (const [saw, test] of OTHERS) if (test(characters, line)) return { fits: false, saw };
  if (head.subarray(0, HEAD_LENGTH).some(isControl)) return { fits: false, saw: 'binary data' };
  return { fits: false, saw: `text that begins with ${JSON.stringify(line.trim().slice(0, 40))}` };
}

function isTextExport(head: Uint8Array): boolean {
  const part = head.subarray(0, HEAD_LENGTH);
  const end = part.indexOf(LF);
  const names = headerNames(part.subarray(0, end < 0 ? part.length : end));
  // A name may be cut where the head ends.
  const whole = end < 0 && part.length === HEAD_LENGTH ? names.slice(0, -1) : names;
  return (
    whole.length > 1 && whole.every((name) => NAME.test(name)) && whole.some((name) => TELLING.test(name))
  );
}

/** A byte that no text holds: a control character other than tab and the line ends. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d);
}
