/** What a report says as a whole, taken from its first row. */
import { InputError } from '../../errors.js';
import { boundedElevation } from '../../records/bounds.js';
import type { ReportFields } from '../../records/builder.js';
import { normalLongitude } from '../../records/place.js';
import type { BlockView } from './block-view.js';
import { normalLatitude } from './position.js';
import { type Declaration, kindOfReport, type ReportKind } from './report-kinds.js';
import { type ReportTimes, reportTimes, type TimeFault } from './report-time.js';

const NO_CODE = -1;
const MAX_SONDE_TYPE = 255;

/** The report to which the rows at hand belong. */
export interface OpenReport {
  /** `date`, `time` and `seqno` as they stand in its rows, and what it says that it is: other values begin another report. */
  date: number;
  time: number;
  number: number;
  declaration: Declaration;
  /** What it is. */
  kind: ReportKind;
  /** The position of the first row as it stands there, and in degrees north and east (-180 to 180). */
  rawLatitude: number;
  rawLongitude: number;
  latitude: number;
  longitude: number;
  /** Metres above sea level, NaN where it is missing or impossible for a station; `rawElevation` as it stands there. */
  elevation: number;
  rawElevation: number;
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
  const declaration = declarationIn(view, row);
  const times = reportTimes(date, time, declaration.reportype, longitude);
  const sondeType = view.sondeType[row]!;
  const rawElevation = view.elevation[row]!;
  const latitude = normalLatitude(rawLatitude, southern);
  return {
    date,
    time,
    number: view.number[row]!,
    declaration,
    kind: kindOfReport(declaration),
    rawLatitude,
    rawLongitude,
    latitude,
    longitude,
    elevation: boundedElevation(rawElevation),
    rawElevation,
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

/** What a row says of the report that it belongs to. */
export function declarationIn({ kind, obstype, codetype }: BlockView, row: number): Declaration {
  return { reportype: kind[row]!, obstype: obstype[row]!, codetype: codetype[row]! };
}

/** The fields of a report in a batch. */
export function reportFields(report: OpenReport, times: ReportTimes, inputFile: number): ReportFields {
  const { reportype } = report.declaration;
  return {
    ...times,
    latitude: report.latitude,
    longitude: report.longitude,
    inputFile,
    byteOffset: report.offset,
    elevation: report.elevation,
    kind: Number.isNaN(reportype) ? NO_CODE : reportype,
    platformType: report.kind.platformType,
    verticalDirection: report.kind.verticalDirection,
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
