/** The header line of a sounding. */
import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../records/time.js';
import { decimal, NO_NUMBER, text } from './number.js';
import { type ReportTime, reportTime } from './report-time.js';
import { isMissing } from './sentinels.js';
import { stationIdOf } from './station-id.js';

/** A readable header; missing numbers are NaN. */
export interface Header {
  readable: true;
  /** The source's station id, as `stationIdOf` makes it. */
  id: string;
  /** Sounding id: unique within each of the archive's own sources. */
  number: number;
  time: ReportTime;
  /** Degrees north, degrees east (-180 to 180). */
  latitude: number;
  longitude: number;
  /** Height of the station, metres above sea level. */
  elevation: number;
  /** Sounding type, -1 where there is none. */
  kind: number;
  /** Number of levels that the header announces. */
  levels: number;
  /** Flags of the archive about this sounding, `source=27 date_flag=1 location_flag=1 sounding_type=3`. */
  comment: string;
  /** Names of further counters (`ncar.` left off) that this header adds one to. */
  notes: readonly string[];
}

/** A header that cannot be used. */
export interface BadHeader {
  readable: false;
  /** The name of the counter, `ncar.` left off. */
  reason: 'report.header-unreadable' | 'report.day-unknown' | 'report.date-invalid';
  detail: string;
}

/** First byte after NUMLEV: what follows is the version of the product, which a header can do without. */
export const HEADER_WIDTH = 93;
/** The columns between the fields, from 0. Anything there means that the line is not in the columns of the format. */
const SEPARATORS = Uint8Array.of(1, 14, 21, 24, 28, 34, 37, 42, 45, 48, 53, 56, 67, 78, 85, 88);
const BLANK = 0x20;
const UNKNOWN_DAY = 99;
/** Four columns of nines are no year. */
const UNKNOWN_YEAR = 9999;
/** No station stands lower than the shore of the Dead Sea or higher than the highest mountain. */
const ELEVATION_LOW = -450;
const ELEVATION_HIGH = 8850;

/** Parses the header line at `start`, which ends at `end` (exclusive, without line end). */
export function readHeader(bytes: Uint8Array, start: number, end: number): Header | BadHeader {
  const number = (from: number, to: number): number => decimal(bytes, start + from, start + to, end);
  for (const column of SEPARATORS)
    if (start + column < end && bytes[start + column] !== BLANK) return unreadable(`column ${column + 1}`);
  const identifier = text(bytes, start + 15, start + 21, end);
  if (!/^[!-~]+$/.test(identifier)) return unreadable('station id');
  const idType = number(22, 24);
  if (!isCount(idType)) return unreadable('id type');
  const year = number(38, 42);
  const month = number(43, 45);
  const day = number(46, 48);
  if (year === NO_NUMBER) return unreadable('YEAR');
  if (month === NO_NUMBER) return unreadable('MONTH');
  if (day === NO_NUMBER) return unreadable('DAY');
  const printed = (): string => JSON.stringify(text(bytes, start + 38, start + 48, end));
  if (day === UNKNOWN_DAY) return bad('report.day-unknown', `the date ${printed()} has no day`);
  const counts = isCount(year) && isCount(month) && isCount(day);
  if (!counts || year === 0 || year === UNKNOWN_YEAR || !isDate(year, month, day))
    return bad('report.date-invalid', `there is no date ${printed()}`);
  const levels = number(89, 93);
  if (!isCount(levels)) return unreadable('NUMLEV');
  const latitude = number(57, 67);
  if (latitude === NO_NUMBER) return unreadable('LAT');
  const longitude = number(68, 78);
  if (longitude === NO_NUMBER) return unreadable('LON');

  const soundingId = number(2, 14);
  const kind = number(86, 88);
  const north = latitude >= -90 && latitude <= 90 ? latitude : Number.NaN;
  const east = eastOf(longitude);
  const elevation = number(79, 85);
  const known = elevation >= ELEVATION_LOW && elevation <= ELEVATION_HIGH;
  const notes: string[] = [];
  if (!isCount(soundingId)) notes.push('sounding-id.missing');
  if (Number.isNaN(north) || Number.isNaN(east)) notes.push('position.missing');
  if (!known) notes.push(elevationNote(elevation));
  const date = daysSince1900(year, month, day) * SECONDS_PER_DAY;
  return {
    readable: true,
    id: stationIdOf(identifier, idType),
    number: isCount(soundingId) ? soundingId : Number.NaN,
    time: reportTime(date, number(49, 53), east),
    latitude: north,
    longitude: east,
    elevation: known ? elevation : Number.NaN,
    kind: isCount(kind) ? kind : -1,
    levels,
    comment: flags(number(25, 28), number(35, 37), number(54, 56), kind),
    notes,
  };
}

/** Degrees east from -180 to 180 from 0 to 360; NaN for anything else, the missing values among it. */
function eastOf(longitude: number): number {
  if (!(longitude >= -180 && longitude <= 360)) return Number.NaN;
  if (longitude <= 180) return longitude;
  // 305.1 - 360 is not the double nearest to -54.9; ten columns hold six decimals at most.
  return Math.round((longitude - 360) * 1e6) / 1e6;
}

function elevationNote(elevation: number): string {
  if (elevation === NO_NUMBER) return 'elevation.unreadable';
  return Number.isNaN(elevation) || isMissing(elevation * 100)
    ? 'elevation.missing'
    : 'elevation.out-of-range';
}

function flags(source: number, dateFlag: number, locationFlag: number, soundingType: number): string {
  const parts: string[] = [];
  if (isCount(source)) parts.push(`source=${source}`);
  if (isCount(dateFlag)) parts.push(`date_flag=${dateFlag}`);
  if (isCount(locationFlag)) parts.push(`location_flag=${locationFlag}`);
  if (isCount(soundingType)) parts.push(`sounding_type=${soundingType}`);
  return parts.join(' ');
}

/** A whole number that is not negative; what is blank or unreadable is none. */
function isCount(value: number): boolean {
  return value >= 0 && Number.isInteger(value);
}

function unreadable(field: string): BadHeader {
  return bad('report.header-unreadable', `the header's ${field} is not readable`);
}

function bad(reason: BadHeader['reason'], detail: string): BadHeader {
  return { readable: false, reason, detail };
}
