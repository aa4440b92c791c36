/**
 * The civil calendar of all rooms. Times are seconds since 1900-01-01 00:00:00 UTC in the proleptic Gregorian calendar
 * without leap seconds (CF `standard` after 1582), held as doubles: whole numbers stay exact far beyond any sounding, and
 * NaN means missing. No `Date`, so neither the time zone nor the locale of the machine can enter.
 */

const DAYS_FROM_0000_03_01_TO_1900_01_01 = 693_901;
export const SECONDS_PER_DAY = 86_400;

/**
 * Days from 1900-01-01 to a date of the proleptic Gregorian calendar; `month` 1 to 12, `day` 1 to 31, not checked.
 * Years are counted from March, so that the leap day is the last of the year.
 */
export function daysSince1900(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - DAYS_FROM_0000_03_01_TO_1900_01_01;
}

/** True when the date exists in the proleptic Gregorian calendar. */
export function isDate(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** A date and time of day, UTC. */
export interface CivilTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** The inverse of `daysSince1900`, with the time of day, for whole seconds since 1900-01-01. */
export function civilTime(seconds: number): CivilTime {
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const z = days + DAYS_FROM_0000_03_01_TO_1900_01_01;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const rest = seconds - days * SECONDS_PER_DAY;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
  };
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** `YYYYMMDDhhmmss`, the form that ids carry. */
export function compactTime(seconds: number): string {
  const { year, month, day, hour, minute, second } = civilTime(seconds);
  // Two numbers to format instead of six: every report has its id.
  return pad(year * 10_000 + month * 100 + day, 8) + pad(hour * 10_000 + minute * 100 + second, 6);
}

/** `YYYY-MM-DDThh:mm:ssZ`, the form of attributes and messages. */
export function isoTime(seconds: number): string {
  const t = civilTime(seconds);
  return `${pad(t.year, 4)}-${pad(t.month, 2)}-${pad(t.day, 2)}T${pad(t.hour, 2)}:${pad(t.minute, 2)}:${pad(t.second, 2)}Z`;
}

/** `2019-02-20 23:10`: a time to the minute, for people; UTC. */
export function minuteText(seconds: number): string {
  return isoTime(seconds).slice(0, 16).replace('T', ' ');
}
