/** The vocabulary of the room: the twelve netCDF-4 types, the arrays of their values, attribute values, and options of writing. */

/** The atomic types of the netCDF-4 data model, by their CDL names. */
export type NcType =
  | 'byte'
  | 'ubyte'
  | 'short'
  | 'ushort'
  | 'int'
  | 'uint'
  | 'int64'
  | 'uint64'
  | 'float'
  | 'double'
  | 'char'
  | 'string';

/** The arrays that carry numbers: one class per numeric netCDF type (`Uint8Array` also carries the bytes of `char`). */
export type NumericArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * What an attribute may hold. `string` becomes a fixed-length UTF-8 scalar (at most 64000 bytes), `string[]` an array of
 * variable-length strings, a typed array a numeric array of its type, `number` an `int` where it is an integer of 32 bits
 * and a `double` otherwise, `bigint` an `int64`.
 */
export type AttributeValue = string | readonly string[] | number | bigint | NumericArray;

export interface CreateOptions {
  /** Deflate level 0 (no compression) to 9 of variables that do not say otherwise. Default 1. */
  deflateLevel?: number;
  /** Byte shuffle before deflate. Default true. */
  shuffle?: boolean;
  /** Rows per chunk. Default 16384, fewer where a chunk would pass 64 MiB. A shorter table is one chunk. */
  chunkRows?: number;
  /** Bound, in bytes of uncompressed chunks, that `ready()` waits for. Default 32 MiB. */
  maxPendingBytes?: number;
}

export interface VariableOptions {
  /**
   * The value of missing rows and the HDF5 fill value. The attribute `_FillValue` is written only when the value occurs.
   * A `char` variable takes one ASCII character; there, a missing value is a row that consists of it alone.
   */
  fill?: number | bigint | string;
  chunkRows?: number;
  deflateLevel?: number;
  shuffle?: boolean;
  /** Deflate without the search for repeats: faster, and smaller too, for shuffled numbers that hardly ever repeat. */
  huffmanOnly?: boolean;
  attributes?: Readonly<Record<string, AttributeValue>>;
}

export interface NetcdfDimension {
  readonly name: string;
  /** `undefined` while a dimension that grows is not finished. */
  readonly length: number | undefined;
}
