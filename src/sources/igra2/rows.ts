/** The rows of one level, and the reasons of the fields that make none. Part of the hot loop: see `level.ts`. */
import type { BatchBuilder } from '../../records/builder.js';
import { OBSERVED_VARIABLE, QUALITY } from '../../records/variables.js';
import { RAW } from './columns.js';
import { dropSlot, QUANTITIES, R } from './counters.js';
import { MISSING, QA_REMOVED, UNREADABLE } from './field.js';

/** What the level parser writes to. */
export interface LevelSink {
  builder: BatchBuilder;
  /** Counters of the open report. */
  slots: Int32Array;
  /** Over the same bytes as the array that is parsed. */
  view: DataView;
  /** The eight numbers of the line at hand: ETIME, PRESS, GPH, TEMP, RH, DPDP, WDIR, WSPD. */
  raw: Int32Array;
}

/** Number of fields of a level that may become rows. */
const FIELDS = QUANTITIES.length;

/**
 * Limits that a field cannot pass by the definition of its quantity, in the integers of the format. They are not a
 * quality control: a temperature of 70 degC stays. Each lower limit also keeps the sentinels out.
 */
const HIGH = 999_999;
/** -273.1 degC is above absolute zero, -273.2 is not. */
const TEMPERATURE_LOW = -2731;
const HUMIDITY_HIGH = 1000;
const DIRECTION_HIGH = 360;
/** From the sentinels downwards nothing is a height; the lowest dry land is at -430 m. */
export const HEIGHT_LOW = QA_REMOVED + 1;

// An imported binding is looked up at every use; a constant of the module is compiled in.
const [DPDP, WDIR, WSPD, GPH, TEMP, RH] = [
  OBSERVED_VARIABLE.dewPointDepression,
  OBSERVED_VARIABLE.windFromDirection,
  OBSERVED_VARIABLE.windSpeed,
  OBSERVED_VARIABLE.geopotentialHeight,
  OBSERVED_VARIABLE.airTemperature,
  OBSERVED_VARIABLE.relativeHumidity,
] as const;
const NOT_CHECKED = QUALITY.notChecked;
const NOT_OBSERVED = MISSING;
const {
  dewPointDepression: DPDP_AT,
  windDirection: WDIR_AT,
  windSpeed: WSPD_AT,
  height: GPH_AT,
  temperature: TEMP_AT,
  relativeHumidity: RH_AT,
} = RAW;
/**
 * By flag class (blank, A, B, none, other). A is within the archive's wide climatological limits, B within the narrow ones
 * too; blank was not checked.
 */
const FLAG_QUALITY = Uint8Array.of(NOT_CHECKED, QUALITY.passed, QUALITY.passed, NOT_CHECKED, NOT_CHECKED);

const DROPPED = QUANTITIES.map((_, quantity) => dropSlot(quantity, R.missing));
const [
  DPDP_MISSING = 0,
  WDIR_MISSING = 0,
  WSPD_MISSING = 0,
  GPH_MISSING = 0,
  TEMP_MISSING = 0,
  RH_MISSING = 0,
] = DROPPED;

/** By quantity: the index into `raw` and the limits, for the rare paths. */
const RAW_INDEX = Uint8Array.of(DPDP_AT, WDIR_AT, WSPD_AT, GPH_AT, TEMP_AT, RH_AT);
const LOWS = Int32Array.of(0, 0, 0, HEIGHT_LOW, TEMPERATURE_LOW, 0);
const HIGHS = Int32Array.of(HIGH, DIRECTION_HIGH, HIGH, HIGH, HIGH, HUMIDITY_HIGH);

/**
 * Writes the six rows of a level and keeps those that have a value. Which fields are missing is as good as random, and a
 * branch that is random costs more than all six rows: so each row is written in any case, and the row number advances
 * by 1 or 0. A field without a value counts as missing; the few that are absent for another reason are set right after.
 */
