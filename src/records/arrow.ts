/** Record batches as Arrow, the form in which they are stored: one Arrow record batch each for reports, observations and feedback. */
import {
  type Data,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import type { ObservationColumns, ReportColumns, SoundingBatch } from './batch.js';
import { type FeedbackColumn, type FeedbackValues, isNumeric } from './feedback.js';

/** A record batch as Arrow. */
export interface ArrowBatch {
  reports: RecordBatch;
  observations: RecordBatch;
  /** Row by row with the observations; null where the source has no feedback. */
  feedback: RecordBatch | null;
}

type Numbers = Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Names of the columns; positions and significance only where levels have them. */
const OBSERVATION_NAMES: readonly (readonly [keyof ObservationColumns, string])[] = [
  ['observedVariable', 'observed_variable'],
  ['value', 'value'],
  ['zCoordinate', 'z_coordinate'],
  ['zType', 'z_type'],
  ['elapsed', 'elapsed'],
  ['quality', 'quality'],
  ['significance', 'significance'],
  ['latitude', 'latitude'],
  ['longitude', 'longitude'],
];
const REPORT_NAMES: readonly (readonly [keyof ReportColumns, string])[] = [
  ['firstRow', 'first_row'],
  ['rowCount', 'row_count'],
  ['launchTime', 'launch_time'],
  ['nominalTime', 'nominal_time'],
  ['dateOnlyTime', 'date_only_time'],
  ['timeQuality', 'time_quality'],
  ['latitude', 'latitude'],
  ['longitude', 'longitude'],
  ['inputFile', 'input_file'],
  ['byteOffset', 'byte_offset'],
  ['elevation', 'elevation'],
  ['kind', 'kind'],
  ['number', 'number'],
  ['sondeType', 'sonde_type'],
  ['beginTime', 'begin_time'],
  ['verticalDirection', 'vertical_direction'],
  ['platformType', 'platform_type'],
  ['comment', 'comment'],
];

/** The batch as Arrow, numbers without a copy. @param columns of its feedback */
export function toArrow(batch: SoundingBatch, columns: readonly FeedbackColumn[]): ArrowBatch {
  const { reports, observations, feedback } = batch;
  const rows = observations.value.length;
  const observationColumns = OBSERVATION_NAMES.flatMap(([key, name]): [string, Data][] => {
    const values = observations[key];
    return values === null ? [] : [[name, numberData(values)]];
  });
  const reportColumns = REPORT_NAMES.map(([key, name]): [string, Data] => {
    const values = reports[key];
    return [name, Array.isArray(values) ? textData(values) : numberData(values)];
  });
  return {
    reports: recordBatch(reportColumns, reports.firstRow.length),
    observations: recordBatch(observationColumns, rows),
    feedback:
      columns.length === 0
        ? null
        : recordBatch(
            columns.map(({ name }, i) => [name, feedbackData(feedback[i], i)]),
            rows,
          ),
  };
}

/** The batch that `toArrow` made, numbers without a copy. */
export function fromArrow({ reports: r, observations: o, feedback }: ArrowBatch): SoundingBatch {
  const comments = r.getChild('comment');
  return {
    observations: {
      observedVariable: numbers(o, 'observed_variable', Int16Array),
      value: numbers(o, 'value', Float64Array),
      zCoordinate: numbers(o, 'z_coordinate', Float64Array),
      zType: numbers(o, 'z_type', Int8Array),
      elapsed: numbers(o, 'elapsed', Float32Array),
      quality: numbers(o, 'quality', Int8Array),
      significance: optionalNumbers(o, 'significance', Int32Array),
      latitude: optionalNumbers(o, 'latitude', Float64Array),
      longitude: optionalNumbers(o, 'longitude', Float64Array),
    },
    reports: {
      firstRow: numbers(r, 'first_row', Int32Array),
      rowCount: numbers(r, 'row_count', Int32Array),
      launchTime: numbers(r, 'launch_time', Float64Array),
      nominalTime: numbers(r, 'nominal_time', Float64Array),
      dateOnlyTime: numbers(r, 'date_only_time', Float64Array),
      timeQuality: numbers(r, 'time_quality', Int8Array),
      latitude: numbers(r, 'latitude', Float64Array),
      longitude: numbers(r, 'longitude', Float64Array),
      inputFile: numbers(r, 'input_file', Int32Array),
      byteOffset: numbers(r, 'byte_offset', Float64Array),
      elevation: numbers(r, 'elevation', Float64Array),
      kind: numbers(r, 'kind', Int32Array),
      number: numbers(r, 'number', Float64Array),
      sondeType: numbers(r, 'sonde_type', Int16Array),
      beginTime: numbers(r, 'begin_time', Float64Array),
      verticalDirection: numbers(r, 'vertical_direction', Int8Array),
      platformType: numbers(r, 'platform_type', Int8Array),
      comment: comments === null ? [] : Array.from(comments, (text) => String(text ?? '')),
    },
    feedback: feedback === null ? [] : feedbackValues(feedback),
    recycle: null,
  };
}

function numbers<T extends Numbers>(batch: RecordBatch, name: string, kind: new (length: number) => T): T {
  const array: unknown = batch.getChild(name)?.data[0]?.values;
  if (!(array instanceof kind)) throw new TypeError(`record batch without the column ${name}`);
  // Arrow IPC pads buffers to 8 bytes, and the padding is part of the array that comes back.
  return array.subarray(0, batch.numRows) as T;
}

function optionalNumbers<T extends Numbers>(
  batch: RecordBatch,
  name: string,
  kind: new (length: number) => T,
): T | null {
  return batch.getChild(name) === null ? null : numbers(batch, name, kind);
}

function feedbackValues(batch: RecordBatch): FeedbackValues[] {
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

function recordBatch(columns: readonly (readonly [string, Data])[], length: number): RecordBatch {
  const fields = columns.map(([name, data]) => new Field(name, data.type, false));
  const children = columns.map(([, data]) => data);
  return new RecordBatch(
    new Schema(fields),
    makeData({ type: new Struct(fields), length, nullCount: 0, children }),
  );
}

function feedbackData(values: FeedbackValues | undefined, id: number): Data {
  if (values === undefined) throw new TypeError('feedback with fewer columns than were announced');
  if (isNumeric(values)) return numberData(values.numbers);
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), id),
    data: values.codes,
    dictionary: makeVector(textData(values.texts)),
  });
}

function numberData(data: Numbers): Data {
  if (data instanceof Int8Array) return makeData({ type: new Int8(), data });
  if (data instanceof Int16Array) return makeData({ type: new Int16(), data });
  if (data instanceof Int32Array) return makeData({ type: new Int32(), data });
  if (data instanceof Float32Array) return makeData({ type: new Float32(), data });
  return makeData({ type: new Float64(), data });
}

function textData(texts: readonly string[]): Data<Utf8> {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const valueOffsets = new Int32Array(texts.length + 1);
  for (const [i, bytes] of encoded.entries()) valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + bytes.length;
  const data = new Uint8Array(valueOffsets[texts.length] ?? 0);
  for (const [i, bytes] of encoded.entries()) data.set(bytes, valueOffsets[i]);
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data });
}
