/** The three formats on made-up tables: every value and every missing one comes back, whatever the texts and numbers are. */
import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inBatchesOf } from '../../src/export/rows.js';
import { sidecar } from '../../src/export/sidecar.js';
import { shortFloat32 } from '../../src/numbers.js';
import { writeArrow } from '../../src/tabular/arrow.js';
import { writeCsv } from '../../src/tabular/csv.js';
import { type Compression, writeParquet, zstd } from '../../src/tabular/parquet.js';
import { fileSink, type Sink } from '../../src/tabular/sink.js';
import type { Batch, ColumnType, ExportTable } from '../../src/tabular/table.js';
import { createWorkspace } from '../cli/workspace.js';
import { duck, type Plain, type PlainColumns, readArrow, readParquet, rowsOf } from './exports.js';
import { TABLE, tableOf } from './made-tables.js';

const space = createWorkspace();

async function writtenTo(path: string, write: (sink: Sink) => Promise<number>): Promise<number> {
  const sink = await fileSink(path);
  const rows = await write(sink);
  await sink.finish();
  return rows;
}

/** Times are bigints in a table and numbers for readers. */
function comparable(columns: PlainColumns, types: readonly ColumnType[]): Plain[][] {
  return Object.values(columns).map((values, i) =>
    values.map((value) => (types[i] === 'timestamp' && value !== null ? Number(value) : value)),
  );
}

const RUNS = { numRuns: 20 };

describe('any table comes back', () => {
  it('from Parquet', async () => {
    await fc.assert(
      fc.asyncProperty(TABLE, async ({ table, types }) => {
        const path = space.path('any.parquet');
        const wanted = await rowsOf(table);
        const rows = await writtenTo(path, (sink) => writeParquet(table, sink, 'snappy'));
        const found = await readParquet(path);
        expect(rows).toBe(found.rows);
        expect(Object.keys(found.columns)).toEqual(table.columns.map(({ name }) => name));
        expect(comparable(found.columns, types)).toEqual(comparable(wanted, types));
      }),
      RUNS,
    );
  });

  it('from Arrow, as a file and as a stream, with and without dictionaries', async () => {
    await fc.assert(
      fc.asyncProperty(
        TABLE,
        fc.constantFrom('file' as const, 'stream' as const),
        async ({ table, types }, as) => {
          const path = space.path('any.arrow');
          await writtenTo(path, (sink) => writeArrow(table, sink, as));
          expect(comparable(readArrow(path), types)).toEqual(comparable(await rowsOf(table), types));
        },
      ),
      RUNS,
    );
  });

  it('from CSV, as texts', async () => {
    await fc.assert(
      fc.asyncProperty(TABLE, async ({ table, types }) => {
        const path = space.path('any.csv');
        await writtenTo(path, (sink) => writeCsv(table, sink, false));
        const [titles, ...lines] = parse(readFileSync(path)) as string[][];
        expect(titles).toEqual(table.columns.map(({ name }) => name));
        const wanted = Object.values(await rowsOf(table));
        expect(lines).toHaveLength(wanted[0]?.length ?? 0);
        for (const [i, type] of types.entries())
          expect(lines.map((line) => fieldOf(line[i] ?? '', type))).toEqual(wanted[i]);
      }),
      RUNS,
    );
  });
});

function fieldOf(field: string, type: ColumnType): Plain {
  if (field === '') return null;
  switch (type) {
    case 'text':
      return field;
    case 'int64':
      return BigInt(field);
    case 'timestamp':
      return BigInt(Date.parse(field));
    case 'float32':
      return Math.fround(Number(field));
    default:
      return Number(field);
  }
}

const COMPRESSIONS: readonly Compression[] = [
  'snappy',
  'gzip',
  'none',
  ...(zstd === undefined ? [] : (['zstd'] as const)),
];

const HOSTILE = ['plain', 'a,b', 'say "x"', 'two\nlines', 'cr\r\nlf', ' blank ', 'Zürich 気象 🎈', ''];

function hostile(): ExportTable {
  const numbers = [1.5, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1, 1e-40, 3.4e38, null];
  const big = [1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 0n, null, 2n ** 53n + 1n, null];
  const times = [0n, -2_840_140_800_000n, 1_577_836_800_000n, null, 1000n, 1n, 2n, 4_102_444_799_000n];
  return tableOf(
    ['text', 'float32', 'float64', 'int64', 'timestamp'],
    [HOSTILE, numbers, numbers, big, times],
    HOSTILE.length,
    3,
    true,
  );
}

