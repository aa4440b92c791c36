/**
 * The rows of a variable of fixed-size elements: collects them into chunks, keeps constant chunks out of the file, and says
 * at the end where everything is.
 */

import { bytesOf } from '../bytes.js';
import type { StoredChunk } from '../stored-format.js';
import type { NcType } from '../types.js';
import { type ChunkEncoder, type ChunkEncoding, type EncodedChunk, encodeRepeated } from './encoder.js';
import { fillBytes, holdsFill, isConstant, repeat } from './fill.js';
import type { Pipeline } from './pipeline.js';
import { isRepeated, type RepeatedRows } from './repeated.js';
import type { Sink } from './sink.js';

/** Tables up to this size are contiguous: a chunk would need an index node that is larger. */
const MAX_CONTIGUOUS_BYTES = 4096;
const NUL = 0;
const BLANK = 32;

/** Where the values of a variable are once its file is complete. */
export type Storage =
  | { readonly kind: 'unallocated' }
  | { readonly kind: 'contiguous'; address: number }
  | { readonly kind: 'chunked'; readonly chunkRows: number; readonly chunks: readonly StoredChunk[] };

export interface FinishedColumn {
  readonly storage: Storage;
  /** The HDF5 fill value: what chunks without storage read as. */
  readonly background: Uint8Array | undefined;
  /** True when `_FillValue` is to be written: the declared fill value occurs, or missing rows read as it. */
  readonly fillOccurs: boolean;
}

export interface Column<Values> {
  /** Rows so far. */
  readonly rows: number;
  /** Appends whole rows. */
  append(values: Values, rows: number): void;
  /** Submits what is left; `length` is the final length of the first dimension. The result is valid once the pipeline is drained. */
  finish(length: number): FinishedColumn;
}

export interface ColumnLayout {
  readonly path: string;
  readonly type: NcType;
  readonly rowBytes: number;
  readonly chunkRows: number;
  /** Length of the last dimension of a `char` variable, else 1. */
  readonly textWidth: number;
  readonly encoding: ChunkEncoding;
}

