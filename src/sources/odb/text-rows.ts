/**
 * The hot loop of the text export: bytes of whole lines to columns, without a string per value.
 *
 * Most of a row's fields repeat those of the row above byte by byte: the report's own columns, half of the line, as long as
 * the report lasts, and most of what the assimilation says of a datum. So two places go through the lines together, one in
 * this row and one in the row above. As far as the bytes are the same, four of them are compared at a time, and a field that
 * lies wholly within the same bytes has the same value: it is not looked at, and nothing is written for it. Only where they
 * differ is a field parsed, to its end; then the comparison goes on behind it in both rows. A row without such a row above
 * (the first of a chunk or a block, one after a line that was left out or could not be read in full) is parsed field by field.
 */
import type { FeedbackColumn } from '../../records/feedback.js';
import type { LineDamage } from '../text/line-damage.js';
import { isRequired } from './columns.js';
import { decodeBytes, isMissingMark, LOWEST_MARK, parseNumber, UNREADABLE } from './decode.js';
import { listOnce, note, type SkipContext, skip } from './skips.js';
import type { OdbBlock } from './table.js';
import { BlockColumns, fillCodes, fillNumbers, textCode } from './text-columns.js';
import { endOfEmpty, hasNames, looksLikeHeader, stableColumns, valuesIn } from './text-head.js';

/** Rows of a block; of the first one, so that a short file costs no more than it needs. */
const BLOCK_ROWS = 1 << 14;
const FIRST_BLOCK_ROWS = 1 << 10;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** `NULL` read as a little-endian number of 32 bits. */
const NULL_WORD = 0x4c4c554e;
const LETTER_N = 0x4e;

/** What is said of a table that begins inside another one. */
export const OTHER_TABLE = 'another table begins here: give each export as a file of its own';
/** Characters of a value that are quoted where it cannot be read. */
const MAX_QUOTED = 40;

/** Below it, the digits of a decimal number are exact, and one division by a power of ten rounds once. */
const EXACT = 2 ** 53;
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** A value of which nothing can be made. */
interface UnreadableCell {
  column: number;
  from: number;
  to: number;
}

/** Fills blocks from lines. */
export class RowParser {
  /** 1-based number of the next line in the file. */
  line = 1;

  private readonly block: BlockColumns;
  private offsets = new Float64Array(0);
  private rowCount = 0;
  /** Rows for which the arrays have room; 0 before there are any. */
  private capacity = 0;
  private nextCapacity = FIRST_BLOCK_ROWS;
  private readonly stable: number;
  /** Bytes of each field of the row above, with the tab or line end behind it. */
  private readonly widths: Int32Array;
  /** Whether a line with other columns than these has begun another table inside the file. */
  private foreign = false;
  /** Those of the line at hand. */
  private readonly unreadable: UnreadableCell[] = [];

  constructor(
    private readonly columns: readonly FeedbackColumn[],
    private readonly context: SkipContext,
    private readonly damage: LineDamage,
  ) {
    this.block = new BlockColumns(columns);
    this.stable = stableColumns(columns);
    this.widths = new Int32Array(columns.length);
  }

  /** True when a block must be taken before more lines are parsed. */
  get full(): boolean {
    return this.capacity > 0 && this.rowCount === this.capacity;
  }

  private start(): void {
    this.capacity = this.nextCapacity;
    this.nextCapacity = BLOCK_ROWS;
    if (this.offsets.length !== this.capacity) this.offsets = new Float64Array(this.capacity);
    this.block.start(this.capacity);
  }

  /** The rows so far as a block, null when there are none; its arrays hold until more lines are parsed. */
  take(): OdbBlock | null {
    const { rowCount, columns, offsets } = this;
    if (rowCount === 0) return null;
    this.capacity = 0;
    this.rowCount = 0;
    return { columns, ...this.block.take(rowCount), rowCount, offsets };
  }

