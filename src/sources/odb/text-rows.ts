/**
 * The hot loop of the text export: bytes of whole lines to columns, without a string per value.
 *
 * The rows of a report repeat the report's own columns, half of the line, byte by byte: as long as a line begins with the
 * bytes of the line before, up to the first column of the datum, these columns are not parsed again, and they are written
 * as runs when they change.
 */
import type { FeedbackColumn, FeedbackValues } from '../../records/feedback.js';
import { parseNumber, parseText, UNREADABLE } from './decode.js';
import { note, type SkipContext, skip } from './skips.js';
import type { OdbBlock } from './table.js';
import { stableColumns } from './text-head.js';

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

/** Below it, the digits of a decimal number are exact, and one division by a power of ten rounds once. */
const EXACT = 2 ** 53;
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const NO_NUMBER = UNREADABLE;
/** Shorter runs are quicker to fill with a loop than with a call. */
const SHORT_RUN = 12;

/** A text column under construction. */
interface TextColumn {
  codes: Int32Array;
  texts: string[];
  byText: Map<string, number>;
  /** Bytes and code of the last field: most repeat it. */
  last: Uint8Array;
  lastCode: number;
}

/** Fills blocks from lines. */
export class RowParser {
  private numbers: Float64Array[] = [];
  private texts: (TextColumn | null)[] = [];
  private offsets = new Float64Array(0);
  private rowCount = 0;
  /** Rows for which the arrays have room; 0 before there are any. */
  private capacity = 0;
  private nextCapacity = FIRST_BLOCK_ROWS;
  /** Rows of which the stable columns are written. */
  private filled = 0;
  private readonly stable: number;
  /** Whether a line with other columns than these has begun another table inside the file. */
  private foreign = false;

  constructor(
    private readonly columns: readonly FeedbackColumn[],
    private readonly header: Uint8Array,
    private readonly context: SkipContext,
  ) {
    this.stable = stableColumns(columns);
  }

  /** True when a block must be taken before more lines are parsed. */
  get full(): boolean {
    return this.capacity > 0 && this.rowCount === this.capacity;
  }

  /** Makes room for a block: the arrays of the block before are used again. */
  private start(): void {
    const capacity = this.nextCapacity;
    this.nextCapacity = BLOCK_ROWS;
    this.capacity = capacity;
    const fresh = this.offsets.length !== capacity;
    if (fresh) {
      this.offsets = new Float64Array(capacity);
      this.numbers = this.columns.map(({ kind }) => new Float64Array(kind === 'text' ? 0 : capacity));
    }
    this.texts = this.columns.map(({ kind }, i) => {
      if (kind !== 'text') return null;
      const codes = fresh ? new Int32Array(capacity) : (this.texts[i]?.codes ?? new Int32Array(capacity));
      return { codes, texts: [''], byText: new Map([['', 0]]), last: new Uint8Array(0), lastCode: 0 };
    });
  }

  /** The rows so far as a block, null when there are none; its arrays hold until more lines are parsed. */
  take(): OdbBlock | null {
    const { rowCount, columns, offsets } = this;
    if (rowCount === 0) return null;
    this.fillStable(rowCount);
    const values = columns.map((_, i): FeedbackValues => {
      const text = this.texts[i];
      return text ? { codes: text.codes, texts: text.texts } : { numbers: this.numbers[i]! };
    });
    this.capacity = 0;
    this.rowCount = 0;
    this.filled = 0;
    return { columns, values, rowCount, offsets };
  }

  /**
   * Parses the lines in `from` to `end`, which is the byte after a line end, until a block is full; returns the byte after
   * the last line that was parsed.
   *
   * @param base offset in the file of the first of `bytes`
   */
  parse(bytes: Uint8Array, from: number, end: number, base: number): number {
    if (this.capacity === 0) this.start();
    const { numbers, texts, stable, capacity } = this;
    const count = this.columns.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const characters = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = from;
    let row = this.rowCount;
    // The line before, and the number of its bytes that hold the stable columns; 0 where it cannot be compared with.
    let before = 0;
    let prefix = 0;
    while (at < end && row < capacity) {
      if (bytes[at] === LF) {
        at++;
        continue;
      }
      let p = at;
      let column = 0;
      if (prefix > 0 && at + prefix <= end && sameBytes(view, before, at, prefix)) {
        p = at + prefix;
        column = stable;
      } else if (stable > 0) this.fillStable(row);
      const whole = column === 0;
      let unreadable = 0;
      let byte: number;
      for (;;) {
        byte = bytes[p]!;
        while (byte === BLANK) byte = bytes[++p]!;
        const text = texts[column];
        if (text) {
          const start = p;
          while (byte !== TAB && byte !== LF) byte = bytes[++p]!;
          text.codes[row] = isLast(text, bytes, start, p) ? text.lastCode : addText(text, bytes, start, p);
        } else {
          const start = p;
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
          if (byte === LETTER_N && p === start && p + 4 < end && view.getInt32(p, true) === NULL_WORD) {
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
            if (negative) value = -value;
          } else {
            while (byte !== TAB && byte !== LF) byte = bytes[++p]!;
            value = parseNumber(bytes, start, p);
            if (value === NO_NUMBER) {
              unreadable++;
              value = Number.NaN;
            }
          }
          numbers[column]![row] = value;
        }
        if (byte === LF || ++column === count) break;
        p++;
        // What could not be read is counted for every row that has it.
        if (column === stable && whole) prefix = unreadable === 0 ? p - at : 0;
      }
      if (
        column === count - 1 &&
        byte === LF &&
        (unreadable === 0 || !this.isHeader(bytes, at, p)) &&
        !this.foreign
      ) {
        if (unreadable > 0) note(this.context, 'value.unreadable', unreadable);
        this.offsets[row++] = base + at;
        if (whole) {
          before = at;
          this.filled = row;
        }
      } else {
        prefix = 0;
        p = this.leaveOut(bytes, at, end, base + at);
      }
      at = p + 1;
    }
    this.rowCount = row;
    return at;
  }

