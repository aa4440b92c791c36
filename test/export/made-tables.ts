/** Made-up tables to be exported. */
import fc from 'fast-check';
import { numbersOf } from '../../src/export/rows.js';
import { type ColumnRows, type ColumnType, type ExportTable, plainColumn } from '../../src/tabular/table.js';
import type { Plain } from './exports.js';

const TEXT = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '',
    '"',
    '""',
    ',',
    'a,b',
    'line\nbreak',
    '\r\n',
    ' blank ',
    'Zürich',
    '気象',
    '🎈',
    "'",
    '=1+1',
    'NaN',
    'null',
  ),
);
const VALUES: Record<ColumnType, fc.Arbitrary<Plain>> = {
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  float32: fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(-0, 0, Number.POSITIVE_INFINITY)),
  float64: fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(-0, 0, Number.NEGATIVE_INFINITY)),
  timestamp: fc
    .integer({ min: -2_840_140_800, max: 4_102_444_800 })
    .map((seconds) => BigInt(seconds) * 1000n),
  text: TEXT,
};
const TYPES = Object.keys(VALUES) as ColumnType[];

/** Values of a column, some of them missing; or a column where all are. */
function columnOf(type: ColumnType, rows: number): fc.Arbitrary<Plain[]> {
  const some = fc.array(fc.option(VALUES[type], { nil: null, freq: 4 }), {
    minLength: rows,
    maxLength: rows,
  });
  const none = fc.constant(new Array<Plain>(rows).fill(null));
  const same = VALUES[type].map((value) => new Array<Plain>(rows).fill(value));
  return fc.oneof({ weight: 4, arbitrary: some }, none, same);
}

export interface Made {
  readonly table: ExportTable;
  readonly types: readonly ColumnType[];
}

/** Tables of all types, with missing values, in batches of any size. */
export const TABLE: fc.Arbitrary<Made> = fc
  .record({
    types: fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 7 }),
    rows: fc.integer({ min: 0, max: 40 }),
    batch: fc.integer({ min: 1, max: 40 }),
    dictionaries: fc.boolean(),
  })
  .chain(({ types, rows, batch, dictionaries }) =>
    fc
      .tuple(...types.map((type) => columnOf(type, rows)))
      .map((columns) => ({ types, table: tableOf(types, columns, rows, batch, dictionaries) })),
  );

/** A table of these values in batches of `batch` rows; with `dictionaries` half of the texts are known beforehand. */
export function tableOf(
  types: readonly ColumnType[],
  columns: readonly Plain[][],
  rows: number,
  batch: number,
  dictionaries: boolean,
): ExportTable {
  return {
    name: 'made',
    columns: types.map((type, i) =>
      plainColumn(`${type}, "${i}"`, type, { units: 'K', description: 'é "x"' }),
    ),
    metadata: new Map([['title', 'Zürich, "made"']]),
    // Half of the texts are not in the vocabulary: they are added as they come.
    vocabulary: (i) =>
      dictionaries && types[i] === 'text'
        ? [...new Set(columns[i]?.filter((_, row) => row % 2 === 0))]
            .filter((text) => text !== null && text !== '')
            .map(String)
        : null,
    async *batches() {
      for (let from = 0; from < rows; from += batch) {
        const to = Math.min(from + batch, rows);
        const parts = types.map((type, i) => columnRows(type, (columns[i] as Plain[]).slice(from, to)));
        yield { rows: to - from, columns: parts };
      }
    },
  };
}

function columnRows(type: ColumnType, values: readonly Plain[]): ColumnRows {
  if (values.every((value) => value === null)) return null;
  if (type === 'text') return values.map((value) => String(value ?? ''));
  const data = numbersOf(type, values.length);
  for (const [row, value] of values.entries()) {
    if (data instanceof BigInt64Array) data[row] = BigInt(value ?? 0);
    else data[row] = Number(value ?? Number.NaN);
  }
  const missing = values.some((value) => value === null)
    ? Uint8Array.from(values, (value) => (value === null ? 1 : 0))
    : null;
  return { data, missing };
}
