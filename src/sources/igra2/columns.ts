/** The columns of a level line, from 0. */
import { OBSERVED_VARIABLE } from '../../records/variables.js';
import { strayColumn } from '../text/columns.js';
import { WHY } from '../text/counters.js';
import { createLevelReader, type ValueColumn } from '../text/levels.js';
import { field, MISSING, QA_REMOVED, UNREADABLE } from './field.js';
import type { QUANTITIES } from './reasons.js';

/** Offset of the byte after the last field (WSPD). */
export const LEVEL_WIDTH = 51;
/** A line that ends before the last column of DPDP is no level. */
export const MIN_LEVEL_WIDTH = 39;

/** NUMLEV has four columns. */
export const MAX_LEVELS = 9999;

/** Limits in the integers of the format: a temperature of 70 degC stays. Each lower limit also keeps the sentinels out. */
const HIGH = 999_999;
/** -273.1 degC is above absolute zero, -273.2 is not. */
export const TEMPERATURE_LOW = -2731;
export const HUMIDITY_HIGH = 1000;
export const DIRECTION_HIGH = 360;
/** From the sentinels downwards nothing is a height; the lowest dry land is at -430 m. */
export const HEIGHT_LOW = QA_REMOVED + 1;

const {
  dewPointDepression: DPDP,
  windFromDirection: WDIR,
  windSpeed: WSPD,
  geopotentialHeight: GPH,
  airTemperature: TEMP,
  relativeHumidity: RH,
} = OBSERVED_VARIABLE;

const VALUES: readonly ValueColumn<(typeof QUANTITIES)[number]>[] = [
  { name: 'dew_point_depression', from: 34, to: 39, code: DPDP, low: 0, high: HIGH, divisor: 10 },
  { name: 'wind_from_direction', from: 40, to: 45, code: WDIR, low: 0, high: DIRECTION_HIGH, divisor: 1 },
  { name: 'wind_speed', from: 46, to: 51, code: WSPD, low: 0, high: HIGH, divisor: 10 },
  { name: 'geopotential_height', from: 16, to: 21, code: GPH, low: HEIGHT_LOW, high: HIGH, divisor: 1 },
  { name: 'air_temperature', from: 22, to: 27, code: TEMP, low: TEMPERATURE_LOW, high: HIGH, divisor: 10 },
  { name: 'relative_humidity', from: 28, to: 33, code: RH, low: 0, high: HUMIDITY_HIGH, divisor: 10 },
];

/** The levels of the format. */
export const LEVELS = createLevelReader({
  quantities: VALUES,
  pressure: { name: 'pressure', from: 9, to: 15, code: 0, low: 1, high: HIGH, divisor: 1 },
  others: [{ name: 'elapsed', from: 3, to: 8 }],
  number: field,
  unreadable: UNREADABLE,
  whyNot,
});

/** Place in the array of a line's numbers. */
export const RAW = {
  dewPointDepression: 0,
  windDirection: 1,
  windSpeed: 2,
  height: 3,
  temperature: 4,
  relativeHumidity: 5,
  pressure: 6,
  elapsed: 7,
} as const;

/** Reads the eight numbers of a line that ends at `end`, wherever that is. */
export const readFields = LEVELS.readFields;

const SEPARATORS = Uint8Array.of(2, 8, 33, 39, 45);

/** Whether the columns between fields without a flag are blank. */
export function separatorsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  return strayColumn(bytes, start, end, SEPARATORS) < 0;
}

/** Why a number is no value: an index into `WHYS`. */
export function whyNot(raw: number): number {
  if (raw === MISSING) return WHY.missing;
  if (raw === QA_REMOVED) return WHY.qaRemoved;
  return raw === UNREADABLE ? WHY.unreadable : WHY.outOfRange;
}
