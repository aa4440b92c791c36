/** Which stations a text export holds, and where their rows are: found without parsing more than the station id. */
import { InputError } from '../../errors.js';
import { findColumns } from './columns.js';
import { parseText } from './decode.js';
import { listOnce, note, type SkipContext, skip } from './skips.js';
import { stationIdOf } from './station-id.js';
import { textHead, wholeLines } from './text.js';

/** More distinct ids than all ships and stations of all years. */
const MAX_STATIONS = 200_000;
/** Runs of rows kept per station; beyond them the last run is stretched over the rows of others. */
const MAX_RUNS = 50_000;
const TAB = 0x09;
const LF = 0x0a;

/** The stations of a file: their ids with the bytes in which all of their rows are, as in `TextOptions.ranges`. */
export type StationRanges = Map<string, number[]>;

/**
 * Searches a whole text export for its stations. Rows with a blank id are counted (`row.blank-station`), lines without the
 * column as well.
 *
 * @throws InputError `MISSING_COLUMN`, `LINE_TOO_LONG`, `TOO_MANY_STATIONS`
 */
export async function textStations(
  chunks: AsyncIterable<Uint8Array>,
  context: SkipContext,
  signal?: AbortSignal,
): Promise<StationRanges> {
  const stations: StationRanges = new Map();
  let column = -1;
  let header: Uint8Array = new Uint8Array(0);
  for await (const { bytes, base } of wholeLines(chunks, context, signal)) {
    let at = 0;
    if (column < 0) {
      const head = textHead(bytes);
      header = head.header;
      column = findColumns(head.columns, context.path).statid;
      at = header.length + 1;
    }
    // The line before: where it begins, how far its id reaches, and whose it is.
    let before = 0;
    let length = 0;
    let id = '';
    while (at < bytes.length) {
      if (bytes[at] === LF) {
        at++;
        length = 0;
        continue;
      }
      const lineEnd = bytes.indexOf(LF, at);
      if (length === 0 || !repeats(bytes, before, at, length)) {
        const [from, to] = fieldAt(bytes, at, lineEnd, column);
        if (to < 0) {
          // The reader counts the line where its rows are searched whole; here nobody else will.
          if (!isBlank(bytes, at, lineEnd))
            skip(context, 'row.wrong-columns', base + at, 'a line without a station id');
          length = 0;
          at = lineEnd + 1;
          continue;
        }
        before = at;
        length = to - at + 1;
        id = stationIdOf(parseText(bytes, from, to));
        if (isHeader(bytes, at, lineEnd, header)) {
          note(context, 'line.header-repeated');
          length = 0;
          at = lineEnd + 1;
          continue;
        }
      }
      if (id === '') {
        note(context, 'row.blank-station');
        listOnce(
          context,
          'row.blank-station',
          base + at,
          'rows without a usable station id (the first of the file; all are counted)',
        );
      } else addRange(stations, id, base + at, base + lineEnd + 1, context);
      at = lineEnd + 1;
    }
  }
  return stations;
}

/** The id of the first row of a text export as it stands there, null where there is no row. */
export function firstStation(bytes: Uint8Array, path: string): string | null {
  const { columns, header } = textHead(bytes);
  const { statid } = findColumns(columns, path);
  const from = header.length + 1;
  const end = bytes.indexOf(LF, from);
  const [start, to] = fieldAt(bytes, from, end < 0 ? bytes.length : end, statid);
  return from >= bytes.length || to < 0 ? null : parseText(bytes, start, to);
}

/** First byte of a field, and the byte after it; -1 and -1 where the line has fewer fields. */
function fieldAt(
  bytes: Uint8Array,
  from: number,
  lineEnd: number,
  column: number,
): [from: number, to: number] {
  let start = from;
  for (let i = 0; i < column; i++) {
    while (start < lineEnd && bytes[start] !== TAB) start++;
    if (start >= lineEnd) return [-1, -1];
    start++;
  }
  let end = start;
  while (end < lineEnd && bytes[end] !== TAB) end++;
  return [start, end];
}

function repeats(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  if (b + length > bytes.length) return false;
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

function isHeader(bytes: Uint8Array, from: number, to: number, header: Uint8Array): boolean {
  return to - from === header.length && header.every((byte, i) => bytes[from + i] === byte);
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 0x20 && bytes[i] !== 0x0d) return false;
  return true;
}

function addRange(
  stations: StationRanges,
  id: string,
  from: number,
  to: number,
  { path }: SkipContext,
): void {
  const ranges = stations.get(id);
  if (ranges === undefined) {
    if (stations.size >= MAX_STATIONS)
      throw new InputError('TOO_MANY_STATIONS', `${path}: more than ${MAX_STATIONS} station ids`, {
        file: path,
        byteOffset: from,
        hint: 'The file is damaged, or its column statid holds something else.',
      });
    stations.set(id, [from, to]);
  } else if (ranges[ranges.length - 1] === from || ranges.length >= 2 * MAX_RUNS)
    ranges[ranges.length - 1] = to;
  else ranges.push(from, to);
}
