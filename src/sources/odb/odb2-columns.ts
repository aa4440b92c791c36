/** The values of one column of a frame, run by run: the state that goes from run to run and the loops of the codecs. */
import { type FeedbackValues, uniformCodes, uniformNumbers } from '../../records/feedback.js';
import type { Odb2Column } from './odb2-header.js';
import type { Frame, RowRun } from './odb2-rows.js';
import { fixedText } from './odb2-text.js';

/** Gives the values of a column for the rows of a run, in arrays of its room; runs must come in order. */
export type ColumnDecoder = (run: RowRun) => FeedbackValues;

/** The arrays of one column, used again for run after run and frame after frame: fresh ones keep the collector busy. */
export class ColumnRoom {
  private numberArray = new Float64Array(0);
  private codeArray = new Int32Array(0);
  private oneNumber: Float64Array = new Float64Array(0);
  private oneCode: Int32Array = new Int32Array(0);

  /** An array for so many numbers, whatever is in it. */
  numbers(length: number): Float64Array {
    if (this.numberArray.length < length) this.numberArray = new Float64Array(length);
    return this.numberArray.subarray(0, length);
  }

  /** An array for so many codes, whatever is in it. */
  codes(length: number): Int32Array {
    if (this.codeArray.length < length) this.codeArray = new Int32Array(length);
    return this.codeArray.subarray(0, length);
  }

  /** So many times the number, as in `uniformNumbers`. */
  oneValue(value: number, length: number): Float64Array {
    if (this.oneNumber.length < length || !Object.is(this.oneNumber[0], value))
      this.oneNumber = uniformNumbers(value, length);
    return this.oneNumber.subarray(0, length);
  }

  /** So many times the code. */
  oneText(code: number, length: number): Int32Array {
    if (this.oneCode.length < length || this.oneCode[0] !== code) this.oneCode = uniformCodes(code, length);
    return this.oneCode.subarray(0, length);
  }
}

/** The single-precision numbers that stand for a missing one: bits 0x00800000 and 0xff7fffff. */
const SHORT_REAL_MISSING = 2 ** -126;
const SHORT_REAL2_MISSING = -(2 - 2 ** -23) * 2 ** 127;

/** The decoder of the frame's column of that index. Its rows must have been checked. */
export function columnDecoder(frame: Frame, index: number, room: ColumnRoom): ColumnDecoder {
  const column = frame.header.columns[index]!;
  return column.kind === 'text'
    ? textDecoder(frame, index, column, room)
    : numberDecoder(frame, index, column, room);
}

function numberDecoder(frame: Frame, index: number, column: Odb2Column, room: ColumnRoom): ColumnDecoder {
  if (column.codec === 'constant') return constantDecoder(index, column, room);
  const fill = numberLoop(frame, index, column);
  // Columns that the first row does not hold are missing until a row holds them.
  let last = Number.NaN;
  return (run) => {
    const numbers = room.numbers(run.rowCount);
    last = fill(run, numbers, last);
    return { numbers };
  };
}

function constantDecoder(
  index: number,
  { min, missing, missingAs }: Odb2Column,
  room: ColumnRoom,
): ColumnDecoder {
  const value = min === missing ? missingAs : min;
  let last = Number.NaN;
  return ({ rowCount, first }) => {
    const row = firstToHold(index, first, rowCount);
    if (row === 0 || Object.is(last, value)) {
      last = value;
      return { numbers: room.oneValue(value, rowCount) };
    }
    // No row before this one has held the column: it is missing until then.
    if (row < rowCount) last = value;
    return { numbers: room.numbers(rowCount).fill(Number.NaN, 0, row).fill(value, row) };
  };
}

/** The first row of a run that holds the column; the number of rows where none does. */
function firstToHold(index: number, first: Uint16Array, rowCount: number): number {
  let row = 0;
  while (row < rowCount && first[row]! > index) row++;
  return row;
}

/** Fills a column's numbers and gives the last one; `x` is the value of the row before the run. */
type NumberLoop = (run: RowRun, out: Float64Array, x: number) => number;

