/** The rows of one level, and the reasons of the fields that make none. Part of the hot loop: see `level.ts`. */
import type { BatchBuilder } from '../../records/builder.js';
import { OBSERVED_VARIABLE, QUALITY } from '../../records/variables.js';
import { dropSlot, Q, QUANTITIES, R } from './counters.js';
import type { WindsByHeight } from './duplicates.js';
import { MISSING, MISSING_WIDE, UNREADABLE } from './number.js';
import { isMissing, isMissingHeight, isMissingPressure } from './sentinels.js';

/** What the level parser writes to. */
export interface LevelSink {
  builder: BatchBuilder;
  /** Counters of the open report. */
  slots: Int32Array;
  /** Over the same bytes as the array that is parsed. */
  view: DataView;
  /** The fields of the line at hand in hundredths of what is printed, by their place in `QUANTITIES`; then the pressure. */
  readonly raw: Int32Array;
  /** Height of the station of the open report, metres above sea level; NaN where unknown. */
  elevation: number;
  /** What the open report needs for telling repeated winds by height. */
  readonly windsByHeight: WindsByHeight;
}

/** Number of fields of a level that may become rows. */
export const FIELDS = QUANTITIES.length;
/** Place of the pressure in `LevelSink.raw`. */
export const PRESSURE = QUANTITIES.length;

/**
 * Limits that a field cannot pass by the definition of its quantity, in hundredths; not a quality control. The description
 * of the format gives relative humidity as 0 to 100. All the marks of missing values are outside the limits.
 */
const DIRECTION_HIGH = 36_000;
const HIGH = 9_999_899;
/** -273.15 degC */
const TEMPERATURE_LOW = -27_315;
const HUMIDITY_HIGH = 10_000;
/** From -999 m downwards nothing is a height. */
const HEIGHT_LOW = -99_899;

/** By quantity, for the rare paths. */
const LOWS = Int32Array.of(0, 0, HEIGHT_LOW, TEMPERATURE_LOW, 0);
const HIGHS = Int32Array.of(DIRECTION_HIGH, HIGH, HIGH, HIGH, HUMIDITY_HIGH);

// An imported binding is looked up at every use; a constant of the module is compiled in.
const [WDIR, WSPD, GPH, TEMP, RH] = [
  OBSERVED_VARIABLE.windFromDirection,
  OBSERVED_VARIABLE.windSpeed,
  OBSERVED_VARIABLE.geopotentialHeight,
  OBSERVED_VARIABLE.airTemperature,
  OBSERVED_VARIABLE.relativeHumidity,
] as const;
const {
  windFromDirection: WDIR_AT,
  windSpeed: WSPD_AT,
  geopotentialHeight: GPH_AT,
  airTemperature: TEMP_AT,
  relativeHumidity: RH_AT,
} = Q;
const NOT_CHECKED = QUALITY.notChecked;
const NOT_OBSERVED = MISSING;
const NO_HEIGHT = MISSING_WIDE;
const COUNT = FIELDS;
const [WDIR_MISSING = 0, WSPD_MISSING = 0, GPH_MISSING = 0, TEMP_MISSING = 0, RH_MISSING = 0] =
  QUANTITIES.map((_, quantity) => dropSlot(quantity, R.missing));

/**
 * Writes the five rows of a level and keeps those that have a value. Which fields are missing is as good as random, and a
 * branch that is random costs more than all five rows: so each row is written in any case, and the row number advances
 * by 1 or 0. A field without a value counts as missing; the few that are absent for another reason are set right after.
 */
