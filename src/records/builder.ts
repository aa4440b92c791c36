/** Growing columns that a reader fills and cuts into batches. */

import type { ObservationColumns, ReportColumns, SoundingBatch } from './batch.js';
import {
  type FeedbackColumn,
  type FeedbackValues,
  feedbackColumns,
  firstRows,
  grownFeedback,
  isNumeric,
} from './feedback.js';

/**
 * The batch under construction. A reader calls `reserveRows` before it writes the rows of a level into
 * `observations` at `rowCount`, and `endReport` when a report is complete: only then do its rows belong to the batch.
 * `dropOpenReport` forgets the rows written since the last complete report.
 *
 * A reader sets the six common columns of every row, and the significance of its level where the builder has that column: they
 * held rows of an earlier batch. Only positions and feedback are missing until they are set.
 */
export interface BatchBuilder {
  /** The columns to write into; replaced by larger ones when `reserveRows` grows them, so read them after the call. */
  observations: ObservationColumns;
  /** The values of the feedback columns, in their order; replaced together with `observations`. Empty without feedback. */
  feedback: FeedbackValues[];
  /** Rows written so far, the open report included; the reader advances it. */
  rowCount: number;
  /** Complete reports so far. */
  readonly reportCount: number;
  reserveRows(extra: number): void;
  /** Closes the report; `report` is kept as it is until the batch is taken. */
  endReport(report: ReportFields): void;
  dropOpenReport(): void;
  /** The complete reports as a batch, or null when there is none. The builder starts over with other columns: new ones, or columns of an earlier batch that was given back. */
  take(): SoundingBatch | null;
}

/** What a builder's rows hold beyond the common columns. */
export interface BuilderOptions {
  /** Rows for which the columns have room at the start. */
  capacity?: number;
  /** Whether rows have positions of their own: the columns `latitude` and `longitude`, NaN until they are set. */
  positions?: boolean;
  /** Whether the source says of what kind its levels are: the column `significance`. */
  significance?: boolean;
  /** Columns of feedback, for sources that carry it. */
  feedback?: readonly FeedbackColumn[];
}

/** The report-level fields, as in `ReportColumns`; those that may be left out are then missing. */
export interface ReportFields {
  launchTime: number;
  nominalTime: number;
  dateOnlyTime: number;
  timeQuality: number;
  latitude: number;
  longitude: number;
  inputFile: number;
  byteOffset: number;
  elevation?: number;
  kind?: number;
  number?: number;
  sondeType?: number;
  beginTime?: number;
  verticalDirection?: number;
  platformType?: number;
  comment: string;
}

/** Bytes that a row takes in memory, with so many columns of feedback; for bounds, not for accounts. */
export function bytesPerRow(feedbackColumns: number): number {
  return 54 + 8 * feedbackColumns;
}

/** Two batches may wait to be sorted while a third one is filled. */
const MAX_SPARE = 3;

interface OpenReport {
  fields: ReportFields;
  firstRow: number;
  rowCount: number;
}

/** Which of the columns that not every source has are there. */
interface Optional {
  positions: boolean;
  significance: boolean;
}

/** The optional columns that `columns` has: the options of a builder for the same kind of rows. */
export function optionalColumns({ latitude, significance }: ObservationColumns): Optional {
  return { positions: latitude !== null, significance: significance !== null };
}

function observationColumns(capacity: number, { positions, significance }: Optional): ObservationColumns {
  return {
    observedVariable: new Int16Array(capacity),
    value: new Float64Array(capacity),
    zCoordinate: new Float64Array(capacity),
    zType: new Int8Array(capacity),
    elapsed: new Float32Array(capacity),
    quality: new Int8Array(capacity),
    significance: significance ? new Int32Array(capacity) : null,
    latitude: positions ? new Float64Array(capacity).fill(Number.NaN) : null,
    longitude: positions ? new Float64Array(capacity).fill(Number.NaN) : null,
  };
}

function grown(columns: ObservationColumns, used: number, capacity: number): ObservationColumns {
  const larger = observationColumns(capacity, optionalColumns(columns));
  larger.observedVariable.set(columns.observedVariable.subarray(0, used));
  larger.value.set(columns.value.subarray(0, used));
  larger.zCoordinate.set(columns.zCoordinate.subarray(0, used));
  larger.zType.set(columns.zType.subarray(0, used));
  larger.elapsed.set(columns.elapsed.subarray(0, used));
  larger.quality.set(columns.quality.subarray(0, used));
  if (columns.significance !== null) larger.significance?.set(columns.significance.subarray(0, used));
  if (columns.latitude !== null) larger.latitude?.set(columns.latitude.subarray(0, used));
  if (columns.longitude !== null) larger.longitude?.set(columns.longitude.subarray(0, used));
  return larger;
}

/** The first `length` rows, without a copy. */
function firstObservations(columns: ObservationColumns, length: number): ObservationColumns {
  return {
    observedVariable: columns.observedVariable.subarray(0, length),
    value: columns.value.subarray(0, length),
    zCoordinate: columns.zCoordinate.subarray(0, length),
    zType: columns.zType.subarray(0, length),
    elapsed: columns.elapsed.subarray(0, length),
    quality: columns.quality.subarray(0, length),
    significance: columns.significance?.subarray(0, length) ?? null,
    latitude: columns.latitude?.subarray(0, length) ?? null,
    longitude: columns.longitude?.subarray(0, length) ?? null,
  };
}