  /**
   * Parses the lines in `from` to `end`, which is the byte after a line end, until a block is full; returns the byte after
   * the last line that was parsed.
   *
   * @param base offset in the file of the first of `bytes`
   */
  parse(bytes: Uint8Array, from: number, end: number, base: number): number {
    if (this.capacity === 0) this.start();
    const { stable, capacity, widths } = this;
    const { numbers, texts, written } = this.block;
    const count = this.columns.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const characters = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = from;
    let row = this.rowCount;
    const firstRow = row;
    // Lines that make no row.
    let others = 0;
    // The row above: where it begins, and its length; 0 where there is none to compare with.
    let before = 0;
    let length = 0;
    // Its bytes that hold the stable columns.
    let prefix = 0;
    while (at < end && row < capacity) {
      if (bytes[at] === LF) {
        at++;
        others++;
        continue;
      }
      let p = at;
      let q = before;
      let column = 0;
      let byte = LF;
      let readable = true;
      const whole = length === 0;
      const above = before + length;
      let repeated = false;
      while (column < count) {
        if (!whole) {
          let same = sameBytes(view, q, p, Math.min(above - q, end - p));
          if (column === 0) {
            repeated = same >= prefix;
            if (repeated) {
              column = stable;
              p += prefix;
              q += prefix;
              same -= prefix;
            }
          }
          while (column < count && widths[column]! <= same) {
            const width = widths[column++]!;
            same -= width;
            p += width;
            q += width;
          }
          if (column === count) {
            byte = LF;
            break;
          }
          q += widths[column]!;
        }
        const start = p;
        byte = bytes[p]!;
        while (byte === BLANK) byte = bytes[++p]!;
        const text = texts[column];
        const done = written[column]!;
        if (text) {
          const first = p;
          while (byte !== TAB && byte !== LF) byte = bytes[++p]!;
          const code = textCode(text, bytes, first, p);
          if (!whole || done === 0 || text.codes[done - 1] !== code) {
            fillCodes(text.codes, done, row);
            text.codes[row] = code;
            written[column] = row + 1;
          }
        } else {
          const field = p;
          let value = 0;
          const negative = byte === MINUS;
          if (negative) byte = bytes[++p]!;
          const first = p;
          while (byte >= ZERO && byte <= NINE) {
            value = value * 10 + (byte - ZERO);
            byte = bytes[++p]!;
          }
          let digits = p - first;
          let decimals = 0;
          if (byte === DOT) {
            const dot = p;
            byte = bytes[++p]!;
            while (byte >= ZERO && byte <= NINE) {
              value = value * 10 + (byte - ZERO);
              byte = bytes[++p]!;
            }
            decimals = p - dot - 1;
            digits += decimals;
          }
          if (byte === LETTER_N && p === field && p + 4 < end && view.getInt32(p, true) === NULL_WORD) {
            value = Number.NaN;
            digits = 1;
            p += 4;
            byte = bytes[p]!;
          }
          const last = p;
          while (byte === BLANK || byte === CR) byte = bytes[++p]!;
          if ((byte === TAB || byte === LF) && digits > 0) {
            if (value >= EXACT || decimals >= POWERS.length)
              value = Number(characters.toString('latin1', first, last));
            else if (decimals > 0) value /= POWERS[decimals]!;
            if (value >= LOWEST_MARK && isMissingMark(value)) value = Number.NaN;
            if (negative) value = -value;
          } else {
            while (byte !== TAB && byte !== LF) byte = bytes[++p]!;
            value = parseNumber(bytes, field, p);
            if (value === UNREADABLE) {
              if (readable) this.unreadable.length = 0;
              this.unreadable.push({ column, from: field, to: p });
              readable = false;
              value = Number.NaN;
            }
          }
          const target = numbers[column]!;
          if (!whole || done === 0 || !Object.is(target[done - 1], value)) {
            if (done < row) fillNumbers(target, done, row);
            target[row] = value;
            written[column] = row + 1;
          }
        }
        widths[column++] = ++p - start;
        if (byte === LF) break;
      }
      if (column === count && byte === TAB) {
        // Nothing behind a tab at the end of a line is no value.
        const lineEnd = endOfEmpty(bytes, p);
        if (lineEnd >= 0) {
          widths[count - 1]! += lineEnd + 1 - p;
          p = lineEnd + 1;
          byte = LF;
        }
      }
      if (
        column === count &&
        byte === LF &&
        !this.foreign &&
        (readable || this.isRow(bytes, at, p - 1, base + at, this.line + row - firstRow + others))
      ) {
        this.offsets[row++] = base + at;
        before = at;
        length = readable ? p - at : 0;
        if (!repeated) prefix = sumOf(widths, stable);
        at = p;
      } else {
        length = 0;
        if (readable) this.unreadable.length = 0;
        at = this.leaveOut(bytes, at, end, base + at, this.line + row - firstRow + others) + 1;
        others++;
      }
    }
    this.rowCount = row;
    this.line += row - firstRow + others;
    return at;
  }

