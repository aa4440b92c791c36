/**
 * The feedback of a batch under construction: the rows of blocks that are kept, column by column.
 *
 * Of some sixty columns two thirds hold one value for thousands of rows. A column gets an array only when a second value
 * comes; one that never does is handed out as a shared array of its value, the same one batch after batch. What is not
 * allocated is not cleared, written and collected.
 */
import {
  type FeedbackColumn,
  type FeedbackTexts,
  type FeedbackValues,
  firstRows,
  isFullOfOne,
  isNumeric,
  uniformCodes,
  uniformNumbers,
} from '../../records/feedback.js';
import { columnName } from './columns.js';
import { note, type SkipContext } from './skips.js';
import type { OdbBlock } from './table.js';

/** Collects kept rows of blocks. */
export interface FeedbackCollector {
  /**
   * Appends the rows `rows[0 .. count)` of a block, at least one, in ascending order. Columns that the batch does not have
   * are counted, as are values that do not fit the kind of their column.
   */
  add(block: OdbBlock, rows: Int32Array, count: number, context: SkipContext): void;
  /** What was added, column by column; nobody may write to its arrays. Begins the next batch. */
  take(): FeedbackValues[];
  /** Takes back the arrays of a batch that nobody looks at any more. */
  recycle(batch: readonly FeedbackValues[]): void;
}

/**
 * A collector of batches with these columns.
 *
 * @param batchRows rows for which arrays have room from the second batch on
 */
export function createFeedbackCollector(
  columns: readonly FeedbackColumn[],
  batchRows: number,
): FeedbackCollector {
  const held = columns.map(({ kind }) => (kind === 'text' ? emptyTexts() : emptyNumbers()));
  let places: { of: readonly FeedbackColumn[]; list: Int32Array } | null = null;
  let rowCount = 0;
  let capacity = 0;
  let constants = new ConstantArrays(new Map(), 0);
  const spare: Float64Array[] = [];
  return {
    add(block, rows, count, context) {
      if (places?.of !== block.columns)
        places = { of: block.columns, list: placesOf(columns, block.columns) };
      const undeclared = block.columns.length - places.list.reduce((n, place) => (place < 0 ? n : n + 1), 0);
      if (undeclared > 0 && columns.length > 0)
        note(context, 'feedback.of-unexpected-column', undeclared * count);
      if (rowCount + count > capacity) capacity = Math.max(rowCount + count, 2 * capacity);
      const span: Span = { rows, count, at: rowCount, capacity, spare };
      for (const [i, column] of held.entries()) {
        const place = places.list[i]!;
        const constant = block.constant[place] === 1;
        if ('value' in column) {
          const lost = addNumbers(column, block.values[place], constant, span);
          note(context, 'feedback.unfit-value', lost);
        } else addTexts(column, block.values[place], constant, span);
      }
      rowCount += count;
    },
    take() {
      capacity = Math.max(rowCount, batchRows);
      constants = new ConstantArrays(constants.used, capacity);
      const values = held.map((column): FeedbackValues => {
        if ('value' in column) return { numbers: column.numbers ?? constants.numbers(column.value) };
        return { codes: column.codes ?? constants.codes(column.code), texts: column.texts };
      });
      const batch = firstRows(values, rowCount);
      for (const column of held) Object.assign(column, 'value' in column ? emptyNumbers() : emptyTexts());
      rowCount = 0;
      return batch;
    },
    recycle(batch) {
      for (const column of batch) {
        if (!isNumeric(column) || isFullOfOne(column) || spare.length >= MAX_SPARE * columns.length) continue;
        spare.push(new Float64Array(column.numbers.buffer));
      }
    },
  };
}

/** A column of numbers; without an array, all rows so far have one value. */
interface NumberColumn {
  numbers: Float64Array | null;
  value: number;
}

/** A column of texts; without an array, all rows so far have one code. */
interface CodeColumn {
  codes: Int32Array | null;
  code: number;
  texts: string[];
  byText: Map<string, number>;
}

/** Rows of a block to be added from row `at` of the batch on, to columns with room for `capacity` rows. */
interface Span {
  rows: Int32Array;
  count: number;
  at: number;
  capacity: number;
  /** Arrays of earlier batches that were given back; their values are overwritten. */
  spare: Float64Array[];
}

/** Batches whose arrays are kept for the next ones. */
const MAX_SPARE = 3;

function emptyNumbers(): NumberColumn {
  return { numbers: null, value: Number.NaN };
}

function emptyTexts(): CodeColumn {
  return { codes: null, code: 0, texts: [''], byText: new Map([['', 0]]) };
}

/** Where each column of the batch is in the block, by name; -1 where it is absent. */
function placesOf(columns: readonly FeedbackColumn[], block: readonly FeedbackColumn[]): Int32Array {
  const names = block.map(({ name }) => columnName(name));
  return Int32Array.from(columns, ({ name }) => {
    const place = names.indexOf(name);
    return place >= 0 ? place : names.indexOf(name.replace(/@.*/s, ''));
  });
}