export function writeRows(sink: LevelSink, z: number, zType: number): void {
  const { builder, slots, raw } = sink;
  builder.reserveRows(COUNT);
  const {
    observedVariable,
    value,
    zCoordinate,
    zType: zTypes,
    elapsed: times,
    quality,
  } = builder.observations;
  const wdir = raw[WDIR_AT]!;
  const wspd = raw[WSPD_AT]!;
  const gph = raw[GPH_AT]!;
  const temp = raw[TEMP_AT]!;
  const rh = raw[RH_AT]!;
  const hasWdir = within(wdir, 0, DIRECTION_HIGH);
  const hasWspd = within(wspd, 0, HIGH);
  const hasGph = within(gph, HEIGHT_LOW, HIGH);
  const hasTemp = within(temp, TEMPERATURE_LOW, HIGH);
  const hasRh = within(rh, 0, HUMIDITY_HIGH);

  let row = builder.rowCount;
  observedVariable[row] = WDIR;
  value[row] = wdir / 100;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = Number.NaN;
  quality[row] = NOT_CHECKED;
  row += hasWdir;
  observedVariable[row] = WSPD;
  value[row] = wspd / 100;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = Number.NaN;
  quality[row] = NOT_CHECKED;
  row += hasWspd;
  observedVariable[row] = GPH;
  value[row] = gph / 100;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = Number.NaN;
  quality[row] = NOT_CHECKED;
  row += hasGph;
  observedVariable[row] = TEMP;
  value[row] = temp / 100;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = Number.NaN;
  quality[row] = NOT_CHECKED;
  row += hasTemp;
  observedVariable[row] = RH;
  value[row] = rh / 100;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = Number.NaN;
  quality[row] = NOT_CHECKED;
  row += hasRh;

  slots[WDIR_MISSING]! += 1 - hasWdir;
  slots[WSPD_MISSING]! += 1 - hasWspd;
  slots[GPH_MISSING]! += 1 - hasGph;
  slots[TEMP_MISSING]! += 1 - hasTemp;
  slots[RH_MISSING]! += 1 - hasRh;
  const explained =
    (hasWdir | isSame(wdir, NOT_OBSERVED)) &
    (hasWspd | isSame(wspd, NOT_OBSERVED)) &
    (hasGph | isSame(gph, NO_HEIGHT)) &
    (hasTemp | isSame(temp, NOT_OBSERVED)) &
    (hasRh | isSame(rh, NOT_OBSERVED));
  builder.rowCount = row;
  if (explained === 0) explainAbsences(slots, raw);
}

/** 1 where `low <= raw <= high`, else 0, without a branch: the sign of either difference tells. */
function within(raw: number, low: number, high: number): number {
  return (((raw - low) | (high - raw)) >>> 31) ^ 1;
}

/** 1 where the numbers are the same, else 0, without a branch. */
function isSame(a: number, b: number): number {
  const difference = a ^ b;
  return ((difference | (0 - difference)) >>> 31) ^ 1;
}

/** Fields of the level that were counted as missing and are absent for another reason. */
function explainAbsences(slots: Int32Array, raw: Int32Array): void {
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    if (isUsable(quantity, raw)) continue;
    slots[dropSlot(quantity, R.missing)]!--;
    slots[dropSlot(quantity, reasonOf(quantity, raw[quantity]!))]!++;
  }
}

/** A level with neither pressure nor height: every field is dropped, under its own reason where it has one. */
export function countWithoutCoordinate(slots: Int32Array, raw: Int32Array): void {
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    const reason = isUsable(quantity, raw) ? R.noCoordinate : reasonOf(quantity, raw[quantity]!);
    slots[dropSlot(quantity, reason)]!++;
  }
}

/** Whether a field of the level is a value of its quantity. */
export function isUsable(quantity: number, raw: Int32Array): boolean {
  return raw[quantity]! >= LOWS[quantity]! && raw[quantity]! <= HIGHS[quantity]!;
}

/** Why a number is no value of its quantity, `PRESSURE` included: an index into the reasons. */
export function reasonOf(quantity: number, raw: number): number {
  if (raw === UNREADABLE) return R.unreadable;
  const missing =
    quantity === PRESSURE
      ? isMissingPressure(raw)
      : quantity === Q.geopotentialHeight
        ? isMissingHeight(raw)
        : isMissing(raw);
  return missing ? R.missing : R.outOfRange;
}
