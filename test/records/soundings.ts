/** Record batches made by hand for the tests of records and match. */
import type { SoundingBatch } from '../../src/records/batch.js';
import { createBatchBuilder } from '../../src/records/builder.js';
import { type Sounding, soundingsOf } from '../../src/records/sounding.js';

/** One row; what is left out is air temperature 1.5 at 50000 Pa, not checked, no elapsed time. */
export interface RowFields {
  variable?: number;
  value?: number;
  z?: number;
  zType?: number;
  elapsed?: number;
  quality?: number;
  /** Bits of `SIGNIFICANCE`; given in any row, all rows of the batch have the column, -1 where it is left out. */
  significance?: number;
}

/** One report; times left out are missing, the position is 10 N 20 E. */
export interface ReportOfRowsFields {
  launch?: number;
  nominal?: number;
  dateOnly?: number;
  timeQuality?: number;
  latitude?: number;
  longitude?: number;
  inputFile?: number;
  byteOffset?: number;
  elevation?: number;
  kind?: number;
  number?: number;
  sondeType?: number;
  begin?: number;
  verticalDirection?: number;
  platformType?: number;
  /** Whether rows may have positions of their own. */
  positions?: boolean;
  comment?: string;
  rows?: readonly RowFields[];
}

/** The reports as one batch. */
export function batchOf(reports: readonly ReportOfRowsFields[]): SoundingBatch {
  const positions = reports.some((report) => report.positions === true);
  const significance = reports.some(({ rows = [] }) => rows.some((row) => row.significance !== undefined));
  const builder = createBatchBuilder({ capacity: 4, positions, significance });
  for (const report of reports) {
    for (const row of report.rows ?? []) {
      builder.reserveRows(1);
      const at = builder.rowCount++;
      builder.observations.observedVariable[at] = row.variable ?? 126;
      builder.observations.value[at] = row.value ?? 1.5;
      builder.observations.zCoordinate[at] = row.z ?? 50_000;
      builder.observations.zType[at] = row.zType ?? 1;
      builder.observations.elapsed[at] = row.elapsed ?? Number.NaN;
      builder.observations.quality[at] = row.quality ?? 2;
      if (builder.observations.significance !== null)
        builder.observations.significance[at] = row.significance ?? -1;
    }
    builder.endReport({
      launchTime: report.launch ?? Number.NaN,
      nominalTime: report.nominal ?? Number.NaN,
      dateOnlyTime: report.dateOnly ?? Number.NaN,
      timeQuality: report.timeQuality ?? 1,
      latitude: report.latitude ?? 10,
      longitude: report.longitude ?? 20,
      inputFile: report.inputFile ?? 0,
      byteOffset: report.byteOffset ?? 0,
      elevation: report.elevation ?? Number.NaN,
      kind: report.kind ?? -1,
      number: report.number ?? Number.NaN,
      sondeType: report.sondeType ?? -1,
      beginTime: report.begin ?? Number.NaN,
      verticalDirection: report.verticalDirection ?? -1,
      platformType: report.platformType ?? -1,
      comment: report.comment ?? '',
    });
  }
  const batch = builder.take();
  if (batch === null) throw new Error('a batch needs a report');
  return batch;
}

/** The only sounding of a batch of one report. */
export function soundingOf(report: ReportOfRowsFields): Sounding {
  const [sounding] = soundingsOf(batchOf([report]), 'launch');
  if (sounding === undefined) throw new Error('no sounding');
  return sounding;
}

/** The batches one after the other; throws `error` at the end where it is given. */
export async function* streamOf(
  batches: readonly SoundingBatch[],
  error?: Error,
): AsyncGenerator<SoundingBatch> {
  for (const batch of batches) yield batch;
  if (error !== undefined) throw error;
}

/** All groups of an ordering, as one list. */
export async function gather(groups: AsyncIterable<Sounding[]>): Promise<Sounding[]> {
  const all: Sounding[] = [];
  for await (const group of groups) all.push(...group);
  return all;
}

/** What a sounding says, its rows as plain values: for comparisons across batches. */
export function contentOf(sounding: Sounding): unknown {
  const { reports: r, observations: o, index, firstRow, rowCount, time } = sounding;
  const rows = Array.from({ length: rowCount }, (_, i) => {
    const row = firstRow + i;
    return [
      o.observedVariable[row],
      o.value[row],
      o.zCoordinate[row],
      o.zType[row],
      o.elapsed[row],
      o.quality[row],
      ...(o.significance === null ? [] : [o.significance[row]]),
    ];
  });
  return {
    time,
    launch: r.launchTime[index],
    nominal: r.nominalTime[index],
    dateOnly: r.dateOnlyTime[index],
    timeQuality: r.timeQuality[index],
    position: [r.latitude[index], r.longitude[index]],
    place: [r.inputFile[index], r.byteOffset[index]],
    begin: r.beginTime[index],
    kinds: [r.verticalDirection[index], r.platformType[index]],
    comment: r.comment[index],
    rows,
  };
}
