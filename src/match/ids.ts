/**
 * Ids of reports and observations: fixed-width ASCII, made only of the source, the station, the record time and the place
 * in the report, so that a later run over the same data gives the same ids.
 */
import { InputError } from '../errors.js';
import { compactTime, isoTime } from '../records/time.js';

const MAX_REPORTS_AT_ONE_TIME = 100;
const ROW_DIGITS = 6;

/** `<dataset>-<station>-<YYYYMMDDhhmmss>-<nn>`; nn counts the reports that share the record time. */
export function reportId(dataset: string, station: string, time: number, collision: number): string {
  return `${dataset}-${station}-${timeAndNumber(time, collision)}`;
}

/** The part of an observation id that all rows of a report share: `<YYYYMMDDhhmmss>-<nn>-`; the row's number follows. */
export function observationIdPrefix(time: number, collision: number): string {
  return `${timeAndNumber(time, collision)}-`;
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
