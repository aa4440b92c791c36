/** The columns of a level line. */
import { field, MISSING, UNREADABLE } from './field.js';

/** Offset of the byte after the last field (WSPD). */
export const LEVEL_WIDTH = 51;
/** A line that ends before the last column of DPDP is no level. */
export const MIN_LEVEL_WIDTH = 39;

/** Place in the array of a line's numbers. */
export const RAW = {
  elapsed: 0,
  pressure: 1,
  height: 2,
  temperature: 3,
  relativeHumidity: 4,
  dewPointDepression: 5,
  windDirection: 6,
  windSpeed: 7,
} as const;

const BLANK = 0x20;
/** ETIME, PRESS, GPH, TEMP, RH, DPDP, WDIR, WSPD: first byte and the byte after the last. */
const FROM = Uint8Array.of(3, 9, 16, 22, 28, 34, 40, 46);
const TO = Uint8Array.of(8, 15, 21, 27, 33, 39, 45, 51);

/** Reads the eight numbers of a line that ends at `end`, wherever that is. */
export function readFields(bytes: Uint8Array, start: number, end: number, raw: Int32Array): void {
  for (let i = 0; i < 8; i++) raw[i] = field(bytes, start + FROM[i]!, start + TO[i]!, end);
}

const SEPARATORS = Uint8Array.of(2, 8, 33, 39, 45);

/** The columns between fields without a flag. Anything there means that the line is not in the columns of the format. */
export function separatorsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (const column of SEPARATORS) if (start + column < end && bytes[start + column] !== BLANK) return false;
  return true;
}

/**
 * Whether a line holds numbers and none of them ends in the last column of its field, the elapsed time left aside: its columns are
 * shifted.
 */
export function isShifted(bytes: Uint8Array, start: number, end: number, raw: Int32Array): boolean {
  let unreadable = false;
  for (let i: number = RAW.pressure; i < raw.length; i++) {
    const last = start + TO[i]! - 1;
    if (raw[i] === UNREADABLE) unreadable = true;
    else if (raw[i] !== MISSING || (last < end && bytes[last] !== BLANK)) return false;
  }
  return unreadable;
}
