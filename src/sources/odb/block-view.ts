/** The columns of a block that the reader works with, as arrays of one type each. */
import { type FeedbackColumn, type FeedbackValues, isNumeric } from '../../records/feedback.js';
import type { ColumnPlaces } from './columns.js';
import { parseNumber, UNREADABLE } from './decode.js';
import type { OdbBlock } from './table.js';

/** Columns of a block; NaN where missing. Optional columns that the file does not have are full of NaN. */
export interface BlockView {
  /** Codes of the station ids and the ids as they stand there. */
  stationCodes: Int32Array;
  stationIds: readonly string[];
  date: Float64Array;
  time: Float64Array;
  latitude: Float64Array;
  longitude: Float64Array;
  varno: Float64Array;
  value: Float64Array;
  coordinateType: Float64Array;
  coordinate: Float64Array;
  kind: Float64Array;
  obstype: Float64Array;
  codetype: Float64Array;
  number: Float64Array;
  elevation: Float64Array;
  status: Float64Array;
  analysisDeparture: Float64Array;
  firstGuessDeparture: Float64Array;
  sondeType: Float64Array;
}

let missing = new Float64Array(0);

/** The view of a block whose columns are at `places`. */
export function viewOf({ values, rowCount }: OdbBlock, places: ColumnPlaces): BlockView {
  const numbers = (place: number): Float64Array => {
    const column = values[place];
    return column === undefined ? nothing(rowCount) : asNumbers(column, rowCount);
  };
  const stations = asTexts(values[places.statid], rowCount);
  return {
    stationCodes: stations.codes,
    stationIds: stations.texts,
    date: numbers(places.date),
    time: numbers(places.time),
    latitude: numbers(places.lat),
    longitude: numbers(places.lon),
    varno: numbers(places.varno),
    value: numbers(places.obsvalue),
    coordinateType: numbers(places.vertcoType),
    coordinate: numbers(places.vertcoReference),
    kind: numbers(places.reportype),
    obstype: numbers(places.obstype),
    codetype: numbers(places.codetype),
    number: numbers(places.seqno),
    elevation: numbers(places.stalt),
    status: numbers(places.datumStatus),
    analysisDeparture: numbers(places.analysisDeparture),
    firstGuessDeparture: numbers(places.firstGuessDeparture),
    sondeType: numbers(places.sondeType),
  };
}

/** One array for all absent columns; nobody writes to it. */
function nothing(rowCount: number): Float64Array {
  if (missing.length < rowCount) missing = new Float64Array(rowCount).fill(Number.NaN);
  return missing;
}

/** Numbers that stand as texts (ODB-2 leaves the type of a column to whoever wrote it) are read as in the text export. */
function asNumbers(column: FeedbackValues, rowCount: number): Float64Array {
  if (isNumeric(column)) return column.numbers;
  const byCode = column.texts.map((text) => {
    const bytes = new TextEncoder().encode(text);
    const value = parseNumber(bytes, 0, bytes.length);
    return value === UNREADABLE ? Number.NaN : value;
  });
  return Float64Array.from({ length: rowCount }, (_, row) => byCode[column.codes[row] ?? 0] ?? Number.NaN);
}

/** Station ids that stand as numbers have lost leading zeros; they are taken as they are. */
function asTexts(
  column: FeedbackValues | undefined,
  rowCount: number,
): { codes: Int32Array; texts: readonly string[] } {
  if (column === undefined) return { codes: new Int32Array(rowCount), texts: [''] };
  if (!isNumeric(column)) return column;
  const texts = [''];
  const byNumber = new Map<number, number>();
  const codes = Int32Array.from({ length: rowCount }, (_, row) => {
    const value = column.numbers[row]!;
    if (Number.isNaN(value)) return 0;
    const known = byNumber.get(value);
    if (known !== undefined) return known;
    const code = texts.push(String(value)) - 1;
    byNumber.set(value, code);
    return code;
  });
  return { codes, texts };
}

/** Remembers where the columns are for as long as blocks have the same ones. */
export function placesCache(
  find: (columns: readonly FeedbackColumn[]) => ColumnPlaces,
): (block: OdbBlock) => ColumnPlaces {
  let of: readonly FeedbackColumn[] | null = null;
  let places: ColumnPlaces | null = null;
  return ({ columns }) => {
    if (places === null || of !== columns) places = find(columns);
    of = columns;
    return places;
  };
}
