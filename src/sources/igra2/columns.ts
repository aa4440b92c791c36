/** The columns of a level line. */
import { field, fiveColumns, sixColumns, UNREADABLE } from './field.js';

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

// An imported binding is looked up at every use; a constant of the module is compiled in.
const NO_NUMBER = UNREADABLE;
const readField = field;
const wide5 = fiveColumns;
const wide6 = sixColumns;

/** Reads the eight numbers of a line of full width; false when one of them is no number, or not plainly one. */
export function readWide(view: DataView, start: number, raw: Int32Array): boolean {
  const etime = wide5(view, start + 3);
  const press = wide6(view, start + 9);
  const gph = wide5(view, start + 16);
  const temp = wide5(view, start + 22);
  const rh = wide5(view, start + 28);
  const dpdp = wide5(view, start + 34);
  const wdir = wide5(view, start + 40);
  const wspd = wide5(view, start + 46);
  raw[0] = etime;
  raw[1] = press;
  raw[2] = gph;
  raw[3] = temp;
  raw[4] = rh;
  raw[5] = dpdp;
  raw[6] = wdir;
  raw[7] = wspd;
  return Math.min(etime, press, gph, temp, rh, dpdp, wdir, wspd) !== NO_NUMBER;
}

/** The same for a line that ends at `end`, wherever that is; false when one of them is no number. */
export function readFields(bytes: Uint8Array, start: number, end: number, raw: Int32Array): boolean {
  let readable = true;
  for (let i = 0; i < 8; i++) {
    const value = readField(bytes, start + FROM[i]!, start + TO[i]!, end);
    raw[i] = value;
    if (value === NO_NUMBER) readable = false;
  }
  return readable;
}

/** The columns between fields without a flag. Anything there means that the line is not in the columns of the format. */
export function separatorsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  const first = (bytes[start + 2]! ^ BLANK) | (bytes[start + 8]! ^ BLANK) | (bytes[start + 33]! ^ BLANK);
  if (end >= start + LEVEL_WIDTH)
    return (first | (bytes[start + 39]! ^ BLANK) | (bytes[start + 45]! ^ BLANK)) === 0;
  return (
    first === 0 &&
    (end <= start + 39 || bytes[start + 39] === BLANK) &&
    (end <= start + 45 || bytes[start + 45] === BLANK)
  );
}
