/** The text export of an observation database (`odb sql 'select *'`, `odc sql`): bytes to blocks of columns. */

import { InputError } from '../../errors.js';
import type { FeedbackColumn } from '../../records/feedback.js';
import { createTally } from '../../records/tally.js';
import { afterBytes } from '../head.js';
import type { LineDamage } from '../text/line-damage.js';
import { type SkipContext, skip, skipContext } from './skips.js';
import type { OdbBlock } from './table.js';
import { HEAD_BYTES, headColumns } from './text-head.js';
import { RowParser } from './text-rows.js';

/** No real line is longer than a few kilobytes; memory stays bounded whatever comes. */
const MAX_LINE = 1 << 20;
const LF = 0x0a;

/** Whole lines of a file, each with its line end. */
export interface Lines {
  bytes: Uint8Array;
  /** Offset in the file of the first of `bytes`. */
  base: number;
}

/** The beginning of a file, from which its columns are told. */
export interface TextHead {
  columns: FeedbackColumn[];
  /** The header line without its line end. */
  header: Uint8Array;
}

/** Where the header line is in the file. */
export interface HeaderPlace {
  /** Its first byte. */
  start: number;
  /** Its number, from 1 on. */
  line: number;
}

export interface TextOptions {
  context: SkipContext;
  /** Told of lines that cannot be read. */
  damage: LineDamage;
  /** Where the header is, unless it is the first line. */
  header?: HeaderPlace;
  signal?: AbortSignal | undefined;
  /**
   * Lines that are to be read, as triples: the first byte of a line, the byte after a line end, and the number of the first line;
   * ascending. All without.
   */
  ranges?: readonly number[] | undefined;
}

/** The header is the first line. */
export const AT_ONCE: HeaderPlace = { start: 0, line: 1 };
/** Numbers that describe a range. */
export const RANGE_NUMBERS = 3;

/**
 * The rows of a text export: a header line with the names of the columns, then a line per row; values separated by tabs,
 * with or without padding blanks and a tab at the end; missing values `NULL`, `nan` or the numbers that odc has for them; texts
 * in quotes, UTF-8 or ISO-8859-1, of which the blanks on both sides are left out, so that padded and stripped exports agree.
 * Numbers are rounded once.
 *
 * A line with another number of values, or without a number where every row must have one, cannot be read, which is told to
 * `damage`; a last line without a line end that does not show that it is whole is a counted skip (`row.truncated`); another
 * value that does not fit the kind of its column is missing, counted and listed (`value.unreadable`). The arrays of a block hold
 * until the next one is asked for.
 *
 * @throws InputError `LINE_TOO_LONG` for a line of more than 1 MiB
 */
export async function* readOdbText(
  chunks: AsyncIterable<Uint8Array>,
  { context, damage, header = AT_ONCE, signal, ranges }: TextOptions,
): AsyncGenerator<OdbBlock> {
  let parser: RowParser | null = null;
  // Of a file of several stations, a line cut off was counted when the stations were looked for.
  const ofFile = ranges === undefined ? context : skipContext('', context.path, createTally());
  for await (const { bytes, base } of wholeLines(chunks, ofFile, header.start, signal)) {
    let at = 0;
    if (parser === null) {
      const head = textHead(bytes);
      parser = new RowParser(head.columns, context, damage);
      parser.line = header.line + 1;
      at = head.header.length + 1;
    }
    for (const [from, to, line] of within(ranges, base + at, base + bytes.length)) {
      if (line !== null) parser.line = line;
      for (let start = from - base; start < to - base; ) {
        start = parser.parse(bytes, start, to - base, base);
        if (parser.full) {
          const block = parser.take();
          if (block !== null) yield block;
        }
      }
    }
  }
  const rest = parser?.take() ?? null;
  if (rest !== null) yield rest;
}

/** The columns of a text export, from the beginning of its first chunk of `wholeLines`. */
export function textHead(bytes: Uint8Array): TextHead {
  const end = bytes.indexOf(LF);
  return {
    columns: headColumns(plain(bytes.subarray(0, HEAD_BYTES))),
    header: bytes.slice(0, end < 0 ? bytes.length : end),
  };
}

/**
 * The bytes from the header on in chunks of whole lines; the first one has `HEAD_BYTES` or all of the file. A last line without
 * a line end is counted as a skip, but for the header, which is given with a line end.
 *
 * @param start first byte of the header
 */
