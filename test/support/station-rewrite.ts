/** Copies of station files in which something is wrong: rewritten column by column, so that the structure of the copy is whole. */
import {
  type AttributeValue,
  createNetcdf,
  type NcType,
  type NetcdfGroup,
  type NumericArray,
  openNetcdf,
  type StoredAttribute,
  type StoredGroup,
  type StoredVariable,
} from '../../src/netcdf4/index.js';

const MISSING: Readonly<Partial<Record<NcType, number | bigint>>> = {
  int: -(2 ** 31),
  int64: -(2n ** 63n),
  float: Number.NaN,
  double: Number.NaN,
};

/** What is otherwise in the copy. Columns go by `table/column`, those of the root by their name. */
export interface Change {
  /** Changes the values of a column in place, or returns others, of another type where they are of another class. */
  values?: Readonly<Record<string, (values: NumericArray, width: number) => NumericArray | undefined>>;
  /** Columns and tables that are left out. */
  without?: readonly string[];
  /** Rows of a table that are kept. */
  rows?: Readonly<Record<string, (row: number) => boolean>>;
  /** Attributes by table or column, '' for those of the file; null leaves one out. */
  attributes?: Readonly<Record<string, Readonly<Record<string, AttributeValue | null>>>>;
  /** Columns whose missing value is not declared. */
  undeclared?: readonly string[];
  /** Other names of dimensions. */
  dimensions?: Readonly<Record<string, string>>;
  /** Columns that are added to the root. */
  added?: Readonly<Record<string, Int32Array>>;
  /** Empty groups that are added. */
  groups?: readonly string[];
  /** Groups with columns that are added. */
  filled?: Readonly<Record<string, AddedGroup>>;
}

/** A group whose columns have one dimension. */
export interface AddedGroup {
  dimension: string;
  attributes: Readonly<Record<string, AttributeValue>>;
  columns: Readonly<
    Record<string, { values: NumericArray; attributes: Readonly<Record<string, AttributeValue>> }>
  >;
}

/** Writes the copy. */
export async function rewriteStation(from: string, to: string, change: Change): Promise<void> {
  const contents = await openNetcdf(from);
  const file = await createNetcdf(to);
  try {
    const widths = new Set<string>();
    const textDimension = (name: string, length: number): string => {
      if (!widths.has(name)) file.root.dimension(name, length);
      widths.add(name);
      return name;
    };
    const copy: Copy = { change, textDimension };
    await copyGroup(copy, '', contents.root, file.root);
    for (const [name, values] of Object.entries(change.added ?? {})) {
      file.root.dimension(`${name}_rows`);
      file.root.variable(name, 'int', [`${name}_rows`]).append(values);
    }
    for (const name of change.groups ?? []) file.root.group(name);
    for (const [name, group] of Object.entries(change.filled ?? {})) addGroup(file.root.group(name), group);
    await file.close();
  } catch (error) {
    await file.abort();
    throw error;
  } finally {
    contents.close();
  }
}

function addGroup(to: NetcdfGroup, { dimension, attributes, columns }: AddedGroup): void {
  for (const [name, value] of Object.entries(attributes)) to.attribute(name, value);
  to.dimension(dimension);
  for (const [name, { values, attributes: own }] of Object.entries(columns)) {
    const type = typeOf(values);
    const fill = MISSING[type];
    const options = { attributes: own, ...(fill !== undefined && { fill }) };
    to.variable(name, type, [dimension], options).append(values);
  }
}

interface Copy {
  change: Change;
  textDimension(name: string, length: number): string;
}

async function copyGroup(copy: Copy, table: string, from: StoredGroup, to: NetcdfGroup): Promise<void> {
  const { change } = copy;
  for (const [name, value] of attributesOf(from.attributes, change.attributes?.[table]))
    to.attribute(name, value);
  const dimensions = new Set<string>();
  for (const variable of from.variables.values()) {
    const path = table === '' ? variable.name : `${table}/${variable.name}`;
    if (change.without?.includes(path)) continue;
    const values = await valuesOf(copy, table, path, variable);
    const [rows = '', text] = variable.dimensions;
    const rowDimension = change.dimensions?.[rows] ?? rows;
    if (!dimensions.has(rowDimension)) to.dimension(rowDimension);
    dimensions.add(rowDimension);
    const width = variable.shape[1];
    const names =
      text === undefined || width === undefined
        ? [rowDimension]
        : [rowDimension, copy.textDimension(text, width)];
    const type = variable.type === 'char' ? 'char' : typeOf(values);
    const fill = change.undeclared?.includes(path) ? undefined : MISSING[type];
    const target = to.variable(variable.name, type, names, {
      ...(fill !== undefined && { fill }),
      attributes: Object.fromEntries(attributesOf(variable.attributes, change.attributes?.[path])),
    });
    target.append(values);
  }
  for (const [name, group] of from.groups)
    if (!change.without?.includes(name)) await copyGroup(copy, name, group, to.group(name));
}

async function valuesOf(
  { change }: Copy,
  table: string,
  path: string,
  variable: StoredVariable,
): Promise<NumericArray> {
  const [rows = 0, width = 1] = variable.shape;
  const stored = await variable.read();
  const values = change.values?.[path]?.(stored, width) ?? stored;
  const keep = change.rows?.[table];
  if (keep === undefined) return values;
  const kept = Array.from({ length: rows }, (_, row) => row).filter(keep);
  const result = values.slice(0, kept.length * width);
  for (const [i, row] of kept.entries())
    for (let k = 0; k < width; k++) result[i * width + k] = values[row * width + k] as never;
  return result;
}

function typeOf(values: NumericArray): NcType {
  if (values instanceof Int32Array) return 'int';
  if (values instanceof BigInt64Array) return 'int64';
  return values instanceof Float32Array ? 'float' : 'double';
}

function attributesOf(
  stored: ReadonlyMap<string, StoredAttribute>,
  changed: Readonly<Record<string, AttributeValue | null>> = {},
): [string, AttributeValue][] {
  const all = new Map<string, AttributeValue | null>([...stored, ...Object.entries(changed)]);
  all.delete('_FillValue');
  return [...all].filter((pair): pair is [string, AttributeValue] => pair[1] !== null);
}
