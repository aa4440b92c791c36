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

/** Width of an observation id: prefix and six digits. */
export const OBSERVATION_ID_WIDTH = '00000000000000-00-'.length + ROW_DIGITS;
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

/**
 * Writes the ids of `count` consecutive rows into `target` from row `at`: the prefix, then the row numbers from
 * `firstNumber` on. The prefix is laid down once and doubled by copying; per row only the changing digits are touched.
 */
export function writeObservationIds(
  target: Uint8Array,
  at: number,
  count: number,
  prefix: Uint8Array,
  firstNumber: number,
): void {
  const width = OBSERVATION_ID_WIDTH;
  const start = at * width;
  const end = start + count * width;
  target.set(prefix, start);
  repeatFirst(target, start, width, end);
  for (let i = 0, last = start + width - 1; i < count; i++, last += width) {
    let number = firstNumber + i;
    for (let digit = 0; digit < ROW_DIGITS; digit++) {
      const tens = (number / 10) | 0;
      target[last - digit] = 48 + number - tens * 10;
      number = tens;
    }
  }
}

/** Writes the same fixed-width text into `count` rows of `target` from row `at`. */
export function writeRepeatedText(target: Uint8Array, at: number, count: number, text: Uint8Array): void {
  const start = at * text.length;
  target.set(text, start);
  repeatFirst(target, start, text.length, start + count * text.length);
}

function repeatFirst(target: Uint8Array, start: number, width: number, end: number): void {
  let filled = start + width;
  while (filled < end) {
    const copied = Math.min(filled - start, end - filled);
    target.copyWithin(filled, start, start + copied);
    filled += copied;
  }
}
