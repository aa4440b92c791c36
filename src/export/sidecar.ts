/** What CSV has no room for, in a file beside it: types, units and descriptions as "CSV on the Web" (W3C) puts them down. */
import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { asStorageError } from '../errors.js';
import { isForFile } from '../tabular/sink.js';
import { type ColumnType, describeColumn, type ExportTable } from '../tabular/table.js';

const CONTEXT = 'http://www.w3.org/ns/csvw';

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
      '@context': CONTEXT,
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

/**
 * Removes the sidecar that an earlier export has left beside the file `path`, which holds another table now. What has this name and
 * was not written by `sidecar` stays. Throws `StorageError`.
 */
export async function removeStaleSidecar(path: string): Promise<void> {
  if (!(await isForFile(sidecarPath(path)))) return;
  const text = await readFile(sidecarPath(path), 'utf8').catch(() => '');
  if (!isSidecar(text, path)) return;
  await rm(sidecarPath(path), { force: true }).catch((error: unknown) => {
    throw asStorageError(error, 'cannot remove', sidecarPath(path));
  });
}

/** Known by its context, the file that it is about, and the last of its notes. */
function isSidecar(text: string, path: string): boolean {
  try {
    const { '@context': context, url, notes } = JSON.parse(text) as Record<string, unknown>;
    const last: unknown = Array.isArray(notes) ? notes.at(-1) : undefined;
    const isOfExport = typeof last === 'object' && last !== null && 'file' in last;
    return context === CONTEXT && url === basename(path) && isOfExport;
  } catch {
    return false;
  }
}
