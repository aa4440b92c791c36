/** The rows of one level that is not plainly in the columns, and the reasons of the fields that make none. */
import type { BatchBuilder } from '../../records/builder.js';
import { OBSERVED_VARIABLE, QUALITY } from '../../records/variables.js';
import { significanceColumn } from '../text/station.js';
import { RAW } from './columns.js';
import { dropSlot, Q, QUANTITIES, R } from './counters.js';
import { MISSING, QA_REMOVED, UNREADABLE } from './field.js';

/** What the level parsers write to. */
export interface LevelSink {
  builder: BatchBuilder;
  /** Counters of the open report. */
  slots: Int32Array;
  /** The header of the open report, null where no report is open that takes levels. */
  header: object | null;
  /** Levels of the open report so far. */
  levels: number;
  /** The eight numbers of the line at hand: ETIME, PRESS, GPH, TEMP, RH, DPDP, WDIR, WSPD. */
  raw: Int32Array;
}

/** Number of fields of a level that may become rows. */
export const FIELDS = QUANTITIES.length;

/**
 * Limits that a field cannot pass by the definition of its quantity, in the integers of the format. They are not a
 * quality control: a temperature of 70 degC stays. Each lower limit also keeps the sentinels out.
 */
const HIGH = 999_999;
/** -273.1 degC is above absolute zero, -273.2 is not. */
export const TEMPERATURE_LOW = -2731;
export const HUMIDITY_HIGH = 1000;
export const DIRECTION_HIGH = 360;
/** From the sentinels downwards nothing is a height; the lowest dry land is at -430 m. */
export const HEIGHT_LOW = QA_REMOVED + 1;

/**
 * Code of the table `quality_flag` by flag class (blank, A, B, none, other). A is within the archive's wide climatological
 * limits, B within the narrow ones too; blank was not checked.
 */
export const FLAG_QUALITY = Uint8Array.of(
  QUALITY.notChecked,
  QUALITY.passed,
  QUALITY.passed,
  QUALITY.notChecked,
  QUALITY.notChecked,
);

/** By quantity: the code, the place in `raw`, the limits, and what the integer is divided by. */
const CODES = Int16Array.of(
  OBSERVED_VARIABLE.dewPointDepression,
  OBSERVED_VARIABLE.windFromDirection,
  OBSERVED_VARIABLE.windSpeed,
  OBSERVED_VARIABLE.geopotentialHeight,
  OBSERVED_VARIABLE.airTemperature,
  OBSERVED_VARIABLE.relativeHumidity,
);
const RAW_INDEX = Uint8Array.of(
  RAW.dewPointDepression,
  RAW.windDirection,
  RAW.windSpeed,
  RAW.height,
  RAW.temperature,
  RAW.relativeHumidity,
);
const LOWS = Int32Array.of(0, 0, 0, HEIGHT_LOW, TEMPERATURE_LOW, 0);
const HIGHS = Int32Array.of(HIGH, DIRECTION_HIGH, HIGH, HIGH, HIGH, HUMIDITY_HIGH);
const DIVISORS = Uint8Array.of(10, 1, 10, 1, 10, 10);

/** What the rows of a level share. */
export interface LevelFacts {
  /** Seconds since launch, NaN where unknown. */
  elapsed: number;
  /** Flag classes of the height and the temperature. */
  zFlag: number;
  tFlag: number;
  /** Bits of `SIGNIFICANCE`. */
  significance: number;
}

/** Writes a row for each of the six fields that has a value, and counts the others under their reasons. */
export function writeRows(
  { builder, slots, raw }: LevelSink,
  z: number,
  zType: number,
  { elapsed, zFlag, tFlag, significance: significant }: LevelFacts,
): void {
  builder.reserveRows(FIELDS);
  const columns = builder.observations;
  const significance = significanceColumn(builder);
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    const number = raw[RAW_INDEX[quantity]!]!;
    if (!isUsable(quantity, number)) {
      slots[dropSlot(quantity, reasonOf(number))]!++;
      continue;
    }
    const row = builder.rowCount++;
    columns.observedVariable[row] = CODES[quantity]!;
    columns.value[row] = number / DIVISORS[quantity]!;
    columns.zCoordinate[row] = z;
    columns.zType[row] = zType;
    columns.elapsed[row] = elapsed;
    significance[row] = significant;
    columns.quality[row] =
      quantity === Q.geopotentialHeight
        ? FLAG_QUALITY[zFlag]!
        : quantity === Q.airTemperature
          ? FLAG_QUALITY[tFlag]!
          : QUALITY.notChecked;
  }
}

function isUsable(quantity: number, number: number): boolean {
  return number >= LOWS[quantity]! && number <= HIGHS[quantity]!;
}

/** A level with neither pressure nor height: every field is dropped, under its own reason where it has one. */
export function countWithoutCoordinate(slots: Int32Array, raw: Int32Array): void {
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    const number = raw[RAW_INDEX[quantity]!]!;
    slots[dropSlot(quantity, isUsable(quantity, number) ? R.noCoordinate : reasonOf(number))]!++;
  }
}

/** Why a number is no value: an index into `REASONS`. */
export function reasonOf(raw: number): number {
  if (raw === MISSING) return R.missing;
  if (raw === QA_REMOVED) return R.qaRemoved;
  return raw === UNREADABLE ? R.unreadable : R.outOfRange;
}
