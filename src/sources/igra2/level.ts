/** One level line of any form to rows. Plain levels are read in `lines.ts` and never come here. */
import { QUALITY, Z_TYPE } from '../../records/variables.js';
import { isPadding } from '../text/columns.js';
import { fieldSlot } from '../text/counters.js';
import type { LevelSink } from '../text/format.js';
import { LEVEL_WIDTH, LEVELS, MIN_LEVEL_WIDTH, RAW, separatorsBlank, whyNot } from './columns.js';
import { COUNTERS, flagSlot } from './counters.js';
import { MISSING, UNREADABLE } from './field.js';
import { levelSignificance } from './significance.js';

const BLANK = 0x20;
const MINUS = 0x2d;
const ZERO = 0x30;

/** By flag byte: 0 blank, 1 A, 2 B, 4 anything else. */
const FLAG_UNKNOWN = 4;
const FLAG_CLASS = new Uint8Array(256).fill(FLAG_UNKNOWN);
FLAG_CLASS[BLANK] = 0;
FLAG_CLASS[0x41] = 1;
FLAG_CLASS[0x42] = 2;
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

const TYPE_NOTES = COUNTERS.slot('level.standard');
const SUBTYPE_NOTES = COUNTERS.slot('level.other');
const TYPE_ZERO = COUNTERS.slot('level.type-0');
const PRESSURE_FLAGS = flagSlot('flag.pressure');
const HEIGHT_FLAGS = flagSlot('flag.geopotential_height');
const TEMPERATURE_FLAGS = flagSlot('flag.air_temperature');
const COORDINATE_FLAGS = flagSlot('geopotential_height.used-as-coordinate.flag');

/** Of the level at hand, by quantity: only heights and temperatures have flags. */
const quality = new Int8Array(6).fill(QUALITY.notChecked);
const scratch = new Int32Array(LEVELS.columns);

/** Levels begin with the digit of their type. */
export function beginsLevel(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/**
 * Where a level ends, for `TextFormat`. A level begins with its type; where one has to follow, a line of other numbers is a level
 * out of its columns. Blanks in place of its last fields are fields; such as are not even blank were cut off.
 */
export function levelEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  lineEnd: number,
  expected: boolean,
): number {
  const complete = start + LEVEL_WIDTH;
  const short = end - start < MIN_LEVEL_WIDTH;
  if (short && isSparse(bytes, start, lineEnd)) return complete;
  let first = start;
  while (expected && first < end && bytes[first] === BLANK) first++;
  if (!beginsLevel(bytes[first]!) && !(expected && bytes[first] === MINUS)) return -1;
  if (short || complete > lineEnd) return end;
  for (let i = end; i < complete; i++) if (bytes[i] !== BLANK) return end;
  return Math.max(end, complete);
}

/** A whole line with all columns of a level, in the form of the format, that looks cut off where its last fields are blank. */
function isSparse(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  if (lineEnd === bytes.length) return false;
  const columns = isPadding(bytes[lineEnd - 1]!) && lineEnd - start > LEVEL_WIDTH ? lineEnd - 1 : lineEnd;
  return columns - start === LEVEL_WIDTH && isComplete(bytes, start);
}

/** Whether a line of full width is in the form of the format, blank fields included. */
function isComplete(bytes: Uint8Array, start: number): boolean {
  const end = start + LEVEL_WIDTH;
  LEVELS.readFields(bytes, start, end, scratch);
  const type = bytes[start]! - ZERO;
  const subtype = bytes[start + 1]! - ZERO;
  const flags =
    FLAG_CLASS[bytes[start + 15]!]! | FLAG_CLASS[bytes[start + 21]!]! | FLAG_CLASS[bytes[start + 27]!]!;
  return (
    separatorsBlank(bytes, start, end) &&
    !scratch.includes(UNREADABLE) &&
    scratch[RAW.pressure]! >= MISSING &&
    type >= 0 &&
    type <= 3 &&
    subtype >= 0 &&
    subtype <= 2 &&
    flags < FLAG_UNKNOWN
  );
}

/**
 * Reads a level, for `TextFormat`. LVLTYP1 is 1, 2 or 3 by the description of the format; the archive also has 0, on levels that are
 * like the others.
 */
export function readLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink): string | null {
  const { slots, raw } = sink;
  if (end - start !== LEVEL_WIDTH || !separatorsBlank(bytes, start, end))
    return 'the columns are not those of a level';
  const type = bytes[start]! - ZERO;
  if (type < 0 || type > 3) return 'there is no such type of a level';
  LEVELS.readFields(bytes, start, end, raw);
  const damage = LEVELS.damageOf(raw, bytes, start, end);
  if (damage !== null) return damage;
  const subtype = bytes[start + 1]! - ZERO;
  const zFlag = FLAG_CLASS[bytes[start + 21]!]!;
  const tFlag = FLAG_CLASS[bytes[start + 27]!]!;
  slots[type === 0 ? TYPE_ZERO : TYPE_NOTES + type - 1]!++;
  slots[SUBTYPE_NOTES + (subtype >= 0 && subtype <= 2 ? subtype : 3)]!++;
  slots[PRESSURE_FLAGS + FLAG_CLASS[bytes[start + 15]!]!]!++;
  slots[HEIGHT_FLAGS + zFlag]!++;
  slots[TEMPERATURE_FLAGS + tFlag]!++;
  quality[RAW.height] = FLAG_QUALITY[zFlag]!;
  quality[RAW.temperature] = FLAG_QUALITY[tFlag]!;
  const zType = LEVELS.writeLevel(sink, {
    elapsed: seconds(raw[RAW.elapsed]!, slots),
    significance: levelSignificance(type, subtype),
    quality,
    elevation: Number.NaN,
  });
  // The height is the coordinate and is not repeated as a row; its flag stays as a count.
  if (zType === Z_TYPE.height) slots[COORDINATE_FLAGS + zFlag]!++;
  return null;
}

/** MMMSS to seconds since launch. */
function seconds(etime: number, slots: Int32Array): number {
  if (etime >= 0) {
    const second = etime % 100;
    if (second < 60) return ((etime - second) / 100) * 60 + second;
  }
  slots[fieldSlot(RAW.elapsed, whyNot(etime))]!++;
  return Number.NaN;
}
