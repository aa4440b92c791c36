/** Rows of ODB-2 from the frame on in which a report begins, each value with the bytes that it stands in. */
import { InputError } from '../errors.js';
import { isNumeric } from '../records/feedback.js';
import type { InputFile } from '../records/input.js';
import { viewOf } from '../sources/odb/block-view.js';
import { type ColumnPlaces, columnName, findColumns } from '../sources/odb/columns.js';
import { widthOf } from '../sources/odb/odb2-codecs.js';
import { ColumnRoom, columnDecoder } from '../sources/odb/odb2-columns.js';
import { framesOf } from '../sources/odb/odb2-frames.js';
import { emptyRun, type Frame, findRows, type RowRun } from '../sources/odb/odb2-rows.js';
import { southernStations } from '../sources/odb/position.js';
import { stationIdOf } from '../sources/odb/station-id.js';
import type { OdbBlock } from '../sources/odb/table.js';
import type { Given, LocatorRequest, MarkedField, SourceReport } from './datum.js';
import { chunksFrom } from './lines.js';
import { collectReport, type OdbRow } from './odb.js';

/** What a frame may hold to be looked at value by value; those of the archives hold ten thousand rows. */
const MAX_VALUES = 1 << 26;

/** The report that begins in the frame at the offset and has the time asked for; null where none does. */
export async function locateOdb2(file: InputFile, request: LocatorRequest): Promise<SourceReport | null> {
  const southern = await southernStations(request.dataset);
  return collectReport(rowsFrom(file, request), request, southern, (row) => ({
    head: row.unit().text,
    line: null,
  }));
}

async function* rowsFrom(file: InputFile, request: LocatorRequest): AsyncGenerator<OdbRow> {
  const { offset } = request;
  const frames = framesOf(chunksFrom(file, offset), { path: file.path, onDamage: () => {} });
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
): MarkedField {
  const column = frame.header.columns[place]!;
  let stored = row;
  while (stored > 0 && run.first[stored]! > place) stored--;
  const width = widthOf(column.codec);
  const at = run.base[stored]! + frame.layout[place]!;
  const inHeader = width === 0;
  return {
    name: columnName(column.name),
    gives,
    // A constant column takes no bytes in the rows: its value is in the header of the frame.
    from: inHeader ? offset : rowsAt + at,
    to: inHeader ? rowsAt : rowsAt + at + width,
    raw: inHeader ? '' : Buffer.from(frame.data.subarray(at, at + width)).toString('hex'),
    coding: {
      format: 'odb2',
      codec: column.codec,
      minimum: column.min,
      littleEndian: frame.littleEndian,
      storedInRow: inHeader ? null : stored,
    },
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
