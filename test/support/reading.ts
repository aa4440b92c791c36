/** Reads bytes through a source in tests and lays the batches out as plain rows. */
import { isNumeric } from '../../src/records/feedback.js';
import type { InputFile, StationInput } from '../../src/records/input.js';
import { createTally, sumOf, type Tally } from '../../src/records/tally.js';
import type { Source } from '../../src/sources/source.js';

/** One row of the observations with the number of its report (from 0). */
export interface Row {
  report: number;
  variable: number;
  value: number;
  z: number;
  zType: number;
  elapsed: number;
  quality: number;
  /** NaN where the position of the report holds. */
  latitude: number;
  longitude: number;
  /** Values of feedback by column; NaN or '' where missing. */
  feedback: Record<string, number | string>;
}

/** One report. */
export interface Report {
  launch: number;
  nominal: number;
  dateOnly: number;
  timeQuality: number;
  latitude: number;
  longitude: number;
  rowCount: number;
  inputFile: number;
  byteOffset: number;
  elevation: number;
  kind: number;
  number: number;
  sondeType: number;
  comment: string;
}

/** Everything that reading gave. */
export interface Reading {
  reports: Report[];
  rows: Row[];
  tally: Tally;
  batches: number;
}

/** An input over bytes in memory, cut into chunks at the given lengths (the last one repeats). */
export function inputOf(
  content: string | Uint8Array,
  options: { path?: string; chunks?: readonly number[] } = {},
): InputFile {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const path = options.path ?? 'station.txt';
  const lengths = options.chunks ?? [bytes.length];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let start = 0, i = 0; start < bytes.length; i++) {
      const length = Math.max(1, lengths[Math.min(i, lengths.length - 1)] ?? 1);
      yield bytes.subarray(start, start + length);
      start += length;
    }
  }
  return { path, name: path, chunks };
}

/** Everything that a station's files give, feedback included. */
export async function readStation(
  source: Pick<Source, 'open' | 'feedback'>,
  station: StationInput,
): Promise<Reading> {
  const tally = createTally();
  const reading: Reading = { reports: [], rows: [], tally, batches: 0 };
  const columns = (await source.feedback?.(station)) ?? [];
  for await (const batch of source.open(station, { tally, feedback: columns })) {
    reading.batches++;
    const { reports: r, observations: o, feedback } = batch;
    for (let i = 0; i < r.firstRow.length; i++) {
      const report = reading.reports.length;
      const first = r.firstRow[i] ?? 0;
      const rowCount = r.rowCount[i] ?? 0;
      for (let row = first; row < first + rowCount; row++) {
        reading.rows.push({
          report,
          variable: o.observedVariable[row] ?? -1,
          value: o.value[row] ?? Number.NaN,
          z: o.zCoordinate[row] ?? Number.NaN,
          zType: o.zType[row] ?? -9,
          elapsed: o.elapsed[row] ?? Number.NaN,
          quality: o.quality[row] ?? -9,
          latitude: o.latitude?.[row] ?? Number.NaN,
          longitude: o.longitude?.[row] ?? Number.NaN,
          feedback: Object.fromEntries(
            feedback.map((values, k) => [
              columns[k]?.name ?? '?',
              isNumeric(values)
                ? (values.numbers[row] ?? Number.NaN)
                : (values.texts[values.codes[row] ?? -1] ?? '?'),
            ]),
          ),
        });
      }
      reading.reports.push({
        launch: r.launchTime[i] ?? Number.NaN,
        nominal: r.nominalTime[i] ?? Number.NaN,
        dateOnly: r.dateOnlyTime[i] ?? Number.NaN,
        timeQuality: r.timeQuality[i] ?? -9,
        latitude: r.latitude[i] ?? Number.NaN,
        longitude: r.longitude[i] ?? Number.NaN,
        rowCount,
        inputFile: r.inputFile[i] ?? -9,
        byteOffset: r.byteOffset[i] ?? Number.NaN,
        elevation: r.elevation[i] ?? Number.NaN,
        kind: r.kind[i] ?? -9,
        number: r.number[i] ?? Number.NaN,
        sondeType: r.sondeType[i] ?? -9,
        comment: r.comment[i] ?? '?',
      });
    }
  }
  return reading;
}

/** The stations that the files hold, with what listing them counted. */
export async function listStations(
  source: Pick<Source, 'list'>,
  files: readonly InputFile[],
): Promise<{ stations: StationInput[]; tally: Tally }> {
  const tally = createTally();
  const stations: StationInput[] = [];
  for await (const station of source.list(files, { tally })) stations.push(station);
  return { stations, tally };
}

/** What must hold for every reading: each field of an accepted report is a row or has one reason for being none. */
export function isAccountedFor({
  rows,
  tally,
  reports,
}: Pick<Reading, 'reports' | 'tally'> & { rows: readonly unknown[] }): boolean {
  const perReport = reports.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return (
    tally.fields === rows.length + sumOf(tally.dropped) &&
    perReport === rows.length &&
    tally.reports === reports.length &&
    [...tally.dropped.values()].every((n) => n > 0)
  );
}

/** Seconds since 1900-01-01 of an ISO time, NaN for null: by the calendar of the JavaScript engine. */
export function since1900(iso: string | null): number {
  return iso === null ? Number.NaN : (Date.parse(iso) - Date.UTC(1900, 0, 1)) / 1000;
}