describe('hostile texts and uncommon numbers', () => {
  it.each(COMPRESSIONS)('are read by DuckDB from Parquet with %s', async (compression) => {
    const path = space.path(`hostile-${compression}.parquet`);
    await writtenTo(path, (sink) => writeParquet(hostile(), sink, compression));
    const [texts, singles, doubles, big, times] = Object.values(await duck(`from '${path}'`));
    expect(texts).toEqual([...HOSTILE.slice(0, -1), null]);
    expect(singles).toEqual([
      1.5,
      -0,
      Infinity,
      -Infinity,
      Math.fround(0.1),
      Math.fround(1e-40),
      Math.fround(3.4e38),
      null,
    ]);
    expect(doubles).toEqual([1.5, -0, Infinity, -Infinity, 0.1, 1e-40, 3.4e38, null]);
    expect(big).toEqual([1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 0n, null, 2n ** 53n + 1n, null]);
    expect(times).toEqual([0, -2_840_140_800_000, 1_577_836_800_000, null, 1000, 1, 2, 4_102_444_799_000]);
  });

  it('are read by DuckDB from CSV, with types that it finds itself', async () => {
    const path = space.path('hostile.csv');
    await writtenTo(path, (sink) => writeCsv(hostile(), sink, false));
    const [texts, , doubles, big, times] = Object.values(
      await duck(`from read_csv('${path}', parallel = false)`),
    );
    expect(texts).toEqual([...HOSTILE.slice(0, -1), null]);
    expect(doubles).toEqual([1.5, -0, Infinity, -Infinity, 0.1, 1e-40, 3.4e38, null]);
    expect(big).toEqual([1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 0n, null, 2n ** 53n + 1n, null]);
    expect(times).toEqual([0, -2_840_140_800_000, 1_577_836_800_000, null, 1000, 1, 2, 4_102_444_799_000]);
  });

  it('stand in CSV as they should, byte for byte', async () => {
    const path = space.path('bytes.csv');
    await writtenTo(path, (sink) => writeCsv(hostile(), sink, true));
    expect(readFileSync(path, 'utf8')).toBe(
      [
        '"text, ""0"" (K)","float32, ""1"" (K)","float64, ""2"" (K)","int64, ""3"" (K)","timestamp, ""4"" (K)"',
        'plain,1.5,1.5,1,1970-01-01T00:00:00Z',
        '"a,b",-0,-0,-1,1880-01-01T00:00:00Z',
        '"say ""x""",Infinity,Infinity,9223372036854775807,2020-01-01T00:00:00Z',
        '"two\nlines",-Infinity,-Infinity,-9223372036854775808,',
        '"cr\r\nlf",0.1,0.1,0,1970-01-01T00:00:01Z',
        ' blank ,1e-40,1e-40,,1970-01-01T00:00:00.001Z',
        'Zürich 気象 🎈,3.4e+38,3.4e+38,9007199254740993,1970-01-01T00:00:00.002Z',
        ',,,,2099-12-31T23:59:59Z',
        '',
      ].join('\n'),
    );
  });
});

describe('Parquet', () => {
  it('keeps attributes of the names that its writer uses, under others', async () => {
    const path = space.path('names.parquet');
    const metadata = new Map([
      ['columns', 'mine'],
      ['ARROW:schema', 'mine too'],
      ['attribute:columns', 'before'],
      ['title', 't'],
    ]);
    const table = { ...tableOf(['float64'], [[1, null, 2]], 3, 3, false), metadata };
    await writtenTo(path, (sink) => writeParquet(table, sink, 'snappy'));
    const found = await readParquet(path);
    expect(JSON.parse(found.metadata.get('columns') ?? '')).toMatchObject([{ units: 'K' }]);
    const schema = tableFromIPC(Buffer.from(found.metadata.get('ARROW:schema') ?? '', 'base64')).schema;
    expect(schema.metadata).toEqual(metadata);
    expect(found.metadata.get('attribute:attribute:columns')).toBe('mine');
    expect(found.metadata.get('attribute:columns')).toBe('before');
    expect(found.metadata.get('attribute:ARROW:schema')).toBe('mine too');
    const keys = await duck(`select decode(key) as key from parquet_kv_metadata('${path}')`);
    expect(keys.key?.toSorted()).toEqual([...found.metadata.keys()].toSorted());
  });
});

describe('CSV', () => {
  it('has a line for a missing value that stands alone', async () => {
    const path = space.path('alone.csv');
    const table = tableOf(['float64'], [[1, null, 2]], 3, 3, false);
    await writtenTo(path, (sink) => writeCsv(table, sink, false));
    expect(readFileSync(path, 'utf8')).toBe('"float64, ""0"""\n1\n""\n2\n');
  });

  it('has single precision in the fewest digits that give the same number', () => {
    expect(
      [0.1, 288.45, 1e-6, 16777217, 1 / 3, 5e-324, 1.17549435e-38].map(Math.fround).map(shortFloat32),
    ).toEqual(['0.1', '288.45', '0.000001', '16777216', '0.33333334', '0', '1.1754944e-38']);
  });

  it('has types, units and descriptions beside it, as CSV on the Web', () => {
    const table = tableOf(['float32', 'timestamp'], [[], []], 0, 1, false);
    expect(JSON.parse(sidecar(table, '/x/y.csv'))).toMatchObject({
      '@context': 'http://www.w3.org/ns/csvw',
      url: 'y.csv',
      'dc:title': 'Zürich, "made"',
      tableSchema: {
        columns: [
          { name: 'float32, "0"', datatype: 'float', 'schema:unitText': 'K', 'dc:description': 'é "x"' },
          { name: 'timestamp, "1"', datatype: 'dateTimeStamp' },
        ],
      },
    });
  });
});

describe('batches of another size', () => {
  it('hold the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(TABLE, fc.integer({ min: 1, max: 50 }), async ({ table }, size) => {
        const sizes: number[] = [];
        const again: ExportTable = {
          ...table,
          async *batches(): AsyncGenerator<Batch> {
            for await (const batch of inBatchesOf(size, table.batches())) {
              sizes.push(batch.rows);
              yield batch;
            }
          },
        };
        expect(await rowsOf(again)).toEqual(await rowsOf(table));
        expect(sizes.slice(0, -1).every((rows) => rows === size)).toBe(true);
        expect((sizes.at(-1) ?? 1) > 0).toBe(true);
      }),
      RUNS,
    );
  });
});
