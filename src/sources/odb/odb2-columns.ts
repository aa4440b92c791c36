/** The values of one column of a frame, run by run: the state that goes from run to run and the loops of the codecs. */
import type { FeedbackValues } from '../../records/feedback.js';
import type { Odb2Column } from './odb2-header.js';
import type { Frame, RowRun } from './odb2-rows.js';
import { fixedText } from './odb2-text.js';

/** Gives the values of a column for the rows of a run; runs must come in order. */
export type ColumnDecoder = (run: RowRun) => FeedbackValues;

/** The single-precision numbers that stand for a missing one: bits 0x00800000 and 0xff7fffff. */
const SHORT_REAL_MISSING = 2 ** -126;
const SHORT_REAL2_MISSING = -(2 - 2 ** -23) * 2 ** 127;

/** The decoder of the frame's column of that index. Its rows must have been checked. */
export function columnDecoder(frame: Frame, index: number): ColumnDecoder {
  const column = frame.header.columns[index]!;
  return column.kind === 'text' ? textDecoder(frame, index, column) : numberDecoder(frame, index, column);
}

function numberDecoder(frame: Frame, index: number, column: Odb2Column): ColumnDecoder {
  const fill = numberLoop(frame, index, column);
  // Columns that the first row does not hold are missing until a row holds them.
  let last = Number.NaN;
  return (run) => {
    const numbers = new Float64Array(run.rowCount);
    last = fill(run, numbers, last);
    return { numbers };
  };
}

/** Fills a column's numbers and gives the last one; `x` is the value of the row before the run. */
type NumberLoop = (run: RowRun, out: Float64Array, x: number) => number;

function numberLoop(frame: Frame, index: number, column: Odb2Column): NumberLoop {
  const offset = frame.layout[index]!;
  const view = new DataView(frame.data.buffer, frame.data.byteOffset, frame.data.length);
  const { littleEndian } = frame;
  const { min, missing, missingAs } = column;
  switch (column.codec) {
    case 'constant':
      return constantLoop(index, min === missing ? missingAs : min);
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

function constantLoop(index: number, value: number): NumberLoop {
  return ({ rowCount, first }, out, before) => {
    let row = 0;
    if (!Object.is(before, value)) while (row < rowCount && first[row]! > index) row++;
    out.fill(before, 0, row).fill(value, row);
    return row < rowCount ? value : before;
  };
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

function textDecoder(frame: Frame, index: number, column: Odb2Column): ColumnDecoder {
  if (column.codec === 'chars') return charsDecoder(frame, index);
  const { texts, codes } = distinct(column.texts);
  const offset = frame.layout[index]!;
  const { data, littleEndian } = frame;
  const wide = column.codec === 'int16_string';
  const constant = column.codec !== 'int8_string' && !wide;
  const low = wide && !littleEndian ? 1 : 0;
  const high = 1 - low;
  let last = 0;
  return ({ rowCount, first, base }) => {
    const out = new Int32Array(rowCount);
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
function charsDecoder(frame: Frame, index: number): ColumnDecoder {
  const offset = frame.layout[index]!;
  const { data } = frame;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let last = '';
  return ({ rowCount, first, base }) => {
    const places = new Map<string, number>([['', 0]]);
    const out = new Int32Array(rowCount);
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
