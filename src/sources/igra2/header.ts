/** The header line of a sounding. */

import { isDate } from '../../calendar.js';
import { isYear } from '../../records/bounds.js';
import { isLatitude, normalLongitude } from '../../records/place.js';
import { createRecentText } from '../text/station.js';
import { field, MISSING, text, UNREADABLE } from './field.js';
import { type ReportTimes, reportTimes } from './report-time.js';

/** A readable header. */
export interface Header {
  readable: true;
  id: string;
  times: ReportTimes;
  /** Degrees; NaN where missing. */
  latitude: number;
  longitude: number;
  /** Number of levels that the header announces. */
  levels: number;
  /** Data sources of the pressure levels and of the others, as `P_SRC=... NP_SRC=...`, '' where neither is given. */
  comment: string;
}

/** A header that cannot be used. */
export interface BadHeader {
  readable: false;
  /** The name of the counter, `igra2.` left off. */
  reason: 'report.header-unreadable' | 'report.date-invalid';
  detail: string;
}

/** Columns of a header line. */
export const HEADER_WIDTH = 71;
/** The columns between the fields, from 0. Anything there means that the line is not in the columns of the format. */
const SEPARATORS = Uint8Array.of(12, 17, 20, 23, 26, 31, 36, 45, 54, 62);
const BLANK = 0x20;
const HOUR_MISSING = 99;

/** The texts of a header; a file repeats them from header to header. */
export interface HeaderTexts {
  /** The id in the columns 2 to 12, '' where it is none. */
  id(bytes: Uint8Array, from: number, end: number): string;
  /** The comment from the columns 38 to 54. */
  comment(bytes: Uint8Array, from: number, end: number): string;
}

/** Texts for the headers of one station. */
export function createHeaderTexts(): HeaderTexts {
  return { id: createRecentText(11, stationId), comment: createRecentText(17, sourcesComment) };
}

/** Parses the header line at `start`, which ends at `end` (exclusive, without line end). */
export function readHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  texts: HeaderTexts,
): Header | BadHeader {
  if (end - start > HEADER_WIDTH) return unreadable(`column ${HEADER_WIDTH + 1}`);
  for (const column of SEPARATORS)
    if (start + column < end && bytes[start + column] !== BLANK) return unreadable(`column ${column + 1}`);
  const id = texts.id(bytes, start + 1, end);
  if (id === '') return unreadable('ID');
  const year = field(bytes, start + 13, start + 17, end);
  if (year < 0) return unreadable('YEAR');
  const month = field(bytes, start + 18, start + 20, end);
  if (month < 1 || month > 12) return unreadable('MONTH');
  const day = field(bytes, start + 21, start + 23, end);
  if (!isDate(year, month, day)) return unreadable('DAY');
  if (!isYear(year)) return bad('report.date-invalid', `the year ${year} is none of a sounding`);
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
  return {
    readable: true,
    id,
    times: reportTimes(year, month, day, hour, release, longitude),
    latitude: isLatitude(north) ? north : Number.NaN,
    longitude,
    levels,
    comment: texts.comment(bytes, start + 37, end),
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
  return raw === MISSING && text(bytes, from, to, end) === '' ? Number.NaN : raw / 10_000;
}

function stationId(bytes: Uint8Array, from: number, end: number): string {
  const id = text(bytes, from, from + 11, end);
  return /^[A-Z0-9-]{11}$/i.test(id) ? id : '';
}

function sourcesComment(bytes: Uint8Array, from: number, end: number): string {
  const pressureSource = text(bytes, from, from + 8, end);
  const otherSource = text(bytes, from + 9, from + 17, end);
  const parts: string[] = [];
  if (pressureSource !== '') parts.push(`P_SRC=${pressureSource}`);
  if (otherSource !== '') parts.push(`NP_SRC=${otherSource}`);
  return parts.join(' ');
}

function unreadable(field: string): BadHeader {
  return bad('report.header-unreadable', `the header's ${field} is not readable`);
}

function bad(reason: BadHeader['reason'], detail: string): BadHeader {
  return { readable: false, reason, detail };
}
