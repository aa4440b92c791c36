/** Growing columns that a reader fills and cuts into batches. */
import { makeBatch, type ObservationColumns, type ReportColumns, type SoundingBatch } from './batch.js';

/**
 * The batch under construction. A reader calls `reserveRows` before it writes the rows of a level into
 * `observations` at `rowCount`, and `endReport` when a report is complete: only then do its rows belong to the batch.
 * `dropOpenReport` forgets the rows written since the last complete report.
 */
export interface BatchBuilder {
  /** The columns to write into; replaced by larger ones when `reserveRows` grows them, so read them after the call. */
  observations: ObservationColumns;
  /** Rows written so far, the open report included; the reader advances it. */
  rowCount: number;
  /** Complete reports so far. */
  readonly reportCount: number;
  reserveRows(extra: number): void;
  /** Closes the report; `report` is kept as it is until the batch is taken. */
  endReport(report: ReportFields): void;
  dropOpenReport(): void;
  /** The complete reports as a batch, or null when there is none. The builder starts over with fresh columns. */
  take(): SoundingBatch | null;
}

/** The report-level fields, as in `ReportColumns`. */
export interface ReportFields {
  launchTime: number;
  nominalTime: number;
  dateOnlyTime: number;
  timeQuality: number;
  latitude: number;
  longitude: number;
  inputFile: number;
  byteOffset: number;
  comment: string;
}

interface OpenReport {
  fields: ReportFields;
  firstRow: number;
  rowCount: number;
}

function observationColumns(capacity: number): ObservationColumns {
  return {
    observedVariable: new Int16Array(capacity),
    value: new Float64Array(capacity),
    zCoordinate: new Float64Array(capacity),
    zType: new Int8Array(capacity),
    elapsed: new Float32Array(capacity),
    quality: new Int8Array(capacity),
  };
}

function grown(columns: ObservationColumns, used: number, capacity: number): ObservationColumns {
  const larger = observationColumns(capacity);
  larger.observedVariable.set(columns.observedVariable.subarray(0, used));
  larger.value.set(columns.value.subarray(0, used));
  larger.zCoordinate.set(columns.zCoordinate.subarray(0, used));
  larger.zType.set(columns.zType.subarray(0, used));
  larger.elapsed.set(columns.elapsed.subarray(0, used));
  larger.quality.set(columns.quality.subarray(0, used));
  return larger;
}

/** A builder whose columns start with room for `capacity` rows. */
export function createBatchBuilder(capacity = 1 << 15): BatchBuilder {
  let reports: OpenReport[] = [];
  let closedRows = 0;
  const builder: BatchBuilder = {
    observations: observationColumns(capacity),
    rowCount: 0,
    get reportCount() {
      return reports.length;
    },
    reserveRows(extra) {
      const needed = builder.rowCount + extra;
      const have = builder.observations.value.length;
      if (needed > have)
        builder.observations = grown(builder.observations, builder.rowCount, Math.max(needed, have * 2));
    },
    endReport(report) {
      reports.push({ fields: report, firstRow: closedRows, rowCount: builder.rowCount - closedRows });
      closedRows = builder.rowCount;
    },
    dropOpenReport() {
      builder.rowCount = closedRows;
    },
    take() {
      if (reports.length === 0) return null;
      if (builder.rowCount !== closedRows) throw new Error('a batch is taken between reports');
      const batch = makeBatch(reportColumns(reports), reports.length, builder.observations, closedRows);
      builder.observations = observationColumns(capacity);
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
  }
  return columns;
}
