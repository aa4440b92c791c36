/**
 * The hot loop: the lines of a chunk. Levels that are plainly in the columns of the format become rows on the spot, every
 * other line is handed over.
 *
 * Why it looks as it does. A station has millions of levels, so nothing here allocates, no line becomes a string, and every
 * value stays a small integer until it is divided once. A level is 13 words of two pairs of columns, and `text/pairs.ts` says
 * what each pair means; whatever may be wrong with the line is gathered in bits and tested once. Which fields are missing is
 * as good as random, and a branch that is random costs more than all six rows: so each row is written in any case, and the
 * row number advances by 1 or 0. What a level counts are two slots, one by its form and one by the fields that are there.
 *
 * It is one function, and its loop lasts for the whole chunk. With a function per line, the calls and looking up the columns
 * of the batch were a third of the time. With one per report, it happened that V8 compiled the loop but not the function:
 * every report then began in slow code, as long as the process lived.
 */
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../records/variables.js';
import type { LevelSink, ReadOtherLine } from '../text/format.js';
import { significanceColumn } from '../text/levels.js';
import { PAIR, pairTable, TAIL, tailTable } from '../text/pairs.js';
import { DIRECTION_HIGH, HEIGHT_LOW, HUMIDITY_HIGH, MAX_LEVELS, TEMPERATURE_LOW } from './columns.js';
import { COUNTERS, FIRST_FORM, FIRST_PRESENCE, flagSlot, QUANTITIES } from './counters.js';
import { MISSING } from './field.js';
import { FLAG_QUALITY } from './level.js';
import { LEVEL_SIGNIFICANCE } from './significance.js';

/** From the first byte of a level to the end of its line, where that has no padding. */
const WIDTH = 52;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const ZERO = 0x30;
const ONE = 0x31;

const PAIRS = pairTable();
/** The last digit of a field with the flag or the blank after it; the kinds are the flag classes. */
const TAILS = tailTable(' AB', 'digit first');

// An imported binding is looked up at every use; a constant of the module is compiled in.
const { value: VALUE, begins: BEGINS, open: OPEN, unusable: UNUSABLE } = PAIR;
const { digit: DIGIT, kind: FLAG, kindShift: FLAG_SHIFT } = TAIL;
const {
  dewPointDepression: DPDP,
  windFromDirection: WDIR,
  windSpeed: WSPD,
  geopotentialHeight: GPH,
  airTemperature: TEMP,
  relativeHumidity: RH,
} = OBSERVED_VARIABLE;
const { pressure: BY_PRESSURE, height: BY_HEIGHT } = Z_TYPE;
const NOT_CHECKED = QUALITY.notChecked;
const QUALITY_OF = FLAG_QUALITY;
const SIGNIFICANCES = LEVEL_SIGNIFICANCE;
const NOT_OBSERVED = MISSING;
const ROWS = QUANTITIES.length;
const FORMS = FIRST_FORM;
const PRESENCES = FIRST_PRESENCE;
const GPH_LOW = HEIGHT_LOW;
const TEMP_LOW = TEMPERATURE_LOW;
const RH_HIGH = HUMIDITY_HIGH;
const WDIR_HIGH = DIRECTION_HIGH;
const LEVELS = MAX_LEVELS;
const PRESSURE_MISSING = COUNTERS.slot('pressure.missing');
const ELAPSED_MISSING = COUNTERS.slot('elapsed.missing');
const COORDINATE_FLAGS = flagSlot('geopotential_height.used-as-coordinate.flag');
const HEIGHT_MISSING = COUNTERS.slot('geopotential_height.missing');
const HEIGHT_AS_COORDINATE = COUNTERS.slot('geopotential_height.used-as-coordinate');

/**
 * Parses all complete lines and returns the number of bytes they take. A plain level has type 1 to 3, subtype 0 to 2, flags
 * blank, A or B, right-aligned integers, blanks between them, a line end in one of the two usual places, a coordinate, and no
 * field that is neither a value of its quantity nor -9999.
 */
