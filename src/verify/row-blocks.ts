/** The tables with a row per observation, read block by block: all columns of some ten thousand rows at a time. */
import type { NumericArray, StoredVariable } from '../netcdf4/index.js';
import { wideNumbers } from '../reading/column.js';
import type { FileView } from './file-view.js';

/** Two chunks of the writer. Twice as many rows take a third more time, for the collector of memory cannot keep up. */
const BLOCK_ROWS = 32_768;

/** What stands for no time. */
const NO_TIME = -(2 ** 63);

/** Rows `firstRow` to `firstRow + rows` of all columns. */
export interface RowBlock {
  readonly firstRow: number;
  readonly rows: number;
  /** By path, such as `/observations_table/units`; without the columns that cannot be read. */
  readonly columns: ReadonlyMap<string, NumericArray>;
  /** Paths of those that are one value throughout the file. */
  readonly constant: ReadonlySet<string>;
}

/** The columns of observations_table of the types that the checks know; undefined where a column is not there or of another type. */
export function intsOf({ columns }: RowBlock, name: string): Int32Array | undefined {
  const array = columns.get(`/observations_table/${name}`);
  return array instanceof Int32Array ? array : undefined;
}

export function floatsOf({ columns }: RowBlock, name: string): Float32Array | Float64Array | undefined {
  const array = columns.get(`/observations_table/${name}`);
  return array instanceof Float32Array || array instanceof Float64Array ? array : undefined;
}

/** Seconds since 1900-01-01, NaN for none. */
export function timesOf({ columns }: RowBlock, name: string): Float64Array | undefined {
  const array = columns.get(`/observations_table/${name}`);
  return array instanceof BigInt64Array ? wideNumbers(array, NO_TIME) : undefined;
}

/** Texts of equal width. */
export function bytesOf({ columns }: RowBlock, name: string): Buffer | undefined {
  const array = columns.get(`/observations_table/${name}`);
  return array instanceof Uint8Array
    ? Buffer.from(array.buffer, array.byteOffset, array.byteLength)
    : undefined;
}

/**
 * The blocks of the tables `groups`, which have rows in step; columns with fewer rows are left out. The next block is read while
 * one is looked at.
 */
export async function* rowBlocks(
  view: FileView,
  groups: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBlock> {
  const total = view.rows('observations_table');
  const readers = groups.flatMap((group) =>
    [...(view.contents.root.groups.get(group)?.variables.values() ?? [])]
      .filter(({ shape, type }) => shape[0] === total && type !== 'string')
      .map((variable) => columnReader(view, variable)),
  );
  const constant = new Set(readers.filter((reader) => reader.isConstant).map(({ path }) => path));
  const blockAt = async (firstRow: number): Promise<RowBlock> => {
    const rows = Math.min(BLOCK_ROWS, total - firstRow);
    const columns = new Map<string, NumericArray>();
    await Promise.all(
      readers.map(async ({ path, read }) => {
        const array = await read(firstRow, firstRow + rows);
        if (array !== undefined) columns.set(path, array);
      }),
    );
    return { firstRow, rows, columns, constant };
  };
  let next = total > 0 ? blockAt(0) : undefined;
  for (let row = 0; next !== undefined; row += BLOCK_ROWS) {
    signal?.throwIfAborted();
    const block: RowBlock = await next;
    next = row + BLOCK_ROWS < total ? blockAt(row + BLOCK_ROWS) : undefined;
    // What fails while a block is looked at is told when the next one is asked for.
    next?.catch(() => undefined);
    yield block;
  }
}

interface ColumnReader {
  path: string;
  isConstant: boolean;
  read(from: number, to: number): Promise<NumericArray | undefined>;
}

/** A column that is one value throughout takes no bytes in the file: it is laid down once. */
function columnReader(view: FileView, variable: StoredVariable): ColumnReader {
  const { path, shape } = variable;
  if (isStored(variable))
    return { path, isConstant: false, read: (from, to) => view.read(variable, from, to) };
  const width = variable.type === 'char' ? (shape[1] ?? 1) : 1;
  let laidDown: Promise<NumericArray | undefined> | undefined;
  return {
    path,
    isConstant: true,
    async read(from, to) {
      laidDown ??= view.read(variable, 0, Math.min(BLOCK_ROWS, shape[0] ?? 0));
      return (await laidDown)?.subarray(0, (to - from) * width);
    },
  };
}

/** Where the storage cannot be found, reading tells why. */
function isStored(variable: StoredVariable): boolean {
  try {
    return variable.isStored;
  } catch {
    return true;
  }
}
