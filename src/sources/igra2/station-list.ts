/** The archive's station list, `igra2-station-list.txt`. */
import { InputError } from '../../errors.js';
import { count, type Tally } from '../../records/tally.js';
import type { InputFile, StationEntry } from '../source.js';

/** No line of the list is longer than 90 bytes. */
const MAX_LINE = 1 << 16;
/** Latitude -98.8888 and elevation -998.8: the station moves. Elevation -999.9: unknown. */
const MOBILE_LATITUDE = -98.8888;
const NO_ELEVATION = new Set([-998.8, -999.9]);

/**
 * Reads the list: one station per line in fixed columns, ID 1-11, LAT 13-20, LON 22-30, ELEV 32-37, NAME 42-71 (1-based).
 * A mobile station has NaN for its position and elevation. Lines with a blank id (the real list has one) and malformed
 * lines are counted as `igra2.station-list.blank-id` and `.malformed`; a repeated id keeps its first line, counted as
 * `.repeated-id`.
 *
 * @throws InputError `LINE_TOO_LONG`, and what reading the file throws
 */
export async function readStationList(
  file: InputFile,
  tally: Tally,
): Promise<ReadonlyMap<string, StationEntry>> {
  const stations = new Map<string, StationEntry>();
  for await (const line of lines(file)) {
    if (line.trim() === '') continue;
    const id = line.slice(0, 11);
    if (id.trim() === '') {
      count(tally.noted, 'igra2.station-list.blank-id');
      continue;
    }
    const entry = entryOf(id, line);
    if (entry === null) count(tally.noted, 'igra2.station-list.malformed');
    else if (stations.has(id)) count(tally.noted, 'igra2.station-list.repeated-id');
    else stations.set(id, entry);
  }
  return stations;
}

function entryOf(id: string, line: string): StationEntry | null {
  const latitude = decimal(line.slice(12, 20));
  const longitude = decimal(line.slice(21, 30));
  const elevation = decimal(line.slice(31, 37));
  if (!/^[A-Z0-9-]{11}$/i.test(id) || latitude === null || longitude === null || elevation === null)
    return null;
  const mobile = latitude === MOBILE_LATITUDE;
  if (!mobile && (Math.abs(latitude) > 90 || Math.abs(longitude) > 180)) return null;
  return {
    id,
    latitude: mobile ? Number.NaN : latitude,
    longitude: mobile ? Number.NaN : longitude,
    elevation: NO_ELEVATION.has(elevation) ? Number.NaN : elevation,
    name: line.slice(41, 71).trim(),
    mobile,
  };
}

function decimal(columns: string): number | null {
  const text = columns.trim();
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Lines as text, UTF-8 where the bytes are valid UTF-8, else ISO-8859-1; columns count characters. */
async function* lines(file: InputFile): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of file.chunks()) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      yield decode(rest.subarray(start, end));
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
  if (rest.length > 0) yield decode(rest);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return bytes.toString('latin1');
    throw error;
  }
}