export function readLines(bytes: Uint8Array, sink: LevelSink, readOther: ReadOtherLine): number {
  const length = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let at = 0;
  while (at < length) {
    if (sink.header !== null && sink.levels < LEVELS) {
      const { builder, slots } = sink;
      builder.reserveRows(ROWS);
      const { observedVariable, value, zCoordinate, zType, elapsed, quality } = builder.observations;
      const significance = significanceColumn(builder);
      const lastRow = value.length - ROWS;
      let row = builder.rowCount;
      let levels = sink.levels;
      while (at + WIDTH <= length && row <= lastRow && levels < LEVELS) {
        const padding = bytes[at + WIDTH - 1]!;
        let next = at + WIDTH;
        if (padding !== LF) {
          if (next >= length || bytes[next] !== LF || (padding !== BLANK && padding !== CR)) break;
          next++;
        }

        // Type and subtype, ETIME, PRESS: a blank and an odd number of columns.
        const w0 = view.getInt32(at, true);
        const w4 = view.getInt32(at + 4, true);
        const w8 = view.getInt32(at + 8, true);
        const w12 = view.getInt32(at + 12, true);
        const type = (w0 & 0xff) - ONE;
        const subtype = ((w0 >>> 8) & 0xff) - ZERO;
        const e0 = PAIRS[w0 >>> 16]!;
        const e1 = PAIRS[w4 & 0xffff]!;
        const e2 = PAIRS[w4 >>> 16]!;
        const p0 = PAIRS[w8 & 0xffff]!;
        const p1 = PAIRS[w8 >>> 16]!;
        const p2 = PAIRS[w12 & 0xffff]!;
        const p3 = TAILS[w12 >>> 16]!;
        const minutes = (e0 & VALUE) * 100 + (e1 & VALUE);
        const seconds = e2 & VALUE;
        const etime = signed(e0 | e1 | e2, minutes * 100 + seconds);
        const press = signed(
          p0 | p1 | p2,
          (p0 & VALUE) * 100_000 + (p1 & VALUE) * 1000 + (p2 & VALUE) * 10 + (p3 & DIGIT),
        );

        // GPH, TEMP, RH, DPDP, WDIR: five columns and the flag or blank after them; WSPD and the line end.
        const w16 = view.getInt32(at + 16, true);
        const w20 = view.getInt32(at + 20, true);
        const w24 = view.getInt32(at + 24, true);
        const z0 = PAIRS[w16 & 0xffff]!;
        const z1 = PAIRS[w16 >>> 16]!;
        const z2 = TAILS[w20 & 0xffff]!;
        const t0 = PAIRS[w20 >>> 16]!;
        const t1 = PAIRS[w24 & 0xffff]!;
        const t2 = TAILS[w24 >>> 16]!;
        const w28 = view.getInt32(at + 28, true);
        const w32 = view.getInt32(at + 32, true);
        const w36 = view.getInt32(at + 36, true);
        const r0 = PAIRS[w28 & 0xffff]!;
        const r1 = PAIRS[w28 >>> 16]!;
        const r2 = TAILS[w32 & 0xffff]!;
        const d0 = PAIRS[w32 >>> 16]!;
        const d1 = PAIRS[w36 & 0xffff]!;
        const d2 = TAILS[w36 >>> 16]!;
        const w40 = view.getInt32(at + 40, true);
        const w44 = view.getInt32(at + 44, true);
        const w48 = view.getInt32(at + 48, true);
        const a0 = PAIRS[w40 & 0xffff]!;
        const a1 = PAIRS[w40 >>> 16]!;
        const a2 = TAILS[w44 & 0xffff]!;
        const s0 = PAIRS[w44 >>> 16]!;
        const s1 = PAIRS[w48 & 0xffff]!;
        const s2 = ((w48 >>> 16) & 0xff) - ZERO;
        let gph = five(z0, z1, z2);
        const temp = five(t0, t1, t2);
        const rh = five(r0, r1, r2);
        const dpdp = five(d0, d1, d2);
        const wdir = five(a0, a1, a2);
        const wspd = five(s0, s1, s2);

        const entries = e0 | e1 | e2 | p0 | p1 | p2 | p3 | z0 | z1 | z2 | t0 | t1 | t2;
        const more = r0 | r1 | r2 | d0 | d1 | d2 | a0 | a1 | a2 | s0 | s1;
        const begunTwice =
          (e1 & (e0 >> 1)) | (e2 & (e1 >> 1)) | (p1 & (p0 >> 1)) | (p2 & (p1 >> 1)) | (z1 & (z0 >> 1));
        const orTwice =
          (t1 & (t0 >> 1)) | (r1 & (r0 >> 1)) | (d1 & (d0 >> 1)) | (a1 & (a0 >> 1)) | (s1 & (s0 >> 1));
        const broken =
          ((entries | more) & UNUSABLE) |
          ((begunTwice | orTwice) & BEGINS) |
          (e2 & OPEN) |
          ((r2 | d2 | a2) & FLAG) |
          (((w0 >>> 16) ^ BLANK) & 0xff) |
          ((w8 ^ BLANK) & 0xff) |
          ((type | (2 - type) | subtype | (2 - subtype) | s2 | (9 - s2)) >>> 31);
        const timed = etime >= 0 && seconds < 60;
        if (broken !== 0 || !(timed || etime === NOT_OBSERVED)) break;

        let z = press;
        let zCode: number = BY_PRESSURE;
        if (press <= 0) {
          if (press !== NOT_OBSERVED || gph < GPH_LOW) break;
          z = gph;
          zCode = BY_HEIGHT;
          gph = NOT_OBSERVED;
        }
        // 1 where the field is a value, which the sign of the differences from its limits tells.
        const hasDpdp = (dpdp >>> 31) ^ 1;
        const hasWdir = ((wdir | (WDIR_HIGH - wdir)) >>> 31) ^ 1;
        const hasWspd = (wspd >>> 31) ^ 1;
        const hasGph = ((gph - GPH_LOW) >>> 31) ^ 1;
        const hasTemp = ((temp - TEMP_LOW) >>> 31) ^ 1;
        const hasRh = ((rh | (RH_HIGH - rh)) >>> 31) ^ 1;
        const unexplained =
          ((dpdp ^ NOT_OBSERVED) & (hasDpdp - 1)) |
          ((wdir ^ NOT_OBSERVED) & (hasWdir - 1)) |
          ((wspd ^ NOT_OBSERVED) & (hasWspd - 1)) |
          ((gph ^ NOT_OBSERVED) & (hasGph - 1)) |
          ((temp ^ NOT_OBSERVED) & (hasTemp - 1)) |
          ((rh ^ NOT_OBSERVED) & (hasRh - 1));
        if (unexplained !== 0) break;

        const zFlag = z2 >> FLAG_SHIFT;
        const tFlag = t2 >> FLAG_SHIFT;
        const kind = type * 3 + subtype;
        const form = kind * 27 + (p3 >> FLAG_SHIFT) * 9 + zFlag * 3 + tFlag;
        const significant = SIGNIFICANCES[kind]!;
        slots[FORMS + form]!++;
        const presence =
          hasDpdp | (hasWdir << 1) | (hasWspd << 2) | (hasGph << 3) | (hasTemp << 4) | (hasRh << 5);
        slots[PRESENCES + presence]!++;
        let time = Number.NaN;
        if (timed) time = minutes * 60 + seconds;
        else slots[ELAPSED_MISSING]!++;
        if (zCode === BY_HEIGHT) {
          // The height is the coordinate and is not repeated as a row; its flag stays as a count.
          slots[PRESSURE_MISSING]!++;
          slots[HEIGHT_AS_COORDINATE]!++;
          slots[COORDINATE_FLAGS + zFlag]!++;
          slots[HEIGHT_MISSING]!--;
        }

        // What all rows of the level share is written to as many as there may be.
        for (let shared = row; shared < row + ROWS; shared++) {
          zCoordinate[shared] = z;
          zType[shared] = zCode;
          elapsed[shared] = time;
          significance[shared] = significant;
        }
        observedVariable[row] = DPDP;
        value[row] = dpdp / 10;
        quality[row] = NOT_CHECKED;
        row += hasDpdp;
        observedVariable[row] = WDIR;
        value[row] = wdir;
        quality[row] = NOT_CHECKED;
        row += hasWdir;
        observedVariable[row] = WSPD;
        value[row] = wspd / 10;
        quality[row] = NOT_CHECKED;
        row += hasWspd;
        observedVariable[row] = GPH;
        value[row] = gph;
        quality[row] = QUALITY_OF[zFlag]!;
        row += hasGph;
        observedVariable[row] = TEMP;
        value[row] = temp / 10;
        quality[row] = QUALITY_OF[tFlag]!;
        row += hasTemp;
        observedVariable[row] = RH;
        value[row] = rh / 10;
        quality[row] = NOT_CHECKED;
        row += hasRh;
        levels++;
        at = next;
      }
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

/** A field of five columns; the last digit alone, or with a flag beside it. */
function five(first: number, second: number, last: number): number {
  return signed(first | second, (first & VALUE) * 1000 + (second & VALUE) * 10 + (last & DIGIT));
}
