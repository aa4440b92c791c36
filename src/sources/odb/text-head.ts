/** The first lines of a text export: names of the columns, and what kind of values they hold. */
import type { FeedbackColumn, FeedbackKind } from '../../records/feedback.js';
import { afterByteOrderMark } from '../text/byte-order-mark.js';
import { requiredKind } from './columns.js';
import { decodeBytes, isQuoted, parseNumber, trimmedField } from './decode.js';

/** Bytes at the beginning of a file from which the kinds of its columns are told. */
export const HEAD_BYTES = 1 << 20;

const LF = 0x0a;
const TAB = 0x09;
const CR = 0x0d;
const BLANK = 0x20;
const DOT = 0x2e;
const EXPONENT = 0x45;
const LOWER_CASE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const PLUS = 0x2b;
const MINUS = 0x2d;
/** Fewer digits than this are within 32 bits. */
const SAFE_DIGITS = 10;
const INT_LIMIT = 2 ** 31;

/** A column as the header line names it: `lat@hdr`, or with its type as `odc sql -f wide` writes it, `lat@hdr:double`. */
interface HeaderColumn {
  name: string;
  /** Absent where the header says none. */
  kind?: FeedbackKind;
}

/** A name, a type, and in brackets the groups of bits of a bitfield. */
const TYPED = /^([^:\s]+)\s*:\s*([A-Za-z]+)\d*\s*(?:\[.*\])?$/;
/** Types of the database by their names, in small letters; REAL has six decimals in text as DOUBLE has. */
const KIND_OF_TYPE: ReadonlyMap<string, FeedbackKind> = new Map([
  ['integer', 'int'],
  ['bitfield', 'int'],
  ['real', 'double'],
  ['double', 'double'],
  ['string', 'text'],
]);

/** The columns of a header line, without a byte order mark, and without the empty text behind a tab at its end. */
function headerEntries(line: Uint8Array): HeaderColumn[] {
  const entries = decodeBytes(line, afterByteOrderMark(line, 0), line.length)
    .split('\t')
    .map((entry) => entry.trim());
  while (entries.length > 1 && entries.at(-1) === '') entries.pop();
  return entries.map((entry) => {
    const [, name, type = ''] = TYPED.exec(entry) ?? [];
    const kind = KIND_OF_TYPE.get(type.toLowerCase());
    return { name: name ?? entry, ...(kind !== undefined && { kind }) };
  });
}

/** The names in a header line, without their types. */
export function headerNames(line: Uint8Array): string[] {
  return headerEntries(line).map(({ name }) => name);
}

/** Whether a line holds the names of the columns that every table of observations has. */
export function looksLikeHeader(bytes: Uint8Array, from: number, to: number): boolean {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
  if (!line.includes('varno') || !line.includes('obsvalue')) return false;
  const names = headerNames(line).map((name) => name.replace(/@.*/, ''));
  return names.includes('varno') && names.includes('obsvalue');
}

/** Whether a header line has these columns. */
export function hasNames(line: Uint8Array, columns: readonly FeedbackColumn[]): boolean {
  const names = headerNames(line);
  return names.length === columns.length && columns.every(({ name }, i) => name === names[i]);
}

/** The line end behind nothing but blanks and tabs from a place on; -1 where something else stands there. */
export function endOfEmpty(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === BLANK || bytes[at] === TAB || bytes[at] === CR) at++;
  return bytes[at] === LF ? at : -1;
}

/** Number of values in a line; an empty text behind tabs at its end is not counted. */
export function valuesIn(bytes: Uint8Array, from: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > from && (bytes[end - 1] === BLANK || bytes[end - 1] === TAB || bytes[end - 1] === CR)) end--;
  let values = 1;
  for (let at = from; at < end; at++) if (bytes[at] === TAB) values++;
  return values;
}

/** What a field is. */
const MISSING = 0;
const WHOLE = 1;
const DECIMAL = 2;
const QUOTED = 3;

/**
 * The columns of a text export. A column has the type that the header line gives it. Without one, it is text where most of its
 * values in the head are quoted; of whole numbers where none has a decimal point, an exponent or more than 32 bits; else of
 * numbers. A column without a value in the head is of numbers.
 *
 * @param head the first `HEAD_BYTES` of the file, or all of it; a last line that is cut off is left out
 */
export function headColumns(head: Uint8Array): FeedbackColumn[] {
  const headerEnd = head.indexOf(LF);
  if (headerEnd < 0) return [];
  const entries = headerEntries(head.subarray(0, headerEnd));
  const counts = [MISSING, WHOLE, DECIMAL, QUOTED].map(() => new Int32Array(entries.length));
  for (let at = headerEnd + 1; at < head.length; ) {
    const end = head.indexOf(LF, at);
    if (end < 0) break;
    for (let column = 0; at <= end && column < entries.length; column++) {
      let fieldEnd = at;
      while (fieldEnd < end && head[fieldEnd] !== TAB) fieldEnd++;
      counts[classify(head, at, fieldEnd)]![column]!++;
      at = fieldEnd + 1;
    }
    at = end + 1;
  }
  return entries.map(({ name, kind }, i) => {
    const [, whole = 0, decimal = 0, quoted = 0] = counts.map((count) => count[i]);
    return { name, kind: requiredKind(name) ?? kind ?? kindOf(whole, decimal, quoted) };
  });
}

function kindOf(whole: number, decimal: number, quoted: number): FeedbackKind {
  if (quoted > whole + decimal) return 'text';
  return whole > 0 && decimal === 0 ? 'int' : 'double';
}

/** What the field in `from` to `to` is; anything that is no number counts as missing. */
function classify(bytes: Uint8Array, from: number, to: number): number {
  const [start, end] = trimmedField(bytes, from, to);
  if (isQuoted(bytes, start, end)) return QUOTED;
  let digits = 0;
  // Those before the point.
  let whole = 0;
  let kind = WHOLE;
  let isShort = true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= ZERO && byte <= NINE) {
      digits++;
      if (kind === WHOLE) whole++;
    } else if (byte === DOT) kind = DECIMAL;
    else if ((byte & ~LOWER_CASE) === EXPONENT && digits > 0) {
      kind = DECIMAL;
      isShort = false;
    } else if (byte !== MINUS && byte !== PLUS) return MISSING;
  }
  if (digits === 0) return MISSING;
  if (isShort && whole < SAFE_DIGITS) return kind;
  const value = parseNumber(bytes, start, end);
  if (Number.isNaN(value)) return MISSING;
  return kind === WHOLE && value >= -INT_LIMIT && value < INT_LIMIT ? WHOLE : DECIMAL;
}

/** Number of leading columns that are the same in all rows of a report: those before the first one of the datum. */
export function stableColumns(columns: readonly FeedbackColumn[]): number {
  const first = columns.findIndex(({ name }) =>
    /@body$|^(?:entryno|obsvalue|varno|vertco_\w+|\w*depar)$/.test(name),
  );
  return first < 0 ? 0 : first;
}
