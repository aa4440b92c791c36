/**
 * The hot loop: the lines of a chunk. Levels that are plainly in the columns of the format become rows on the spot, every
 * other line is handed over.
 *
 * Why it looks as it does. Nothing here allocates, no line becomes a string, and every value stays a whole number of tenths
 * until it is divided once. A level is pairs of columns, and `text/pairs.ts` says what each pair means; whatever may be wrong
 * with the line is gathered in bits and tested once. Which fields are missing is as good as random, and a branch that is
 * random costs more than all five rows: so each row is written in any case, and the row number advances by 1 or 0. What a
 * level counts are two slots, one by its type and one by the fields that are there.
 *
 * It is one function, and its loop lasts for the whole chunk. With a function per line, the calls and looking up the columns
 * of the batch were a third of the time. With one per report, it happened that V8 compiled the loop but not the function:
 * every report then began in slow code, as long as the process lived.
 */
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../records/variables.js';
import type { LevelSink, ReadOtherLine } from '../text/format.js';
import { significanceColumn } from '../text/levels.js';
import { PAIR, pairTable, TAIL, tailTable } from '../text/pairs.js';
import {
  DIRECTION_HIGH,
  HEIGHT_LOW,
  HIGH,
  HUMIDITY_HIGH,
  MAX_LEVELS,
  PRESSURE_HIGH_PA,
  TEMPERATURE_LOW,
} from './columns.js';
import { COUNTERS, FIRST_PRESENCE, QUANTITIES, typeSlot } from './counters.js';
import type { Header } from './header.js';
import { LEVEL_TYPE, MAY_BE_KNOTS_TYPES } from './level.js';
import { MISSING, MISSING_WIDE } from './number.js';
import { LEVEL_SIGNIFICANCE } from './significance.js';

/** From the first byte of a level to the end of its line, where that has no padding. */
const WIDTH = 51;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const THREE_BLANKS = 0x202020;
const ZERO = 0x30;

const PAIRS = pairTable();
/** The last digit before a decimal point, the last digit of a field before the blank, the digit after the point. */
const POINTED = tailTable('.', 'digit first');
const ENDED = tailTable(' ', 'digit first');
const TENTHS = tailTable('.', 'digit last');

// An imported binding is looked up at every use; a constant of the module is compiled in.
const { value: VALUE, begins: BEGINS, open: OPEN, unusable: UNUSABLE } = PAIR;
const { digit: DIGIT } = TAIL;
const {
  windFromDirection: WDIR,
  windSpeed: WSPD,
  geopotentialHeight: GPH,
  airTemperature: TEMP,
  relativeHumidity: RH,
} = OBSERVED_VARIABLE;
const { pressure: BY_PRESSURE, height: BY_HEIGHT, heightFromElevation: FROM_ELEVATION } = Z_TYPE;
const { surface: SURFACE, windByHeight: WIND_BY_HEIGHT } = LEVEL_TYPE;
const KNOTS = MAY_BE_KNOTS_TYPES;
const SIGNIFICANCES = LEVEL_SIGNIFICANCE;
const OTHER_WINDS = (1 << LEVEL_TYPE.significant) | (1 << LEVEL_TYPE.windByPressure);
const NOT_CHECKED = QUALITY.notChecked;
const ROWS = QUANTITIES.length;
const PRESENCES = FIRST_PRESENCE;
const LEVELS = MAX_LEVELS;
const TYPE_NOTES = typeSlot(0);
const PRESSURE_MISSING = COUNTERS.slot('pressure.missing');
const AT_ELEVATION = COUNTERS.slot('level.surface-at-elevation');
const HEIGHT_MISSING = COUNTERS.slot('geopotential_height.missing');
const HEIGHT_AS_COORDINATE = COUNTERS.slot('geopotential_height.used-as-coordinate');
/** The limits and the usual marks of missing values, in tenths; of directions in whole degrees. */
const WDIR_HIGH = DIRECTION_HIGH / 100;
const GPH_LOW = Math.ceil(HEIGHT_LOW / 10);
const GPH_HIGH = Math.floor(HIGH / 10);
const TEMP_LOW = Math.ceil(TEMPERATURE_LOW / 10);
const RH_HIGH = HUMIDITY_HIGH / 10;
const PRESS_HIGH = PRESSURE_HIGH_PA / 10;
const NOT_OBSERVED = MISSING / 10;
const NO_DIRECTION = MISSING / 100;
const NO_HEIGHT = MISSING_WIDE / 10;

/**
 * Parses all complete lines and returns the number of bytes they take. A plain level has a type of one digit, right-aligned
 * numbers with one decimal (the direction without), blanks between them, a line end in one of the two usual places, a
 * coordinate, and no field that is neither a value of its quantity nor its usual mark of a missing value.
 */
