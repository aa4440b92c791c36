/**
 * Parquet: a row group for each batch, every column with missing values, metadata twice. `ARROW:schema` is what pyarrow and others
 * that know Arrow take types and field metadata from; `columns` says the same as JSON for those that do not.
 */
import * as zlib from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { VERSION } from '../version.js';
import { schemaMessage } from './arrow.js';
import type { Sink } from './sink.js';
import {
  type Batch,
  type ColumnRows,
  type ColumnType,
  describeColumn,
  type ExportColumn,
  type ExportTable,
  isTexts,
} from './table.js';

const CODECS = { snappy: 'SNAPPY', gzip: 'GZIP', zstd: 'ZSTD', none: 'UNCOMPRESSED' } as const;

/** How the pages of a file are compressed. */
export type Compression = keyof typeof CODECS;

/** Node 22.15 and later have it. */
export const zstd: ((bytes: Uint8Array) => Uint8Array) | undefined =
  'zstdCompressSync' in zlib ? (zlib.zstdCompressSync as (bytes: Uint8Array) => Uint8Array) : undefined;

/** Writes the table and resolves to the number of rows. A table without rows has its columns all the same. */
export async function writeParquet(
  table: ExportTable,
  sink: Sink,
  compression: Compression,
): Promise<number> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(table),
    codec: CODECS[compression],
    compressors: {
      GZIP: (page) => zlib.gzipSync(page, { level: 1 }),
      ...(zstd !== undefined && { ZSTD: zstd }),
    },
    kvMetadata: metadataOf(table),
    createdBy: `radiosonde-harvester version ${VERSION}`,
  });
  const flush = async (): Promise<void> => {
    await sink.write(bytes.getBytes());
    bytes.index = 0;
  };
  let rows = 0;
  for await (const batch of table.batches()) {
    const columnData = sourcesOf(table.columns, batch);
    // One page for each column of a row group: 131,072 rows are half a megabyte or one, and to look for its end takes long.
    await writer.write({ columnData, rowGroupSize: batch.rows, pageSize: 0 });
    await flush();
    rows += batch.rows;
  }
  await writer.finish();
  await flush();
  return rows;
}

const ELEMENTS: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  float32: { type: 'FLOAT' },
  float64: { type: 'DOUBLE' },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
};

function schemaOf({ columns }: ExportTable): SchemaElement[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.map(
      ({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...ELEMENTS[type] }),
    ),
  ];
}

function metadataOf(table: ExportTable): { key: string; value: string }[] {
  const columns = table.columns.map((column) => ({
    name: column.name,
    ...Object.fromEntries(describeColumn(column)),
  }));
  const own = new Map([
    ['ARROW:schema', Buffer.from(schemaMessage(table)).toString('base64')],
    ['columns', JSON.stringify(columns)],
  ]);
  const all = new Map([...own, ...[...table.metadata].filter(([key]) => !own.has(key))]);
  // Readers take the last of two values of a key: an attribute must not stand for what the writer says.
  for (const [name, value] of table.metadata) {
    if (!own.has(name)) continue;
    let key = `attribute:${name}`;
    while (all.has(key)) key = `attribute:${key}`;
    all.set(key, value);
  }
  return [...all].map(([key, value]) => ({ key, value }));
}

function sourcesOf(columns: readonly ExportColumn[], batch: Batch): ColumnSource[] {
  const nothing = new Array<null>(batch.rows).fill(null);
  return columns.map(({ name }, i) => {
    const rows = batch.columns[i] ?? null;
    return {
      name,
      // A dictionary would take -0 for 0.
      ...(hasNegativeZero(rows) && { encoding: 'PLAIN' }),
      // Those of times and codes let readers skip row groups; for texts they take long to find and tell no more.
      statistics: rows !== null && !isTexts(rows),
      // Made when the writer comes to the column, and gone when it has: a row group as plain arrays would be large.
      get data() {
        return rows === null ? nothing : valuesOf(rows);
      },
    };
  });
}

function valuesOf(rows: Exclude<ColumnRows, null>): ColumnSource['data'] {
  if (isTexts(rows)) return rows.map((text) => (text === '' ? null : text));
  const { data, missing } = rows;
  if (missing === null) return data;
  const values = new Array<number | bigint | null>(data.length);
  for (let row = 0; row < values.length; row++)
    values[row] = missing[row] === 1 ? null : (data[row] as number | bigint);
  return values;
}

function hasNegativeZero(rows: ColumnRows): boolean {
  if (rows === null || isTexts(rows)) return false;
  const { data } = rows;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return false;
  for (let i = 0; i < data.length; i++) if (Object.is(data[i], -0)) return true;
  return false;
}
