/**
 * CSV as RFC 4180 has it, in UTF-8 with line feeds: a line of titles, times as `2015-01-23T11:15:00Z`, nothing where a value is
 * missing, numbers with as many digits as it takes to read the same number back.
 */

import { isoTime } from '../calendar.js';
import { shortFloat32 } from '../numbers.js';
import type { Sink } from './sink.js';
import {
  type ColumnRows,
  type ColumnType,
  type ExportColumn,
  type ExportTable,
  isMissing,
  isTexts,
} from './table.js';

const EPOCH_SECONDS = 2_208_988_800;

/** Writes the table and resolves to the number of rows. With `units` the titles are such as `pressure (Pa)`. */
export async function writeCsv(table: ExportTable, sink: Sink, units: boolean): Promise<number> {
  const { columns } = table;
  const titles = columns.map((column) => quoted(titleOf(column, units)));
  await sink.write(Buffer.from(`${titles.join(',')}\n`));
  let rows = 0;
  for await (const batch of table.batches()) {
    const write = columns.map(({ type }, i) => fieldWriter(type, batch.columns[i] ?? null));
    let lines = '';
    for (let row = 0; row < batch.rows; row++) {
      for (let i = 0; i < write.length; i++) lines += i === 0 ? write[i]!(row) : `,${write[i]!(row)}`;
      // A line with nothing on it is no row to many readers.
      lines += write.length === 1 && isMissing(batch.columns[0] ?? null, row) ? '""\n' : '\n';
      if (lines.length > 1 << 20) {
        await sink.write(Buffer.from(lines));
        lines = '';
      }
    }
    await sink.write(Buffer.from(lines));
    rows += batch.rows;
  }
  return rows;
}

function titleOf({ name, units }: ExportColumn, withUnits: boolean): string {
  return withUnits && units !== '' ? `${name} (${units})` : name;
}

/** A text as a field: in quotes where it holds what would end the field or the line. */
export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type FieldWriter = (row: number) => string;

/** Neighbours are often equal: the text of the last value is kept. */
function fieldWriter(type: ColumnType, rows: ColumnRows): FieldWriter {
  if (rows === null) return () => '';
  if (isTexts(rows)) {
    let [last, field] = ['', ''];
    return (row) => {
      const text = rows[row]!;
      if (text !== last) [last, field] = [text, quoted(text)];
      return field;
    };
  }
  const { data, missing } = rows;
  const format = formatOf(type);
  let last: number | bigint | undefined;
  let field = '';
  return (row) => {
    if (missing?.[row] === 1) return '';
    const value = data[row] as number | bigint;
    if (!Object.is(value, last)) [last, field] = [value, format(value)];
    return field;
  };
}

function formatOf(type: ColumnType): (value: number | bigint) => string {
  switch (type) {
    case 'timestamp':
      return (value) => isoMilliseconds(Number(value));
    case 'float32':
      return (value) => shortFloat32(Number(value));
    default:
      return (value) => (Object.is(value, -0) ? '-0' : String(value));
  }
}

/** Milliseconds since 1970; those of station files are whole seconds. */
function isoMilliseconds(time: number): string {
  const text = isoTime(Math.floor(time / 1000) + EPOCH_SECONDS);
  const rest = time - Math.floor(time / 1000) * 1000;
  return rest === 0 ? text : text.replace('Z', `.${String(rest).padStart(3, '0')}Z`);
}
