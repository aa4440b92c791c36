/** Rows of ODB-2 from the frame on in which a report begins, each value with the bytes that it stands in. */
import { InputError } from '../../errors.js';
import { isNumeric } from '../../records/feedback.js';
import type { InputFile } from '../../records/input.js';
import { bytesFrom } from '../head.js';
import type { CodingInWords, FieldCoding, Given, LocatorRequest, SourceReport, Step } from '../locator.js';
import { shortest, step } from '../locator-step.js';
import { viewOf } from './block-view.js';
import { type ColumnPlaces, columnName, findColumns } from './columns.js';
import { collectReport, type MarkedColumn, type OdbRow } from './locate-report.js';
import { widthOf } from './odb2-codecs.js';
import { ColumnRoom, columnDecoder } from './odb2-columns.js';
import { framesOf } from './odb2-frames.js';
import { emptyRun, type Frame, findRows, type RowRun } from './odb2-rows.js';
import { stationIdOf } from './station-id.js';
import type { OdbBlock } from './table.js';

/** How a field of ODB-2 is coded. */
export interface Odb2Coding extends FieldCoding {
  format: 'odb2';
  codec: string;
  /** What the integer codecs add to; the value of the constant ones. */
  minimum: number;
  littleEndian: boolean;
  /**
   * Row of the frame, from 0, in which the value stands: rows hold only what differs from the row before. Null where the header of
   * the frame holds the value of all rows.
   */
  storedInRow: number | null;
}

/** What a frame may hold to be looked at value by value; those of the archives hold ten thousand rows. */
const MAX_VALUES = 1 << 26;

/**
 * The report that begins in the frame at the offset and has the time asked for; null where none does.
 *
 * @param southern stations whose latitudes have lost their sign
 */
export async function locateOdb2(
  file: InputFile,
  request: LocatorRequest,
  southern: ReadonlySet<string>,
): Promise<SourceReport | null> {
  return collectReport(rowsFrom(file, request), request, southern, (row) => ({
    head: row.unit().text,
    line: null,
  }));
}

async function* rowsFrom(file: InputFile, request: LocatorRequest): AsyncGenerator<OdbRow> {
  const { offset } = request;
  const frames = framesOf(bytesFrom(file, offset), { path: file.path, onDamage: () => {} });
  for await (const frame of frames) yield* rowsOf(frame, request, file.path);
}

/** A frame with its rows found; the bytes are a copy of its own. */
interface OpenFrame {
  frame: Frame;
  run: RowRun;
  block: OdbBlock;
  places: ColumnPlaces;
  /** First byte of the frame, and of its rows, in the uncompressed file. */
  offset: number;
  rowsAt: number;
}

/** The rows of the station; those of other stations cost nothing more than being decoded. */
function* rowsOf(at: Frame, { offset: start, isStation }: LocatorRequest, path: string): Generator<OdbRow> {
  const { header } = at;
  if (header.rowCount * header.columns.length > MAX_VALUES)
    throw new InputError('FRAME_TOO_LARGE', `${path}: a frame of ${header.rowCount} rows`, {
      file: path,
      byteOffset: start + at.place.byteOffset,
      hint: 'Frames of this size can be harvested, but not explained.',
    });
  const frame = { ...at, data: at.data.slice() };
  const run = emptyRun(header.rowCount);
  findRows(frame, 0, header.rowCount, run);
  const values = header.columns.map((_, i) => columnDecoder(frame, i, new ColumnRoom())(run));
  const block: OdbBlock = {
    columns: header.columns,
    values,
    constant: new Uint8Array(values.length),
    rowCount: header.rowCount,
    offsets: new Float64Array(0),
  };
  const offset = start + frame.place.byteOffset;
  const places = findColumns(header.columns, path);
  const open: OpenFrame = {
    frame,
    run,
    block,
    places,
    offset,
    rowsAt: offset + frame.length - frame.data.length,
  };
  const view = viewOf(block, places);
  const ours = view.stationIds.map((id) => isStation(stationIdOf(id)));
  for (let row = 0; row < header.rowCount; row++) {
    if (ours[view.stationCodes[row]!] !== true) continue;
    yield {
      statid: view.stationIds[view.stationCodes[row]!] ?? '',
      date: view.date[row]!,
      time: view.time[row]!,
      kind: view.kind[row]!,
      obstype: view.obstype[row]!,
      codetype: view.codetype[row]!,
      number: view.number[row]!,
      latitude: view.latitude[row]!,
      longitude: view.longitude[row]!,
      varno: view.varno[row]!,
      value: view.value[row]!,
      coordinateType: view.coordinateType[row]!,
      coordinate: view.coordinate[row]!,
      status: view.status[row]!,
      mayBegin: offset === start,
      from: offset,
      to: offset + frame.length,
      unit: () => ({
        kind: 'row',
        number: row + 1,
        ...bytesOfRow(open, row),
        text: `row ${row + 1} of ${header.rowCount} in the frame at bytes ${offset} to ${offset + frame.length}`,
      }),
      mark: (column, gives) => markOf(open, row, places[column], gives),
      feedback: () => feedbackOf(block, row),
    };
  }
}

