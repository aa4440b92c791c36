/**
 * The normalised record batch: what every reader hands over and what the match reads.
 *
 * A batch holds whole reports (soundings). It is two Arrow record batches: `reports`, one row per report, and
 * `observations`, one row per (report, level, variable) that has a value; and, from a source with feedback, a third one,
 * row by row with the observations. The rows of a report are consecutive; its columns `first_row` and `row_count` say
 * where. Columns are typed arrays; the hot paths work on these, and Arrow is the form in which batches are stored and
 * exchanged.
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
import { type FeedbackValues, feedbackValues, textData } from './feedback.js';

/** One row per (report, level, variable), in the order of the source. */
export interface ObservationColumns {
  /** Code of the CDM table `observed_variable`. */
  observedVariable: Int16Array;
  /** Physical value in the unit that the source's encodings state for this variable; never missing. */
  value: Float64Array;
  /** Vertical coordinate in Pa (type 1), m above sea level (type 0) or m2 s-2 (type 2); NaN where unknown. */
  zCoordinate: Float64Array;
  /** 0 height, 1 pressure, 2 geopotential, -1 none. */
  zType: Int8Array;
  /** Seconds since launch; NaN where the source has none. */
  elapsed: Float32Array;
  /** Code of the CDM table `quality_flag`. */
  quality: Int8Array;
  /**
   * Position of the level where the source gives one, degrees north and east (-180 to 180); NaN where the position of the
   * report holds. Null in sources without positions by level.
   */
  latitude: Float64Array | null;
  longitude: Float64Array | null;
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
  /** Height of the station in metres above sea level as the report gives it; NaN where it does not. */
  elevation: Float64Array;
  /** The source's own number for the kind of report (ODB `reportype`); -1 where it has none. */
  kind: Int32Array;
  /** The source's own number of the report (ODB `seqno`, UADB sounding id); NaN where it has none. */
  number: Float64Array;
  /** Radiosonde type, WMO code table 0 02 011; -1 where unknown. */
  sondeType: Int16Array;
  /** Free text of the source about this report, '' for none. */
  comment: string[];
}

/** Whole reports with their rows. */
export interface SoundingBatch {
  reports: RecordBatch;
  observations: RecordBatch;
  /** Row by row with the observations; null from sources without feedback. */
  feedback: RecordBatch | null;
}

const OBSERVATION_FIELDS = [
  new Field('observed_variable', new Int16(), false),
  new Field('value', new Float64(), false),
  new Field('z_coordinate', new Float64(), false),
  new Field('z_type', new Int8(), false),
  new Field('elapsed', new Float32(), false),
  new Field('quality', new Int8(), false),
];

/** The columns that sources with positions by level have besides. */
const POSITION_FIELDS = [
  new Field('latitude', new Float64(), false),
  new Field('longitude', new Float64(), false),
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
  new Field('elevation', new Float64(), false),
  new Field('kind', new Int32(), false),
  new Field('number', new Float64(), false),
  new Field('sonde_type', new Int16(), false),
  new Field('comment', new Utf8(), false),
];

/** Arrow schemas of `SoundingBatch.observations`. */
export const OBSERVATION_SCHEMA = new Schema(OBSERVATION_FIELDS);
export const POSITIONED_OBSERVATION_SCHEMA = new Schema([...OBSERVATION_FIELDS, ...POSITION_FIELDS]);
/** Arrow schema of `SoundingBatch.reports`. */
export const REPORT_SCHEMA = new Schema(REPORT_FIELDS);

/** A batch over the given columns; the first `reportCount` and `rowCount` elements are taken, without a copy. */
export function makeBatch(
  reports: ReportColumns,
  reportCount: number,
  observations: ObservationColumns,
  rowCount: number,
  feedback: RecordBatch | null = null,
): SoundingBatch {
  const { latitude, longitude } = observations;
  const positioned = latitude !== null && longitude !== null;
  return {
    feedback,
    observations: recordBatch(
      positioned ? POSITIONED_OBSERVATION_SCHEMA : OBSERVATION_SCHEMA,
      [
        observations.observedVariable,
        observations.value,
        observations.zCoordinate,
        observations.zType,
        observations.elapsed,
        observations.quality,
        ...(positioned ? [latitude, longitude] : []),
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
        reports.elevation,
        reports.kind,
        reports.number,
        reports.sondeType,
        reports.comment,
      ],
      reportCount,
    ),
  };
}

/** The typed arrays of a batch, without a copy (texts are decoded); `feedback` is empty where there is none. */
export function batchColumns(batch: SoundingBatch): {
  reports: ReportColumns;
  observations: ObservationColumns;
  feedback: FeedbackValues[];
} {
  const o = batch.observations;
  const positioned = o.getChild('latitude') !== null;
  const r = batch.reports;
  const comments = r.getChild('comment');
  return {
    feedback: batch.feedback === null ? [] : feedbackValues(batch.feedback),
    observations: {
      observedVariable: values(o, 'observed_variable', Int16Array),
      value: values(o, 'value', Float64Array),
      zCoordinate: values(o, 'z_coordinate', Float64Array),
      zType: values(o, 'z_type', Int8Array),
      elapsed: values(o, 'elapsed', Float32Array),
      quality: values(o, 'quality', Int8Array),
      latitude: positioned ? values(o, 'latitude', Float64Array) : null,
      longitude: positioned ? values(o, 'longitude', Float64Array) : null,
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
      elevation: values(r, 'elevation', Float64Array),
      kind: values(r, 'kind', Int32Array),
      number: values(r, 'number', Float64Array),
      sondeType: values(r, 'sonde_type', Int16Array),
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