  /** Writes the stable columns of the rows up to `row` (exclusive) as they are in the last row that has them. */
  private fillStable(row: number): void {
    const { filled, stable, numbers, texts } = this;
    if (filled === 0 || filled >= row) return;
    for (let column = 0; column < stable; column++) {
      const target = texts[column]?.codes ?? numbers[column]!;
      const value = target[filled - 1]!;
      if (row - filled > SHORT_RUN) target.fill(value, filled, row);
      else for (let i = filled; i < row; i++) target[i] = value;
    }
    this.filled = row;
  }

  private isHeader(bytes: Uint8Array, from: number, lineEnd: number): boolean {
    const { header } = this;
    if (lineEnd - from !== header.length) return looksLikeHeader(bytes, from, lineEnd);
    for (let i = 0; i < header.length; i++)
      if (bytes[from + i] !== header[i]) return looksLikeHeader(bytes, from, lineEnd);
    return true;
  }

  /** Counts a line that makes no row; returns the place of its line end. */
  private leaveOut(bytes: Uint8Array, from: number, end: number, offset: number): number {
    const found = bytes.indexOf(LF, from);
    const lineEnd = found < 0 ? end - 1 : found;
    const line = bytes.subarray(from, lineEnd);
    const context = this.context;
    if (line.every((byte) => byte === BLANK || byte === CR)) return lineEnd;
    if (Buffer.compare(line, this.header) === 0) {
      // Exports that were put one behind the other.
      note(context, 'line.header-repeated');
      this.foreign = false;
    } else if (looksLikeHeader(line, 0, line.length)) {
      this.foreign = true;
      skip(
        context,
        'line.other-columns',
        offset,
        'another table begins here: give each export as a file of its own',
      );
    } else if (this.foreign) note(context, 'row.of-other-columns');
    else {
      let tabs = 0;
      for (const byte of line) if (byte === TAB) tabs++;
      skip(
        context,
        'row.wrong-columns',
        offset,
        `${tabs + 1} values where there are ${this.columns.length} columns`,
      );
    }
    return lineEnd;
  }
}

/** A line with the names of the columns that every table of observations has. */
function looksLikeHeader(bytes: Uint8Array, from: number, to: number): boolean {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
  return (
    /(?:^|\t) *varno(?:@\w+)? *(?=\t|\r?$)/.test(line) &&
    /(?:^|\t) *obsvalue(?:@\w+)? *(?=\t|\r?$)/.test(line)
  );
}

/** Whether the `length` bytes at `a` and at `b` are the same. */
function sameBytes(view: DataView, a: number, b: number, length: number): boolean {
  let i = 0;
  for (; i + 4 <= length; i += 4) if (view.getInt32(a + i, true) !== view.getInt32(b + i, true)) return false;
  for (; i < length; i++) if (view.getUint8(a + i) !== view.getUint8(b + i)) return false;
  return true;
}

function isLast({ last }: TextColumn, bytes: Uint8Array, from: number, to: number): boolean {
  const length = last.length;
  if (to - from !== length) return false;
  for (let i = 0; i < length; i++) if (last[i] !== bytes[from + i]) return false;
  return true;
}

function addText(column: TextColumn, bytes: Uint8Array, from: number, to: number): number {
  const text = parseText(bytes, from, to);
  let code = column.byText.get(text);
  if (code === undefined) {
    code = column.texts.push(text) - 1;
    column.byText.set(text, code);
  }
  column.last = bytes.slice(from, to);
  column.lastCode = code;
  return code;
}