export function writeRows(
  sink: LevelSink,
  z: number,
  zType: number,
  elapsed: number,
  zFlag: number,
  tFlag: number,
): void {
  const { builder, slots, raw } = sink;
  builder.reserveRows(FIELDS);
  const {
    observedVariable,
    value,
    zCoordinate,
    zType: zTypes,
    elapsed: times,
    quality,
  } = builder.observations;
  const dpdp = raw[DPDP_AT]!;
  const wdir = raw[WDIR_AT]!;
  const wspd = raw[WSPD_AT]!;
  const gph = raw[GPH_AT]!;
  const temp = raw[TEMP_AT]!;
  const rh = raw[RH_AT]!;
  const hasDpdp = within(dpdp, 0, HIGH);
  const hasWdir = within(wdir, 0, DIRECTION_HIGH);
  const hasWspd = within(wspd, 0, HIGH);
  const hasGph = within(gph, HEIGHT_LOW, HIGH);
  const hasTemp = within(temp, TEMPERATURE_LOW, HIGH);
  const hasRh = within(rh, 0, HUMIDITY_HIGH);

  let row = builder.rowCount;
  observedVariable[row] = DPDP;
  value[row] = dpdp / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  row += hasDpdp;
  observedVariable[row] = WDIR;
  value[row] = wdir;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  row += hasWdir;
  observedVariable[row] = WSPD;
  value[row] = wspd / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  row += hasWspd;
  observedVariable[row] = GPH;
  value[row] = gph;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = FLAG_QUALITY[zFlag]!;
  row += hasGph;
  observedVariable[row] = TEMP;
  value[row] = temp / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = FLAG_QUALITY[tFlag]!;
  row += hasTemp;
  observedVariable[row] = RH;
  value[row] = rh / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  row += hasRh;

  slots[DPDP_MISSING]! += 1 - hasDpdp;
  slots[WDIR_MISSING]! += 1 - hasWdir;
  slots[WSPD_MISSING]! += 1 - hasWspd;
  slots[GPH_MISSING]! += 1 - hasGph;
  slots[TEMP_MISSING]! += 1 - hasTemp;
  slots[RH_MISSING]! += 1 - hasRh;
  const explained =
    (hasDpdp | isMissing(dpdp)) &
    (hasWdir | isMissing(wdir)) &
    (hasWspd | isMissing(wspd)) &
    (hasGph | isMissing(gph)) &
    (hasTemp | isMissing(temp)) &
    (hasRh | isMissing(rh));
  builder.rowCount = row;
  if (explained === 0) explainAbsences(slots, raw);
}

/** 1 where `low <= raw <= high`, else 0, without a branch: the sign of either difference tells. */
function within(raw: number, low: number, high: number): number {
  return (((raw - low) | (high - raw)) >>> 31) ^ 1;
}

/** 1 where the field is not observed, else 0, without a branch. */
function isMissing(raw: number): number {
  const difference = raw ^ NOT_OBSERVED;
  return ((difference | (0 - difference)) >>> 31) ^ 1;
}

/** Fields of the level that were counted as missing and are absent for another reason. */
function explainAbsences(slots: Int32Array, raw: Int32Array): void {
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    const value = raw[RAW_INDEX[quantity]!]!;
    const usable = within(value, LOWS[quantity]!, HIGHS[quantity]!) === 1;
    if (usable || value === NOT_OBSERVED) continue;
    slots[dropSlot(quantity, R.missing)]!--;
    slots[dropSlot(quantity, reasonOf(value))]!++;
  }
}

/** A level with neither pressure nor height: every field is dropped, under its own reason where it has one. */
export function countWithoutCoordinate(slots: Int32Array, raw: Int32Array): void {
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    const value = raw[RAW_INDEX[quantity]!]!;
    const usable = within(value, LOWS[quantity]!, HIGHS[quantity]!) === 1;
    slots[dropSlot(quantity, usable ? R.noCoordinate : reasonOf(value))]!++;
  }
}

/** Why a number is no value: an index into `REASONS`. */
export function reasonOf(raw: number): number {
  if (raw === NOT_OBSERVED) return R.missing;
  if (raw === QA_REMOVED) return R.qaRemoved;
  return raw === UNREADABLE ? R.unreadable : R.outOfRange;
}
