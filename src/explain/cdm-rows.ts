/** Rows of the tables of a station file with their codes spelled out. */

import { isoTime } from '../calendar.js';
import { shortFloat32 } from '../numbers.js';
import { codeNames } from '../reading/codes.js';
import { significanceText } from '../reading/significance.js';
import type { StationColumn, StationContents } from '../reading/station.js';

/** An element of a row that is not missing. */
export interface RowElement {
  name: string;
  /** Numbers as they are stored; times as text (ISO 8601). */
  value: number | string;
  /** The number as few digits give it, or the text. */
  text: string;
  /** What the code means; '' where the element is no code or the file has no such code. */
  meaning: string;
}

/** What numbers of extensions mean that have no table of codes, by element. */
const MEANINGS: ReadonlyMap<string, (value: number) => string> = new Map([
  ['level_significance', (bits) => significanceText(bits) || 'no special level'],
  ['vertical_direction', (code) => ['ascent', 'descent'][code] ?? ''],
]);

/** The rows at `rows` (ascending) of a table, each without its missing elements. */
export async function readRows(
  station: StationContents,
  table: string,
  rows: readonly number[],
): Promise<RowElement[][]> {
  const result: RowElement[][] = rows.map(() => []);
  if (rows.length === 0) return result;
  const [from = 0] = rows;
  const to = (rows.at(-1) ?? 0) + 1;
  for (const column of station.table(table).columns.values()) {
    const read = await readerOf(station, column, from, to);
    for (const [i, row] of rows.entries()) {
      const element = read(row - from);
      if (element !== null) result[i]?.push(element);
    }
  }
  return result;
}

async function readerOf(
  station: StationContents,
  column: StationColumn,
  from: number,
  to: number,
): Promise<(row: number) => RowElement | null> {
  const { name, kind } = column;
  if (kind === 'text') {
    const texts = await column.texts(from, to);
    return (row) => {
      const value = texts[row] ?? '';
      return value === '' ? null : { name, value, text: value, meaning: '' };
    };
  }
  const numbers = await column.numbers(from, to);
  const single = (await column.raw(from, from + 1)) instanceof Float32Array;
  const [codeTable = ''] = column.externalTable.split(':');
  const names = codeTable === '' ? new Map<number, string>() : await codeNames(station, codeTable);
  return (row) => {
    const value = numbers[row] ?? Number.NaN;
    if (Number.isNaN(value)) return null;
    if (kind === 'time') return { name, value: isoTime(value), text: isoTime(value), meaning: '' };
    const text = single ? shortFloat32(value) : String(value);
    return { name, value, text, meaning: names.get(value) ?? MEANINGS.get(name)?.(value) ?? '' };
  };
}

/** The number in an element of a row, NaN where it is missing. */
export function numberIn(row: readonly RowElement[], name: string): number {
  const value = row.find((element) => element.name === name)?.value;
  return typeof value === 'number' ? value : Number.NaN;
}

/** The text in an element of a row, '' where it is missing. */
export function textIn(row: readonly RowElement[], name: string): string {
  const value = row.find((element) => element.name === name)?.value;
  return typeof value === 'string' ? value : '';
}
