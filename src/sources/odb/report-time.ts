/** The time of a report from `date` (YYYYMMDD) and `time` (HHMMSS without leading zeros). */

import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../calendar.js';
import { isYear } from '../../records/bounds.js';
import { localMidday } from '../../records/time.js';
import { TIME_QUALITY } from '../../records/variables.js';

/** The times of a report, as in `ReportColumns`. */
export interface ReportTimes {
  launchTime: number;
  nominalTime: number;
  dateOnlyTime: number;
  timeQuality: number;
}

/** Why a report has no time. */
export type TimeFault = 'impossible-date' | 'impossible-time';

/**
 * Kinds of reports (`reportype`) that came as high-resolution BUFR TEMP, from land and from ships: their time is the moment
 * of the launch, to the second. The time of all other kinds is the one that stands in the report's header, a synoptic one
 * as a rule.
 */
export const HIGH_RESOLUTION: ReadonlySet<number> = new Set([16045, 16068]);

/** 240000 is the midnight at the end of the day. */
const END_OF_DAY = 240_000;

/**
 * The times of a report. The precision of a nominal time is an hour where minutes and seconds are zero, else a minute.
 * Without a time, it is midday in local mean solar time on the date.
 *
 * @param longitude degrees east, NaN where unknown
 */
export function reportTimes(
  date: number,
  time: number,
  kind: number,
  longitude: number,
): ReportTimes | TimeFault {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  if (!Number.isInteger(date) || !isYear(year) || !isDate(year, month, day)) return 'impossible-date';
  const midnight = daysSince1900(year, month, day) * SECONDS_PER_DAY;
  if (Number.isNaN(time)) {
    return {
      launchTime: Number.NaN,
      nominalTime: Number.NaN,
      dateOnlyTime: localMidday(midnight, longitude),
      timeQuality: TIME_QUALITY.dateOnly,
    };
  }
  const hour = Math.floor(time / 10_000);
  const minute = Math.floor(time / 100) % 100;
  const second = time % 100;
  if (!Number.isInteger(time) || time < 0 || minute > 59 || second > 59 || (hour > 23 && time !== END_OF_DAY))
    return 'impossible-time';
  const seconds = midnight + hour * 3600 + minute * 60 + second;
  const launch = HIGH_RESOLUTION.has(kind);
  const precision = time % 10_000 === 0 ? TIME_QUALITY.hour : TIME_QUALITY.minute;
  return {
    launchTime: launch ? seconds : Number.NaN,
    nominalTime: launch ? Number.NaN : seconds,
    dateOnlyTime: Number.NaN,
    timeQuality: launch ? TIME_QUALITY.second : precision,
  };
}
