/** The time of a sounding from its date and HOUR. */
import { SECONDS_PER_DAY } from '../../calendar.js';
import { localMidday } from '../../records/time.js';
import { TIME_QUALITY } from '../../records/variables.js';

/** Report-level times as in `ReportColumns`, with the reasons why the time is not what the header says. */
export interface ReportTime {
  nominalTime: number;
  dateOnlyTime: number;
  timeQuality: number;
  /** Names of the counters that this header adds one to. */
  notes: readonly string[];
}

const UNKNOWN = 99;
const NO_NOTES: readonly string[] = [];
const MINUTE_60: readonly string[] = ['ncar.time.minute-60'];
const MINUTE_MISSING: readonly string[] = ['ncar.time.minute-missing'];
const MINUTE_INVALID: readonly string[] = ['ncar.time.minute-invalid'];
const HOUR_24: readonly string[] = ['ncar.time.hour-24'];
const MISSING: readonly string[] = ['ncar.time.missing-set-to-local-midday'];
const INVALID: readonly string[] = ['ncar.time.invalid', 'ncar.time.missing-set-to-local-midday'];

/**
 * The archive gives one time, and does not say whether it is the synoptic time or that of the release: it is taken as the
 * nominal time. HOUR is HHMM; minute 60 is the next hour, minute 99 is unknown (the hour stands), another impossible
 * minute counts as unknown; 2400 is the end of the day; hour 99 or a blank is unknown, and the report is set to local
 * midday. An hour that does not exist counts as unknown.
 *
 * @param date midnight of the report's date, seconds since 1900-01-01
 * @param hhmm HOUR as printed, NaN where blank, infinite where unreadable
 * @param longitude degrees east, NaN where unknown
 */
export function reportTime(date: number, hhmm: number, longitude: number): ReportTime {
  const minute = hhmm % 100;
  const hour = (hhmm - minute) / 100;
  if (hhmm === 2400) return known(date + SECONDS_PER_DAY, TIME_QUALITY.minute, HOUR_24);
  if (hhmm >= 0 && hour <= 23 && Number.isInteger(hhmm)) {
    const time = date + hour * 3600;
    if (minute < 60) return known(time + minute * 60, TIME_QUALITY.minute, NO_NOTES);
    if (minute === 60) return known(time + 3600, TIME_QUALITY.minute, MINUTE_60);
    return known(time, TIME_QUALITY.hour, minute === UNKNOWN ? MINUTE_MISSING : MINUTE_INVALID);
  }
  return {
    nominalTime: Number.NaN,
    dateOnlyTime: localMidday(date, longitude),
    timeQuality: TIME_QUALITY.dateOnly,
    notes: Number.isNaN(hhmm) || hour === UNKNOWN ? MISSING : INVALID,
  };
}

function known(nominalTime: number, timeQuality: number, notes: readonly string[]): ReportTime {
  return { nominalTime, dateOnlyTime: Number.NaN, timeQuality, notes };
}
