/** The rows of one level, and the reasons of the fields that make none. */
import type { BatchBuilder } from '../../records/builder.js';
import {
  isLatitude,
  isLongitude,
  normalLongitude,
  withoutNoise,
  wrappedLongitude,
} from '../../records/place.js';
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../records/variables.js';
import { dropSlot, LEVELS_SLOT, noteSlot, R } from './levels-counters.js';
import { type Course, continueCourse } from './levels-course.js';
import { gatherLevel, type Level } from './levels-gather.js';
import { displaced } from './levels-position.js';
import { Q, QUANTITIES } from './levels-roles.js';
import type { Subset } from './subset.js';

/** What the levels of a report are read with. */
export interface LevelContext {
  readonly builder: BatchBuilder;
  /** Counters, see `levels-counters.ts`. */
  readonly slots: Int32Array;
  /** Values of elements without a role, by descriptor. */
  readonly unknown: Map<number, number>;
  readonly level: Level;
  readonly course: Course;
  /** By element: index of the replication it belongs to. */
  owner: Int32Array;
  /** By element: code of the CDM table `quality_flag`. */
  quality: Int8Array;
  /** Position of the launch, degrees, and elevation of the station, m; NaN where unknown. */
  latitude: number;
  longitude: number;
  elevation: number;
}

/** `observed_variable` by quantity, index into `QUANTITIES`. */
export const CODES = Int16Array.of(
  OBSERVED_VARIABLE.specificHumidity,
  OBSERVED_VARIABLE.windFromDirection,
  OBSERVED_VARIABLE.windSpeed,
  OBSERVED_VARIABLE.geopotentialHeight,
  OBSERVED_VARIABLE.altitude,
  OBSERVED_VARIABLE.airTemperature,
  OBSERVED_VARIABLE.dewPoint,
  OBSERVED_VARIABLE.relativeHumidity,
  OBSERVED_VARIABLE.eastwardWind,
  OBSERVED_VARIABLE.northwardWind,
);

/**
 * By quantity: limits that a value cannot pass by definition. They are no quality control. Temperatures are above 0 K,
 * shares are between nothing and all.
 */
const ANY = Number.POSITIVE_INFINITY;
const ABOVE_ZERO = Number.MIN_VALUE;
const LOWS = Float64Array.of(0, 0, 0, -ANY, -ANY, ABOVE_ZERO, ABOVE_ZERO, 0, -ANY, -ANY);
const HIGHS = Float64Array.of(1, 360, ANY, ANY, ANY, ANY, ANY, 100, ANY, ANY);

const PRESSURE_MISSING = noteSlot('pressure.missing');
const PRESSURE_OUT_OF_RANGE = noteSlot('pressure.out-of-range');
const PRESSURE_OF_LOW_CONFIDENCE = noteSlot('pressure.low-confidence');
const ELAPSED_OUT_OF_RANGE = noteSlot('elapsed.out-of-range');
const POSITION_OUT_OF_RANGE = noteSlot('level.position-out-of-range');
const HEIGHT_ABOVE_STATION_NOT_USED = noteSlot('height_above_station.not-used');
const FLIGHT_LEVEL_NOT_USED = noteSlot('flight_level.not-used');

/**
 * Reads the level in the elements `from` to `to` (exclusive) that belong to `of`, writes its rows and counts its fields. The
 * vertical coordinate is the first of these that the level has: the pressure, the geometric height, the geopotential height (a
 * height makes then no row), the height above the station, the flight level.
 */
export function readLevel(subset: Subset, of: number, from: number, to: number, context: LevelContext): void {
  const { slots, level } = context;
  gatherLevel(subset, context.owner, of, from, to, level, slots, context.unknown);
  slots[LEVELS_SLOT]!++;
  const pressure = coordinatePressure(context);
  const { heightAboveStation, flightLevel } = level;
  let usesHeightAboveStation = false;
  let usesFlightLevel = false;
  if (!Number.isNaN(pressure)) writeRows(context, pressure, Z_TYPE.pressure);
  else if (isUsable(level, Q.altitude)) writeAtHeight(context, Q.altitude, Z_TYPE.geometricHeight);
  else if (isUsable(level, Q.geopotentialHeight)) writeAtHeight(context, Q.geopotentialHeight, Z_TYPE.height);
  else if (!Number.isNaN(heightAboveStation + context.elevation)) {
    usesHeightAboveStation = true;
    writeRows(context, withoutNoise(context.elevation + heightAboveStation), Z_TYPE.heightFromElevation);
  } else if (!Number.isNaN(flightLevel)) {
    usesFlightLevel = true;
    writeRows(context, flightLevel, Z_TYPE.height);
  } else dropAll(context);
  if (!usesHeightAboveStation && !Number.isNaN(heightAboveStation)) slots[HEIGHT_ABOVE_STATION_NOT_USED]!++;
  if (!usesFlightLevel && !Number.isNaN(flightLevel)) slots[FLIGHT_LEVEL_NOT_USED]!++;
}

