/**
 * The hot loop: one level line to rows. Nothing here allocates and no line becomes a string. The caller guesses the end of
 * the line from its usual length; the guess is wrong only if a line end hides in some field or between two, and such a byte
 * is neither digit, sign, point nor blank, so `plain` parsing notices before anything is written.
 */
import { Z_TYPE } from '../../records/variables.js';
import { dropSlot, noteSlot, Q, R, typeSlot } from './counters.js';
import {
  decimal,
  eightColumns,
  hundredths,
  MISSING_WIDE,
  sixColumns,
  sixWholeColumns,
  UNREADABLE,
} from './number.js';
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

/** Level types that a rule depends on; 6 is the maximum wind, 7 the tropopause, and there are more. */
const TYPE = { surface: 1, mandatory: 2, significant: 3, windByHeight: 4, windByPressure: 5 } as const;

const BLANK = 0x20;
// An imported binding is looked up at every use; a constant of the module is compiled in.
const NO_NUMBER = UNREADABLE;
const NO_HEIGHT = MISSING_WIDE;
const BY_PRESSURE = Z_TYPE.pressure;
const BY_HEIGHT = Z_TYPE.height;
const wide6 = sixColumns;
const wide8 = eightColumns;
const {
  windFromDirection: WDIR_AT,
  windSpeed: WSPD_AT,
  geopotentialHeight: GPH_AT,
  airTemperature: TEMP_AT,
  relativeHumidity: RH_AT,
} = Q;
const PRESSURE_AT = PRESSURE;
/** Nothing on Earth's surface is under more than 1100 hPa; hundredths of 1 hPa are Pa. */
const PRESSURE_HIGH_PA = 110_000;

const TYPE_NOTES = typeSlot(0);
const PRESSURE_NOTES = noteSlot('pressure.missing');
const MALFORMED = noteSlot('level.malformed');
const AT_ELEVATION = noteSlot('level.surface-at-elevation');
const MAY_BE_KNOTS = noteSlot('wind_speed.may-be-knots');
const HEIGHT_MISSING = dropSlot(Q.geopotentialHeight, R.missing);
const HEIGHT_AS_COORDINATE = dropSlot(Q.geopotentialHeight, R.usedAsCoordinate);

/**
 * Writes the rows of the level line at `start`, which has `LEVEL_WIDTH` columns, if all of it is in the usual form, and
 * counts its fields. Returns false, with nothing written or counted, if not. Rows stand in the order of their
 * observed_variable codes.
 */
export function readPlainLevel(bytes: Uint8Array, start: number, sink: LevelSink): boolean {
  const { view, raw } = sink;
  const type = bytes[start + 3]! - 0x30;
  const blanks =
    (bytes[start]! ^ BLANK) |
    (bytes[start + 1]! ^ BLANK) |
    (bytes[start + 2]! ^ BLANK) |
    (bytes[start + 4]! ^ BLANK) |
    (bytes[start + 13]! ^ BLANK) |
    (bytes[start + 22]! ^ BLANK) |
    (bytes[start + 29]! ^ BLANK) |
    (bytes[start + 36]! ^ BLANK) |
    (bytes[start + 43]! ^ BLANK);
  const pressure = wide8(view, start + 5);
  const height = wide8(view, start + 14);
  const temperature = wide6(view, start + 23);
  const humidity = wide6(view, start + 30);
  const direction = sixWholeColumns(view, start + 37);
  const speed = wide6(view, start + 44);
  if (
    blanks !== 0 ||
    type < 0 ||
    type > 9 ||
    Math.min(pressure, height, temperature, humidity, direction, speed) === NO_NUMBER
  )
    return false;
  raw[PRESSURE_AT] = pressure;
  raw[GPH_AT] = height;
  raw[TEMP_AT] = temperature;
  raw[RH_AT] = humidity;
  raw[WDIR_AT] = direction;
  raw[WSPD_AT] = speed;
  sink.slots[TYPE_NOTES + type]!++;
  writeLevel(sink, type);
  return true;
}

/** The same for any line, which ends at `end` (exclusive, without line end). A malformed one has five unreadable fields. */
export function readAnyLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink): void {
  const { slots, raw } = sink;
  const width = end - start;
  const type = decimal(bytes, start, start + 4, end);
  const usual = width >= MIN_LEVEL_WIDTH && width <= LEVEL_WIDTH && separatorsBlank(bytes, start, end);
  if (!usual || !(type >= 0 && Number.isInteger(type))) {
    slots[MALFORMED]!++;
    for (let quantity = 0; quantity < FIELDS; quantity++) slots[dropSlot(quantity, R.unreadable)]!++;
    return;
  }
  raw[PRESSURE] = hundredths(bytes, start + 5, start + 13, end);
  raw[Q.geopotentialHeight] = hundredths(bytes, start + 14, start + 22, end);
  raw[Q.airTemperature] = hundredths(bytes, start + 23, start + 29, end);
  raw[Q.relativeHumidity] = hundredths(bytes, start + 30, start + 36, end);
  raw[Q.windFromDirection] = hundredths(bytes, start + 37, start + 43, end);
  raw[Q.windSpeed] = hundredths(bytes, start + 44, start + 50, end);
  slots[typeSlot(type)]!++;
  writeLevel(sink, type);
}

/**
 * The vertical coordinate is the pressure; without one, the height; without either, on a surface level, the elevation of the
 * station.
 */
function writeLevel(sink: LevelSink, type: number): void {
  const { builder, slots, raw, windsByHeight } = sink;
  const firstRow = builder.rowCount;
  const pressure = raw[PRESSURE_AT]!;
  if (pressure > 0 && pressure <= PRESSURE_HIGH_PA) writeRows(sink, pressure, BY_PRESSURE);
  else {
    slots[PRESSURE_NOTES + reasonOf(PRESSURE_AT, pressure)]!++;
    if (isUsable(GPH_AT, raw)) {
      // The height is the coordinate and is not repeated as a row.
      const height = raw[GPH_AT]! / 100;
      slots[HEIGHT_AS_COORDINATE]!++;
      slots[HEIGHT_MISSING]!--;
      raw[GPH_AT] = NO_HEIGHT;
      writeRows(sink, height, BY_HEIGHT);
    } else if (type === TYPE.surface && !Number.isNaN(sink.elevation)) {
      slots[AT_ELEVATION]!++;
      writeRows(sink, sink.elevation, BY_HEIGHT);
    } else countWithoutCoordinate(slots, raw);
  }
  // Some winds at mandatory levels are knots under the name of m/s; which ones cannot be told. A calm is one in either.
  if (type === TYPE.mandatory) {
    if (builder.rowCount > firstRow && raw[WSPD_AT]! > 0 && isUsable(WSPD_AT, raw)) slots[MAY_BE_KNOTS]!++;
  } else if (type === TYPE.windByHeight) windsByHeight.rows.push(firstRow, builder.rowCount);
  else if (type === TYPE.significant || type === TYPE.windByPressure) windsByHeight.others = true;
}

/** The columns between the fields. Anything there means that the line is not in the columns of the format. */
function separatorsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (const column of [4, 13, 22, 29, 36, 43]) {
    if (start + column < end && bytes[start + column] !== BLANK) return false;
  }
  return true;
}
