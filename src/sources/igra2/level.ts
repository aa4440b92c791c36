/** One level line of any form to rows. Plain levels are read in `lines.ts` and never come here. */
import { Z_TYPE } from '../../records/variables.js';
import { damageOf, LEVEL_WIDTH, RAW, readFields, separatorsBlank } from './columns.js';
import { dropSlot, flagSlot, noteSlot, Q, QUANTITIES, R } from './counters.js';
import { MISSING, UNREADABLE } from './field.js';
import {
  countWithoutCoordinate,
  HEIGHT_LOW,
  type LevelFacts,
  type LevelSink,
  reasonOf,
  writeRows,
} from './rows.js';
import { levelSignificance } from './significance.js';

const BLANK = 0x20;
const ZERO = 0x30;

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
const TYPE_ZERO = noteSlot('level.type-0');
const PRESSURE_FLAGS = flagSlot('flag.pressure');
const HEIGHT_FLAGS = flagSlot('flag.geopotential_height');
const TEMPERATURE_FLAGS = flagSlot('flag.air_temperature');
const COORDINATE_FLAGS = flagSlot('geopotential_height.used-as-coordinate.flag');
const HEIGHT_MISSING = dropSlot(Q.geopotentialHeight, R.missing);
const HEIGHT_AS_COORDINATE = dropSlot(Q.geopotentialHeight, R.usedAsCoordinate);

/**
 * Writes the rows of the level line at `start`, which ends at `end` (exclusive, without line end), and counts its fields. Rows
 * stand in the order of their observed_variable codes. LVLTYP1 is 1, 2 or 3 by the description of the format; the archive
 * also has 0, on levels that are like the others.
 *
 * @returns what is wrong with a line that cannot be read, whose six fields then count as unreadable; null for a level
 */
export function readLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink): string | null {
  const { slots, raw } = sink;
  const width = end - start;
  if (width !== LEVEL_WIDTH || !separatorsBlank(bytes, start, end))
    return unreadableLevel(slots, 'the columns are not those of a level');
  const type = bytes[start]! - ZERO;
  if (type < 0 || type > 3) return unreadableLevel(slots, 'there is no such type of a level');
  readFields(bytes, start, end, raw);
  const damage = damageOf(raw, bytes, start);
  if (damage !== null) return unreadableLevel(slots, damage);
  const subtype = bytes[start + 1]! - ZERO;
  const pFlag = FLAG_CLASS[bytes[start + 15]!]!;
  const zFlag = FLAG_CLASS[bytes[start + 21]!]!;
  const tFlag = FLAG_CLASS[bytes[start + 27]!]!;
  slots[type === 0 ? TYPE_ZERO : TYPE_NOTES + type - 1]!++;
  slots[SUBTYPE_NOTES + (subtype >= 0 && subtype <= 2 ? subtype : 3)]!++;
  slots[PRESSURE_FLAGS + pFlag]!++;
  slots[HEIGHT_FLAGS + zFlag]!++;
  slots[TEMPERATURE_FLAGS + tFlag]!++;
  const facts: LevelFacts = {
    elapsed: seconds(raw[RAW.elapsed]!, slots),
    zFlag,
    tFlag,
    significance: levelSignificance(type, subtype),
  };
  const press = raw[RAW.pressure]!;
  if (press > 0) {
    writeRows(sink, press, Z_TYPE.pressure, facts);
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
      writeRows(sink, gph, Z_TYPE.height, facts);
    }
  }
  return null;
}

/**
 * Whether a line of full width is in the form of the format, blank fields included. Such a line is a level even where its
 * last fields are blank and it looks cut off without them.
 */
export function isComplete(bytes: Uint8Array, start: number, { raw }: LevelSink): boolean {
  const end = start + LEVEL_WIDTH;
  readFields(bytes, start, end, raw);
  const type = bytes[start]! - ZERO;
  const subtype = bytes[start + 1]! - ZERO;
  const flags =
    FLAG_CLASS[bytes[start + 15]!]! | FLAG_CLASS[bytes[start + 21]!]! | FLAG_CLASS[bytes[start + 27]!]!;
  return (
    separatorsBlank(bytes, start, end) &&
    !raw.includes(UNREADABLE) &&
    raw[RAW.pressure]! >= MISSING &&
    type >= 0 &&
    type <= 3 &&
    subtype >= 0 &&
    subtype <= 2 &&
    flags < FLAG_UNKNOWN
  );
}

function unreadableLevel(slots: Int32Array, why: string): string {
  for (let quantity = 0; quantity < QUANTITIES.length; quantity++) slots[dropSlot(quantity, R.unreadable)]!++;
  return why;
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
