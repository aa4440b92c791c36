/** The handles of a file that is being written. */
import type { AttributeValue, NcType, NetcdfDimension, NumericArray, VariableOptions } from '../types.js';
import type { PreparedGroups } from './model.js';
import type { RepeatedRows } from './repeated.js';

/** An open file. Everything but `ready`, `close` and `abort` is synchronous. */
export interface NetcdfFile {
  readonly path: string;
  /** Where the bytes go until `close` renames them: `.<name>.<pid>.<number>.tmp` in the same folder. */
  readonly temporaryPath: string;
  readonly root: NetcdfGroup;
  /**
   * Puts groups below the root that `prepareGroups` has made. Of the dimensions of the root that they use, `dimensionOf` gives the
   * one of this file, which has the same length; it may define it. After an error the file can only be aborted.
   */
  include(prepared: PreparedGroups, dimensionOf: (dimension: NetcdfDimension) => NetcdfDimension): void;
  /** Resolves when the uncompressed bytes in flight are below the bound; rejects with the first error. */
  ready(): Promise<void>;
  /**
   * Finishes the file under its temporary name: data, metadata, superblock, fsync, a structure check of what was written. On any
   * error the temporary file is removed.
   */
  seal(): Promise<{ bytes: number }>;
  /** Gives the sealed file its final name: rename, fsync of the folder. On an error of the rename the final name is untouched. */
  publish(): Promise<void>;
  /** `seal` and `publish`. */
  close(): Promise<{ bytes: number }>;
  /** Removes the temporary file. May be called any number of times, also after an error or `close`. */
  abort(): Promise<void>;
}

export interface NetcdfGroup {
  /** `/` for the root, `/a/b` below. */
  readonly path: string;
  attribute(name: string, value: AttributeValue): void;
  /** Without `length` the dimension grows with the rows appended to its variables and is written with the final number. */
  dimension(name: string, length?: number): NetcdfDimension;
  group(name: string): NetcdfGroup;
  /** Dimensions may be given by name, looked up here and then in the parent groups. Only the first one may grow. */
  variable(
    name: string,
    type: NcType,
    dimensions: readonly (NetcdfDimension | string)[],
    options?: VariableOptions,
  ): NetcdfVariable;
}

export interface NetcdfVariable {
  readonly name: string;
  /** Rows appended so far. */
  readonly rows: number;
  attribute(name: string, value: AttributeValue): void;
  /**
   * Appends whole rows: a typed array of the variable's own type (`char`: `Uint8Array`, rows x width; `string`: `string[]`).
   * Rows of fixed size may also come as a description of how they repeat (`inRuns`, `byCode`, `counted`), which costs next to
   * nothing where it is a whole chunk (with shuffle: only `inRuns`). The values are copied; the caller may reuse its arrays
   * at once.
   */
  append(values: NumericArray | readonly string[] | RepeatedRows): void;
}
