/**
 * Feedback of reanalyses: what an assimilation system said of each observation, row by row beside the observations.
 *
 * A source that carries feedback has its columns (names and kinds) fixed for the whole station before the first batch. A
 * number is held as a double, NaN where missing; a text by its place in the list of the distinct texts of the batch,
 * '' where missing.
 */

/** What a column holds: whole numbers within 32 bits, numbers of single or double precision, or text. */
export type FeedbackKind = 'int' | 'real' | 'double' | 'text';

/** One column of feedback. */
export interface FeedbackColumn {
  /** The source's own name, such as `an_depar@body`. */
  name: string;
  kind: FeedbackKind;
}

/** The values of one column, one per row of the observations. */
export type FeedbackValues = FeedbackNumbers | FeedbackTexts;

export interface FeedbackNumbers {
  /** NaN where missing. */
  numbers: Float64Array;
}

export interface FeedbackTexts {
  /** Index into `texts`. */
  codes: Int32Array;
  /** The distinct texts; the first is '', which stands for a missing one. */
  texts: string[];
}

/** True for a column of numbers. */
export function isNumeric(values: FeedbackValues): values is FeedbackNumbers {
  return 'numbers' in values;
}

/** The buffers of arrays that are full of one value. */
const fullOfOne = new WeakSet<ArrayBufferLike>();

/** An array that has one value from end to end, which is never to change: `isUniform` knows it without a look. */
export function uniformNumbers(value: number, length: number): Float64Array {
  const array = new Float64Array(length).fill(value);
  fullOfOne.add(array.buffer);
  return array;
}

/** As `uniformNumbers`, of the codes of a text. */
export function uniformCodes(code: number, length: number): Int32Array {
  const array = new Int32Array(length).fill(code);
  fullOfOne.add(array.buffer);
  return array;
}

/** True for the values of an array that has one value from end to end. */
export function isFullOfOne(values: FeedbackValues): boolean {
  return fullOfOne.has((isNumeric(values) ? values.numbers : values.codes).buffer);
}

/** True where the rows `from` to `to` (exclusive) all have one value: equal bit by bit, with any NaN equal to any other. */
export function isUniform(values: FeedbackValues, from: number, to: number): boolean {
  if (isFullOfOne(values)) return true;
  return isNumeric(values) ? isOneNumber(values.numbers, from, to) : isOneCode(values.codes, from, to);
}

/** A loop of its own for missing values and for zeros: each is one comparison per row. */
function isOneNumber(numbers: Float64Array, from: number, to: number): boolean {
  const value = numbers[from]!;
  let row = from + 1;
  if (Number.isNaN(value)) while (row < to && Number.isNaN(numbers[row])) row++;
  else if (value === 0) while (row < to && Object.is(numbers[row], value)) row++;
  else while (row < to && numbers[row] === value) row++;
  return row >= to;
}

function isOneCode(codes: Int32Array, from: number, to: number): boolean {
  const code = codes[from];
  let row = from + 1;
  while (row < to && codes[row] === code) row++;
  return row >= to;
}

/** Columns with room for `capacity` rows; numbers are missing and texts '' until they are set. */
export function feedbackColumns(columns: readonly FeedbackColumn[], capacity: number): FeedbackValues[] {
  return columns.map(({ kind }) =>
    kind === 'text'
      ? { codes: new Int32Array(capacity), texts: [''] }
      : { numbers: new Float64Array(capacity).fill(Number.NaN) },
  );
}

/** The same columns with more room. */
export function grownFeedback(
  values: readonly FeedbackValues[],
  used: number,
  capacity: number,
): FeedbackValues[] {
  return values.map((column) => {
    if (isNumeric(column)) {
      const numbers = new Float64Array(capacity).fill(Number.NaN);
      numbers.set(column.numbers.subarray(0, used));
      return { numbers };
    }
    const codes = new Int32Array(capacity);
    codes.set(column.codes.subarray(0, used));
    return { codes, texts: column.texts };
  });
}

/** The first `length` rows, without a copy. */
export function firstRows(values: readonly FeedbackValues[], length: number): FeedbackValues[] {
  return values.map((column) =>
    isNumeric(column)
      ? { numbers: column.numbers.subarray(0, length) }
      : { codes: column.codes.subarray(0, length), texts: column.texts },
  );
}
