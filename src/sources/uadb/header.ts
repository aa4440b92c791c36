/** The header line of a sounding. */

import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../calendar.js';
import { boundedElevation, isYear } from '../../records/bounds.js';
import { isLatitude, normalLongitude } from '../../records/place.js';
import { createRecentText } from '../text/station.js';
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
  /** Names of further counters that this header adds one to. */
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
/** No blanks and no quotes: these are signs of damaged columns. */
const IDENTIFIER = /^[!#-&(-~]+$/;
const UNKNOWN_DAY = 99;

/** The texts of a header; a file repeats them from header to header. */
export interface HeaderTexts {
  /** The source's station id from the columns 16 to 24, '' where there is none. */
  id(bytes: Uint8Array, from: number, end: number): string;
  /** `Header.comment`. */
  comment(source: number, dateFlag: number, locationFlag: number, soundingType: number): string;
}

/** Texts for the headers of one station. */
export function createHeaderTexts(): HeaderTexts {
  let known = {
    source: Number.NaN,
    dateFlag: Number.NaN,
    locationFlag: Number.NaN,
    soundingType: Number.NaN,
  };
  let comment = '';
  return {
    id: createRecentText(9, stationId),
    comment(source, dateFlag, locationFlag, soundingType) {
      if (
        source !== known.source ||
        dateFlag !== known.dateFlag ||
        locationFlag !== known.locationFlag ||
        soundingType !== known.soundingType
      ) {
        known = { source, dateFlag, locationFlag, soundingType };
        comment = flags(source, dateFlag, locationFlag, soundingType);
      }
      return comment;
    },
  };
}

/** Parses the header line at `start`, which ends at `end` (exclusive, without line end). */
export function readHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  texts: HeaderTexts,
): Header | BadHeader {
  const number = (from: number, to: number): number => decimal(bytes, start + from, start + to, end);
  for (const column of SEPARATORS)
    if (start + column < end && bytes[start + column] !== BLANK) return unreadable(`column ${column + 1}`);
  const id = texts.id(bytes, start + 15, end);
  if (id === '')
    return unreadable(IDENTIFIER.test(text(bytes, start + 15, start + 21, end)) ? 'id type' : 'station id');
  const year = number(38, 42);
  const month = number(43, 45);
  const day = number(46, 48);
  if (year === NO_NUMBER) return unreadable('YEAR');
  if (month === NO_NUMBER) return unreadable('MONTH');
  if (day === NO_NUMBER) return unreadable('DAY');
  const printed = (): string => JSON.stringify(text(bytes, start + 38, start + 48, end));
  if (day === UNKNOWN_DAY) return bad('report.day-unknown', `the date ${printed()} has no day`);
  const counts = isCount(year) && isCount(month) && isCount(day);
  if (!counts || !isDate(year, month, day))
    return bad('report.date-invalid', `there is no date ${printed()}`);
  if (!isYear(year)) return bad('report.date-invalid', `the year ${year} is none of a sounding`);
  const levels = number(89, 93);
  if (!isCount(levels)) return unreadable('NUMLEV');
  const latitude = number(57, 67);
  if (latitude === NO_NUMBER) return unreadable('LAT');
  const longitude = number(68, 78);
  if (longitude === NO_NUMBER) return unreadable('LON');

  const soundingId = number(2, 14);
  const kind = number(86, 88);
  const north = isLatitude(latitude) ? latitude : Number.NaN;
  const east = normalLongitude(longitude);
  const printedElevation = number(79, 85);
  const elevation = boundedElevation(printedElevation);
  const notes: string[] = [];
  if (!isCount(soundingId)) notes.push('ncar.sounding-id.missing');
  if (Number.isNaN(north) || Number.isNaN(east)) notes.push('ncar.position.missing');
  if (Number.isNaN(elevation)) notes.push(elevationNote(printedElevation));
  const date = daysSince1900(year, month, day) * SECONDS_PER_DAY;
  return {
    readable: true,
    id,
    number: isCount(soundingId) ? soundingId : Number.NaN,
    time: reportTime(date, number(49, 53), east),
    latitude: north,
    longitude: east,
    elevation,
    kind: isCount(kind) ? kind : -1,
    levels,
    comment: texts.comment(number(25, 28), number(35, 37), number(54, 56), kind),
    notes,
  };
}

function elevationNote(elevation: number): string {
  if (elevation === NO_NUMBER) return 'ncar.elevation.unreadable';
  return Number.isNaN(elevation) || isMissing(elevation * 100)
    ? 'ncar.elevation.missing'
    : 'ncar.elevation.out-of-range';
}

function stationId(bytes: Uint8Array, from: number, end: number): string {
  const identifier = text(bytes, from, from + 6, end);
  const idType = decimal(bytes, from + 7, from + 9, end);
  return IDENTIFIER.test(identifier) && isCount(idType) ? stationIdOf(identifier, idType) : '';
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