/** Columns that a reader may leave alone are missing again where the rows of a dropped report set them. */
function clearRows({ observations, feedback, rowCount }: BatchBuilder, from: number): void {
  observations.latitude?.fill(Number.NaN, from, rowCount);
  observations.longitude?.fill(Number.NaN, from, rowCount);
  for (const column of feedback) {
    if (isNumeric(column)) column.numbers.fill(Number.NaN, from, rowCount);
    else column.codes.fill(0, from, rowCount);
  }
}

/** Rows after which a batch is handed out, at the next end of a report. */
export const BATCH_ROWS = 1 << 15;
/** Reports after which a batch is handed out, whatever its rows: reports without any make it full, too. */
export const BATCH_REPORTS = 1 << 13;

/** A builder for rows of the given columns. */
export function createBatchBuilder(options: BuilderOptions = {}): BatchBuilder {
  const { capacity = 1 << 15, positions = false, significance = false, feedback = [] } = options;
  const optional: Optional = { positions, significance };
  let reports: OpenReport[] = [];
  let closedRows = 0;
  /** Columns of earlier batches that were given back: new ones for every batch would keep the garbage collector running. */
  const spare: ObservationColumns[] = [];
  const recycling = (columns: ObservationColumns) => () => {
    columns.latitude?.fill(Number.NaN);
    columns.longitude?.fill(Number.NaN);
    if (spare.length < MAX_SPARE) spare.push(columns);
  };
  const builder: BatchBuilder = {
    observations: observationColumns(capacity, optional),
    feedback: feedbackColumns(feedback, capacity),
    rowCount: 0,
    get reportCount() {
      return reports.length;
    },
    reserveRows(extra) {
      const needed = builder.rowCount + extra;
      const have = builder.observations.value.length;
      if (needed <= have) return;
      const room = Math.max(needed, have * 2);
      builder.observations = grown(builder.observations, builder.rowCount, room);
      builder.feedback = grownFeedback(builder.feedback, builder.rowCount, room);
    },
    endReport(report) {
      reports.push({ fields: report, firstRow: closedRows, rowCount: builder.rowCount - closedRows });
      closedRows = builder.rowCount;
    },
    dropOpenReport() {
      clearRows(builder, closedRows);
      builder.rowCount = closedRows;
    },
    take() {
      if (reports.length === 0) return null;
      if (builder.rowCount !== closedRows) throw new Error('a batch is taken between reports');
      const batch: SoundingBatch = {
        reports: reportColumns(reports),
        observations: firstObservations(builder.observations, closedRows),
        feedback: firstRows(builder.feedback, closedRows),
        recycle: recycling(builder.observations),
      };
      builder.observations = spare.pop() ?? observationColumns(capacity, optional);
      builder.feedback = feedbackColumns(feedback, capacity);
      builder.rowCount = 0;
      closedRows = 0;
      reports = [];
      return batch;
    },
  };
  return builder;
}

function reportColumns(reports: readonly OpenReport[]): ReportColumns {
  const n = reports.length;
  const columns: ReportColumns = {
    firstRow: new Int32Array(n),
    rowCount: new Int32Array(n),
    launchTime: new Float64Array(n),
    nominalTime: new Float64Array(n),
    dateOnlyTime: new Float64Array(n),
    timeQuality: new Int8Array(n),
    latitude: new Float64Array(n),
    longitude: new Float64Array(n),
    inputFile: new Int32Array(n),
    byteOffset: new Float64Array(n),
    elevation: new Float64Array(n),
    kind: new Int32Array(n),
    number: new Float64Array(n),
    sondeType: new Int16Array(n),
    beginTime: new Float64Array(n),
    verticalDirection: new Int8Array(n),
    platformType: new Int8Array(n),
    comment: reports.map((report) => report.fields.comment),
  };
  // Not `TypedArray.from` with a function per column: on short reports that is a tenth of the time of parsing.
  for (const [i, { fields, firstRow, rowCount }] of reports.entries()) {
    columns.firstRow[i] = firstRow;
    columns.rowCount[i] = rowCount;
    columns.launchTime[i] = fields.launchTime;
    columns.nominalTime[i] = fields.nominalTime;
    columns.dateOnlyTime[i] = fields.dateOnlyTime;
    columns.timeQuality[i] = fields.timeQuality;
    columns.latitude[i] = fields.latitude;
    columns.longitude[i] = fields.longitude;
    columns.inputFile[i] = fields.inputFile;
    columns.byteOffset[i] = fields.byteOffset;
    columns.elevation[i] = fields.elevation ?? Number.NaN;
    columns.kind[i] = fields.kind ?? -1;
    columns.number[i] = fields.number ?? Number.NaN;
    columns.sondeType[i] = fields.sondeType ?? -1;
    columns.beginTime[i] = fields.beginTime ?? Number.NaN;
    columns.verticalDirection[i] = fields.verticalDirection ?? -1;
    columns.platformType[i] = fields.platformType ?? -1;
  }
  return columns;
}
