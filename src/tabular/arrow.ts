/** Arrow IPC: a record batch for each batch, field metadata, ids that repeat as dictionaries. */
import {
  AsyncByteQueue,
  type Data,
  DataType,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  Vector,
} from 'apache-arrow';
import type { Sink } from './sink.js';
import {
  type Batch,
  type ColumnRows,
  type ColumnType,
  describeColumn,
  type ExportTable,
  isTexts,
} from './table.js';

const TYPES: Readonly<Record<ColumnType, () => DataType>> = {
  int32: () => new Int32(),
  int64: () => new Int64(),
  float32: () => new Float32(),
  float64: () => new Float64(),
  timestamp: () => new TimestampMillisecond('UTC'),
  text: () => new Utf8(),
};

/** The schema of the table as an encapsulated Arrow message, texts as texts: what Parquet files have under `ARROW:schema`. */
export function schemaMessage(table: ExportTable): Uint8Array {
  const parts: Uint8Array[] = [];
  const writer = new RecordBatchStreamWriter();
  writer.reset(
    collecting(parts),
    schemaOf(
      table,
      table.columns.map(({ type }) => TYPES[type]()),
    ),
  );
  return Buffer.concat(parts);
}

/** Writes the table, as a file or as a stream of messages, and resolves to the number of rows. */
export async function writeArrow(table: ExportTable, sink: Sink, as: 'file' | 'stream'): Promise<number> {
  const parts: Uint8Array[] = [];
  const flush = async (): Promise<void> => {
    for (const part of parts) await sink.write(part);
    parts.length = 0;
  };
  const columns = table.columns.map(({ type }, i) => arrowColumn(type, table.vocabulary(i)));
  const schema = schemaOf(
    table,
    columns.map((column) => column.type),
  );
  const writer = as === 'file' ? new RecordBatchFileWriter() : new RecordBatchStreamWriter();
  writer.reset(collecting(parts), schema);
  let rows = 0;
  for await (const batch of table.batches()) {
    writer.write(recordBatch(schema, batch, columns));
    await flush();
    rows += batch.rows;
  }
  writer.finish();
  await flush();
  return rows;
}

/** What the writer would queue without end is collected here, to be written before more is made. */
function collecting(parts: Uint8Array[]): AsyncByteQueue<Uint8Array> {
  const queue = new AsyncByteQueue<Uint8Array>();
  queue.write = (chunk) => {
    if (chunk instanceof Uint8Array) parts.push(chunk.slice());
  };
  return queue;
}

function schemaOf(table: ExportTable, types: readonly DataType[]): Schema {
  const fields = table.columns.map(
    (column, i) => new Field(column.name, types[i]!, true, new Map(describeColumn(column))),
  );
  return new Schema(fields, new Map(table.metadata));
}

function recordBatch(schema: Schema, batch: Batch, columns: readonly ArrowColumn[]): RecordBatch {
  const children = columns.map(({ data }, i) => data(batch.columns[i] ?? null, batch.rows));
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: batch.rows, nullCount: 0, children }),
  );
}

interface ArrowColumn {
  readonly type: DataType;
  data(rows: ColumnRows, length: number): Data;
}

function arrowColumn(type: ColumnType, vocabulary: readonly string[] | null): ArrowColumn {
  if (type === 'text' && vocabulary !== null) return dictionaryColumn(vocabulary);
  const arrowType = TYPES[type]();
  return {
    type: arrowType,
    data(rows, length) {
      if (rows === null) return emptyData(arrowType, length);
      if (isTexts(rows)) return textData(rows);
      const { data, missing } = rows;
      const nulls = missing === null ? { nullCount: 0 } : validity(missing);
      // The types of the library tie data and type together one by one; here both come from one table.
      return makeData({ type: arrowType as Int32, length, data: data as Int32Array, ...nulls });
    },
  };
}

/**
 * Texts as numbers into a dictionary, which is written once. A text that the other table should have, and has not, is added to it
 * as a further part.
 */
function dictionaryColumn(vocabulary: readonly string[]): ArrowColumn {
  const type = new Dictionary(new Utf8(), new Int32());
  const codes = new Map(vocabulary.map((text, code) => [text, code]));
  let dictionary = new Vector([textData(vocabulary)]);
  return {
    type,
    data(rows, length) {
      const data = new Int32Array(length);
      const missing = new Uint8Array(length);
      const added: string[] = [];
      for (let row = 0; row < length; row++) {
        const text = rows !== null && isTexts(rows) ? rows[row]! : '';
        if (text === '') missing[row] = 1;
        else {
          let code = codes.get(text);
          if (code === undefined) {
            code = codes.size;
            codes.set(text, code);
            added.push(text);
          }
          data[row] = code;
        }
      }
      if (added.length > 0) dictionary = new Vector([...dictionary.data, textData(added)]);
      return makeData({ type, length, data, dictionary, ...validity(missing) });
    },
  };
}

function emptyData(type: DataType, length: number): Data {
  const nulls = validity(new Uint8Array(length).fill(1));
  if (DataType.isUtf8(type))
    return makeData({
      type,
      length,
      valueOffsets: new Int32Array(length + 1),
      data: new Uint8Array(0),
      ...nulls,
    });
  const bytes =
    DataType.isInt(type) && type.bitWidth === 32 ? 4 : DataType.isFloat(type) && type.precision === 1 ? 4 : 8;
  const Values = DataType.isFloat(type)
    ? bytes === 4
      ? Float32Array
      : Float64Array
    : bytes === 4
      ? Int32Array
      : BigInt64Array;
  return makeData({ type: type as Int32, length, data: new Values(length) as Int32Array, ...nulls });
}

/** A bit for each row that is there, the lowest first. */
function validity(missing: Uint8Array): { nullBitmap: Uint8Array; nullCount: number } {
  const nullBitmap = new Uint8Array(Math.ceil(missing.length / 64) * 8);
  let nullCount = 0;
  for (let row = 0; row < missing.length; row++) {
    if (missing[row] === 1) nullCount++;
    else nullBitmap[row >> 3] = nullBitmap[row >> 3]! | (1 << (row & 7));
  }
  return { nullBitmap, nullCount };
}

function textData(texts: readonly string[]): Data<Utf8> {
  const missing = new Uint8Array(texts.length);
  const valueOffsets = new Int32Array(texts.length + 1);
  let bytes = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + text.length, 0) + 64);
  let at = 0;
  for (const [row, text] of texts.entries()) {
    if (text === '') missing[row] = 1;
    const most = at + text.length * 3;
    if (most > bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(most)]);
    at += bytes.write(text, at, 'utf8');
    valueOffsets[row + 1] = at;
  }
  return makeData({
    type: new Utf8(),
    length: texts.length,
    valueOffsets,
    data: bytes.subarray(0, at),
    ...validity(missing),
  });
}
