/** The times of a sounding from its date, nominal hour and release time. */
import { daysSince1900, SECONDS_PER_DAY } from '../../calendar.js';
import { launchSeconds, localMidday } from '../../records/time.js';
import { TIME_QUALITY } from '../../records/variables.js';
import { MISSING } from './field.js';

/** Report-level times as in `ReportColumns`, with the reasons why one of them is not what the header says. */
export interface ReportTimes {
  launchTime: number;
  nominalTime: number;
  dateOnlyTime: number;
  timeQuality: number;
  /** Names of the counters that this header adds one to. */
  notes: readonly string[];
}

const HOUR_MISSING = 99;
const RELEASE_MISSING = 9999;
const NO_NOTES: readonly string[] = [];

/**
 * HOUR (0 to 23, 99 missing) and RELTIME (HHMM, HH99 without the minute, 9999 missing) to times.
 *
 * The release time stands on the nominal date and moves by a day where it is more than 12 hours away from the nominal
 * time (`launchSeconds`); where the nominal hour is missing the date is the launch's own. 2400 is the end of the day. A
 * release time that is no time of day is counted and taken as missing. With neither time the report is set to local midday.
 *
 * @param longitude degrees east, NaN where unknown
 */
export function reportTimes(
  year: number,
  month: number,
  day: number,
  hour: number,
  release: number,
  longitude: number,
): ReportTimes {
  const date = daysSince1900(year, month, day) * SECONDS_PER_DAY;
  const nominalTime = hour === HOUR_MISSING ? Number.NaN : date + hour * 3600;
  const releaseMissing = release === RELEASE_MISSING || release === MISSING;
  const timeOfDay = releaseMissing ? Number.NaN : secondsOfDay(release);
  if (Number.isNaN(timeOfDay)) {
    const notes = releaseMissing ? [] : ['igra2.time.release-invalid'];
    if (!Number.isNaN(nominalTime)) {
      return {
        launchTime: Number.NaN,
        nominalTime,
        dateOnlyTime: Number.NaN,
        timeQuality: TIME_QUALITY.hour,
        notes,
      };
    }
    return {
      launchTime: Number.NaN,
      nominalTime,
      dateOnlyTime: localMidday(date, longitude),
      timeQuality: TIME_QUALITY.dateOnly,
      notes: [...notes, 'igra2.time.missing-set-to-local-midday'],
    };
  }
  const launchTime = launchSeconds(date, nominalTime, timeOfDay);
  const hourOnly = release % 100 === 99;
  const moved = launchTime !== date + timeOfDay;
  return {
    launchTime,
    nominalTime,
    dateOnlyTime: Number.NaN,
    timeQuality: hourOnly ? TIME_QUALITY.hour : TIME_QUALITY.minute,
    notes:
      hourOnly || moved
        ? [
            ...(hourOnly ? ['igra2.time.release-minute-missing'] : []),
            ...(moved ? ['igra2.time.launch-day-moved'] : []),
          ]
        : NO_NOTES,
  };
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
