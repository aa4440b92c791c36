/** One level line of any form to rows. Plain levels are read in `lines.ts` and never come here. */
import { Z_TYPE } from '../../records/variables.js';
import { dropSlot, noteSlot, Q, R, typeSlot } from './counters.js';
import { decimal, hundredths, MISSING_WIDE, UNREADABLE } from './number.js';
import {
  countWithoutCoordinate,
  FIELDS,
  isUsable,
  type LevelSink,
  PRESSURE,
  reasonOf,
  writeRows,
} from './rows.js';

/** Columns of a level line. */
export const LEVEL_WIDTH = 50;
/** A line that ends before the last column of the pressure is no level. */
const MIN_LEVEL_WIDTH = 13;

/** Level types whose meaning the description of the format gives; there are more. */
export const LEVEL_TYPE = {
  surface: 1,
  mandatory: 2,
  significant: 3,
  windByHeight: 4,
  windByPressure: 5,
  maximumWind: 6,
  tropopause: 7,
} as const;

/** Bit `i` for the level type `i`: its winds may be knots under the name of m/s. Which ones are cannot be told. */
export const MAY_BE_KNOTS_TYPES = (1 << LEVEL_TYPE.mandatory) | (1 << LEVEL_TYPE.tropopause);

const BLANK = 0x20;
/** By the place of a field in `LevelSink.raw`. */
const LAST_COLUMNS = Uint8Array.of(42, 49, 21, 28, 35, 12);
/** Nothing on Earth's surface is under more than 1100 hPa; hundredths of 1 hPa are Pa. */
export const PRESSURE_HIGH_PA = 110_000;

const PRESSURE_NOTES = noteSlot('pressure.missing');
const AT_ELEVATION = noteSlot('level.surface-at-elevation');
const MAY_BE_KNOTS = noteSlot('wind_speed.may-be-knots');
const HEIGHT_MISSING = dropSlot(Q.geopotentialHeight, R.missing);
const HEIGHT_AS_COORDINATE = dropSlot(Q.geopotentialHeight, R.usedAsCoordinate);

/**
 * Writes the rows of the level line at `start`, which ends at `end` (exclusive, without line end), and counts its fields. Rows
 * stand in the order of their observed_variable codes.
 *
 * @returns what is wrong with a line that cannot be read, whose five fields then count as unreadable; null for a level
 */
export function readLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink): string | null {
  const { slots, raw } = sink;
  const width = end - start;
  const type = decimal(bytes, start, start + 4, end);
  if (width < MIN_LEVEL_WIDTH || width > LEVEL_WIDTH || !separatorsBlank(bytes, start, end))
    return unreadableLevel(slots, 'the columns are not those of a level');
  if (!(type >= 0 && Number.isInteger(type)))
    return unreadableLevel(slots, 'there is no such type of a level');
  raw[PRESSURE] = hundredths(bytes, start + 5, start + 13, end);
  raw[Q.geopotentialHeight] = hundredths(bytes, start + 14, start + 22, end);
  raw[Q.airTemperature] = hundredths(bytes, start + 23, start + 29, end);
  raw[Q.relativeHumidity] = hundredths(bytes, start + 30, start + 36, end);
  raw[Q.windFromDirection] = hundredths(bytes, start + 37, start + 43, end);
  raw[Q.windSpeed] = hundredths(bytes, start + 44, start + 50, end);
  const damage = damageOf(bytes, start, end, raw);
  if (damage !== null) return unreadableLevel(slots, damage);
  slots[typeSlot(type)]!++;
  writeLevel(sink, type);
  return null;
}

function unreadableLevel(slots: Int32Array, why: string): string {
  for (let quantity = 0; quantity < FIELDS; quantity++) slots[dropSlot(quantity, R.unreadable)]!++;
  return why;
}

/**
 * Why a line of numbers cannot be read, null where it can. One field that is no number is what archives are like; where two are,
 * or none of the five values is more than a blank, the columns are shifted or the line is damaged.
 */
function damageOf(bytes: Uint8Array, start: number, end: number, raw: Int32Array): string | null {
  let unreadable = 0;
  let readable = 0;
  for (let field = 0; field < raw.length; field++) {
    const last = start + LAST_COLUMNS[field]!;
    if (raw[field] === UNREADABLE) unreadable++;
    else if (field !== PRESSURE && last < end && bytes[last] !== BLANK) readable++;
  }
  if (unreadable === 0) return null;
  if (readable === 0) return 'none of its values can be read';
  return unreadable > 1 ? `${unreadable} of its fields cannot be read` : null;
}

/**
 * The vertical coordinate is the pressure; without one, the height; without either, on a surface level, the elevation of the
 * station.
 */
function writeLevel(sink: LevelSink, type: number): void {
  const { builder, slots, raw, windsByHeight } = sink;
  const firstRow = builder.rowCount;
  const pressure = raw[PRESSURE]!;
  if (pressure > 0 && pressure <= PRESSURE_HIGH_PA) writeRows(sink, pressure, Z_TYPE.pressure, type);
  else {
    slots[PRESSURE_NOTES + reasonOf(PRESSURE, pressure)]!++;
    if (isUsable(Q.geopotentialHeight, raw)) {
      // The height is the coordinate and is not repeated as a row.
      const height = raw[Q.geopotentialHeight]! / 100;
      slots[HEIGHT_AS_COORDINATE]!++;
      slots[HEIGHT_MISSING]!--;
      raw[Q.geopotentialHeight] = MISSING_WIDE;
      writeRows(sink, height, Z_TYPE.height, type);
    } else if (type === LEVEL_TYPE.surface && !Number.isNaN(sink.elevation)) {
      slots[AT_ELEVATION]!++;
      writeRows(sink, sink.elevation, Z_TYPE.heightFromElevation, type);
    } else countWithoutCoordinate(slots, raw);
  }
  // A calm is one in either unit.
  if (type === LEVEL_TYPE.mandatory || type === LEVEL_TYPE.tropopause) {
    if (builder.rowCount > firstRow && raw[Q.windSpeed]! > 0 && isUsable(Q.windSpeed, raw))
      slots[MAY_BE_KNOTS]!++;
  } else if (type === LEVEL_TYPE.windByHeight) windsByHeight.rows.push(firstRow, builder.rowCount);
  else if (type === LEVEL_TYPE.significant || type === LEVEL_TYPE.windByPressure) windsByHeight.others = true;
}

/** The columns between the fields. Anything there means that the line is not in the columns of the format. */
function separatorsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (const column of [4, 13, 22, 29, 36, 43]) {
    if (start + column < end && bytes[start + column] !== BLANK) return false;
  }
  return true;
}