export async function* wholeLines(
  chunks: AsyncIterable<Uint8Array>,
  context: SkipContext,
  start: number,
  signal?: AbortSignal,
): AsyncGenerator<Lines> {
  let carried: Uint8Array[] = [];
  // Bytes carried, and those of them after the last line end.
  let length = 0;
  let tail = 0;
  // Offset of the first carried byte.
  let base = start;
  let first = true;
  let before: Uint8Array = new Uint8Array(0);
  for await (const chunk of afterBytes(chunks, start)) {
    signal?.throwIfAborted();
    const lastLine = chunk.lastIndexOf(LF);
    tail = lastLine < 0 ? tail + chunk.length : chunk.length - lastLine - 1;
    length += chunk.length;
    if (tail > MAX_LINE) throw endlessLine(context, base + length - tail);
    if (first ? length < HEAD_BYTES || tail === length : lastLine < 0) {
      carried.push(chunk.slice());
      continue;
    }
    // Of the first chunks all lines are put together, later only the line that two chunks have in part.
    let rest: Uint8Array = chunk;
    if (first || carried.length > 0) {
      const bytes = plain(
        Buffer.concat([...carried, first ? chunk : chunk.subarray(0, chunk.indexOf(LF) + 1)]),
      );
      const end = first ? length - tail : bytes.length;
      before = lastLineOf(bytes.subarray(0, end));
      yield { bytes: bytes.subarray(0, end), base };
      base += end;
      rest = first ? bytes.subarray(end) : chunk.subarray(chunk.indexOf(LF) + 1);
    }
    const end = rest.length - tail;
    if (end > 0) {
      const bytes = plain(rest.subarray(0, end));
      before = lastLineOf(bytes);
      yield { bytes, base };
      base += end;
    }
    first = false;
    carried = tail === 0 ? [] : [rest.slice(end)];
    length = tail;
  }
  if (length === 0) return;
  const bytes = plain(Buffer.concat(carried));
  const end = length - tail;
  if (end > 0) {
    before = lastLineOf(bytes.subarray(0, end));
    yield { bytes: bytes.subarray(0, end), base };
  } else if (first) {
    yield { bytes: plain(Buffer.concat([bytes, Uint8Array.of(LF)])), base };
    return;
  }
  const rest = bytes.subarray(end);
  if (isBlank(rest)) return;
  if (isWhole(rest, before))
    yield { bytes: plain(Buffer.concat([rest, Uint8Array.of(LF)])), base: base + end };
  else skip(context, 'row.truncated', base + end, 'the file ends within a line');
}

/** A copy of the last line, without its line end. */
function lastLineOf(lines: Uint8Array): Uint8Array {
  const end = lines.length - 1;
  return lines.slice(lines.lastIndexOf(LF, end - 1) + 1, end);
}

/**
 * Whether a line without a line end is all there: it has as many values as the line before, and the last of them shows its
 * own end, as a text, NULL, or a number with as many decimals as the one above it.
 */
function isWhole(line: Uint8Array, before: Uint8Array): boolean {
  const [values, above] = [line, before].map((bytes) => Buffer.from(bytes).toString('latin1').split('\t'));
  if (values?.length !== above?.length) return false;
  const [last, other] = [values?.at(-1)?.trim() ?? '', above?.at(-1)?.trim() ?? ''];
  const decimals = (number: string): number => /^-?\d+\.(\d+)$/.exec(number)?.[1]?.length ?? 0;
  // A tab at the end of both lines shows it, too.
  if (last === '' && other === '') return (values?.length ?? 0) > 1;
  return /^(?:'.*'|NULL)$/.test(last) || (decimals(last) > 0 && decimals(last) === decimals(other));
}

/** The parts of `from` to `to` that lie within the ranges, with the number of the first line where a range begins. */
function* within(
  ranges: readonly number[] | undefined,
  from: number,
  to: number,
): Generator<[from: number, to: number, line: number | null]> {
  if (ranges === undefined) yield [from, to, null];
  else
    for (let i = 0; i + 2 < ranges.length; i += RANGE_NUMBERS) {
      const first = ranges[i]!;
      const start = Math.max(from, first);
      const end = Math.min(to, ranges[i + 1]!);
      if (start < end) yield [start, end, start === first ? ranges[i + 2]! : null];
      if (first >= to) return;
    }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d);
}

/** Node hands out Buffers; one class of array everywhere keeps the hot loop monomorphic. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function endlessLine({ path }: SkipContext, byteOffset: number): InputError {
  return new InputError(
    'LINE_TOO_LONG',
    `${path}: a line of more than ${MAX_LINE} bytes, where a row of soundings has a few hundred`,
    {
      file: path,
      byteOffset,
      hint: 'The file is damaged or of another format.',
    },
  );
}
