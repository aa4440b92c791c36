/** Rows of columns: picked out, joined, of a wider type. */
import { type Batch, type ColumnRows, type ColumnType, isTexts, type NumberRows } from '../tabular/table.js';

type Numbers = NumberRows['data'];

/** An array for `rows` numbers of the type. */
export function numbersOf(type: Exclude<ColumnType, 'text'>, rows: number): Numbers {
  switch (type) {
    case 'int32':
      return new Int32Array(rows);
    case 'float32':
      return new Float32Array(rows);
    case 'float64':
      return new Float64Array(rows);
    default:
      return new BigInt64Array(rows);
  }
}

/** Numbers of which NaN is a missing one, as rows of the type. */
export function rowsOfNumbers(type: Exclude<ColumnType, 'text'>, numbers: Float64Array): NumberRows {
  const data = numbersOf(type, numbers.length);
  let missing: Uint8Array | null = null;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number;
    if (Number.isNaN(value)) {
      missing ??= new Uint8Array(numbers.length);
      missing[i] = 1;
    } else if (data instanceof BigInt64Array) data[i] = BigInt(Math.round(value));
    else data[i] = value;
  }
  return { data, missing };
}

/** The rows at the places `index`; a place below 0 is a missing row. */
export function pick(rows: ColumnRows, index: Int32Array): ColumnRows {
  if (rows === null) return null;
  if (isTexts(rows)) return Array.from(index, (place) => (place < 0 ? '' : (rows[place] as string)));
  const data = emptyLike(rows.data, index.length);
  let missing: Uint8Array | null = null;
  for (let i = 0; i < index.length; i++) {
    const place = index[i] as number;
    if (place < 0 || rows.missing?.[place] === 1) {
      missing ??= new Uint8Array(index.length);
      missing[i] = 1;
    } else data[i] = rows.data[place] as number & bigint;
  }
  return { data, missing };
}

/** Rows `[from, to)`. */
export function slice(rows: ColumnRows, from: number, to: number): ColumnRows {
  if (rows === null) return null;
  if (isTexts(rows)) return rows.slice(from, to);
  return { data: rows.data.subarray(from, to), missing: rows.missing?.subarray(from, to) ?? null };
}

/** Numbers of the type that columns of the same name have together in several files. Throws `TypeError` for texts among numbers. */
export function widened(rows: ColumnRows, type: ColumnType): ColumnRows {
  if (rows === null) return null;
  if (isTexts(rows) !== (type === 'text')) throw new TypeError('texts are no numbers');
  if (isTexts(rows) || type === 'text') return rows;
  const data = numbersOf(type, 0);
  if (data.constructor === rows.data.constructor) return rows;
  const { length } = rows.data;
  const wide = numbersOf(type, length);
  for (let i = 0; i < length; i++) {
    const value = rows.data[i] as number | bigint;
    if (wide instanceof BigInt64Array) wide[i] = BigInt(value);
    else wide[i] = Number(value);
  }
  return { data: wide, missing: rows.missing };
}

/** The type that holds the values of both; null where there is none. */
export function commonType(a: ColumnType, b: ColumnType): ColumnType | null {
  if (a === b) return a;
  const pair = [a, b];
  if (pair.includes('text') || pair.includes('timestamp')) return null;
  return pair.includes('float64') || pair.includes('float32') ? 'float64' : 'int64';
}

function emptyLike(data: Numbers, length: number): Numbers {
  if (data instanceof BigInt64Array) return new BigInt64Array(length);
  if (data instanceof Int32Array) return new Int32Array(length);
  return data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

function joined(parts: readonly Batch[], column: number, rows: number): ColumnRows {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.columns[column] ?? null;
  const first = parts.map((part) => part.columns[column]).find((part) => part != null);
  if (first == null) return null;
  if (isTexts(first)) {
    return parts.flatMap((part) => {
      const texts = part.columns[column];
      return texts != null && isTexts(texts) ? texts : new Array<string>(part.rows).fill('');
    });
  }
  const data = emptyLike(first.data, rows);
  let missing: Uint8Array | null = null;
  let at = 0;
  for (const part of parts) {
    const from = part.columns[column];
    if (from != null && !isTexts(from)) {
      data.set(from.data as Float64Array & BigInt64Array, at);
      if (from.missing !== null) {
        missing ??= new Uint8Array(rows);
        missing.set(from.missing, at);
      }
    } else {
      missing ??= new Uint8Array(rows);
      missing.fill(1, at, at + part.rows);
    }
    at += part.rows;
  }
  return { data, missing };
}

/** The same rows in batches of `size` rows, the last one smaller; batches without rows are left out. */
export async function* inBatchesOf(size: number, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  let parts: Batch[] = [];
  let waiting = 0;
  const join = (): Batch => {
    const columns = (parts[0]?.columns ?? []).map((_, column) => joined(parts, column, waiting));
    const batch = { rows: waiting, columns };
    [parts, waiting] = [[], 0];
    return batch;
  };
  for await (const batch of batches) {
    let from = 0;
    while (waiting + batch.rows - from >= size) {
      const to = from + size - waiting;
      parts.push(part(batch, from, to));
      waiting += to - from;
      from = to;
      yield join();
    }
    if (from < batch.rows) {
      parts.push(part(batch, from, batch.rows));
      waiting += batch.rows - from;
    }
  }
  if (waiting > 0) yield join();
}

function part(batch: Batch, from: number, to: number): Batch {
  if (from === 0 && to === batch.rows) return batch;
  return { rows: to - from, columns: batch.columns.map((rows) => slice(rows, from, to)) };
}
