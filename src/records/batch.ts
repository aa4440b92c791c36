/**
 * The normalised record batch: what every reader hands over and what the match reads.
 *
 * A batch holds whole reports (soundings). It is two Arrow record batches: `reports`, one row per report, and
 * `observations`, one row per (report, level, variable) that has a value. The rows of a report are consecutive; its
 * columns `first_row` and `row_count` say where. Columns are typed arrays; the hot paths work on these, and Arrow is the
 * form in which batches are stored and exchanged.
 */
import {
  type Data,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';

/** One row per (report, level, variable), in the order of the source. */
export interface ObservationColumns {
  /** Code of the CDM table `observed_variable`. */
  observedVariable: Int16Array;
  /** Physical value in the unit that the source's encodings state for this variable; never missing. */
  value: Float64Array;
  /** Vertical coordinate in Pa (type 1) or m above sea level (type 0); NaN where unknown. */
  zCoordinate: Float64Array;
  /** 0 height, 1 pressure, -1 none. */
  zType: Int8Array;
  /** Seconds since launch; NaN where the source has none. */
  elapsed: Float32Array;
  /** Code of the CDM table `quality_flag`. */
  quality: Int8Array;
}

/** One row per report. */
export interface ReportColumns {
  /** First row of the report in the observation columns. */
  firstRow: Int32Array;
  rowCount: Int32Array;
  /** Launch (release) time, seconds since 1900-01-01; NaN where the source gives none. */
  launchTime: Float64Array;
  /** Nominal (synoptic) time, seconds since 1900-01-01; NaN where the source gives none. */
  nominalTime: Float64Array;
  /** The time to use where neither of the two is there (local midday of the date); NaN otherwise. */
  dateOnlyTime: Float64Array;
  /** Code of the CDM table `time_quality` for the launch time, or for the nominal time where there is no launch time. */
  timeQuality: Int8Array;
  /** Degrees north, degrees east (-180 to 180); NaN where unknown. */
  latitude: Float64Array;
  longitude: Float64Array;
  /** Index into the input files of the station. */
  inputFile: Int32Array;
  /** First byte of the report in the uncompressed input file. */
  byteOffset: Float64Array;
  /** Free text of the source about this report, '' for none. */
  comment: string[];
}

/** Whole reports with their rows. */
export interface SoundingBatch {
  reports: RecordBatch;
  observations: RecordBatch;
}

const OBSERVATION_FIELDS = [
  new Field('observed_variable', new Int16(), false),
  new Field('value', new Float64(), false),
  new Field('z_coordinate', new Float64(), false),
  new Field('z_type', new Int8(), false),
  new Field('elapsed', new Float32(), false),
  new Field('quality', new Int8(), false),
];

const REPORT_FIELDS = [
  new Field('first_row', new Int32(), false),
  new Field('row_count', new Int32(), false),
  new Field('launch_time', new Float64(), false),
  new Field('nominal_time', new Float64(), false),
  new Field('date_only_time', new Float64(), false),
  new Field('time_quality', new Int8(), false),
  new Field('latitude', new Float64(), false),
  new Field('longitude', new Float64(), false),
  new Field('input_file', new Int32(), false),
  new Field('byte_offset', new Float64(), false),
  new Field('comment', new Utf8(), false),
];

/** Arrow schema of `SoundingBatch.observations`. */
export const OBSERVATION_SCHEMA = new Schema(OBSERVATION_FIELDS);
/** Arrow schema of `SoundingBatch.reports`. */
export const REPORT_SCHEMA = new Schema(REPORT_FIELDS);

/** A batch over the given columns; the first `reportCount` and `rowCount` elements are taken, without a copy. */
export function makeBatch(
  reports: ReportColumns,
  reportCount: number,
  observations: ObservationColumns,
  rowCount: number,
): SoundingBatch {
  return {
    observations: recordBatch(
      OBSERVATION_SCHEMA,
      [
        observations.observedVariable,
        observations.value,
        observations.zCoordinate,
        observations.zType,
        observations.elapsed,
        observations.quality,
      ],
      rowCount,
    ),
    reports: recordBatch(
      REPORT_SCHEMA,
      [
        reports.firstRow,
        reports.rowCount,
        reports.launchTime,
        reports.nominalTime,
        reports.dateOnlyTime,
        reports.timeQuality,
        reports.latitude,
        reports.longitude,
        reports.inputFile,
        reports.byteOffset,
        reports.comment,
      ],
      reportCount,
    ),
  };
}

/** The typed arrays of a batch, without a copy (the comments are decoded). */
export function batchColumns(batch: SoundingBatch): {
  reports: ReportColumns;
  observations: ObservationColumns;
} {
  const o = batch.observations;
  const r = batch.reports;
  const comments = r.getChild('comment');
  return {
    observations: {
      observedVariable: values(o, 'observed_variable', Int16Array),
      value: values(o, 'value', Float64Array),
      zCoordinate: values(o, 'z_coordinate', Float64Array),
      zType: values(o, 'z_type', Int8Array),
      elapsed: values(o, 'elapsed', Float32Array),
      quality: values(o, 'quality', Int8Array),
    },
    reports: {
      firstRow: values(r, 'first_row', Int32Array),
      rowCount: values(r, 'row_count', Int32Array),
      launchTime: values(r, 'launch_time', Float64Array),
      nominalTime: values(r, 'nominal_time', Float64Array),
      dateOnlyTime: values(r, 'date_only_time', Float64Array),
      timeQuality: values(r, 'time_quality', Int8Array),
      latitude: values(r, 'latitude', Float64Array),
      longitude: values(r, 'longitude', Float64Array),
      inputFile: values(r, 'input_file', Int32Array),
      byteOffset: values(r, 'byte_offset', Float64Array),
      comment: comments === null ? [] : Array.from(comments, (text) => String(text ?? '')),
    },
  };
}

type Column = Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

function values<T extends Column>(batch: RecordBatch, name: string, kind: new (length: number) => T): T {
  const array: unknown = batch.getChild(name)?.data[0]?.values;
  if (!(array instanceof kind)) throw new TypeError(`record batch without the column ${name}`);
  // Arrow IPC pads buffers to 8 bytes, and the padding is part of the array that comes back.
  return array.subarray(0, batch.numRows) as T;
}

function recordBatch(schema: Schema, columns: readonly (Column | string[])[], length: number): RecordBatch {
  const children = columns.map((column) =>
    Array.isArray(column) ? textData(column.slice(0, length)) : numberData(column, length),
  );
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }),
  );
}

function numberData(column: Column, length: number): Data {
  if (column instanceof Int8Array) return makeData({ type: new Int8(), data: column.subarray(0, length) });
  if (column instanceof Int16Array) return makeData({ type: new Int16(), data: column.subarray(0, length) });
  if (column instanceof Int32Array) return makeData({ type: new Int32(), data: column.subarray(0, length) });
  if (column instanceof Float32Array)
    return makeData({ type: new Float32(), data: column.subarray(0, length) });
  return makeData({ type: new Float64(), data: column.subarray(0, length) });
}

function textData(texts: readonly string[]): Data {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const valueOffsets = new Int32Array(texts.length + 1);
  for (const [i, bytes] of encoded.entries()) valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + bytes.length;
  const data = new Uint8Array(valueOffsets[texts.length] ?? 0);
  for (const [i, bytes] of encoded.entries()) data.set(bytes, valueOffsets[i]);
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data });
}
