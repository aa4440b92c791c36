/** The header line of a sounding. */
import { isDate } from '../../records/time.js';
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

/** A header that cannot be used, and the field that is at fault. */
export interface BadHeader {
  readable: false;
  field: string;
}

/** Columns of a header line. */
export const HEADER_WIDTH = 71;
const HOUR_MISSING = 99;

/** Parses the header line at `start`, which ends at `end` (exclusive, without line end). */
export function readHeader(bytes: Uint8Array, start: number, end: number): Header | BadHeader {
  const id = text(bytes, start + 1, start + 12, end);
  if (!/^[A-Z0-9-]{11}$/i.test(id)) return bad('ID');
  const year = field(bytes, start + 13, start + 17, end);
  if (year < 1) return bad('YEAR');
  const month = field(bytes, start + 18, start + 20, end);
  if (month < 1 || month > 12) return bad('MONTH');
  const day = field(bytes, start + 21, start + 23, end);
  if (!isDate(year, month, day)) return bad('DAY');
  const hour = field(bytes, start + 24, start + 26, end);
  if (!(hour >= 0 && (hour <= 23 || hour === HOUR_MISSING))) return bad('HOUR');
  const release = field(bytes, start + 27, start + 31, end);
  const levels = field(bytes, start + 32, start + 36, end);
  if (levels < 0) return bad('NUMLEV');
  const latitude = coordinate(bytes, start + 55, start + 62, end, 900_000);
  if (latitude === UNREADABLE) return bad('LAT');
  const longitude = coordinate(bytes, start + 63, start + 71, end, 1_800_000);
  if (longitude === UNREADABLE) return bad('LON');
  return {
    readable: true,
    id,
    times: reportTimes(year, month, day, hour, release, longitude),
    latitude,
    longitude,
    levels,
    comment: sourcesComment(
      text(bytes, start + 37, start + 45, end),
      text(bytes, start + 46, start + 54, end),
    ),
  };
}

/**
 * Degrees from the 1e-4 degrees in the columns `from` to `to`. Missing is -98.8888 and -998.8888 (any value beyond the
 * limit) or blank. The sentinel of the level fields, -9999, is none here: the format's documentation gives it for the level
 * fields only, and -0.9999 is the latitude of real ships.
 */
function coordinate(bytes: Uint8Array, from: number, to: number, end: number, limit: number): number {
  const raw = field(bytes, from, to, end);
  if (raw === UNREADABLE) return UNREADABLE;
  if (raw === MISSING && text(bytes, from, to, end) === '') return Number.NaN;
  return raw < -limit || raw > limit ? Number.NaN : raw / 10_000;
}

function sourcesComment(pressureSource: string, otherSource: string): string {
  const parts: string[] = [];
  if (pressureSource !== '') parts.push(`P_SRC=${pressureSource}`);
  if (otherSource !== '') parts.push(`NP_SRC=${otherSource}`);
  return parts.join(' ');
}

function bad(name: string): BadHeader {
  return { readable: false, field: name };
}
