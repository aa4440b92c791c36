/** Reading rows of a variable: the bytes of its chunks, inflated and put in their order, missing chunks filled. */
import { read } from 'node:fs';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { asStorageError } from '../../errors.js';
import { DATATYPES, viewAs } from '../datatypes.js';
import { MESSAGE } from '../object-header.js';
import { unshuffle } from '../shuffle.js';
import type { StoredChunk } from '../stored-format.js';
import type { NcType, NumericArray } from '../types.js';
import type { StoredBytes } from './contents.js';
import { type ChunkedPlace, messageOf, placeOfValues } from './dataset-reader.js';
import { bodyLength, type HeaderMessage } from './header-reader.js';
import { type FileReader, structureError } from './reader.js';

const readAt = promisify(read);
const inflated = promisify<Buffer, object, Buffer>(inflate);

const [DEFLATE, SHUFFLE] = [1, 2];
/** What one variable and one chunk of it may have at most: a larger number is damage, and more than there is memory for. */
const MAX_BYTES = 2 ** 33;
const MAX_CHUNK_BYTES = 2 ** 28;
/** Chunks of one variable that are read and inflated at a time. */
const CHUNKS_AT_A_TIME = 8;

/** Where the rows of a variable are and how they are stored. */
export interface RowStorage {
  readonly bytes: readonly StoredBytes[];
  /** Rows `[from, to)`, which are inside the variable. */
  read(from: number, to: number): Promise<NumericArray>;
}

interface Rows {
  readonly reader: FileReader;
  readonly descriptor: number;
  readonly path: string;
  readonly type: Exclude<NcType, 'string'>;
  readonly rows: number;
  readonly rowBytes: number;
  /** One element. */
  readonly fill: Uint8Array;
}

/** Of the dataset at `address`, whose messages these are; `path` names it in errors. */
export function rowStorage(
  reader: FileReader,
  descriptor: number,
  messages: readonly HeaderMessage[],
  variable: { address: number; path: string; type: Exclude<NcType, 'string'>; shape: readonly number[] },
): RowStorage {
  const { address, path, type, shape } = variable;
  const [rows = 1, ...inner] = shape;
  const { size } = DATATYPES[type];
  const rowBytes = inner.reduce((product, length) => product * length, size);
  const fill = fillOf(messages, size);
  const tooLarge = (what: string): never => {
    throw structureError(reader.path, address, `${path} has ${what}, which no file of this writer has`);
  };
  if (!(rows * rowBytes <= MAX_BYTES)) return tooLarge(`${rows} rows of ${rowBytes} bytes`);
  const of: Rows = { reader, descriptor, path, type, rows, rowBytes, fill };
  const place = placeOfValues(reader, messages, address);
  if (place.kind === 'contiguous') return contiguousRows(of, place.address);
  if (place.chunk.slice(1).some((length, i) => length !== inner[i]))
    throw structureError(reader.path, address, `${path} has chunks of parts of rows, which are not read`);
  if (!(place.chunk[0]! * rowBytes <= MAX_CHUNK_BYTES))
    return tooLarge(`chunks of ${place.chunk[0]} rows of ${rowBytes} bytes`);
  return chunkedRows(of, place, filtersOf(reader, messages, address, path));
}

function contiguousRows(of: Rows, address: number | undefined): RowStorage {
  const { rows, rowBytes, type, fill } = of;
  const isStored = address !== undefined && rows > 0;
  return {
    bytes: isStored ? [{ firstRow: 0, rows, address, size: rows * rowBytes }] : [],
    async read(from, to) {
      const target = new Uint8Array((to - from) * rowBytes);
      if (isStored) await readInto(of, target, address + from * rowBytes);
      else fillRows(target, fill);
      return viewAs(type, target);
    },
  };
}

function chunkedRows(of: Rows, { chunk, chunks }: ChunkedPlace, filters: readonly number[]): RowStorage {
  const { rows, rowBytes, type, fill } = of;
  const chunkRows = chunk[0]!;
  return {
    bytes: chunks.map(({ row, address, size }) => ({
      firstRow: row,
      rows: Math.min(chunkRows, rows - row),
      address,
      size,
    })),
    async read(from, to) {
      const target = new Uint8Array((to - from) * rowBytes);
      const wanted = chunks.slice(firstAt(chunks, from - chunkRows + 1), firstAt(chunks, to));
      if (wanted.length * chunkRows < to - from || wanted.length === 0 || hasGap(wanted, chunkRows, from, to))
        fillRows(target, fill);
      for (let i = 0; i < wanted.length; i += CHUNKS_AT_A_TIME)
        await Promise.all(
          wanted.slice(i, i + CHUNKS_AT_A_TIME).map(async (stored) => {
            const bytes = await chunkBytes(of, stored, chunkRows * rowBytes, filters);
            const begin = Math.max(from, stored.row);
            const end = Math.min(to, stored.row + chunkRows);
            const part = bytes.subarray((begin - stored.row) * rowBytes, (end - stored.row) * rowBytes);
            target.set(part, (begin - from) * rowBytes);
          }),
        );
      return viewAs(type, target);
    },
  };
}

