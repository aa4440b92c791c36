/** What a report says as a whole, taken from its first row. */
import { InputError } from '../../errors.js';
import type { ReportFields } from '../../records/builder.js';
import type { BlockView } from './block-view.js';
import { normalLatitude, normalLongitude } from './position.js';
import { type ReportTimes, reportTimes, type TimeFault } from './report-time.js';

const NO_CODE = -1;
const MAX_SONDE_TYPE = 255;

/** The report to which the rows at hand belong. */
export interface OpenReport {
  /** `date`, `time`, `reportype` and `seqno` as they stand in its rows: other values begin another report. */
  date: number;
  time: number;
  kind: number;
  number: number;
  /** The position of the first row as it stands there, and in degrees north and east (-180 to 180). */
  rawLatitude: number;
  rawLongitude: number;
  latitude: number;
  longitude: number;
  elevation: number;
  sondeType: number;
  /** First byte in the file. */
  offset: number;
  comment: string;
  /** Null for a report that is kept out, and why. */
  times: ReportTimes | null;
  fault: TimeFault | null;
}

/** The report that begins in a row; `southern` as in `normalLatitude`. */
export function openReport(view: BlockView, row: number, offset: number, southern: boolean): OpenReport {
  const rawLatitude = view.latitude[row]!;
  const rawLongitude = view.longitude[row]!;
  const longitude = normalLongitude(rawLongitude);
  const date = view.date[row]!;
  const time = view.time[row]!;
  const kind = view.kind[row]!;
  const times = reportTimes(date, time, kind, longitude);
  const sondeType = view.sondeType[row]!;
  const latitude = normalLatitude(rawLatitude, southern);
  return {
    date,
    time,
    kind,
    number: view.number[row]!,
    rawLatitude,
    rawLongitude,
    latitude,
    longitude,
    elevation: view.elevation[row]!,
    sondeType: sondeType >= 0 && sondeType <= MAX_SONDE_TYPE ? sondeType : NO_CODE,
    offset,
    comment:
      latitude === -rawLatitude && latitude < 0
        ? `sign of latitude corrected, the source has ${rawLatitude}`
        : '',
    times: typeof times === 'string' ? null : times,
    fault: typeof times === 'string' ? times : null,
  };
}

/** The fields of a report in a batch. */
export function reportFields(report: OpenReport, times: ReportTimes, inputFile: number): ReportFields {
  return {
    ...times,
    latitude: report.latitude,
    longitude: report.longitude,
    inputFile,
    byteOffset: report.offset,
    elevation: report.elevation,
    kind: Number.isNaN(report.kind) ? NO_CODE : report.kind,
    number: report.number,
    sondeType: report.sondeType,
    comment: report.comment,
  };
}

/** A report that no sounding can be. */
export function tooManyRows(path: string, { offset: byteOffset }: OpenReport, limit: number): InputError {
  return new InputError('TOO_MANY_ROWS', `${path}: more than ${limit} rows in one report`, {
    file: path,
    byteOffset,
    hint: 'No sounding has so many values: the file is damaged, or its rows are not those of soundings.',
  });
}
