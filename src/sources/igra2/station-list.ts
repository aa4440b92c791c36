/** The archive's station list, `igra2-station-list.txt`. */
import { InputError } from '../../errors.js';
import { boundedElevation } from '../../records/bounds.js';
import type { InputFile } from '../../records/input.js';
import { isLatitude, isLongitude, normalLongitude } from '../../records/place.js';
import type { StationEntry } from '../../records/station.js';
import { count, type Tally } from '../../records/tally.js';
import { type SkipContext, skip } from '../skips.js';
import { afterByteOrderMark } from '../text/byte-order-mark.js';
import { createLineDamage } from '../text/line-damage.js';
import { nameOf } from './counters.js';

/** No line of the list is longer than 90 bytes. */
const MAX_LINE = 1 << 16;
/** Columns of a line, up to the last one of NOBS. */
const LINE_WIDTH = 88;
/** Latitude -98.8888 and elevation -998.8: the station moves. Elevation -999.9: unknown. */
const MOBILE_LATITUDE = -98.8888;
const NO_ELEVATION = new Set([-998.8, -999.9]);
/** With the blank before it, where the first digit of a number stands that is too wide. */
const ELEVATION_WIDTH = 7;
/** The blanks before the latitude and the longitude, from 0. */
const SEPARATORS = [11, 20];
const UNUSABLE = 'Fetch the station list again from the archive.';

/**
 * Reads the list: one station per line in fixed columns, ID 1-11, LAT 13-20, LON 22-30, ELEV 32-37, NAME 42-71 (1-based). An
 * elevation that is too wide for its columns pushes the name to the right.
 *
 * A mobile station has NaN for its position and elevation, and an elevation where no station can be is NaN too, counted as
 * `igra2.station-list.elevation-out-of-range`. Lines with a blank id (the real list has one) are counted as `.blank-id`; a
 * repeated id keeps its first line, counted as `.repeated-id`. Lines that cannot be read, or without a name, are counted and listed as
 * `.malformed`, a last line that is cut off as `.truncated`.
 *
 * @throws InputError `LINE_TOO_LONG`, and what reading the file throws
 */
export async function readStationList(
  file: InputFile,
  tally: Tally,
): Promise<ReadonlyMap<string, StationEntry>> {
  const stations = new Map<string, StationEntry>();
  const state: SkipContext = { tally, path: file.path, listed: new Map<string, number>() };
  const damage = createLineDamage(nameOf('station-list.malformed'), UNUSABLE);
  let number = 0;
  for await (const { text: line, byteOffset, isCut } of lines(file)) {
    number++;
    if (line.trim() === '') continue;
    const id = line.slice(0, 11);
    if (isCut && line.length < LINE_WIDTH) {
      const detail = `line ${number}, the last one, is cut off after ${line.length} of ${LINE_WIDTH} columns`;
      skip(state, nameOf('station-list.truncated'), byteOffset, detail);
      continue;
    }
    if (id.trim() === '') {
      count(tally.noted, nameOf('station-list.blank-id'));
      continue;
    }
    const entry = entryOf(id, line, tally);
    if (entry === null)
      damage.malformed(state, { line: number, byteOffset, why: 'it is no station of the list' });
    else if (stations.has(id)) count(tally.noted, nameOf('station-list.repeated-id'));
    else stations.set(id, entry);
  }
  return stations;
}

function entryOf(id: string, line: string, tally: Tally): StationEntry | null {
  if (SEPARATORS.some((column) => line[column] !== ' ')) return null;
  const latitude = decimal(line.slice(12, 20));
  const longitude = decimal(line.slice(21, 30));
  const [elevationText = ''] = /^ *\S*/.exec(line.slice(30)) ?? [];
  const elevation = decimal(elevationText);
  if (!/^[A-Z0-9-]{11}$/i.test(id) || latitude === null || longitude === null || elevation === null)
    return null;
  const mobile = latitude === MOBILE_LATITUDE;
  if (!mobile && !(isLatitude(latitude) && isLongitude(longitude))) return null;
  const metres = boundedElevation(elevation);
  if (Number.isNaN(metres) && !NO_ELEVATION.has(elevation))
    count(tally.noted, nameOf('station-list.elevation-out-of-range'));
  const pushed = Math.max(0, elevationText.length - ELEVATION_WIDTH);
  const name = line.slice(41 + pushed, 71 + pushed).trim();
  if (name === '' || name.includes('\0')) return null;
  return {
    id,
    latitude: mobile ? Number.NaN : latitude,
    longitude: mobile ? Number.NaN : normalLongitude(longitude),
    elevation: metres,
    name,
    mobile,
  };
}

function decimal(columns: string): number | null {
  const text = columns.trim();
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

/** A line of the list. */
interface ListLine {
  text: string;
  byteOffset: number;
  /** Whether the file ends without a line end after it. */
  isCut: boolean;
}

/** Lines as text, UTF-8 where the bytes are valid UTF-8, else ISO-8859-1; columns count characters. */
async function* lines(file: InputFile): AsyncGenerator<ListLine> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of file.chunks()) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      yield lineOf(rest.subarray(start, end), offset + start, false);
      start = end + 1;
    }
    offset += start;
    rest = rest.subarray(start);
    if (rest.length > MAX_LINE) {
      throw new InputError(
        'LINE_TOO_LONG',
        `${file.path}: a line of more than ${MAX_LINE} bytes in a station list`,
        { file: file.path, byteOffset: offset },
      );
    }
  }
  if (rest.length > 0) yield lineOf(rest, offset, true);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function lineOf(bytes: Buffer, byteOffset: number, isCut: boolean): ListLine {
  const start = afterByteOrderMark(bytes, 0);
  return { text: decode(bytes.subarray(start)), byteOffset: byteOffset + start, isCut };
}

function decode(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return bytes.toString('latin1');
    throw error;
  }
}
