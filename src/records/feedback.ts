/**
 * Feedback of reanalyses: what an assimilation system said of each observation, row by row beside the observations.
 *
 * A source that carries feedback has its columns (names and kinds) fixed for the whole station before the first batch. A
 * number is held as a double, NaN where missing; a text by its place in the list of the distinct texts of the batch,
 * '' where missing.
 */
import {
  type Data,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';

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

/** The first `length` rows as an Arrow record batch; numbers without a copy. */
export function feedbackBatch(
  columns: readonly FeedbackColumn[],
  values: readonly FeedbackValues[],
  length: number,
): RecordBatch {
  const children = values.map((column, id) => childData(column, id, length));
  const fields = columns.map(({ name }, i) => new Field(name, children[i]?.type ?? new Float64(), false));
  const schema = new Schema(fields);
  return new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children }));
}

function childData(column: FeedbackValues, id: number, length: number): Data {
  if (isNumeric(column)) return makeData({ type: new Float64(), data: column.numbers.subarray(0, length) });
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), id),
    data: column.codes.subarray(0, length),
    dictionary: makeVector(textData(column.texts)),
  });
}

/** The values of a batch that `feedbackBatch` made, numbers without a copy. */
export function feedbackValues(batch: RecordBatch): FeedbackValues[] {
  return batch.schema.fields.map(({ name }, i): FeedbackValues => {
    const data = batch.data.children[i];
    const array: unknown = data?.values;
    if (array instanceof Float64Array) return { numbers: array.subarray(0, batch.numRows) };
    if (array instanceof Int32Array && data?.dictionary)
      return {
        codes: array.subarray(0, batch.numRows),
        texts: Array.from(data.dictionary, (text) => String(text ?? '')),
      };
    throw new TypeError(`feedback without the column ${name}`);
  });
}

/** Texts as Arrow data. */
export function textData(texts: readonly string[]): Data<Utf8> {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const valueOffsets = new Int32Array(texts.length + 1);
  for (const [i, bytes] of encoded.entries()) valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + bytes.length;
  const data = new Uint8Array(valueOffsets[texts.length] ?? 0);
  for (const [i, bytes] of encoded.entries()) data.set(bytes, valueOffsets[i]);
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data });
}