/** Rows at a height that the level gives: it is their coordinate, and makes no row of its own. */
function writeAtHeight(context: LevelContext, quantity: number, zType: number): void {
  const { level, slots } = context;
  level.at[quantity] = -1;
  slots[dropSlot(quantity, R.usedAsCoordinate)]!++;
  writeRows(context, level.value[quantity]!, zType);
}

/** The pressure in Pa, where it can be one; NaN otherwise, with the reason counted. */
function coordinatePressure({ slots, level, quality }: LevelContext): number {
  if (level.pressureAt < 0) return Number.NaN;
  if (level.pressure > 0) {
    if (quality[level.pressureAt] === QUALITY.failed) slots[PRESSURE_OF_LOW_CONFIDENCE]!++;
    return level.pressure;
  }
  slots[Number.isNaN(level.pressure) ? PRESSURE_MISSING : PRESSURE_OUT_OF_RANGE]!++;
  return Number.NaN;
}

function isUsable({ at, value }: Level, quantity: number): boolean {
  return at[quantity]! >= 0 && value[quantity]! >= LOWS[quantity]! && value[quantity]! <= HIGHS[quantity]!;
}

/** Why a value is not usable. */
function reasonOf({ value }: Level, quantity: number): number {
  return Number.isNaN(value[quantity]!) ? R.missing : R.outOfRange;
}

function dropAll({ slots, level }: LevelContext): void {
  for (let q = 0; q < QUANTITIES.length; q++) {
    if (level.at[q]! < 0) continue;
    slots[dropSlot(q, isUsable(level, q) ? R.noCoordinate : reasonOf(level, q))]!++;
  }
}

function writeRows(context: LevelContext, z: number, zType: number): void {
  const { builder, slots, level, quality } = context;
  builder.reserveRows(QUANTITIES.length);
  const { observations } = builder;
  const { observedVariable, value, zCoordinate } = observations;
  const first = builder.rowCount;
  let row = first;
  for (let q = 0; q < QUANTITIES.length; q++) {
    const at = level.at[q]!;
    if (at < 0) continue;
    if (!isUsable(level, q)) {
      slots[dropSlot(q, reasonOf(level, q))]!++;
      continue;
    }
    // A geopotential is handed on as it is: the match converts it and keeps the original.
    const isGeopotential = q === Q.geopotentialHeight && !Number.isNaN(level.geopotential);
    observedVariable[row] = isGeopotential ? OBSERVED_VARIABLE.geopotential : CODES[q]!;
    value[row] = isGeopotential ? level.geopotential : level.value[q]!;
    zCoordinate[row] = z;
    observations.zType[row] = zType;
    observations.quality[row] = quality[at]!;
    row++;
  }
  const elapsed = elapsedOf(context);
  // The beginning of a descent is that of its rows: a level without any is not in the file.
  if (row > first) continueCourse(context.course, elapsed, z, zType);
  observations.elapsed.fill(elapsed, first, row);
  observations.significance?.fill(level.significance, first, row);
  setPosition(context, first, row);
  builder.rowCount = row;
}

function elapsedOf({ level, slots }: LevelContext): number {
  if (!(level.elapsed < 0)) return level.elapsed;
  slots[ELAPSED_OUT_OF_RANGE]!++;
  return Number.NaN;
}

/** Rows whose level has no position of its own keep that of the report. */
function setPosition(
  { builder, slots, level, latitude, longitude }: LevelContext,
  from: number,
  to: number,
): void {
  const { observations } = builder;
  if (observations.latitude === null || observations.longitude === null) return;
  const isGiven = !Number.isNaN(level.latitude) && !Number.isNaN(level.longitude);
  const north = isGiven ? level.latitude : displaced(latitude, level.north);
  const east = isGiven ? level.longitude : wrappedLongitude(displaced(longitude, level.east));
  if (Number.isNaN(north) || Number.isNaN(east)) return;
  if (!isLatitude(north) || !isLongitude(east)) {
    slots[POSITION_OUT_OF_RANGE]!++;
    return;
  }
  observations.latitude.fill(north, from, to);
  observations.longitude.fill(normalLongitude(east), from, to);
}
