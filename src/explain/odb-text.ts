/** Rows of a text export of an observation database, from the line on in which a report begins. */
import { type ColumnPlaces, columnName, findColumns } from '../sources/odb/columns.js';
import { isQuoted, parseNumber, parseText, trimmedField, UNREADABLE } from '../sources/odb/decode.js';
import { southernStations } from '../sources/odb/position.js';
import { headerNames } from '../sources/odb/text-head.js';
import type { InputFile } from '../sources/source.js';
import type { Given, LocatorRequest, SourceReport } from './datum.js';
import { type Line, latin1, linesFrom, trimmedEnd } from './lines.js';
import { collectReport, type OdbRow } from './odb.js';
import { textField } from './text-field.js';

const TAB = 0x09;

/** The columns of an export: the header line, the names, and where those that matter are. */
interface Table {
  header: string;
  names: readonly string[];
  places: ColumnPlaces;
}

/** The report whose first row begins at the offset; null where none does. */
export async function locateOdbText(file: InputFile, request: LocatorRequest): Promise<SourceReport | null> {
  const table = await tableOf(file);
  const southern = await southernStations(request.dataset);
  return collectReport(rowsFrom(file, request.offset, table), request, southern, (row) => {
    const { text, number } = row.unit();
    return { head: text, line: number };
  });
}

async function tableOf(file: InputFile): Promise<Table> {
  for await (const line of linesFrom(file, 0)) {
    const names = headerNames(line.bytes);
    const columns = names.map((name) => ({ name, kind: 'double' as const }));
    return { header: latin1(line.bytes), names, places: findColumns(columns, file.path) };
  }
  throw new Error('a file without a line is no input');
}

async function* rowsFrom(file: InputFile, offset: number, table: Table): AsyncGenerator<OdbRow> {
  let foreign = false;
  for await (const line of linesFrom(file, offset)) {
    if (trimmedEnd(line.bytes) === 0) continue;
    const bounds = fieldsOf(line.bytes);
    if (isHeader(line.bytes)) foreign = latin1(line.bytes) !== table.header;
    else if (!foreign && bounds.length === table.names.length + 1)
      yield rowOf(line, bounds, table, line.from === offset);
  }
}

/** First bytes of the fields of a line, and the byte after the tab that would follow the last one. */
function fieldsOf(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(TAB); at >= 0; at = bytes.indexOf(TAB, at + 1)) starts.push(at + 1);
  starts.push(bytes.length + 1);
  return starts;
}

function isHeader(bytes: Uint8Array): boolean {
  const text = latin1(bytes);
  return (
    /(?:^|\t) *varno(?:@\w+)? *(?:\t|\r?$)/.test(text) &&
    /(?:^|\t) *obsvalue(?:@\w+)? *(?:\t|\r?$)/.test(text)
  );
}

function rowOf(line: Line, starts: readonly number[], { names, places }: Table, mayBegin: boolean): OdbRow {
  const { bytes } = line;
  const bounds = (place: number): [from: number, to: number] => [starts[place]!, starts[place + 1]! - 1];
  const number = (column: keyof ColumnPlaces): number =>
    places[column] < 0 ? Number.NaN : readable(parseNumber(bytes, ...bounds(places[column])));
  return {
    statid: parseText(bytes, ...bounds(places.statid)),
    date: number('date'),
    time: number('time'),
    kind: number('reportype'),
    obstype: number('obstype'),
    codetype: number('codetype'),
    number: number('seqno'),
    latitude: number('lat'),
    longitude: number('lon'),
    varno: number('varno'),
    value: number('obsvalue'),
    coordinateType: number('vertcoType'),
    coordinate: number('vertcoReference'),
    status: number('datumStatus'),
    mayBegin,
    from: line.from,
    to: line.to,
    unit: () => ({
      kind: 'line',
      number: line.number,
      from: line.from,
      to: line.to,
      text: latin1(bytes.subarray(0, trimmedEnd(bytes))),
    }),
    mark: (column: keyof ColumnPlaces, gives: Given) => {
      const place = places[column];
      return textField(line, columnName(names[place] ?? ''), gives, ...bounds(place));
    },
    feedback: () =>
      new Map(names.map((name, place) => [columnName(name), fieldValue(bytes, ...bounds(place))] as const)),
  };
}

function readable(value: number): number {
  return value === UNREADABLE ? Number.NaN : value;
}

/** A quoted text, or a number. */
function fieldValue(bytes: Uint8Array, from: number, to: number): number | string {
  const quoted = isQuoted(bytes, ...trimmedField(bytes, from, to));
  return quoted ? parseText(bytes, from, to) : readable(parseNumber(bytes, from, to));
}