function numberLoop(frame: Frame, index: number, column: Odb2Column): NumberLoop {
  const offset = frame.layout[index]!;
  const view = new DataView(frame.data.buffer, frame.data.byteOffset, frame.data.length);
  const { littleEndian } = frame;
  const { min, missing, missingAs } = column;
  switch (column.codec) {
    case 'int8':
      return byteLoop(frame.data, index, offset, byteValues(column, false));
    case 'int8_missing':
    case 'constant_or_missing':
    case 'real_constant_or_missing':
      return byteLoop(frame.data, index, offset, byteValues(column, true));
    case 'int16':
    case 'int16_missing': {
      const mark = column.codec === 'int16_missing' ? 0xffff : -1;
      return ({ rowCount, first, base }, out, before) => {
        let x = before;
        for (let row = 0; row < rowCount; row++) {
          if (first[row]! <= index) {
            const code = view.getUint16(base[row]! + offset, littleEndian);
            x = code === mark || code + min === missing ? missingAs : code + min;
          }
          out[row] = x;
        }
        return x;
      };
    }
    case 'int32':
      return ({ rowCount, first, base }, out, before) => {
        let x = before;
        for (let row = 0; row < rowCount; row++) {
          if (first[row]! <= index) {
            const value = view.getInt32(base[row]! + offset, littleEndian);
            x = value === missing ? missingAs : value;
          }
          out[row] = x;
        }
        return x;
      };
    case 'short_real':
    case 'short_real2': {
      const mark = column.codec === 'short_real' ? SHORT_REAL_MISSING : SHORT_REAL2_MISSING;
      return ({ rowCount, first, base }, out, before) => {
        let x = before;
        for (let row = 0; row < rowCount; row++) {
          if (first[row]! <= index) {
            const value = view.getFloat32(base[row]! + offset, littleEndian);
            x = value === mark || value === missing ? missingAs : value;
          }
          out[row] = x;
        }
        return x;
      };
    }
    default:
      return ({ rowCount, first, base }, out, before) => {
        let x = before;
        for (let row = 0; row < rowCount; row++) {
          if (first[row]! <= index) {
            const value = view.getFloat64(base[row]! + offset, littleEndian);
            x = value === missing ? missingAs : value;
          }
          out[row] = x;
        }
        return x;
      };
  }
}

/** The value of each code of a byte; 255 stands for a missing one where the codec has it so. */
function byteValues({ min, missing, missingAs }: Odb2Column, hasMark: boolean): Float64Array {
  const values = new Float64Array(256);
  for (let code = 0; code < 256; code++) values[code] = min + code === missing ? missingAs : min + code;
  if (hasMark) values[255] = missingAs;
  return values;
}

function byteLoop(data: Uint8Array, index: number, offset: number, values: Float64Array): NumberLoop {
  return ({ rowCount, first, base }, out, before) => {
    let x = before;
    for (let row = 0; row < rowCount; row++) {
      if (first[row]! <= index) x = values[data[base[row]! + offset]!]!;
      out[row] = x;
    }
    return x;
  };
}

function textDecoder(frame: Frame, index: number, column: Odb2Column, room: ColumnRoom): ColumnDecoder {
  if (column.codec === 'chars') return charsDecoder(frame, index, room);
  const { texts, codes } = distinct(column.texts);
  const offset = frame.layout[index]!;
  const { data, littleEndian } = frame;
  const wide = column.codec === 'int16_string';
  const constant = column.codec !== 'int8_string' && !wide;
  const low = wide && !littleEndian ? 1 : 0;
  const high = 1 - low;
  let last = 0;
  return ({ rowCount, first, base }) => {
    if (constant && (last === codes[0] || first[0]! <= index)) {
      last = codes[0]!;
      return { codes: room.oneText(last, rowCount), texts };
    }
    const out = room.codes(rowCount);
    for (let row = 0; row < rowCount; row++) {
      if (first[row]! <= index) {
        const at = base[row]! + offset;
        last = codes[constant ? 0 : wide ? data[at + low]! | (data[at + high]! << 8) : data[at]!]!;
      }
      out[row] = last;
    }
    return { codes: out, texts };
  };
}

/** The distinct texts of a table, '' first, and the place among them of each of the table's texts. */
function distinct(table: readonly string[]): { texts: string[]; codes: Int32Array } {
  const places = new Map<string, number>([['', 0]]);
  const codes = Int32Array.from(table, (text) => placeOf(text, places));
  return { texts: [...places.keys()], codes };
}

function placeOf(text: string, places: Map<string, number>): number {
  let place = places.get(text);
  if (place === undefined) {
    place = places.size;
    places.set(text, place);
  }
  return place;
}

/** Texts of eight bytes in the rows themselves: a text is made only where the bytes differ from those before. */
function charsDecoder(frame: Frame, index: number, room: ColumnRoom): ColumnDecoder {
  const offset = frame.layout[index]!;
  const { data } = frame;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let last = '';
  return ({ rowCount, first, base }) => {
    const places = new Map<string, number>([['', 0]]);
    const out = room.codes(rowCount);
    let code = placeOf(last, places);
    let head = -1;
    let tail = -1;
    for (let row = 0; row < rowCount; row++) {
      if (first[row]! <= index) {
        const at = base[row]! + offset;
        const nextHead = view.getUint32(at);
        const nextTail = view.getUint32(at + 4);
        if (nextHead !== head || nextTail !== tail) {
          head = nextHead;
          tail = nextTail;
          last = fixedText(data.subarray(at, at + 8));
          code = placeOf(last, places);
        }
      }
      out[row] = code;
    }
    return { codes: out, texts: [...places.keys()] };
  };
}
