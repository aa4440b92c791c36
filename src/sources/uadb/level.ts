/** One level line of any form to rows. Plain levels are read in `lines.ts` and never come here. */
import { QUALITY, Z_TYPE } from '../../records/variables.js';
import { strayColumn } from '../text/columns.js';
import type { LevelSink } from '../text/format.js';
import { decimal } from '../text/numbers.js';
import { LEVEL_WIDTH, LEVELS, MIN_LEVEL_WIDTH, SEPARATORS, WIND_SPEED } from './columns.js';
import { COUNTERS, QUANTITIES, typeSlot } from './counters.js';
import type { Header } from './header.js';
import { levelSignificance } from './significance.js';

/** Level types whose meaning the description of the format gives; there are more. */
export const LEVEL_TYPE = {
  surface: 1,
  mandatory: 2,
  significant: 3,
  windByHeight: 4,
  windByPressure: 5,
  maximumWind: 6,
  tropopause: 7,
} as const;

/** Bit `i` for the level type `i`: its winds may be knots under the name of m/s. Which ones are cannot be told. */
export const MAY_BE_KNOTS_TYPES = (1 << LEVEL_TYPE.mandatory) | (1 << LEVEL_TYPE.tropopause);

const BLANK = 0x20;
const AT_ELEVATION = COUNTERS.slot('level.surface-at-elevation');
const MAY_BE_KNOTS = COUNTERS.slot('wind_speed.may-be-knots');
const quality = new Int8Array(QUANTITIES.length).fill(QUALITY.notChecked);

/** Levels begin with the blanks or digits of the level type. */
export function beginsLevel(byte: number): boolean {
  return byte === BLANK || (byte >= 0x30 && byte <= 0x39);
}

/** Where a level ends, for `TextFormat`. After the last one that is announced, a longer line may be a header. */
export function levelEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  _lineEnd: number,
  expected: boolean,
): number {
  return beginsLevel(bytes[start]!) && (expected || end - start <= LEVEL_WIDTH) ? end : -1;
}

/**
 * Reads a level, for `TextFormat`. The vertical coordinate is the pressure; without one, the height; without either, on a surface
 * level, the elevation of the station.
 */
export function readLevel(
  bytes: Uint8Array,
  start: number,
  end: number,
  sink: LevelSink<Header>,
): string | null {
  const { builder, slots, raw, header } = sink;
  const width = end - start;
  if (width < MIN_LEVEL_WIDTH || width > LEVEL_WIDTH || strayColumn(bytes, start, end, SEPARATORS) >= 0)
    return 'the columns are not those of a level';
  const type = decimal(bytes, start, start + 4, end);
  if (!(type >= 0 && Number.isInteger(type))) return 'there is no such type of a level';
  LEVELS.readFields(bytes, start, end, raw);
  const damage = LEVELS.damageOf(raw, bytes, start, end);
  if (damage !== null || header === null) return damage;
  slots[typeSlot(type)]!++;
  const firstRow = builder.rowCount;
  const zType = LEVELS.writeLevel(sink, {
    elapsed: Number.NaN,
    significance: levelSignificance(type),
    quality,
    elevation: type === LEVEL_TYPE.surface ? header.elevation : Number.NaN,
  });
  if (zType === Z_TYPE.heightFromElevation) slots[AT_ELEVATION]!++;
  const { windsByHeight } = header;
  // A calm is one in either unit.
  if (type === LEVEL_TYPE.mandatory || type === LEVEL_TYPE.tropopause) {
    if (builder.rowCount > firstRow && raw[WIND_SPEED]! > 0 && LEVELS.isUsable(WIND_SPEED, raw))
      slots[MAY_BE_KNOTS]!++;
  } else if (type === LEVEL_TYPE.windByHeight) windsByHeight.rows.push(firstRow, builder.rowCount);
  else if (type === LEVEL_TYPE.significant || type === LEVEL_TYPE.windByPressure) windsByHeight.others = true;
  return null;
}
