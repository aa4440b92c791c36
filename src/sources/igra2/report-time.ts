/** The times of a sounding from its date, nominal hour and release time. */
import { SECONDS_PER_DAY } from '../../calendar.js';
import { launchSeconds, localMidday } from '../../records/time.js';
import { TIME_QUALITY } from '../../records/variables.js';
import type { ReportTimes } from '../text/format.js';
import { COUNTERS } from './counters.js';
import { MISSING } from './field.js';

const HOUR_MISSING = 99;
const RELEASE_MISSING = 9999;
const RELEASE_INVALID = COUNTERS.slot('time.release-invalid');
const MINUTE_MISSING = COUNTERS.slot('time.release-minute-missing');
const DAY_MOVED = COUNTERS.slot('time.launch-day-moved');
const SET_TO_MIDDAY = COUNTERS.slot('time.missing-set-to-local-midday');

/**
 * HOUR (0 to 23, 99 missing) and RELTIME (HHMM, HH99 without the minute, 9999 missing) to times.
 *
 * The release time stands on the nominal date and moves by a day where it is more than 12 hours away from the nominal
 * time (`launchSeconds`); where the nominal hour is missing the date is the launch's own. 2400 is the end of the day. A
 * release time that is no time of day is counted and taken as missing. With neither time the report is set to local midday.
 *
 * @param date midnight of the report's date, seconds since 1900-01-01
 * @param longitude degrees east, NaN where unknown
 * @param slots counts why one of the times is not what the header says
 */
export function reportTimes(
  date: number,
  hour: number,
  release: number,
  longitude: number,
  slots: Int32Array,
): ReportTimes {
  const nominalTime = hour === HOUR_MISSING ? Number.NaN : date + hour * 3600;
  const releaseMissing = release === RELEASE_MISSING || release === MISSING;
  const timeOfDay = releaseMissing ? Number.NaN : secondsOfDay(release);
  const times: ReportTimes = {
    launchTime: Number.NaN,
    nominalTime,
    dateOnlyTime: Number.NaN,
    timeQuality: TIME_QUALITY.hour,
  };
  if (!Number.isNaN(timeOfDay)) {
    times.launchTime = launchSeconds(date, nominalTime, timeOfDay);
    if (release % 100 === 99) slots[MINUTE_MISSING]!++;
    else times.timeQuality = TIME_QUALITY.minute;
    if (times.launchTime !== date + timeOfDay) slots[DAY_MOVED]!++;
    return times;
  }
  if (!releaseMissing) slots[RELEASE_INVALID]!++;
  if (Number.isNaN(nominalTime)) {
    times.dateOnlyTime = localMidday(date, longitude);
    times.timeQuality = TIME_QUALITY.dateOnly;
    slots[SET_TO_MIDDAY]!++;
  }
  return times;
}

/** Seconds after midnight from HHMM or HH99, NaN for what is no time of day. */
function secondsOfDay(release: number): number {
  if (release === 2400) return SECONDS_PER_DAY;
  if (release < 0) return Number.NaN;
  const minute = release % 100;
  const hour = (release - minute) / 100;
  if (hour > 23) return Number.NaN;
  if (minute === 99) return hour * 3600;
  return minute < 60 ? hour * 3600 + minute * 60 : Number.NaN;
}
