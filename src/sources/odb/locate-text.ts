/** Rows of a text export of an observation database, from the line on in which a report begins. */
import type { FeedbackColumn } from '../../records/feedback.js';
import type { InputFile } from '../../records/input.js';
import type { Given, LocatorRequest, SourceReport } from '../locator.js';
import { textField } from '../text/locate-field.js';
import { type Line, latin1, linesFrom, trimmedEnd } from '../text/locate-lines.js';
import { type ColumnPlaces, columnName, findColumns, isRequired } from './columns.js';
import { isQuoted, parseNumber, parseText, trimmedField, UNREADABLE } from './decode.js';
import { collectReport, type OdbRow } from './locate-report.js';
import { hasNames, headerNames, looksLikeHeader } from './text-head.js';

const TAB = 0x09;
/** Tab, blank and the first half of CRLF. */
const BLANKS = [TAB, 0x20, 0x0d];

/** The columns of an export: their names, and where those that matter are. */
interface Table {
  names: readonly string[];
  places: ColumnPlaces;
}

/**
 * The report whose first row begins at the offset; null where none does.
 *
 * @param southern stations whose latitudes have lost their sign
 */
export async function locateOdbText(
  file: InputFile,
  request: LocatorRequest,
  southern: ReadonlySet<string>,
): Promise<SourceReport | null> {
  const table = await tableOf(file);
  return collectReport(rowsFrom(file, request.offset, table), request, southern, (row) => {
    const { text, number } = row.unit();
    return { head: text, line: number };
  });
}

async function tableOf(file: InputFile): Promise<Table> {
  for await (const line of linesFrom(file, 0)) {
    // Blank lines and comments may stand before.
    if (!looksLikeHeader(line.bytes, 0, line.bytes.length)) continue;
    const names = headerNames(line.bytes);
    return { names, places: findColumns(columnsOf(names), file.path) };
  }
  throw new Error('a file without a line is no input');
}

function columnsOf(names: readonly string[]): FeedbackColumn[] {
  return names.map((name) => ({ name, kind: 'double' }));
}

async function* rowsFrom(file: InputFile, offset: number, { names, places }: Table): AsyncGenerator<OdbRow> {
  const columns = columnsOf(names);
  const required = names.flatMap((name, place) =>
    isRequired(name) && place !== places.statid ? [place] : [],
  );
  let foreign = false;
  for await (const line of linesFrom(file, offset)) {
    const { bytes } = line;
    if (trimmedEnd(bytes) === 0) continue;
    const starts = fieldsOf(bytes, names.length);
    if (looksLikeHeader(bytes, 0, bytes.length)) foreign = !hasNames(bytes, columns);
    else if (!foreign && starts !== null && required.every((place) => isNumber(bytes, starts, place)))
      yield rowOf(line, starts, { names, places }, line.from === offset);
  }
}

/**
 * First bytes of the fields of a line, and the byte after the tab that would follow the last one; null where they are not so many.
 * Nothing behind tabs at the end is no field.
 */
function fieldsOf(bytes: Uint8Array, columns: number): number[] | null {
  const starts = [0];
  for (let at = bytes.indexOf(TAB); at >= 0; at = bytes.indexOf(TAB, at + 1)) starts.push(at + 1);
  if (starts.length > columns && bytes.subarray(starts[columns]).every((byte) => BLANKS.includes(byte)))
    return starts.slice(0, columns + 1);
  return starts.length === columns ? [...starts, bytes.length + 1] : null;
}

function isNumber(bytes: Uint8Array, starts: readonly number[], place: number): boolean {
  return parseNumber(bytes, starts[place]!, starts[place + 1]! - 1) !== UNREADABLE;
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
      return { field: textField(line, columnName(names[place] ?? ''), gives, ...bounds(place)), steps: [] };
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
