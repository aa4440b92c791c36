/** One level line of any form to rows. Plain levels are read in `lines.ts` and never come here. */
import { Z_TYPE } from '../../records/variables.js';
import { LEVEL_WIDTH, RAW, readFields, separatorsBlank } from './columns.js';
import { dropSlot, flagSlot, noteSlot, Q, QUANTITIES, R } from './counters.js';
import { MISSING, UNREADABLE } from './field.js';
import { countWithoutCoordinate, HEIGHT_LOW, type LevelSink, reasonOf, writeRows } from './rows.js';

const BLANK = 0x20;

/** By flag byte: 0 blank, 1 A, 2 B, 4 anything else. */
const FLAG_UNKNOWN = 4;
const FLAG_CLASS = new Uint8Array(256).fill(FLAG_UNKNOWN);
FLAG_CLASS[BLANK] = 0;
FLAG_CLASS[0x41] = 1;
FLAG_CLASS[0x42] = 2;
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
const HEIGHT_MISSING = dropSlot(Q.geopotentialHeight, R.missing);
const HEIGHT_AS_COORDINATE = dropSlot(Q.geopotentialHeight, R.usedAsCoordinate);

/**
 * Writes the rows of the level line at `start`, which ends at `end` (exclusive, without line end) and has `MIN_LEVEL_WIDTH`
 * to `LEVEL_WIDTH` columns, and counts its fields. Rows stand in the order of their observed_variable codes.
 */
export function readLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink): void {
  const { slots, raw } = sink;
  readFields(bytes, start, end, raw);
  const aligned = separatorsBlank(bytes, start, end);
  const type = bytes[start]! - 0x31;
  const subtype = bytes[start + 1]! - 0x30;
  const pFlag = FLAG_CLASS[bytes[start + 15]!]!;
  const zFlag = FLAG_CLASS[bytes[start + 21]!]!;
  const tFlag = FLAG_CLASS[end > start + 27 ? bytes[start + 27]! : BLANK]!;
  if (!aligned || type < 0 || type > 2) {
    countUnusableLevel(slots, aligned ? TYPE_UNKNOWN : MALFORMED);
    return;
  }
  slots[TYPE_NOTES + type]!++;
  slots[SUBTYPE_NOTES + (subtype >= 0 && subtype <= 2 ? subtype : 3)]!++;
  slots[PRESSURE_FLAGS + pFlag]!++;
  slots[HEIGHT_FLAGS + zFlag]!++;
  slots[TEMPERATURE_FLAGS + tFlag]!++;
  const elapsed = seconds(raw[RAW.elapsed]!, slots);
  const press = raw[RAW.pressure]!;
  if (press > 0) {
    writeRows(sink, press, Z_TYPE.pressure, elapsed, zFlag, tFlag);
  } else {
    slots[PRESSURE_NOTES + reasonOf(press)]!++;
    const gph = raw[RAW.height]!;
    if (gph < HEIGHT_LOW) countWithoutCoordinate(slots, raw);
    else {
      // The height is the coordinate and is not repeated as a row; its flag stays as a count.
      slots[HEIGHT_AS_COORDINATE]!++;
      slots[COORDINATE_FLAGS + zFlag]!++;
      slots[HEIGHT_MISSING]!--;
      raw[RAW.height] = MISSING;
      writeRows(sink, gph, Z_TYPE.height, elapsed, zFlag, tFlag);
    }
  }
}

/**
 * Whether a line of full width is in the form of the format, blank fields included. Such a line is a level even where its
 * last fields are blank and it looks cut off without them.
 */
export function isComplete(bytes: Uint8Array, start: number, { raw }: LevelSink): boolean {
  const end = start + LEVEL_WIDTH;
  readFields(bytes, start, end, raw);
  const type = bytes[start]! - 0x31;
  const subtype = bytes[start + 1]! - 0x30;
  const flags =
    FLAG_CLASS[bytes[start + 15]!]! | FLAG_CLASS[bytes[start + 21]!]! | FLAG_CLASS[bytes[start + 27]!]!;
  return (
    separatorsBlank(bytes, start, end) &&
    !raw.includes(UNREADABLE) &&
    raw[RAW.pressure]! >= MISSING &&
    type >= 0 &&
    type <= 2 &&
    subtype >= 0 &&
    subtype <= 2 &&
    flags < FLAG_UNKNOWN
  );
}

/** Counts a line whose columns cannot be trusted: its six fields are unreadable. */
export function countUnusableLevel(slots: Int32Array, note = MALFORMED): void {
  slots[note]!++;
  for (let quantity = 0; quantity < QUANTITIES.length; quantity++) slots[dropSlot(quantity, R.unreadable)]!++;
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
