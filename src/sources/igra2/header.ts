/** The header line of a sounding. */

import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../calendar.js';
import { isLatitude, normalLongitude } from '../../records/place.js';
import { columnText, createRecentText, strayColumn } from '../text/columns.js';
import type { BadHeader, TextHeader } from '../text/format.js';
import { impossibleYear, unreadable } from '../text/headers.js';
import { field, MISSING, UNREADABLE } from './field.js';
import { reportTimes } from './report-time.js';

/** Columns of a header line. */
export const HEADER_WIDTH = 71;
/** The columns between the fields, from 0. Anything there means that the line is not in the columns of the format. */
const SEPARATORS = Uint8Array.of(12, 17, 20, 23, 26, 31, 36, 45, 54, 62);
const HOUR_MISSING = 99;

/** The id in the columns 2 to 12, '' where it is no id; the comment from the columns 38 to 54. A file repeats them in every header. */
const idIn = createRecentText(11, stationId);
const commentIn = createRecentText(17, sourcesComment);

/** Reads a header line, for `TextFormat`. */
export function readHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  slots: Int32Array,
): TextHeader | BadHeader {
  if (end - start > HEADER_WIDTH) return unreadable(`column ${HEADER_WIDTH + 1}`);
  const stray = strayColumn(bytes, start, end, SEPARATORS);
  if (stray >= 0) return unreadable(`column ${stray + 1}`);
  const id = idIn(bytes, start + 1, end);
  if (id === '') return unreadable('ID');
  const year = field(bytes, start + 13, start + 17, end);
  if (year < 0) return unreadable('YEAR');
  const month = field(bytes, start + 18, start + 20, end);
  if (month < 1 || month > 12) return unreadable('MONTH');
  const day = field(bytes, start + 21, start + 23, end);
  if (!isDate(year, month, day)) return unreadable('DAY');
  const impossible = impossibleYear(year);
  if (impossible !== null) return impossible;
  const hour = field(bytes, start + 24, start + 26, end);
  if (!(hour >= 0 && (hour <= 23 || hour === HOUR_MISSING))) return unreadable('HOUR');
  const release = field(bytes, start + 27, start + 31, end);
  const levels = field(bytes, start + 32, start + 36, end);
  if (levels < 0) return unreadable('NUMLEV');
  const north = degrees(bytes, start + 55, start + 62, end);
  if (north === UNREADABLE) return unreadable('LAT');
  const east = degrees(bytes, start + 63, start + 71, end);
  if (east === UNREADABLE) return unreadable('LON');
  const longitude = normalLongitude(east);
  const date = daysSince1900(year, month, day) * SECONDS_PER_DAY;
  const times = reportTimes(date, hour, release, longitude, slots);
  return {
    readable: true,
    id,
    levels,
    times,
    latitude: isLatitude(north) ? north : Number.NaN,
    longitude,
    comment: commentIn(bytes, start + 37, end),
  };
}

/**
 * Degrees from the 1e-4 degrees in the columns `from` to `to`, NaN where they are blank. The marks of missing ones, -98.8888 and
 * -998.8888, are no coordinates. The mark of the level fields, -9999, is none here: the format's documentation gives it for the
 * level fields only, and -0.9999 is the latitude of real ships.
 */
function degrees(bytes: Uint8Array, from: number, to: number, end: number): number {
  const raw = field(bytes, from, to, end);
  if (raw === UNREADABLE) return UNREADABLE;
  return raw === MISSING && columnText(bytes, from, to, end) === '' ? Number.NaN : raw / 10_000;
}

function stationId(bytes: Uint8Array, from: number, end: number): string {
  const id = columnText(bytes, from, from + 11, end);
  return /^[A-Z0-9-]{11}$/i.test(id) ? id : '';
}

function sourcesComment(bytes: Uint8Array, from: number, end: number): string {
  const pressureSource = columnText(bytes, from, from + 8, end);
  const otherSource = columnText(bytes, from + 9, from + 17, end);
  const parts: string[] = [];
  if (pressureSource !== '') parts.push(`P_SRC=${pressureSource}`);
  if (otherSource !== '') parts.push(`NP_SRC=${otherSource}`);
  return parts.join(' ');
}
