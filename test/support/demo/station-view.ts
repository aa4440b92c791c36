/**
 * A station file as h5wasm sees it (the HDF5 C library, which shares nothing with the project's writer): groups as tables,
 * columns as numbers or texts, missing values as NaN or ''.
 */
import h5wasm, { type Attribute, Dataset, File, Group } from 'h5wasm/node';

const hdf5 = await h5wasm.ready;

const INT_MISSING = -(2 ** 31);
const TIME_MISSING = -(2n ** 63n);
const DIMENSION_ONLY = 'This is a netCDF dimension but not a netCDF variable';

/** One variable: what a schema consists of. */
export interface ColumnSchema {
  /** `int`, `int64`, `float`, `double` or `char`. */
  type: string;
  /** Names of the dimensions, the row dimension first. */
  dimensions: readonly string[];
  /** Rows, and the width of texts. */
  shape: readonly number[];
  attributes: Readonly<Record<string, unknown>>;
}

/** A group, or the root. */
export interface TableView {
  readonly name: string;
  /** Names of the variables, in the order of the file. */
  readonly columns: readonly string[];
  readonly rows: number;
  has(column: string): boolean;
  schema(column: string): ColumnSchema;
  /** Numbers and times as float64; NaN where missing. Throws for texts. */
  numbers(column: string): Float64Array;
  /** Texts without the blanks at their end; '' where missing. Throws for numbers. */
  texts(column: string): string[];
  /** The bytes of the column as they are stored. */
  bytes(column: string): Uint8Array;
}

/** An open station file. */
export interface StationView {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly root: TableView;
  /** Every group, by name, in the order of the file. */
  readonly tables: ReadonlyMap<string, TableView>;
  /** A group that must be there. */
  table(name: string): TableView;
  close(): void;
}

/** Opens a station file. What is read stays in memory until `close`. */
export function openStation(path: string): StationView {
  const file = new File(path, 'r');
  const names = file.keys().filter((name) => file.get(name) instanceof Group);
  const tables = new Map(names.map((name) => [name, tableView(file, name)]));
  return {
    attributes: plain(file.attrs),
    root: tableView(file, ''),
    tables,
    table(name) {
      const table = tables.get(name);
      if (table === undefined) throw new Error(`${path} has no group ${name}`);
      return table;
    },
    close: () => {
      file.close();
    },
  };
}

/** Opens a file, hands it to `use`, and closes it. */
export function withStation<T>(path: string, use: (station: StationView) => T): T {
  const station = openStation(path);
  try {
    return use(station);
  } finally {
    station.close();
  }
}

function tableView(file: File, name: string): TableView {
  const group = name === '' ? file : file.get(name);
  if (!(group instanceof Group)) throw new Error(`${name} is no group`);
  const datasets = new Map<string, Dataset>();
  for (const key of group.keys()) {
    const item = group.get(key);
    if (isVariable(item)) datasets.set(key, item);
  }
  const columns = [...datasets.keys()];
  const datasetOf = (column: string): Dataset => {
    const dataset = datasets.get(column);
    if (dataset !== undefined) return dataset;
    throw new Error(`${name} has no variable ${column}`);
  };
  const known = new Map<string, Float64Array | string[]>();
  const cached = <T extends Float64Array | string[]>(column: string, read: (dataset: Dataset) => T): T => {
    const values = (known.get(column) as T | undefined) ?? read(datasetOf(column));
    known.set(column, values);
    return values;
  };
  const first = columns[0];
  return {
    name,
    columns,
    rows: first === undefined ? 0 : (datasetOf(first).shape?.[0] ?? 0),
    has: (column) => datasets.has(column),
    schema: (column) => schemaOf(datasetOf(column)),
    numbers: (column) => cached(column, readNumbers),
    texts: (column) => cached(column, readTexts),
    bytes: (column) => readBytes(datasetOf(column)),
  };
}

function isVariable(item: unknown): item is Dataset {
  return item instanceof Dataset && !(item.get_scale_name() ?? '').startsWith(DIMENSION_ONLY);
}

const TYPES: Readonly<Record<string, string>> = { '<i': 'int', '<q': 'int64', '<f': 'float', '<d': 'double' };

/** Names of dimensions and attributes are looked up when they are asked for: that is the slow part. */
function schemaOf(dataset: Dataset): ColumnSchema {
  const shape = (dataset.shape ?? []).map(Number);
  return {
    type: typeOf(dataset),
    shape,
    get dimensions() {
      const scales = shape.map((_, i) => dataset.get_attached_scales(i)[0] ?? '');
      // A variable with the name of its dimension is the scale itself, and has none attached.
      return scales.map((path) => (path === '' ? dataset.path : path).split('/').at(-1) ?? '');
    },
    get attributes() {
      return plain(dataset.attrs);
    },
  };
}

function typeOf(dataset: Dataset): string {
  const { dtype } = dataset;
  if (typeof dtype !== 'string') throw new Error(`${dataset.path} has a type that no station file has`);
  return TYPES[dtype] ?? 'char';
}

function readBytes(dataset: Dataset): Uint8Array {
  const { size, total_size: elements } = dataset.metadata;
  const length = size * elements;
  if (length === 0) return new Uint8Array(0);
  const at = hdf5._malloc(Number(length));
  try {
    hdf5.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(at));
    return hdf5.HEAPU8.slice(at, at + Number(length));
  } finally {
    hdf5._free(at);
  }
}

function readNumbers(dataset: Dataset): Float64Array {
  const { buffer } = readBytes(dataset);
  switch (typeOf(dataset)) {
    case 'int':
      return Float64Array.from(new Int32Array(buffer), (x) => (x === INT_MISSING ? Number.NaN : x));
    case 'int64':
      return Float64Array.from(new BigInt64Array(buffer), (x) =>
        x === TIME_MISSING ? Number.NaN : Number(x),
      );
    case 'float':
      return Float64Array.from(new Float32Array(buffer));
    case 'double':
      return new Float64Array(buffer);
    default:
      throw new Error(`${dataset.path} holds texts`);
  }
}

function readTexts(dataset: Dataset): string[] {
  if (typeOf(dataset) !== 'char') throw new Error(`${dataset.path} holds numbers`);
  const bytes = Buffer.from(readBytes(dataset).buffer);
  const [rows = 0, width = 1] = dataset.shape ?? [];
  return Array.from({ length: rows }, (_, row) =>
    bytes.toString('utf8', row * width, (row + 1) * width).replace(/[\0 ]+$/, ''),
  );
}

const MACHINERY: ReadonlySet<string> = new Set([
  'DIMENSION_LIST',
  'REFERENCE_LIST',
  'CLASS',
  'NAME',
  '_Netcdf4Dimid',
  '_Netcdf4Coordinates',
  '_NCProperties',
]);

function plain(attributes: Record<string, Attribute>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => !MACHINERY.has(name))
      .map(([name, attribute]) => [name, attribute.value]),
  );
}
