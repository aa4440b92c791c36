/**
 * The hot loop: one level line to rows.
 *
 * Why it looks as it does: a station has millions of levels, so nothing here allocates, no line becomes a string, and
 * every value stays a small integer until it is divided once. Functions are small and always called with the same types
 * (monomorphic), so that V8 inlines them; state is one plain object of typed arrays and numbers. The caller guesses the
 * end of the line from its usual length; the guess is wrong only if a line end hides in some field or between two, and
 * such a byte is neither digit, sign nor blank, so `strict` parsing notices before anything is written.
 */
import type { BatchBuilder } from '../../records/builder.js';
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../records/variables.js';
import { dropSlot, flagSlot, noteSlot, Q, QUANTITIES, R } from './counters.js';
import { field, fiveColumns, MISSING, QA_REMOVED, sixColumns, UNREADABLE } from './field.js';

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

/** Columns of a level line; the offset of the byte after the last field (WSPD). */
export const LEVEL_WIDTH = 51;
/** A line that ends before the last column of DPDP is no level. */
export const MIN_LEVEL_WIDTH = 39;

/** Number of fields of a level that may become rows. */
const FIELDS = 6;
const BLANK = 0x20;

/** ETIME, PRESS, GPH, TEMP, RH, DPDP, WDIR, WSPD: first byte and the byte after the last. */
const FROM = Uint8Array.of(3, 9, 16, 22, 28, 34, 40, 46);
const TO = Uint8Array.of(8, 15, 21, 27, 33, 39, 45, 51);

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
const HEIGHT_LOW = QA_REMOVED + 1;

// Imported bindings are looked up at every use, constants of the module are compiled in.
const [DPDP, WDIR, WSPD, GPH, TEMP, RH] = [
  OBSERVED_VARIABLE.dewPointDepression,
  OBSERVED_VARIABLE.windFromDirection,
  OBSERVED_VARIABLE.windSpeed,
  OBSERVED_VARIABLE.geopotentialHeight,
  OBSERVED_VARIABLE.airTemperature,
  OBSERVED_VARIABLE.relativeHumidity,
] as const;
const NOT_CHECKED = QUALITY.notChecked;
const PRESSURE_TYPE = Z_TYPE.pressure;
const HEIGHT_TYPE = Z_TYPE.height;
const NOT_OBSERVED = MISSING;
const NO_NUMBER = UNREADABLE;
const readField = field;
const wide5 = fiveColumns;
const wide6 = sixColumns;

/** By flag byte: 0 blank, 1 A, 2 B, 4 anything else. */
const FLAG_CLASS = new Uint8Array(256).fill(4);
FLAG_CLASS[BLANK] = 0;
FLAG_CLASS[0x41] = 1;
FLAG_CLASS[0x42] = 2;
/** By flag class. A: within the archive's wide climatological limits; B: within the narrow ones too; blank: not checked. */
const FLAG_QUALITY = Uint8Array.of(NOT_CHECKED, QUALITY.passed, QUALITY.passed, NOT_CHECKED, NOT_CHECKED);

const PRESSURE_NOTES = noteSlot('pressure.missing');
const ELAPSED_NOTES = noteSlot('elapsed.missing');
const TYPE_NOTES = noteSlot('level.standard');
const SUBTYPE_NOTES = noteSlot('level.other');
const TYPE_UNKNOWN = noteSlot('level.type-unknown');
const MALFORMED = noteSlot('level.malformed');
const PRESSURE_FLAGS = flagSlot('flag.pressure');
const HEIGHT_FLAGS = flagSlot('flag.geopotential_height');
const TEMPERATURE_FLAGS = flagSlot('flag.air_temperature');
const COORDINATE_FLAGS = flagSlot('geopotential_height.used-as-coordinate.flag');
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
const RAW_INDEX = Uint8Array.of(5, 6, 7, 2, 3, 4);
const LOWS = Int32Array.of(0, 0, 0, HEIGHT_LOW, TEMPERATURE_LOW, 0);
const HIGHS = Int32Array.of(HIGH, DIRECTION_HIGH, HIGH, HIGH, HIGH, HUMIDITY_HIGH);