/**
 * Returns the number of values that were lost because they are texts. A number that its column has no room for is the
 * business of the match, which widens the column.
 */
function addNumbers(
  column: NumberColumn,
  source: FeedbackValues | undefined,
  constant: boolean,
  span: Span,
): number {
  const { rows, count, at } = span;
  if (source === undefined || !isNumeric(source)) {
    addConstant(column, Number.NaN, span);
    let lost = 0;
    if (source !== undefined) for (let i = 0; i < count; i++) if (source.codes[rows[i]!] !== 0) lost++;
    return lost;
  }
  if (constant) addConstant(column, source.numbers[rows[0]!]!, span);
  else gather(source.numbers, rows, count, roomFor(column, span), at);
  return 0;
}

function addConstant(column: NumberColumn, value: number, span: Span): void {
  const { at, count } = span;
  if (column.numbers === null && at === 0) column.value = value;
  if (column.numbers !== null || !Object.is(column.value, value))
    roomFor(column, span).fill(value, at, at + count);
}

/** The array of a column, with room for the rows of the span. */
function roomFor(column: NumberColumn, { at, capacity, spare }: Span): Float64Array {
  const { numbers } = column;
  if (numbers !== null && numbers.length >= capacity) return numbers;
  const old = spare.pop();
  const larger = old !== undefined && old.length >= capacity ? old : new Float64Array(capacity);
  if (numbers === null) larger.fill(column.value, 0, at);
  else larger.set(numbers.subarray(0, at));
  column.numbers = larger;
  return larger;
}

function gather(from: Float64Array, rows: Int32Array, count: number, to: Float64Array, at: number): void {
  const first = rows[0]!;
  if (rows[count - 1]! - first === count - 1) to.set(from.subarray(first, first + count), at);
  else for (let i = 0; i < count; i++) to[at + i] = from[rows[i]!]!;
}

function addTexts(
  column: CodeColumn,
  source: FeedbackValues | undefined,
  constant: boolean,
  span: Span,
): void {
  const { rows, count, at } = span;
  if (source === undefined) addConstantCode(column, 0, span);
  else if (isNumeric(source)) {
    const codes = roomForCodes(column, span);
    for (let i = 0; i < count; i++) {
      const value = source.numbers[rows[i]!]!;
      codes[at + i] = Number.isNaN(value) ? 0 : codeOf(String(value), column);
    }
  } else if (constant) addConstantCode(column, codeIn(source, rows[0]!, column), span);
  else addCodes(column, source, span);
}

function addCodes(column: CodeColumn, source: FeedbackTexts, span: Span): void {
  const { rows, count, at } = span;
  const codes = roomForCodes(column, span);
  const translated = new Int32Array(source.texts.length).fill(-1);
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const code = source.codes[row]!;
    let to = translated[code]!;
    if (to < 0) {
      to = codeIn(source, row, column);
      translated[code] = to;
    }
    codes[at + i] = to;
  }
}

function addConstantCode(column: CodeColumn, code: number, span: Span): void {
  const { at, count } = span;
  if (column.codes === null && at === 0) column.code = code;
  if (column.codes !== null || column.code !== code) roomForCodes(column, span).fill(code, at, at + count);
}

function roomForCodes(column: CodeColumn, { at, capacity }: Span): Int32Array {
  const { codes } = column;
  if (codes !== null && codes.length >= capacity) return codes;
  const larger = new Int32Array(capacity);
  if (codes === null) larger.fill(column.code, 0, at);
  else larger.set(codes.subarray(0, at));
  column.codes = larger;
  return larger;
}

/** The batch's code of the text in a row of a block. */
function codeIn({ codes, texts }: FeedbackTexts, row: number, column: CodeColumn): number {
  return codeOf((texts[codes[row]!] ?? '').trim(), column);
}

function codeOf(text: string, { texts, byText }: CodeColumn): number {
  const known = byText.get(text);
  if (known !== undefined) return known;
  const code = texts.push(text) - 1;
  byText.set(text, code);
  return code;
}

type AnyArray = Float64Array | Int32Array;

/** Arrays that are full of one value; those that the batch before used are used again. */
class ConstantArrays {
  /** The arrays of this batch by kind and value. */
  readonly used = new Map<string, AnyArray>();

  constructor(
    private readonly before: ReadonlyMap<string, AnyArray>,
    private readonly length: number,
  ) {}

  numbers(value: number): Float64Array {
    const sign = Object.is(value, -0) ? '-' : '';
    return this.array(`${sign}${value}`, () => uniformNumbers(value, this.length)) as Float64Array;
  }

  codes(code: number): Int32Array {
    return this.array(`code ${code}`, () => uniformCodes(code, this.length)) as Int32Array;
  }

  private array(key: string, make: () => AnyArray): AnyArray {
    const known = this.used.get(key) ?? this.before.get(key);
    const array = known !== undefined && known.length >= this.length ? known : make();
    this.used.set(key, array);
    return array;
  }
}
