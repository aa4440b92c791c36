/** The columns of a level line. */
import { field, UNREADABLE } from './field.js';

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
 * Why a line of numbers cannot be read, null where it can. One field that is no number is what archives are like; where two are,
 * or none of the six values is more than a blank, the columns are shifted or the line is damaged.
 */
export function damageOf(raw: Int32Array, bytes: Uint8Array, start: number): string | null {
  let unreadable = 0;
  let readable = 0;
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === UNREADABLE) unreadable++;
    else if (i >= RAW.height && bytes[start + TO[i]! - 1] !== BLANK) readable++;
  }
  if (unreadable === 0) return null;
  if (readable === 0) return 'none of its values can be read';
  return unreadable > 1 ? `${unreadable} of its fields cannot be read` : null;
}