/**
 * Writes the rows of the level line at `start`, which ends at `end` (exclusive, without line end), and counts its fields.
 * Rows stand in the order of their observed_variable codes.
 *
 * @param strict the line is at least `LEVEL_WIDTH` long; return false, with nothing written or counted, when anything but digits, signs, blanks and known
 *   flags is met
 */
export function readLevel(
  bytes: Uint8Array,
  start: number,
  end: number,
  strict: boolean,
  sink: LevelSink,
): boolean {
  const { slots, raw } = sink;
  const readable = strict ? readWide(sink.view, start, raw) : readFields(bytes, start, end, raw);
  const aligned = separatorsBlank(bytes, start, end);
  const type = bytes[start]! - 0x31;
  const subtype = bytes[start + 1]! - 0x30;
  const pFlag = FLAG_CLASS[bytes[start + 15]!]!;
  const zFlag = FLAG_CLASS[bytes[start + 21]!]!;
  const tFlag = FLAG_CLASS[end > start + 27 ? bytes[start + 27]! : BLANK]!;
  if (strict && !(readable && aligned && subtype >= 0 && subtype <= 2 && (pFlag | zFlag | tFlag) < 4))
    return false;
  if (!aligned || type < 0 || type > 2) {
    countUnusableLevel(slots, aligned ? TYPE_UNKNOWN : MALFORMED);
    return true;
  }
  slots[TYPE_NOTES + type]!++;
  slots[SUBTYPE_NOTES + (subtype >= 0 && subtype <= 2 ? subtype : 3)]!++;
  slots[PRESSURE_FLAGS + pFlag]!++;
  slots[HEIGHT_FLAGS + zFlag]!++;
  slots[TEMPERATURE_FLAGS + tFlag]!++;
  const elapsed = seconds(raw[0]!, slots);
  const press = raw[1]!;
  if (press > 0) {
    writeRows(sink, press, PRESSURE_TYPE, elapsed, zFlag, tFlag);
  } else {
    slots[PRESSURE_NOTES + reasonOf(press)]!++;
    const gph = raw[2]!;
    if (gph < HEIGHT_LOW) countWithoutCoordinate(slots, raw);
    else {
      // The height is the coordinate and is not repeated as a row; its flag stays as a count.
      slots[dropSlot(Q.geopotentialHeight, R.usedAsCoordinate)]!++;
      slots[COORDINATE_FLAGS + zFlag]!++;
      slots[GPH_MISSING]!--;
      raw[2] = NOT_OBSERVED;
      writeRows(sink, gph, HEIGHT_TYPE, elapsed, zFlag, tFlag);
    }
  }
  return true;
}