/** Number of the first chunk that begins at `row` or later. */
function firstAt(chunks: readonly StoredChunk[], row: number): number {
  let [low, high] = [0, chunks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle]!.row < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether there are rows of `[from, to)` that no chunk holds. */
function hasGap(chunks: readonly StoredChunk[], chunkRows: number, from: number, to: number): boolean {
  let covered = from;
  for (const { row } of chunks) {
    if (row > covered) return true;
    covered = row + chunkRows;
  }
  return covered < to;
}

async function chunkBytes(
  of: Rows,
  { row, address, size, filterMask }: StoredChunk,
  length: number,
  filters: readonly number[],
): Promise<Uint8Array> {
  const { reader, path, type } = of;
  const fail = (what: string): never => {
    throw structureError(reader.path, address, `the chunk of ${path} from row ${row} on ${what}`);
  };
  if (filterMask >= 1 << filters.length) return fail('leaves out filters that there are not');
  // The writer leaves deflate out where a chunk would become larger by it.
  const applied = filters.filter((_, i) => (filterMask & (1 << i)) === 0);
  const stored = new Uint8Array(size);
  await readInto(of, stored, address);
  let bytes: Uint8Array = stored;
  if (applied.includes(DEFLATE)) {
    // With some room to spare, the output never needs a second buffer.
    const options = { chunkSize: length + 64, maxOutputLength: length };
    bytes = await inflated(Buffer.from(stored.buffer), options).catch((error: unknown) =>
      fail(`cannot be inflated: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
  if (bytes.length !== length) return fail(`has ${bytes.length} bytes, not ${length}`);
  if (!applied.includes(SHUFFLE)) return bytes;
  const target = new Uint8Array(length);
  unshuffle(bytes, DATATYPES[type].size, target);
  return target;
}

async function readInto({ reader, descriptor }: Rows, target: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const { bytesRead } = await readAt(descriptor, target, done, target.length - done, position + done).catch(
      (error: unknown) => {
        throw asStorageError(error, 'cannot read', reader.path);
      },
    );
    if (bytesRead === 0) throw structureError(reader.path, position + done, 'the file ends early');
    done += bytesRead;
  }
}

function fillRows(target: Uint8Array, fill: Uint8Array): void {
  if (fill.some((byte) => byte !== 0))
    Buffer.from(target.buffer, target.byteOffset, target.length).fill(fill);
}

/** The fill value of a version 2 or 3 message, zero bytes where none is defined. */
function fillOf(messages: readonly HeaderMessage[], size: number): Uint8Array {
  const message = messages.find(({ type }) => type === MESSAGE.fillValue);
  if (message === undefined) return new Uint8Array(size);
  const { bytes, start } = message;
  const isDefined = bytes[start] === 3 ? ((bytes[start + 1] ?? 0) & 0x20) !== 0 : bytes[start + 3] === 1;
  const at = start + (bytes[start] === 3 ? 2 : 4);
  if (!isDefined || bodyLength(message) < at - start + 4 + size || bytes.readUInt32LE(at) !== size)
    return new Uint8Array(size);
  return Uint8Array.prototype.slice.call(bytes, at + 4, at + 4 + size);
}

/** The filters of the dataset, in the order of writing. */
function filtersOf(
  reader: FileReader,
  messages: readonly HeaderMessage[],
  address: number,
  path: string,
): number[] {
  if (!messages.some(({ type }) => type === MESSAGE.filters)) return [];
  const { bytes, start, end, at } = messageOf(reader, messages, MESSAGE.filters, address);
  const fail = (): never => {
    throw structureError(reader.path, at, `the filters of ${path} are not deflate and shuffle`);
  };
  if (bytes[start] !== 2) return fail();
  const filters: number[] = [];
  let next = start + 2;
  for (let i = 0; i < bytes[start + 1]!; i++) {
    if (next + 6 > end) return fail();
    const id = bytes.readUInt16LE(next);
    if (id !== DEFLATE && id !== SHUFFLE) return fail();
    filters.push(id);
    next += 6 + 4 * bytes.readUInt16LE(next + 4);
  }
  return filters;
}
