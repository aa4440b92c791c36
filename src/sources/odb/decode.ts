/** Texts and numbers of the text export that the fast path leaves over. */

const TAB = 0x09;
const CR = 0x0d;
const BLANK = 0x20;
const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** How a missing value is written: by odc, by other tools, and as nothing at all. */
const MISSING = /^(?:NULL|null|[+-]?nan|)$/i;
/** The lowest of the numbers that stand for a missing one, without its sign. */
export const LOWEST_MARK = 2147483647;
/** 1.7e38 of ECMWF's older software, the largest number of single precision and -1e100 of ecCodes: nothing is as large. */
const HUGE = 1e38;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** What `parseNumber` returns for text that is no number; no number of the text export is infinite. */
export const UNREADABLE = Number.POSITIVE_INFINITY;

/** Bytes as text: UTF-8, or ISO-8859-1 where they are not UTF-8. */
export function decodeBytes(bytes: Uint8Array, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  for (const byte of part) {
    if (byte < 0x80) continue;
    try {
      return strictUtf8.decode(part);
    } catch {
      break;
    }
  }
  return Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
}

/** A field of one line without the blanks around it. */
export function trimmedField(bytes: Uint8Array, from: number, to: number): [from: number, to: number] {
  let start = from;
  let end = to;
  while (start < end && isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  return [start, end];
}

/** Whether a trimmed field is in quotes: single ones as odc writes them, or double ones as tables of other tools have them. */
export function isQuoted(bytes: Uint8Array, from: number, to: number): boolean {
  const quote = bytes[from];
  return to - from >= 2 && (quote === QUOTE || quote === DOUBLE_QUOTE) && bytes[to - 1] === quote;
}

/** The text of a field: what is between the quotes, where there are any, without blanks around it; '' where it is missing. */
export function parseText(bytes: Uint8Array, from: number, to: number): string {
  const [start, end] = trimmedField(bytes, from, to);
  if (isQuoted(bytes, start, end)) return decodeBytes(bytes, start + 1, end - 1).trim();
  const text = decodeBytes(bytes, start, end).trim();
  return text === 'NULL' || (NUMBER.test(text) && isMissingText(text, Number(text))) ? '' : text;
}

/**
 * Whether a number stands for a missing one. odc has 2147483647 for whole numbers and -2147483647 for others (`MDI` of its
 * source), which end in an 8 in single precision, and writes them where it is asked not to write NULL (`odc sql -N`).
 */
export function isMissingMark(value: number): boolean {
  const size = Math.abs(value);
  return size === LOWEST_MARK || size === LOWEST_MARK + 1 || size >= HUGE;
}

/** Whether a number is such a mark, also where it is written with an exponent and fewer digits: `-2.14748e+09`. */
function isMissingText(text: string, value: number): boolean {
  if (isMissingMark(value)) return true;
  const [, mantissa] = /^[+-]?(\d\.\d{5,})e\+?0*9$/i.exec(text) ?? [];
  if (mantissa === undefined) return false;
  const digits = mantissa.length - 1;
  const size = Math.abs(value);
  return [LOWEST_MARK, LOWEST_MARK + 1].some((mark) => Number(mark.toPrecision(digits)) === size);
}

/** The number in a field, correctly rounded; NaN where it is missing, `UNREADABLE` where it is no finite number. */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  const [start, end] = trimmedField(bytes, from, to);
  const text = decodeBytes(bytes, start, end);
  if (MISSING.test(text)) return Number.NaN;
  const value = NUMBER.test(text) ? Number(text) : UNREADABLE;
  if (!Number.isFinite(value)) return UNREADABLE;
  return isMissingText(text, value) ? Number.NaN : value;
}

function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === CR || byte === TAB;
}
