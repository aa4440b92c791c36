/** The time of a sounding from its date and HOUR. */
import { SECONDS_PER_DAY } from '../../calendar.js';
import { localMidday } from '../../records/time.js';
import { TIME_QUALITY } from '../../records/variables.js';
import type { ReportTimes } from '../text/format.js';
import { COUNTERS } from './counters.js';

const UNKNOWN = 99;
const MINUTE_60 = COUNTERS.slot('time.minute-60');
const MINUTE_MISSING = COUNTERS.slot('time.minute-missing');
const MINUTE_INVALID = COUNTERS.slot('time.minute-invalid');
const HOUR_24 = COUNTERS.slot('time.hour-24');
const SET_TO_MIDDAY = COUNTERS.slot('time.missing-set-to-local-midday');
const INVALID = COUNTERS.slot('time.invalid');

/**
 * The archive gives one time, and does not say whether it is the synoptic time or that of the release: it is taken as the
 * nominal time. HOUR is HHMM; minute 60 is the next hour, minute 99 is unknown (the hour stands), another impossible
 * minute counts as unknown; 2400 is the end of the day; hour 99 or a blank is unknown, and the report is set to local
 * midday. An hour that does not exist counts as unknown.
 *
 * @param date midnight of the report's date, seconds since 1900-01-01
 * @param hhmm HOUR as printed, NaN where blank, infinite where unreadable
 * @param longitude degrees east, NaN where unknown
 * @param slots counts why the time is not what the header says
 */
export function reportTime(date: number, hhmm: number, longitude: number, slots: Int32Array): ReportTimes {
  const minute = hhmm % 100;
  const hour = (hhmm - minute) / 100;
  if (hhmm === 2400) {
    slots[HOUR_24]!++;
    return known(date + SECONDS_PER_DAY, TIME_QUALITY.minute);
  }
  if (hhmm >= 0 && hour <= 23 && Number.isInteger(hhmm)) {
    const time = date + hour * 3600;
    if (minute < 60) return known(time + minute * 60, TIME_QUALITY.minute);
    slots[minute === 60 ? MINUTE_60 : minute === UNKNOWN ? MINUTE_MISSING : MINUTE_INVALID]!++;
    return minute === 60 ? known(time + 3600, TIME_QUALITY.minute) : known(time, TIME_QUALITY.hour);
  }
  if (!Number.isNaN(hhmm) && hour !== UNKNOWN) slots[INVALID]!++;
  slots[SET_TO_MIDDAY]!++;
  const times = known(Number.NaN, TIME_QUALITY.dateOnly);
  times.dateOnlyTime = localMidday(date, longitude);
  return times;
}

function known(nominalTime: number, timeQuality: number): ReportTimes {
  return { launchTime: Number.NaN, nominalTime, dateOnlyTime: Number.NaN, timeQuality };
}
