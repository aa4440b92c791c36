/**
 * Ids of reports and observations: fixed-width ASCII, made only of the source, the station, the record time and the place
 * in the report, so that a later run over the same data gives the same ids.
 */

import { compactTime, isoTime } from '../calendar.js';
import { InputError } from '../errors.js';

const MAX_REPORTS_AT_ONE_TIME = 100;
const ROW_DIGITS = 6;

/** Ids of one report. The bytes are those of the text in UTF-8 and stay as they are until the next call. */
export interface ReportIds {
  /** `<dataset>-<station>-<YYYYMMDDhhmmss>-<nn>`; nn counts the reports that share the record time. */
  report: string;
  reportBytes: Uint8Array;
  /** `<YYYYMMDDhhmmss>-<nn>-`: what the observation ids of the report begin with; the row's number follows. */
  observationPrefixBytes: Uint8Array;
}

/** Makes the ids of a station's reports. Throws InputError `TOO_MANY_REPORTS` for more than a hundred at one time. */
export function createReportIds(
  dataset: string,
  station: string,
): (time: number, collision: number) => ReportIds {
  const before = `${dataset}-${station}-`;
  const start = Buffer.byteLength(before);
  const bytes = Buffer.from(`${before}${' '.repeat(OBSERVATION_ID_PREFIX_WIDTH - 1)}-`);
  const reportBytes = bytes.subarray(0, -1);
  const observationPrefixBytes = bytes.subarray(start);
  return (time, collision) => {
    const text = timeAndNumber(time, collision);
    bytes.write(text, start, 'latin1');
    return { report: before + text, reportBytes, observationPrefixBytes };
  };
}

/** Bytes of a report id of the station; the same for all its reports. */
export function reportIdWidth(dataset: string, station: string): number {
  return Buffer.byteLength(`${dataset}-${station}-`) + OBSERVATION_ID_PREFIX_WIDTH - 1;
}

export const OBSERVATION_ID_PREFIX_WIDTH = '00000000000000-00-'.length;
/** Width of an observation id: prefix and six digits. */
export const OBSERVATION_ID_WIDTH = OBSERVATION_ID_PREFIX_WIDTH + ROW_DIGITS;
/** The largest number of rows in one report. */
export const MAX_ROWS_IN_REPORT = 10 ** ROW_DIGITS;

function timeAndNumber(time: number, collision: number): string {
  if (collision >= MAX_REPORTS_AT_ONE_TIME) {
    throw new InputError(
      'TOO_MANY_REPORTS',
      `more than ${MAX_REPORTS_AT_ONE_TIME} reports at ${isoTime(time)}`,
      {
        hint: 'Check that the input holds the soundings of one station only.',
      },
    );
  }
  return `${compactTime(time)}-${String(collision).padStart(2, '0')}`;
}
