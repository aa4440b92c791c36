/** The rows of one level that is not plainly in the columns, and the reasons of the fields that make none. */
import type { BatchBuilder } from '../../records/builder.js';
import { OBSERVED_VARIABLE, QUALITY } from '../../records/variables.js';
import { significanceColumn } from '../text/station.js';
import { dropSlot, Q, QUANTITIES, R } from './counters.js';
import type { WindsByHeight } from './duplicates.js';
import { UNREADABLE } from './number.js';
import { isMissing, isMissingHeight, isMissingPressure } from './sentinels.js';
import { levelSignificance } from './significance.js';

/** What the level parsers write to. */
export interface LevelSink {
  builder: BatchBuilder;
  /** Counters of the open report. */
  slots: Int32Array;
  /** The header of the open report, null where no report is open that takes levels. */
  header: object | null;
  /** Levels of the open report so far. */
  levels: number;
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
export const DIRECTION_HIGH = 36_000;
export const HIGH = 9_999_899;
/** -273.15 degC */
export const TEMPERATURE_LOW = -27_315;
export const HUMIDITY_HIGH = 10_000;
/** From -999 m downwards nothing is a height. */
export const HEIGHT_LOW = -99_899;

/** By quantity, for the rare paths. */
const LOWS = Int32Array.of(0, 0, HEIGHT_LOW, TEMPERATURE_LOW, 0);
const HIGHS = Int32Array.of(DIRECTION_HIGH, HIGH, HIGH, HIGH, HUMIDITY_HIGH);

/** By quantity: the code of the table `observed_variable`. */
const CODES = Int16Array.of(
  OBSERVED_VARIABLE.windFromDirection,
  OBSERVED_VARIABLE.windSpeed,
  OBSERVED_VARIABLE.geopotentialHeight,
  OBSERVED_VARIABLE.airTemperature,
  OBSERVED_VARIABLE.relativeHumidity,
);

/** Writes a row for each of the five fields that has a value, and counts the others under their reasons. */
export function writeRows(
  { builder, slots, raw }: LevelSink,
  z: number,
  zType: number,
  levelType: number,
): void {
  builder.reserveRows(FIELDS);
  const columns = builder.observations;
  const significance = significanceColumn(builder);
  const significant = levelSignificance(levelType);
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    const number = raw[quantity]!;
    if (!isUsable(quantity, raw)) {
      slots[dropSlot(quantity, reasonOf(quantity, number))]!++;
      continue;
    }
    const row = builder.rowCount++;
    columns.observedVariable[row] = CODES[quantity]!;
    columns.value[row] = number / 100;
    columns.zCoordinate[row] = z;
    columns.zType[row] = zType;
    columns.elapsed[row] = Number.NaN;
    columns.quality[row] = QUALITY.notChecked;
    significance[row] = significant;
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