/** A row holds the number of its first column and the values from there on. */
function bytesOfRow({ frame, run, rowsAt }: OpenFrame, row: number): { from: number; to: number } {
  const { layout } = frame;
  const base = rowsAt + run.base[row]!;
  const MARKER = 2;
  return { from: base + layout[run.first[row]!]! - MARKER, to: base + layout.at(-1)! };
}

/** A value that a row does not hold stands in the last row before it that does. */
function markOf(
  { frame, run, rowsAt, offset }: OpenFrame,
  row: number,
  place: number,
  gives: Given,
): MarkedColumn {
  const column = frame.header.columns[place]!;
  let stored = row;
  while (stored > 0 && run.first[stored]! > place) stored--;
  const width = widthOf(column.codec);
  const at = run.base[stored]! + frame.layout[place]!;
  const inHeader = width === 0;
  const raw = inHeader ? '' : Buffer.from(frame.data.subarray(at, at + width)).toString('hex');
  const coding: Odb2Coding = {
    format: 'odb2',
    codec: column.codec,
    minimum: column.min,
    littleEndian: frame.littleEndian,
    storedInRow: inHeader ? null : stored,
  };
  return {
    field: {
      name: columnName(column.name),
      gives,
      // A constant column takes no bytes in the rows: its value is in the header of the frame.
      from: inHeader ? offset : rowsAt + at,
      to: inHeader ? rowsAt : rowsAt + at + width,
      raw,
      coding,
      inWords: () => inWords(coding),
    },
    steps: codedSteps(coding, raw),
  };
}

/** The number that the rows hold where a codec adds it to the minimum of its column, or that the header holds. */
function codedSteps({ codec, minimum, littleEndian }: Odb2Coding, raw: string): Step[] {
  if (codec === 'constant') return [step(minimum, 'in the header of the frame (codec constant)')];
  if (!/^int(?:8|16)|_or_missing$/.test(codec)) return [step(`0x${raw}`, `as coded (codec ${codec})`)];
  const bytes = Buffer.from(raw, 'hex');
  const code = littleEndian ? bytes.readUIntLE(0, bytes.length) : bytes.readUIntBE(0, bytes.length);
  return [step(code, `as coded (codec ${codec}, to be added to ${shortest(minimum)})`)];
}

function inWords({ codec, minimum, storedInRow }: Odb2Coding): CodingInWords {
  const held = storedInRow === null ? 'the header' : `row ${storedInRow + 1}`;
  return {
    parts: [`codec ${codec}, minimum ${minimum}, held by ${held} of the frame`],
    withoutBytes: '(in the header of the frame)',
  };
}

function feedbackOf({ columns, values }: OdbBlock, row: number): ReadonlyMap<string, number | string> {
  return new Map(
    columns.map(({ name }, i) => {
      const column = values[i]!;
      const value = isNumeric(column) ? column.numbers[row]! : (column.texts[column.codes[row]!] ?? '');
      return [columnName(name), value] as const;
    }),
  );
}
