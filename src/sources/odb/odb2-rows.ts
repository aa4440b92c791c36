/**
 * The rows of a frame. Each begins with the number of its first column that differs from the row before, most significant
 * byte first in both byte orders, and holds the values from that column on. Rows are found first, for many rows at a time;
 * then each column is decoded in one run down them.
 */
import { type FramePlace, frameFault } from './odb2-fault.js';
import { type FrameHeader, type Odb2Column, rowLayout } from './odb2-header.js';

/** A frame whose every row has been found to lie within its data. */
export interface Frame {
  /** Its file and its first byte there. */
  place: FramePlace;
  /** Bytes from its first to its last. */
  length: number;
  header: FrameHeader;
  littleEndian: boolean;
  /** The rows. */
  data: Uint8Array;
  /** Bytes before each column in a whole row; last, the length of a whole row. */
  layout: Int32Array;
}

/** Where some consecutive rows of a frame stand. */
export interface RowRun {
  rowCount: number;
  /** First column that each row holds; the number of columns where a row repeats the one before. */
  first: Uint16Array;
  /** Byte of the data at which each row would begin if it held all columns: the value of column c is at `base + layout[c]`. */
  base: Int32Array;
  /** First byte behind the rows. */
  end: number;
}

const MARKER = 2;
/** Rows found at a time: what the run needs stays within the processor's cache. */
const ROWS_AT_A_TIME = 65_536;

/** Room for the rows that are found at a time. */
export function emptyRun(capacity: number): RowRun {
  return { rowCount: 0, first: new Uint16Array(capacity), base: new Int32Array(capacity), end: 0 };
}

/** Finds the `rowCount` rows from byte `start` on, into `run`. Throws InputError where they do not lie within the data. */
export function findRows({ data, layout, place }: Frame, start: number, rowCount: number, run: RowRun): void {
  const { first, base } = run;
  const columns = layout.length - 1;
  const whole = layout[columns]!;
  let at = start;
  for (let row = 0; row < rowCount; row++) {
    if (at + MARKER > data.length) throw frameFault('FRAME_DAMAGED', 'its rows end too early', place);
    const column = (data[at]! << 8) | data[at + 1]!;
    if (column > columns)
      throw frameFault('FRAME_DAMAGED', `a row begins with column ${column} of ${columns}`, place);
    const from = at + MARKER - layout[column]!;
    first[row] = column;
    base[row] = from;
    at = from + whole;
  }
  if (at > data.length) throw frameFault('FRAME_DAMAGED', 'its last row ends too early', place);
  run.rowCount = rowCount;
  run.end = at;
}

/** The frame with these rows, all of which are checked. Throws InputError where they do not fit together. */
export function checkedFrame(parts: Omit<Frame, 'layout'>): Frame {
  const { header, data, place } = parts;
  const frame: Frame = { ...parts, layout: rowLayout(header.columns) };
  const tables = header.columns.flatMap((column, i) => (needsCheck(column) ? [i] : []));
  const run = emptyRun(Math.min(header.rowCount, ROWS_AT_A_TIME));
  let end = 0;
  for (let row = 0; row < header.rowCount; row += ROWS_AT_A_TIME) {
    findRows(frame, end, Math.min(header.rowCount - row, ROWS_AT_A_TIME), run);
    for (const column of tables) checkTexts(frame, column, run);
    end = run.end;
  }
  if (end !== data.length)
    throw frameFault('FRAME_DAMAGED', `${data.length - end} bytes are left behind its rows`, place);
  return frame;
}

/** True where the rows can name a text that the table does not have. */
function needsCheck({ codec, texts }: Odb2Column): boolean {
  if (codec === 'int8_string') return texts.length < 2 ** 8;
  return codec === 'int16_string' && texts.length < 2 ** 16;
}

function checkTexts(frame: Frame, column: number, { rowCount, first, base }: RowRun): void {
  const { data, littleEndian, layout, place } = frame;
  const { codec, texts, name } = frame.header.columns[column]!;
  const offset = layout[column]!;
  const wide = codec === 'int16_string';
  const low = wide && !littleEndian ? 1 : 0;
  const high = wide ? 1 - low : 0;
  for (let row = 0; row < rowCount; row++) {
    if (first[row]! > column) continue;
    const at = base[row]! + offset;
    const code = wide ? data[at + low]! | (data[at + high]! << 8) : data[at]!;
    if (code >= texts.length)
      throw frameFault('FRAME_DAMAGED', `the column ${name} names text ${code} of ${texts.length}`, place);
  }
}
