/** The data model of a table edition: plain, immutable values that every other file of this folder reads or makes. */

/** Value kinds after normalising: INTEGER and BITFIELD are `int`, REAL is `numeric`, STRING is `varchar`. */
export type KindBase = 'int' | 'numeric' | 'varchar' | 'timestamp' | 'bool';

/** The kind of one element, parsed from the `kind` cell of its definition. */
export interface Kind {
  base: KindBase;
  /** True for `int[]`, `varchar[]*`: several values per row. */
  array: boolean;
  /** True when the cell carries the `(pk)` mark; a table may have several. */
  primaryKey: boolean;
}

/** One element (column) of a CDM table as its definition gives it. */
export interface ElementDefinition {
  /** Exact CDM spelling; blanks inside a name are written as `_`. */
  name: string;
  kind: Kind;
  /** The table and element that the values refer to, where the definition names one. */
  externalTable?: { table: string; element: string };
  /** Empty where the definition has none. */
  description: string;
  /** True when the element comes from the radiosonde extensions, not from the official definition. */
  extension: boolean;
}

/** The definition of one table, elements in the order of the definition file. */
export interface TableDefinition {
  name: string;
  elements: readonly ElementDefinition[];
}

/**
 * One row of a code table. `values` follow the table's `columns`, the key column included (`5` where the file has `005`).
 * `null` is an empty or unreadable field; the words `NA` and `NULL` stay, for `NA` is also Namibia's country code.
 * `code` is the number in the key column, `NaN` in the few tables whose key is text (`BARG`, `B002016`).
 */
export interface CodeRow {
  code: number;
  values: readonly (string | null)[];
}

/**
 * A code table. Column names are clean (trimmed, blanks as `_`, unique). Several rows may share a code where the key has more than
 * one part: `conversion_method` (method + variable), `platform_sub_type` (per platform type), `observation_code_table`, ...
 */
export interface CodeTable {
  name: string;
  /** The first integer primary key of the definition that the table has, else its first column. */
  keyColumn: string;
  columns: readonly string[];
  rows: readonly CodeRow[];
  /** True when the radiosonde extensions replaced the table; a table with single added codes stays `false`. */
  extension: boolean;
}

/** Something in a table file that could not be taken as it stands. */
export interface TableWarning {
  /** Path inside the edition, such as `tables/observed_variable.dat`. */
  file: string;
  /** 1-based line. */
  line: number;
  message: string;
}

/** One thing that the radiosonde extensions added or replaced. */
export interface ExtensionNote {
  table: string;
  what: 'element' | 'code' | 'table';
  /** The element's name, the code, or the table's name. */
  name: string;
}

/** Everything known from one commit of a table repository (or a folder of the same shape). */
export interface CdmEdition {
  /** `glamod`, `cdm-obs`, `bundled`, or the name of the folder or repository. */
  name: string;
  /** URL of the repository, or the folder's path. */
  repository: string;
  /** 40 hexadecimal digits (the bundled snapshot keeps the short form it was made from); `none` outside git. */
  commit: string;
  /** Over all table and definition files as bytes, path-sorted: equal on every machine. Extensions are not part of it. */
  sha256: string;
  definitions: ReadonlyMap<string, TableDefinition>;
  tables: ReadonlyMap<string, CodeTable>;
  warnings: readonly TableWarning[];
  extensions: readonly ExtensionNote[];
}
