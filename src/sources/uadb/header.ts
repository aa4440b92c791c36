/** The header line of a sounding. */

import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../calendar.js';
import { boundedElevation } from '../../records/bounds.js';
import { isLatitude, normalLongitude } from '../../records/place.js';
import { columnText, createRecentText, strayColumn } from '../text/columns.js';
import type { BadHeader, TextHeader } from '../text/format.js';
import { badHeader, impossibleYear, unreadable } from '../text/headers.js';
import { decimal, NO_NUMBER } from '../text/numbers.js';
import { COUNTERS } from './counters.js';
import type { WindsByHeight } from './duplicates.js';
import type { UadbCode } from './reasons.js';
import { reportTime } from './report-time.js';
import { isMissing } from './sentinels.js';
import { stationIdOf } from './station-id.js';

/** A readable header; missing numbers are NaN. */
export interface Header extends TextHeader {
  /** Height of the station, metres above sea level. */
  elevation: number;
  /** What the report needs for telling repeated winds by height. */
  windsByHeight: WindsByHeight;
}

/** First byte after NUMLEV: what follows is the version of the product, which a header can do without. */
export const HEADER_WIDTH = 93;
/** The columns between the fields, from 0. Anything there means that the line is not in the columns of the format. */
const SEPARATORS = Uint8Array.of(1, 14, 21, 24, 28, 34, 37, 42, 45, 48, 53, 56, 67, 78, 85, 88);
/** No blanks and no quotes: these are signs of damaged columns. */
const IDENTIFIER = /^[!#-&(-~]+$/;
const UNKNOWN_DAY = 99;

const NUMBER_MISSING = COUNTERS.slot('sounding-id.missing');
const ELEVATION_MISSING = COUNTERS.slot('elevation.missing');
const ELEVATION_UNREADABLE = COUNTERS.slot('elevation.unreadable');
const ELEVATION_OUT_OF_RANGE = COUNTERS.slot('elevation.out-of-range');

/** The source's station id from the columns 16 to 24, '' where there is none. A file repeats it in every header. */
const idIn = createRecentText(9, stationId);

/** Reads a header line, for `TextFormat`. */
export function readHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  slots: Int32Array,
): Header | BadHeader<UadbCode> {
  const number = (from: number, to: number): number => decimal(bytes, start + from, start + to, end);
  const stray = strayColumn(bytes, start, end, SEPARATORS);
  if (stray >= 0) return unreadable(`column ${stray + 1}`);
  const id = idIn(bytes, start + 15, end);
  if (id === '')
    return unreadable(
      IDENTIFIER.test(columnText(bytes, start + 15, start + 21, end)) ? 'id type' : 'station id',
    );
  const year = number(38, 42);
  const month = number(43, 45);
  const day = number(46, 48);
  if (year === NO_NUMBER) return unreadable('YEAR');
  if (month === NO_NUMBER) return unreadable('MONTH');
  if (day === NO_NUMBER) return unreadable('DAY');
  const printed = (): string => JSON.stringify(columnText(bytes, start + 38, start + 48, end));
  if (day === UNKNOWN_DAY) return badHeader('report.day-unknown', `the date ${printed()} has no day`);
  const counts = isCount(year) && isCount(month) && isCount(day);
  if (!counts || !isDate(year, month, day))
    return badHeader('report.date-invalid', `there is no date ${printed()}`);
  const impossible = impossibleYear(year);
  if (impossible !== null) return impossible;
  const levels = number(89, 93);
  if (!isCount(levels)) return unreadable('NUMLEV');
  const latitude = number(57, 67);
  if (latitude === NO_NUMBER) return unreadable('LAT');
  const longitude = number(68, 78);
  if (longitude === NO_NUMBER) return unreadable('LON');

  const soundingId = number(2, 14);
  const kind = number(86, 88);
  const east = normalLongitude(longitude);
  const printedElevation = number(79, 85);
  const elevation = boundedElevation(printedElevation);
  if (!isCount(soundingId)) slots[NUMBER_MISSING]!++;
  if (Number.isNaN(elevation)) slots[elevationNote(printedElevation)]!++;
  const date = daysSince1900(year, month, day) * SECONDS_PER_DAY;
  return {
    readable: true,
    id,
    levels,
    times: reportTime(date, number(49, 53), east, slots),
    latitude: isLatitude(latitude) ? latitude : Number.NaN,
    longitude: east,
    elevation,
    kind: isCount(kind) ? kind : -1,
    number: isCount(soundingId) ? soundingId : Number.NaN,
    comment: commentOf(number(25, 28), number(35, 37), number(54, 56), kind),
    windsByHeight: { rows: [], others: false },
  };
}

/** The counter of a missing elevation. */
function elevationNote(elevation: number): number {
  if (elevation === NO_NUMBER) return ELEVATION_UNREADABLE;
  const missing = Number.isNaN(elevation) || isMissing(elevation * 100);
  return missing ? ELEVATION_MISSING : ELEVATION_OUT_OF_RANGE;
}

function stationId(bytes: Uint8Array, from: number, end: number): string {
  const identifier = columnText(bytes, from, from + 6, end);
  const idType = decimal(bytes, from + 7, from + 9, end);
  return IDENTIFIER.test(identifier) && isCount(idType) ? stationIdOf(identifier, idType) : '';
}

let recentFlags = -1;
let recentComment = '';

/** Flags of the archive about a sounding: `source=27 date_flag=1 location_flag=1 sounding_type=3`. */
function commentOf(source: number, dateFlag: number, locationFlag: number, soundingType: number): string {
  // Nearly always the flags of the header before; they have three columns at most, and 0 stands for none.
  let flags = 0;
  for (const flag of [source, dateFlag, locationFlag, soundingType])
    flags = flags * 1024 + (isCount(flag) ? flag + 1 : 0);
  if (flags === recentFlags) return recentComment;
  const parts: string[] = [];
  if (isCount(source)) parts.push(`source=${source}`);
  if (isCount(dateFlag)) parts.push(`date_flag=${dateFlag}`);
  if (isCount(locationFlag)) parts.push(`location_flag=${locationFlag}`);
  if (isCount(soundingType)) parts.push(`sounding_type=${soundingType}`);
  recentFlags = flags;
  recentComment = parts.join(' ');
  return recentComment;
}

/** A whole number that is not negative; what is blank or unreadable is not a number. */
function isCount(value: number): boolean {
  return value >= 0 && Number.isInteger(value);
}
