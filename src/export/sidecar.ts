/** What CSV has no room for, in a file beside it: types, units and descriptions as "CSV on the Web" (W3C) puts them down. */
import { basename } from 'node:path';
import { type ColumnType, describeColumn, type ExportTable } from './table.js';

const DATATYPES: Readonly<Record<ColumnType, string>> = {
  int32: 'int',
  int64: 'long',
  float32: 'float',
  float64: 'double',
  timestamp: 'dateTimeStamp',
  text: 'string',
};

/** Where the sidecar of a CSV file stands: the name that readers of CSV on the Web look for. */
export function sidecarPath(path: string): string {
  return `${path}-metadata.json`;
}

/** The sidecar of the table that is in the file `path`. */
export function sidecar(table: ExportTable, path: string): string {
  const columns = table.columns.map((column) => ({
    name: column.name,
    titles: column.name,
    datatype: DATATYPES[column.type],
    ...(column.units !== '' && { 'schema:unitText': column.units }),
    ...(column.description !== '' && { 'dc:description': column.description }),
  }));
  const notes = table.columns
    .map((column) => ({ column: column.name, ...Object.fromEntries(describeColumn(column)) }))
    .filter((note) => Object.keys(note).length > 1);
  const title = table.metadata.get('title');
  return `${JSON.stringify(
    {
      '@context': 'http://www.w3.org/ns/csvw',
      url: basename(path),
      ...(title !== undefined && { 'dc:title': title }),
      dialect: { encoding: 'utf-8', header: true, delimiter: ',' },
      tableSchema: { columns },
      notes: [...notes, { file: Object.fromEntries(table.metadata) }],
    },
    null,
    2,
  )}\n`;
}
