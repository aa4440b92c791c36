/** The first lines of a text export: names of the columns, and what kind of values they hold. */
import type { FeedbackColumn, FeedbackKind } from '../../records/feedback.js';
import { requiredKind } from './columns.js';
import { decodeBytes, isQuoted, parseNumber, trimmedField } from './decode.js';

/** Bytes at the beginning of a file from which the kinds of its columns are told. */
export const HEAD_BYTES = 1 << 20;

const LF = 0x0a;
const TAB = 0x09;
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

/** The names in a header line, without blanks around them and without a byte order mark. */
export function headerNames(line: Uint8Array): string[] {
  return decodeBytes(line, 0, line.length)
    .replace(/^\uFEFF|^\u00EF\u00BB\u00BF/, '')
    .split('\t')
    .map((name) => name.trim());
}

/** What a field is. */
const MISSING = 0;
const WHOLE = 1;
const DECIMAL = 2;
const QUOTED = 3;

/**
 * The columns of a text export. A column is text where most of its values in the head are quoted; of whole numbers where
 * none has a decimal point, an exponent or more than 32 bits; else of numbers. A column without a value in the head is of
 * numbers.
 *
 * @param head the first `HEAD_BYTES` of the file, or all of it; a last line that is cut off is left out
 */
export function headColumns(head: Uint8Array): FeedbackColumn[] {
  const headerEnd = head.indexOf(LF);
  if (headerEnd < 0) return [];
  const names = headerNames(head.subarray(0, headerEnd));
  const counts = [MISSING, WHOLE, DECIMAL, QUOTED].map(() => new Int32Array(names.length));
  for (let at = headerEnd + 1; at < head.length; ) {
    const end = head.indexOf(LF, at);
    if (end < 0) break;
    for (let column = 0; at <= end && column < names.length; column++) {
      let fieldEnd = at;
      while (fieldEnd < end && head[fieldEnd] !== TAB) fieldEnd++;
      counts[classify(head, at, fieldEnd)]![column]!++;
      at = fieldEnd + 1;
    }
    at = end + 1;
  }
  return names.map((name, i) => {
    const [, whole = 0, decimal = 0, quoted = 0] = counts.map((count) => count[i]);
    return { name, kind: requiredKind(name) ?? kindOf(whole, decimal, quoted) };
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
  let kind = WHOLE;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= ZERO && byte <= NINE) digits++;
    else if (byte === DOT || ((byte & ~LOWER_CASE) === EXPONENT && digits > 0)) kind = DECIMAL;
    else if (byte !== MINUS && byte !== PLUS) return MISSING;
  }
  if (digits === 0) return MISSING;
  if (kind === DECIMAL || digits < SAFE_DIGITS) return kind;
  const value = parseNumber(bytes, start, end);
  return value >= -INT_LIMIT && value < INT_LIMIT ? WHOLE : DECIMAL;
}

/** Number of leading columns that are the same in all rows of a report: those before the first one of the datum. */
export function stableColumns(columns: readonly FeedbackColumn[]): number {
  const first = columns.findIndex(({ name }) =>
    /@body$|^(?:entryno|obsvalue|varno|vertco_\w+|\w*depar)$/.test(name),
  );
  return first < 0 ? 0 : first;
}
