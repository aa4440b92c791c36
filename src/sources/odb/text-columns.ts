/**
 * The columns of a block of text rows while it grows. A column is written as runs: a row in which it does not change costs
 * nothing, and what lies between two changes is filled when the second one comes, or the end of the block.
 */
import type { FeedbackColumn, FeedbackValues } from '../../records/feedback.js';
import { parseText, UNREADABLE } from './decode.js';

/** Shorter runs are quicker to fill with a loop than with a call. */
const SHORT_RUN = 12;
/** A number that no column holds. */
const NO_NUMBER = UNREADABLE;

/** A column of texts under construction. */
export interface TextColumn {
  codes: Int32Array;
  texts: string[];
  byText: Map<string, number>;
  /** Bytes and code of the last field: most repeat it. */
  last: Uint8Array;
  lastCode: number;
}

/** The columns of one block after the other, in the same arrays. */
export class BlockColumns {
  /** By column; without room where it is a text. */
  numbers: Float64Array[] = [];
  /** By column; null where it is a number. */
  texts: (TextColumn | null)[] = [];
  /** Rows that are written, by column; the rows after them have the value of the last of them. */
  readonly written: Int32Array;
  /** The number, or code, that fills a column's array from end to end; `NO_NUMBER` where several do. */
  private readonly filledWith: Float64Array;
  private capacity = 0;

  constructor(private readonly columns: readonly FeedbackColumn[]) {
    this.written = new Int32Array(columns.length);
    this.filledWith = new Float64Array(columns.length);
  }

  /** Begins a block of at most `capacity` rows; the arrays of the block before are used again. */
  start(capacity: number): void {
    const fresh = this.capacity !== capacity;
    this.capacity = capacity;
    this.written.fill(0);
    if (fresh) {
      this.filledWith.fill(NO_NUMBER);
      this.numbers = this.columns.map(({ kind }) => new Float64Array(kind === 'text' ? 0 : capacity));
    }
    this.texts = this.columns.map(({ kind }, i) => {
      if (kind !== 'text') return null;
      const codes = fresh ? new Int32Array(capacity) : (this.texts[i]?.codes ?? new Int32Array(capacity));
      return { codes, texts: [''], byText: new Map([['', 0]]), last: new Uint8Array(0), lastCode: 0 };
    });
  }

  /** The values of the first `rowCount` rows (at least one), and 1 for each column that is equal in all of them. */
  take(rowCount: number): { values: FeedbackValues[]; constant: Uint8Array } {
    const { written, filledWith } = this;
    const constant = new Uint8Array(this.columns.length);
    const values = this.columns.map((_, i): FeedbackValues => {
      const text = this.texts[i];
      const array = text?.codes ?? this.numbers[i]!;
      if (written[i] === 1) {
        constant[i] = 1;
        if (!Object.is(filledWith[i], array[0])) array.fill(array[0]!);
        filledWith[i] = array[0]!;
      } else {
        if (text) fillCodes(text.codes, written[i]!, rowCount);
        else fillNumbers(this.numbers[i]!, written[i]!, rowCount);
        filledWith[i] = NO_NUMBER;
      }
      return text ? { codes: text.codes, texts: text.texts } : { numbers: this.numbers[i]! };
    });
    return { values, constant };
  }
}

/** Gives the elements `from` to `to` (exclusive) the value of the one before them. */
export function fillNumbers(numbers: Float64Array, from: number, to: number): void {
  if (from >= to) return;
  const value = numbers[from - 1]!;
  if (to - from > SHORT_RUN) numbers.fill(value, from, to);
  else for (let i = from; i < to; i++) numbers[i] = value;
}

/** As `fillNumbers`. */
export function fillCodes(codes: Int32Array, from: number, to: number): void {
  if (from < to) codes.fill(codes[from - 1]!, from, to);
}

/** The code of the text in a field. */
export function textCode(column: TextColumn, bytes: Uint8Array, from: number, to: number): number {
  return isLast(column, bytes, from, to) ? column.lastCode : addText(column, bytes, from, to);
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
