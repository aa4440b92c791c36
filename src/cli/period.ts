/** Days and times of `--from` and `--to`. */

import { daysSince1900, isDate, SECONDS_PER_DAY } from '../calendar.js';
import { UsageError } from '../errors.js';

const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?Z?)?)?)?$/;

/** Half-open period in seconds since 1900-01-01; infinite where an end is not given. */
export function parsePeriod(from: string | undefined, to: string | undefined): { from: number; to: number } {
  const period = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : spanOf('--from', from).begin,
    to: to === undefined ? Number.POSITIVE_INFINITY : spanOf('--to', to).end,
  };
  if (period.from >= period.to) throw new UsageError('EMPTY_PERIOD', `--from ${from} is after --to ${to}`);
  return period;
}

/** What a year, month, day, minute or second spans, in seconds since 1900-01-01. Throws `UsageError` for another text. */
export function spanOf(option: string, text: string): { begin: number; end: number } {
  const [, year, month, day, hour, minute, second] = PATTERN.exec(text) ?? [];
  const y = Number(year);
  const m = Number(month ?? 1);
  const valid =
    year !== undefined &&
    isDate(y, m, Number(day ?? 1)) &&
    Number(hour ?? 0) < 24 &&
    Number(minute ?? 0) < 60 &&
    Number(second ?? 0) < 60;
  if (!valid) {
    throw new UsageError('NOT_A_DATE', `${option} ${text} is not a date`, {
      hint: 'Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm (or with :ss), in UTC.',
    });
  }
  const begin =
    daysSince1900(y, m, Number(day ?? 1)) * SECONDS_PER_DAY +
    Number(hour ?? 0) * 3600 +
    Number(minute ?? 0) * 60 +
    Number(second ?? 0);
  if (second !== undefined) return { begin, end: begin + 1 };
  if (hour !== undefined) return { begin, end: begin + 60 };
  if (day !== undefined) return { begin, end: begin + SECONDS_PER_DAY };
  const [nextYear, nextMonth] = month === undefined ? [y + 1, 1] : m === 12 ? [y + 1, 1] : [y, m + 1];
  return { begin, end: daysSince1900(nextYear, nextMonth, 1) * SECONDS_PER_DAY };
}
