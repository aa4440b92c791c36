/** Exports for tests: requests with defaults, and what other readers find in the files, as columns of plain values. */
import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { type Exported, type ExportRequest, exportStations } from '../../src/export/index.js';
import type { ColumnRows, ExportTable } from '../../src/tabular/table.js';
import { withStation } from '../support/demo/station-view.js';

/** Numbers, texts, times as milliseconds since 1970; null where missing. */
export type Plain = number | bigint | string | null;
export type PlainColumns = Record<string, Plain[]>;

/** A request with the defaults of the command line. */
export function requestOf(
  inputs: readonly string[],
  output: string,
  more: Partial<ExportRequest> = {},
): ExportRequest {
  return {
    inputs,
    output,
    format: undefined,
    gzip: false,
    merge: false,
    form: 'long',
    tables: ['observations_table'],
    variables: [],
    columns: [],
    levels: [],
    heights: 'reported',
    period: { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    feedback: false,
    quality: false,
    compression: undefined,
    units: undefined,
    ...more,
  };
}

/** Exports with the defaults of the command line. */
export async function exported(
  inputs: readonly string[],
  output: string,
  more: Partial<ExportRequest> = {},
): Promise<Exported[]> {
  return await exportStations(requestOf(inputs, output, more));
}

/** A table of the station file, as h5wasm reads it. */
export function stored(path: string, table = 'observations_table'): PlainColumns {
  return withStation(path, (station) => {
    const view = station.table(table);
    return Object.fromEntries(
      view.columns.map((name): [string, Plain[]] => {
        const { type, attributes } = view.schema(name);
        if (type === 'char') return [name, view.texts(name).map((text) => (text === '' ? null : text))];
        const isTime = String(attributes.units ?? '').includes(' since ');
        return [
          name,
          Array.from(view.numbers(name), (value) => {
            if (Number.isNaN(value)) return null;
            return isTime ? value * 1000 - 2_208_988_800_000 : value;
          }),
        ];
      }),
    );
  });
}

function plain(value: unknown): Plain {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.getTime();
  return value as Plain;
}

/** What hyparquet finds, with the metadata of the file. */
export async function readParquet(
  path: string,
  withRows = true,
): Promise<{ columns: PlainColumns; rows: number; metadata: Map<string, string> }> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const rows = metadata.num_rows === 0n || !withRows ? [] : await parquetReadObjects({ file });
  const names = metadata.schema.slice(1).map(({ name }) => name);
  return {
    rows: Number(metadata.num_rows),
    columns: Object.fromEntries(names.map((name) => [name, rows.map((row) => plain(row[name]))])),
    metadata: new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''])),
  };
}

/** What apache-arrow finds. */
export function readArrow(path: string): PlainColumns {
  const table = tableFromIPC(readFileSync(path));
  return Object.fromEntries(
    table.schema.fields.map(({ name }, i) => [
      name,
      Array.from(table.getChildAt(i) ?? [], (value: unknown) => plain(value)),
    ]),
  );
}

/** What stands in a CSV file, as values of the types that the file beside it says. */
export function readCsv(path: string): PlainColumns {
  const lines = parse(readFileSync(path), { columns: true }) as Record<string, string>[];
  const types = sidecarTypes(path);
  return Object.fromEntries(
    Object.keys(lines[0] ?? {}).map((name) => [
      name,
      lines.map((line) => valueIn(line[name] ?? '?', types.get(name) ?? '')),
    ]),
  );
}

function sidecarTypes(path: string): Map<string, string> {
  const { tableSchema } = JSON.parse(readFileSync(`${path}-metadata.json`, 'utf8')) as {
    tableSchema: { columns: { name: string; datatype: string }[] };
  };
  return new Map(tableSchema.columns.map(({ name, datatype }) => [name, datatype]));
}

/** A field of a CSV file as a value of the type that the file beside it says. */
function valueIn(field: string, datatype: string): Plain {
  if (field === '') return null;
  if (datatype === 'dateTimeStamp') return Date.parse(field);
  if (datatype === 'float') return Math.fround(Number(field));
  return datatype === 'string' ? field : Number(field);
}

/** What DuckDB answers. */
export async function duck(sql: string): Promise<PlainColumns> {
  // Most tests do without it.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("set TimeZone = 'UTC'");
    const result = await connection.runAndReadAll(sql);
    const names = result.deduplicatedColumnNames();
    const columns = result.getColumnsJS();
    return Object.fromEntries(names.map((name, i) => [name, (columns[i] ?? []).map(plain)]));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The rows of a table that is to be exported, as plain values. */
export async function rowsOf(table: ExportTable): Promise<PlainColumns> {
  const columns: PlainColumns = Object.fromEntries(table.columns.map(({ name }) => [name, []]));
  for await (const batch of table.batches())
    for (const [i, { name }] of table.columns.entries())
      columns[name]?.push(...plainRows(batch.columns[i] ?? null, batch.rows));
  return columns;
}

function plainRows(rows: ColumnRows, count: number): Plain[] {
  return Array.from({ length: count }, (_, row): Plain => {
    if (rows === null) return null;
    if (Array.isArray(rows)) return (rows[row] as string) || null;
    const { data, missing } = rows as Exclude<ColumnRows, null | readonly string[]>;
    return missing?.[row] === 1 ? null : (data[row] as number | bigint);
  });
}

/** Where columns differ; null where they do not. `expect` on long arrays takes seconds to say that they are equal. */
export function firstDifference(found: PlainColumns, wanted: PlainColumns): string | null {
  if (Object.keys(found).join() !== Object.keys(wanted).join())
    return `columns ${Object.keys(found)}, not ${Object.keys(wanted)}`;
  for (const [name, values] of Object.entries(wanted)) {
    const column = found[name] as Plain[];
    if (column.length !== values.length) return `${name}: ${column.length} rows, not ${values.length}`;
    const row = values.findIndex((value, i) => !Object.is(value, column[i]) && value !== column[i]);
    if (row >= 0) return `${name}, row ${row}: ${column[row]}, not ${values[row]}`;
  }
  return null;
}
