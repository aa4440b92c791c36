/** Rules for the time of a launch that all sources share; times as in `calendar.ts`. */
import { SECONDS_PER_DAY } from '../calendar.js';

/**
 * Launch time from a time of day that the archive gives without a date of its own. The time of day is on the nominal date;
 * where that is more than 12 hours away from the nominal time, the day moves by one towards it
 * (2019-02-20 00 UTC released 2349 was launched on 19 February; 23 UTC released 0030 on the next day).
 *
 * @param dateSeconds midnight of the nominal date
 * @param nominalSeconds nominal time, NaN where the archive has none: then the day never moves
 * @param timeOfDay seconds after midnight, 0 to 86400
 */
export function launchSeconds(dateSeconds: number, nominalSeconds: number, timeOfDay: number): number {
  const launch = dateSeconds + timeOfDay;
  if (launch - nominalSeconds > SECONDS_PER_DAY / 2) return launch - SECONDS_PER_DAY;
  if (nominalSeconds - launch > SECONDS_PER_DAY / 2) return launch + SECONDS_PER_DAY;
  return launch;
}

/** Midday in local mean solar time on a UTC date, whole seconds; the official rule where the time of a report is missing. */
export function localMidday(dateSeconds: number, longitude: number): number {
  const offset = Number.isFinite(longitude) ? Math.round((longitude / 15) * 3600) : 0;
  return dateSeconds + SECONDS_PER_DAY / 2 - offset;
}