export function readLines(bytes: Uint8Array, sink: LevelSink<Header>, readOther: ReadOtherLine): number {
  const length = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let at = 0;
  while (at < length) {
    const { builder, slots, header } = sink;
    if (header !== null && sink.levels < LEVELS) {
      const { elevation, windsByHeight } = header;
      builder.reserveRows(ROWS);
      const { observedVariable, value, zCoordinate, zType, elapsed, quality } = builder.observations;
      const significance = significanceColumn(builder);
      const lastRow = value.length - ROWS;
      let row = builder.rowCount;
      let levels = sink.levels;
      let types = 0;
      while (at + WIDTH <= length && row <= lastRow && levels < LEVELS) {
        const padding = bytes[at + WIDTH - 1]!;
        let next = at + WIDTH;
        if (padding !== LF) {
          if (next >= length || bytes[next] !== LF || (padding !== BLANK && padding !== CR)) break;
          next++;
        }

        // The type; pressure and height, 8 columns each; temperature and humidity, 6 each; direction; speed.
        const w0 = view.getInt32(at, true);
        const w4 = view.getInt32(at + 4, true);
        const w8 = view.getInt32(at + 8, true);
        const w12 = view.getInt32(at + 12, true);
        const w16 = view.getInt32(at + 16, true);
        const w20 = view.getInt32(at + 20, true);
        const p0 = PAIRS[w4 & 0xffff]!;
        const p1 = PAIRS[w4 >>> 16]!;
        const p2 = PAIRS[w8 & 0xffff]!;
        const p3 = POINTED[w8 >>> 16]!;
        const p4 = ENDED[w12 & 0xffff]!;
        const z0 = PAIRS[w12 >>> 16]!;
        const z1 = PAIRS[w16 & 0xffff]!;
        const z2 = PAIRS[w16 >>> 16]!;
        const z3 = TENTHS[w20 & 0xffff]!;
        const w24 = view.getInt32(at + 24, true);
        const w28 = view.getInt32(at + 28, true);
        const w32 = view.getInt32(at + 32, true);
        const t0 = PAIRS[w20 >>> 16]!;
        const t1 = PAIRS[w24 & 0xffff]!;
        const t2 = POINTED[w24 >>> 16]!;
        const t3 = ENDED[w28 & 0xffff]!;
        const r0 = PAIRS[w28 >>> 16]!;
        const r1 = PAIRS[w32 & 0xffff]!;
        const r2 = TENTHS[w32 >>> 16]!;
        const w36 = view.getInt32(at + 36, true);
        const w40 = view.getInt32(at + 40, true);
        const w44 = view.getInt32(at + 44, true);
        const a0 = PAIRS[w36 & 0xffff]!;
        const a1 = PAIRS[w36 >>> 16]!;
        const a2 = PAIRS[w40 & 0xffff]!;
        const a3 = ENDED[w40 >>> 16]!;
        const s0 = PAIRS[w44 & 0xffff]!;
        const s1 = PAIRS[w44 >>> 16]!;
        const s2 = TENTHS[view.getUint16(at + 48, true)]!;
        const type = (w0 >>> 24) - ZERO;
        const press = signed(
          p0 | p1 | p2,
          (p0 & VALUE) * 1_000_000 + (p1 & VALUE) * 10_000 + (p2 & VALUE) * 100 + p3 * 10 + p4,
        );
        let gph = signed(
          z0 | z1 | z2,
          (z0 & VALUE) * 100_000 + (z1 & VALUE) * 1000 + (z2 & VALUE) * 10 + (z3 & DIGIT),
        );
        const temp = signed(t0 | t1, (t0 & VALUE) * 10_000 + (t1 & VALUE) * 100 + t2 * 10 + t3);
        const rh = signed(r0 | r1, (r0 & VALUE) * 1000 + (r1 & VALUE) * 10 + r2);
        const wdir = signed(
          a0 | a1 | a2,
          (a0 & VALUE) * 100_000 + (a1 & VALUE) * 1000 + (a2 & VALUE) * 10 + a3,
        );
        const wspd = signed(s0 | s1, (s0 & VALUE) * 1000 + (s1 & VALUE) * 10 + s2);

        const entries = p0 | p1 | p2 | p3 | p4 | z0 | z1 | z2 | z3 | t0 | t1 | t2 | t3;
        const more = r0 | r1 | r2 | a0 | a1 | a2 | a3 | s0 | s1 | s2;
        const begunTwice =
          (p1 & (p0 >> 1)) | (p2 & (p1 >> 1)) | (z1 & (z0 >> 1)) | (z2 & (z1 >> 1)) | (t1 & (t0 >> 1));
        const orTwice = (r1 & (r0 >> 1)) | (a1 & (a0 >> 1)) | (a2 & (a1 >> 1)) | (s1 & (s0 >> 1));
        const broken =
          ((entries | more) & UNUSABLE) |
          ((begunTwice | orTwice) & BEGINS) |
          ((z2 | r1 | s1) & OPEN) |
          ((w0 & 0xffffff) ^ THREE_BLANKS) |
          (((w4 ^ BLANK) | ((w20 >>> 16) ^ BLANK) | (w36 ^ BLANK)) & 0xff) |
          ((type | (9 - type)) >>> 31);
        if (broken !== 0) break;

        // The vertical coordinate is the pressure; without one, the height; on a surface level, the station's elevation.
        let z = press * 10;
        let zCode: number = BY_PRESSURE;
        let heightIsCoordinate = false;
        if (press <= 0 || press > PRESS_HIGH) {
          if (press !== NO_HEIGHT) break;
          zCode = BY_HEIGHT;
          if (gph >= GPH_LOW && gph <= GPH_HIGH) {
            z = gph / 10;
            gph = NO_HEIGHT;
            heightIsCoordinate = true;
          } else if (type === SURFACE && !Number.isNaN(elevation)) {
            z = elevation;
            zCode = FROM_ELEVATION;
          } else break;
        }
        // 1 where the field is a value, which the sign of the differences from its limits tells.
        const hasWdir = ((wdir | (WDIR_HIGH - wdir)) >>> 31) ^ 1;
        const hasWspd = (wspd >>> 31) ^ 1;
        const hasGph = (((gph - GPH_LOW) | (GPH_HIGH - gph)) >>> 31) ^ 1;
        const hasTemp = ((temp - TEMP_LOW) >>> 31) ^ 1;
        const hasRh = ((rh | (RH_HIGH - rh)) >>> 31) ^ 1;
        const unexplained =
          ((wdir ^ NO_DIRECTION) & (hasWdir - 1)) |
          ((wspd ^ NOT_OBSERVED) & (hasWspd - 1)) |
          ((gph ^ NO_HEIGHT) & (hasGph - 1)) |
          ((temp ^ NOT_OBSERVED) & (hasTemp - 1)) |
          ((rh ^ NOT_OBSERVED) & (hasRh - 1));
        if (unexplained !== 0) break;

        slots[TYPE_NOTES + type]!++;
        const maybeKnots = (KNOTS >> type) & ((0 - wspd) >>> 31);
        const presence = hasWdir | (hasWspd << 1) | (hasGph << 2) | (hasTemp << 3) | (hasRh << 4);
        slots[PRESENCES + (presence | (maybeKnots << 5))]!++;
        if (zCode !== BY_PRESSURE) {
          slots[PRESSURE_MISSING]!++;
          if (heightIsCoordinate) {
            // The height is not repeated as a row.
            slots[HEIGHT_AS_COORDINATE]!++;
            slots[HEIGHT_MISSING]!--;
          } else slots[AT_ELEVATION]!++;
        }
        const firstRow = row;
        const significant = SIGNIFICANCES[type]!;

        // What all rows of the level share is written to as many as there may be.
        for (let shared = row; shared < row + ROWS; shared++) {
          zCoordinate[shared] = z;
          zType[shared] = zCode;
          elapsed[shared] = Number.NaN;
          quality[shared] = NOT_CHECKED;
          significance[shared] = significant;
        }
        observedVariable[row] = WDIR;
        value[row] = wdir;
        row += hasWdir;
        observedVariable[row] = WSPD;
        value[row] = wspd / 10;
        row += hasWspd;
        observedVariable[row] = GPH;
        value[row] = gph / 10;
        row += hasGph;
        observedVariable[row] = TEMP;
        value[row] = temp / 10;
        row += hasTemp;
        observedVariable[row] = RH;
        value[row] = rh / 10;
        row += hasRh;
        types |= 1 << type;
        if (type === WIND_BY_HEIGHT) windsByHeight.rows.push(firstRow, row);
        levels++;
        at = next;
      }
      if ((types & OTHER_WINDS) !== 0) windsByHeight.others = true;
      sink.levels = levels;
      builder.rowCount = row;
      if (row > lastRow) continue;
      if (at === length) break;
    }
    const next = readOther(bytes, at);
    if (next < 0) break;
    at = next;
  }
  return at;
}

/** The number with the sign that the entries of its columns say. */
function signed(entries: number, number: number): number {
  const mask = entries >> 31;
  return (number ^ mask) - mask;
}