/** Reads the eight numbers of a line of full width; false when one of them is no number, or not plainly one. */
function readWide(view: DataView, start: number, raw: Int32Array): boolean {
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

/** Reads the eight numbers of a line; false when one of them is no number. */
function readFields(bytes: Uint8Array, start: number, end: number, raw: Int32Array): boolean {
  let readable = true;
  for (let i = 0; i < 8; i++) {
    const value = readField(bytes, start + FROM[i]!, start + TO[i]!, end);
    raw[i] = value;
    if (value === NO_NUMBER) readable = false;
  }
  return readable;
}

/**
 * Writes the six rows of a level and keeps those that have a value. Which fields are missing is as good as random, and a
 * branch that is random costs more than all six rows: so each row is written in any case, and the row number advances
 * by 1 or 0. A field without a value counts as missing; the few that are absent for another reason are set right after.
 */
function writeRows(
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
  let row = builder.rowCount;
  const gph = raw[2]!;
  const temp = raw[3]!;
  const rh = raw[4]!;
  const dpdp = raw[5]!;
  const wdir = raw[6]!;
  const wspd = raw[7]!;
  let explained = 1;

  const hasDPDP = within(dpdp, 0, HIGH);
  observedVariable[row] = DPDP;
  value[row] = dpdp / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  slots[DPDP_MISSING]! += 1 - hasDPDP;
  explained &= hasDPDP | isMissing(dpdp);
  row += hasDPDP;

  const hasWDIR = within(wdir, 0, DIRECTION_HIGH);
  observedVariable[row] = WDIR;
  value[row] = wdir;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  slots[WDIR_MISSING]! += 1 - hasWDIR;
  explained &= hasWDIR | isMissing(wdir);
  row += hasWDIR;

  const hasWSPD = within(wspd, 0, HIGH);
  observedVariable[row] = WSPD;
  value[row] = wspd / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  slots[WSPD_MISSING]! += 1 - hasWSPD;
  explained &= hasWSPD | isMissing(wspd);
  row += hasWSPD;

  const hasGPH = within(gph, HEIGHT_LOW, HIGH);
  observedVariable[row] = GPH;
  value[row] = gph;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = FLAG_QUALITY[zFlag]!;
  slots[GPH_MISSING]! += 1 - hasGPH;
  explained &= hasGPH | isMissing(gph);
  row += hasGPH;

  const hasTEMP = within(temp, TEMPERATURE_LOW, HIGH);
  observedVariable[row] = TEMP;
  value[row] = temp / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = FLAG_QUALITY[tFlag]!;
  slots[TEMP_MISSING]! += 1 - hasTEMP;
  explained &= hasTEMP | isMissing(temp);
  row += hasTEMP;

  const hasRH = within(rh, 0, HUMIDITY_HIGH);
  observedVariable[row] = RH;
  value[row] = rh / 10;
  zCoordinate[row] = z;
  zTypes[row] = zType;
  times[row] = elapsed;
  quality[row] = NOT_CHECKED;
  slots[RH_MISSING]! += 1 - hasRH;
  explained &= hasRH | isMissing(rh);
  row += hasRH;

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
  return ((difference | -difference) >>> 31) ^ 1;
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
function countWithoutCoordinate(slots: Int32Array, raw: Int32Array): void {
  for (let quantity = 0; quantity < FIELDS; quantity++) {
    const value = raw[RAW_INDEX[quantity]!]!;
    const usable = within(value, LOWS[quantity]!, HIGHS[quantity]!) === 1;
    slots[dropSlot(quantity, usable ? R.noCoordinate : reasonOf(value))]!++;
  }
}

/** Counts a line whose columns cannot be trusted: its six fields are unreadable. */
export function countUnusableLevel(slots: Int32Array, note = MALFORMED): void {
  slots[note]!++;
  for (let quantity = 0; quantity < FIELDS; quantity++) slots[dropSlot(quantity, R.unreadable)]!++;
}

/** The columns between fields without a flag. Anything there means that the line is not in the columns of the format. */
function separatorsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  const first = (bytes[start + 2]! ^ BLANK) | (bytes[start + 8]! ^ BLANK) | (bytes[start + 33]! ^ BLANK);
  if (end >= start + LEVEL_WIDTH)
    return (first | (bytes[start + 39]! ^ BLANK) | (bytes[start + 45]! ^ BLANK)) === 0;
  return (
    first === 0 &&
    (end <= start + 39 || bytes[start + 39] === BLANK) &&
    (end <= start + 45 || bytes[start + 45] === BLANK)
  );
}

function reasonOf(raw: number): number {
  if (raw === NOT_OBSERVED) return R.missing;
  if (raw === QA_REMOVED) return R.qaRemoved;
  return raw === NO_NUMBER ? R.unreadable : R.outOfRange;
}

/** MMMSS to seconds since launch. */
function seconds(etime: number, slots: Int32Array): number {
  if (etime >= 0) {
    const second = etime % 100;
    if (second < 60) return ((etime - second) / 100) * 60 + second;
  }
  slots[ELAPSED_NOTES + reasonOf(etime)]!++;
  return Number.NaN;
}
