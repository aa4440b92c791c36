/** The columns of a level line, from 0. */
import { OBSERVED_VARIABLE } from '../../records/variables.js';
import { WHY } from '../text/counters.js';
import { createLevelReader, type ValueColumn } from '../text/levels.js';
import { hundredths, UNREADABLE } from './number.js';
import type { QUANTITIES } from './reasons.js';
import { isMissing, isMissingHeight, isMissingPressure } from './sentinels.js';

/** Columns of a level line. */
export const LEVEL_WIDTH = 50;
/** A line that ends before the last column of the pressure is no level. */
export const MIN_LEVEL_WIDTH = 13;
/** NUMLEV has four columns. */
export const MAX_LEVELS = 9999;

/** The columns between the fields. */
export const SEPARATORS = Uint8Array.of(4, 13, 22, 29, 36, 43);

/**
 * Limits in hundredths of what is printed. The description of the format gives relative humidity as 0 to 100. All the marks of
 * missing values are outside the limits.
 */
export const DIRECTION_HIGH = 36_000;
export const HIGH = 9_999_899;
/** -273.15 degC */
export const TEMPERATURE_LOW = -27_315;
export const HUMIDITY_HIGH = 10_000;
/** From -999 m downwards nothing is a height. */
export const HEIGHT_LOW = -99_899;
/** Nothing on Earth's surface is under more than 1100 hPa; hundredths of 1 hPa are Pa. */
export const PRESSURE_HIGH_PA = 110_000;

const {
  windFromDirection: WDIR,
  windSpeed: WSPD,
  geopotentialHeight: GPH,
  airTemperature: TEMP,
  relativeHumidity: RH,
} = OBSERVED_VARIABLE;

const VALUES: readonly ValueColumn<(typeof QUANTITIES)[number]>[] = [
  { name: 'wind_from_direction', from: 37, to: 43, code: WDIR, low: 0, high: DIRECTION_HIGH, divisor: 100 },
  { name: 'wind_speed', from: 44, to: 50, code: WSPD, low: 0, high: HIGH, divisor: 100 },
  { name: 'geopotential_height', from: 14, to: 22, code: GPH, low: HEIGHT_LOW, high: HIGH, divisor: 100 },
  { name: 'air_temperature', from: 23, to: 29, code: TEMP, low: TEMPERATURE_LOW, high: HIGH, divisor: 100 },
  { name: 'relative_humidity', from: 30, to: 36, code: RH, low: 0, high: HUMIDITY_HIGH, divisor: 100 },
];

/** Places in the array of a line's numbers. */
export const WIND_SPEED = 1;
const HEIGHT = 2;
const PRESSURE = 5;

/** The levels of the format. */
export const LEVELS = createLevelReader({
  quantities: VALUES,
  pressure: { name: 'pressure', from: 5, to: 13, code: 0, low: 1, high: PRESSURE_HIGH_PA, divisor: 1 },
  others: [],
  number: hundredths,
  unreadable: UNREADABLE,
  whyNot,
});

function whyNot(raw: number, field: number): number {
  if (raw === UNREADABLE) return WHY.unreadable;
  const isMark = field === PRESSURE ? isMissingPressure : field === HEIGHT ? isMissingHeight : isMissing;
  return isMark(raw) ? WHY.missing : WHY.outOfRange;
}