  /**
   * Whether a line with values that cannot be read is a row all the same: it is where none of them stands in a column that
   * every row must have. They are missing then, counted, and the first of each column is listed.
   */
  private isRow(bytes: Uint8Array, from: number, lineEnd: number, byteOffset: number, line: number): boolean {
    const { unreadable, columns, context } = this;
    if (unreadable.some(({ column }) => isRequired(columns[column]!.name))) return false;
    if (looksLikeHeader(bytes, from, lineEnd)) return false;
    note(context, 'value.unreadable', unreadable.length);
    for (const cell of unreadable) {
      const detail = `line ${line}: ${this.describe(bytes, cell)} (the first of the column; all are counted)`;
      listOnce(context, 'value.unreadable', byteOffset, detail, columns[cell.column]!.name);
    }
    return true;
  }

  private describe(bytes: Uint8Array, { column, from, to }: UnreadableCell): string {
    const text = decodeBytes(bytes, from, Math.min(to, from + MAX_QUOTED)).trim();
    return `${JSON.stringify(text)} in the column ${this.columns[column]!.name} is no number`;
  }

  /** Counts a line that makes no row; returns the place of its line end. */
  private leaveOut(bytes: Uint8Array, from: number, end: number, byteOffset: number, line: number): number {
    const found = bytes.indexOf(LF, from);
    const lineEnd = found < 0 ? end - 1 : found;
    const { context, columns } = this;
    if (endOfEmpty(bytes, from) >= 0) return lineEnd;
    if (looksLikeHeader(bytes, from, lineEnd)) {
      this.foreign = !hasNames(bytes.subarray(from, lineEnd), columns);
      // Exports that were put one behind the other.
      if (!this.foreign) note(context, 'line.header-repeated');
      else skip(context, 'line.other-columns', byteOffset, OTHER_TABLE);
    } else if (this.foreign) note(context, 'row.of-other-columns');
    else {
      const [cell] = this.unreadable;
      const why =
        cell === undefined
          ? wrongNumber(valuesIn(bytes, from, lineEnd), columns.length)
          : this.describe(bytes, cell);
      this.damage.malformed(context, { line, byteOffset, why });
    }
    return lineEnd;
  }
}

/** What a row of another width is called. */
export function wrongNumber(values: number, columns: number): string {
  return `${values} ${values === 1 ? 'value' : 'values'} where there are ${columns} columns`;
}

/** How many of the `limit` bytes from `a` and from `b` on are the same, one after the other. */
function sameBytes(view: DataView, a: number, b: number, limit: number): number {
  let i = 0;
  for (; i + 4 <= limit; i += 4) {
    const differing = view.getInt32(a + i, true) ^ view.getInt32(b + i, true);
    // The lowest bit that differs is in the first byte that does.
    if (differing !== 0) return i + ((31 - Math.clz32(differing & -differing)) >> 3);
  }
  while (i < limit && view.getUint8(a + i) === view.getUint8(b + i)) i++;
  return i;
}

/** The sum of the first `count` widths. */
function sumOf(widths: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += widths[i]!;
  return sum;
}