/** The column of a variable; chunks go through `encode` into the pipeline. */
export function createColumn(
  pipeline: Pipeline,
  encode: ChunkEncoder,
  layout: ColumnLayout & { readonly type: Exclude<NcType, 'string'> },
  fill: number | bigint | string | undefined,
): Column<Uint8Array | RepeatedRows> {
  const { path, type, rowBytes, encoding, textWidth } = layout;
  const { elementBytes } = encoding;
  const declared = fill === undefined ? undefined : fillBytes(path, type, fill);
  const chunks: StoredChunk[] = [];
  let elidedRows: number[] = [];
  let background: Uint8Array | undefined;
  let fillOccurs = false;
  let rows = 0;
  let chunkedRows = 0;
  let pending = new Uint8Array(0);
  let pendingBytes = 0;

  const submit = (row: number, encoded: EncodedChunk | Promise<EncodedChunk>, cost: number): void =>
    pipeline.submit(new ChunkJob(chunks, row, encoded, cost));

  /** The declared fill value has occurred: chunks that were left out for another background get storage after all. */
  const settleOnDeclared = (chunkBytes: number): void => {
    if (elidedRows.length > 0) {
      const encoded = encode(repeat(background, chunkBytes), encoding);
      for (const row of elidedRows) submit(row, encoded, 0);
      elidedRows = [];
    }
    fillOccurs = true;
    background = declared;
  };

  /** Decides whether `values` (whole elements, not padded) can be left out, which fixes the background the first time. */
  const isBackground = (values: Uint8Array, chunkBytes: number): boolean => {
    const element = isConstant(values, elementBytes) ? values.slice(0, elementBytes) : undefined;
    // The same as before, and so no first occurrence of the declared fill value either.
    if (element !== undefined && background !== undefined && Buffer.compare(element, background) === 0)
      return true;
    if (declared !== undefined && !fillOccurs && holdsFill(type, values, declared, textWidth))
      settleOnDeclared(chunkBytes);
    if (element === undefined) return false;
    if (background === undefined) {
      if (type === 'char' && element[0] !== BLANK && element[0] !== NUL) return false;
      background = element;
    }
    return Buffer.compare(element, background) === 0;
  };

  const takeChunk = (chunk: Uint8Array): void => {
    if (isBackground(chunk, chunk.length)) elidedRows.push(chunkedRows);
    else submit(chunkedRows, encode(chunk, encoding), chunk.length);
    chunkedRows += layout.chunkRows;
  };

  const takeRepeated = (values: RepeatedRows, chunkBytes: number): void => {
    if (isBackground(bytesOf(values.distinct), chunkBytes)) elidedRows.push(chunkedRows);
    else {
      const encoded = encodeRepeated(values, encoding, encode);
      submit(chunkedRows, encoded, encoded instanceof Promise ? chunkBytes : encoded.bytes.length);
    }
    chunkedRows += layout.chunkRows;
  };

  const hold = (values: Uint8Array, chunkBytes: number): void => {
    const needed = pendingBytes + values.length;
    if (needed > pending.length) {
      const larger = new Uint8Array(Math.min(chunkBytes, Math.max(needed, pending.length * 2)));
      larger.set(pending.subarray(0, pendingBytes));
      pending = larger;
    }
    pending.set(values, pendingBytes);
    pendingBytes = needed;
  };

  const finishRest = (length: number): Storage => {
    if (pendingBytes === 0) return chunks.length > 0 || chunkedRows > 0 ? chunked() : { kind: 'unallocated' };
    const values = pending.subarray(0, pendingBytes);
    if (chunkedRows > 0) {
      const chunkBytes = layout.chunkRows * rowBytes;
      if (isBackground(values, chunkBytes)) return chunked();
      const chunk = repeat(background ?? declared, chunkBytes);
      chunk.set(values);
      submit(chunkedRows, encode(chunk, encoding), chunk.length);
      return chunked();
    }
    if (isBackground(values, values.length)) return { kind: 'unallocated' };
    if (values.length > MAX_CONTIGUOUS_BYTES && encoding.deflateLevel > 0) {
      submit(0, encode(values, encoding), values.length);
      return { kind: 'chunked', chunkRows: length, chunks };
    }
    const storage = { kind: 'contiguous' as const, address: 0 };
    pipeline.submit(new TableJob(storage, values));
    return storage;
  };

  const chunked = (): Storage => ({ kind: 'chunked', chunkRows: layout.chunkRows, chunks });

  return {
    get rows() {
      return rows;
    },
    append(given, count) {
      const chunkBytes = layout.chunkRows * rowBytes;
      rows += count;
      if (isRepeated(given) && pendingBytes === 0 && count === layout.chunkRows) {
        takeRepeated(given, chunkBytes);
        return;
      }
      const values = isRepeated(given) ? given.expand() : given;
      for (let at = 0; at < values.length; ) {
        const rest = values.length - at;
        if (pendingBytes === 0 && rest >= chunkBytes) {
          takeChunk(values.subarray(at, at + chunkBytes));
          at += chunkBytes;
          continue;
        }
        const taken = Math.min(chunkBytes - pendingBytes, rest);
        hold(values.subarray(at, at + taken), chunkBytes);
        at += taken;
        if (pendingBytes === chunkBytes) {
          takeChunk(pending.subarray(0, chunkBytes));
          pendingBytes = 0;
        }
      }
    },
    finish(length) {
      if (rows === 0 && length > 0 && declared !== undefined) {
        fillOccurs = true;
        background = declared;
      }
      const storage = finishRest(length);
      return { storage, background: background ?? declared, fillOccurs };
    },
  };
}

/*
 * What lands in the file, as classes: their methods are compiled once per process, where functions that are made for each chunk are
 * thrown away with their file, and compiled again for the next one.
 */

/** A chunk that is, or will be, encoded. */
class ChunkJob {
  readonly cost: number;
  readonly work: Promise<void> | undefined;
  readonly #chunks: StoredChunk[];
  readonly #row: number;
  #encoded: EncodedChunk | undefined;

  constructor(
    chunks: StoredChunk[],
    row: number,
    encoded: EncodedChunk | Promise<EncodedChunk>,
    cost: number,
  ) {
    this.#chunks = chunks;
    this.#row = row;
    this.cost = cost;
    if (encoded instanceof Promise) this.work = this.#taking(encoded);
    else this.#encoded = encoded;
  }

  async #taking(encoded: Promise<EncodedChunk>): Promise<void> {
    this.#encoded = await encoded;
  }

  land(sink: Sink): void {
    const { bytes, filterMask } = this.#encoded as EncodedChunk;
    this.#chunks.push({ row: this.#row, address: sink.place(bytes), size: bytes.length, filterMask });
  }
}

/** A small table, stored as it is. */
class TableJob {
  readonly cost: number;
  readonly work = undefined;
  readonly #storage: { address: number };
  readonly #values: Uint8Array;

  constructor(storage: { address: number }, values: Uint8Array) {
    this.#storage = storage;
    this.#values = values;
    this.cost = values.length;
  }

  land(sink: Sink): void {
    this.#storage.address = sink.place(this.#values, 8);
  }
}
