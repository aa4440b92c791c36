/** Columns of station files as columns of exports: types, missing values, what they say of themselves. */
import { InputError } from '../errors.js';
import type { NumericArray, StoredAttribute, StoredVariable } from '../netcdf4/index.js';
import type { StationColumn, StationContents, StationTable } from '../reading/station.js';
import type { ColumnRows, ColumnType, ExportColumn, NumberRows } from '../tabular/table.js';
import { numbersOf, rowsOfNumbers } from './rows.js';

/** Milliseconds since 1970-01-01 of 1900-01-01. */
const EPOCH_MS = -2_208_988_800_000;

/** Milliseconds before and after 1970-01-01 that a date can be (ECMAScript); other readers of timestamps take no more. */
const FARTHEST_MS = 8.64e15;

/** Attributes that tell how a value is stored, or that stand elsewhere. */
const NOT_EXPORTED = new Set([
  '_FillValue',
  '_Encoding',
  'calendar',
  'units',
  'description',
  'external_table',
]);

/** A column of a station file that is exported. */
export interface StoredColumn {
  readonly column: ExportColumn;
  readonly rows: number;
  read(from: number, to: number): Promise<ColumnRows>;
}

/** All columns of a table, in the order of the file. */
export function storedColumns(station: StationContents, table: StationTable): StoredColumn[] {
  const variables = station.contents.root.groups.get(table.name)?.variables;
  return [...table.columns.values()].map((column) =>
    storedColumn({ file: station.path, table: table.name }, column, variables?.get(column.name)),
  );
}

/** Where a column is. */
interface Place {
  readonly file: string;
  readonly table: string;
}

function storedColumn(
  place: Place,
  stored: StationColumn,
  variable: StoredVariable | undefined,
): StoredColumn {
  const type = typeOf(stored, variable);
  const column: ExportColumn = {
    name: stored.name,
    type,
    // Times are exported as timestamps: seconds since some day are how the station file stores them.
    units: type === 'timestamp' ? '' : stored.units,
    description: stored.description,
    externalTable: stored.externalTable,
    attributes: new Map(
      [...(variable?.attributes ?? [])]
        .filter(([name]) => !NOT_EXPORTED.has(name))
        .map(([name, value]) => [name, attributeText(value)] as const),
    ),
  };
  return { column, rows: stored.rows, read: (from, to) => readRows(place, stored, type, from, to) };
}

function typeOf({ kind }: StationColumn, variable: StoredVariable | undefined): ColumnType {
  if (kind === 'text') return 'text';
  if (kind === 'time') return 'timestamp';
  switch (variable?.type) {
    case 'float':
      return 'float32';
    case 'double':
    case 'uint64':
      return 'float64';
    case 'int64':
    case 'uint':
      return 'int64';
    default:
      return 'int32';
  }
}

/** An attribute as one text: numbers and lists as JSON has them. */
export function attributeText(value: StoredAttribute): string {
  if (typeof value === 'string') return value;
  const list: unknown[] = Array.from(value as ArrayLike<unknown>, (each) =>
    typeof each === 'bigint' ? Number(each) : each,
  );
  return list.length === 1 ? String(list[0]) : JSON.stringify(list);
}

async function readRows(
  place: Place,
  column: StationColumn,
  type: ColumnType,
  from: number,
  to: number,
): Promise<ColumnRows> {
  if (!column.isStored && (type === 'text' || column.missing !== undefined)) return null;
  if (type === 'text') return await column.texts(from, to);
  if (type === 'timestamp')
    return timestamps(await column.numbers(from, to), { ...place, column: column.name, from });
  const raw = await column.raw(from, to);
  if (raw instanceof Float32Array || raw instanceof Float64Array) return { data: raw, missing: nans(raw) };
  if (type === 'float64' || type === 'float32') return rowsOfNumbers(type, await column.numbers(from, to));
  return integers(raw, type, column.missing);
}

/**
 * Seconds since 1900-01-01, of the rows of the column that begin at `from`, as milliseconds since 1970-01-01. NaN is missing. Throws
 * `InputError` for a number that is no time.
 */
export function timestamps(
  seconds: Float64Array,
  { file, table, column, from }: Place & { readonly column: string; readonly from: number },
): NumberRows {
  const milliseconds = seconds.map((second) => second * 1000 + EPOCH_MS);
  const wrong = milliseconds.findIndex((each) => Math.abs(each) > FARTHEST_MS);
  if (wrong >= 0)
    throw new InputError(
      'BAD_TIME',
      `${file}: ${seconds[wrong]} seconds since 1900 in row ${from + wrong} of ${column} of ${table} is no time`,
      { file, field: column, hint: 'The file is damaged: harvest the station again.' },
    );
  return rowsOfNumbers('timestamp', milliseconds);
}

function nans(values: Float32Array | Float64Array): Uint8Array | null {
  let missing: Uint8Array | null = null;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) continue;
    missing ??= new Uint8Array(values.length);
    missing[i] = 1;
  }
  return missing;
}

function integers(
  raw: NumericArray,
  type: 'int32' | 'int64',
  hole: number | bigint | undefined,
): { data: Int32Array | BigInt64Array; missing: Uint8Array | null } {
  const data = numbersOf(type, raw.length) as Int32Array | BigInt64Array;
  let missing: Uint8Array | null = null;
  for (let i = 0; i < raw.length; i++) {
    const value = raw[i] as number | bigint;
    if (value === hole) {
      missing ??= new Uint8Array(raw.length);
      missing[i] = 1;
    }
    if (data instanceof BigInt64Array) data[i] = BigInt(value);
    else data[i] = Number(value);
  }
  return { data, missing };
}
