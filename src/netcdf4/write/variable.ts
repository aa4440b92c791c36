/** Variables: the checks of their definition and of every array that is appended. */
import { HarvestError } from '../../errors.js';
import { bytesOf } from '../bytes.js';
import { DATATYPES, typeOfArray } from '../datatypes.js';
import type { NcType, NumericArray, VariableOptions } from '../types.js';
import { type Attributes, addAttribute } from './attributes.js';
import { type Column, type ColumnLayout, createColumn } from './column.js';
import type { NetcdfVariable } from './handles.js';
import {
  assertFree,
  childPath,
  type DimensionNode,
  type FileContext,
  type GroupNode,
  type VariableNode,
} from './model.js';
import { checkName } from './names.js';
import { isRepeated, type RepeatedRows } from './repeated.js';
import { createStringColumn } from './string-column.js';

const DEFAULT_CHUNK_ROWS = 16384;
/** Wide rows make smaller chunks by default, so that a reader can hold one. */
const DEFAULT_MAX_CHUNK_BYTES = 64 * 2 ** 20;
const CHUNK_BYTES_LIMIT = 2 ** 32;
/** HDF5 dataspaces have at most 32 dimensions; a chunk needs one more for the element. */
const MAX_RANK = 31;

/** Checks the definition of a variable, adds it to its group and returns its handle. */
export function defineVariable(
  file: FileContext,
  group: GroupNode,
  name: string,
  type: NcType,
  dimensions: readonly DimensionNode[],
  options: VariableOptions,
): NetcdfVariable {
  checkName(name, group.path);
  const path = childPath(group, name);
  if (!Object.hasOwn(DATATYPES, type))
    throw new HarvestError('NETCDF_TYPE', `${path}: no such type: ${type}`);
  const coordinateOf = coordinateDimension(group, name, dimensions);
  if (coordinateOf === undefined) assertFree(group, name);
  checkDimensions(path, group, dimensions);
  const attributes: Attributes = new Map();
  for (const [key, value] of Object.entries(options.attributes ?? {}))
    addAttribute(attributes, path, key, value);

  const deflateLevel = type === 'string' ? 0 : (options.deflateLevel ?? file.defaults.deflateLevel);
  checkDeflateLevel(path, deflateLevel);
  const layout = layOut(file, path, type, dimensions, options, deflateLevel);
  const { column, append } = createAppender(file, layout, options.fill);
  const node: VariableNode = {
    kind: 'variable',
    name,
    path,
    type,
    dimensions,
    attributes,
    fill: options.fill,
    deflateLevel,
    shuffle: layout.encoding.shuffle,
    column,
    coordinateOf,
    finished: undefined,
  };
  if (coordinateOf !== undefined) {
    coordinateOf.coordinate = node;
    group.children.delete(name);
  }
  group.children.set(name, node);
  file.variables.push(node);
  return {
    name,
    get rows() {
      return column.rows;
    },
    attribute(key, value) {
      file.assertOpen(path);
      addAttribute(attributes, path, key, value);
    },
    append(values) {
      file.assertOpen(path);
      append(values);
    },
  };
}

/** Throws `NETCDF_RANGE` for a deflate level that zlib does not have. */
export function checkDeflateLevel(path: string, level: number): void {
  if (Number.isInteger(level) && level >= 0 && level <= 9) return;
  throw new HarvestError('NETCDF_RANGE', `${path}: the deflate level ${level} is not 0 to 9`);
}

/** The dimension of this group that the variable is the coordinate of: it has its name and is its first dimension. */
function coordinateDimension(
  group: GroupNode,
  name: string,
  dimensions: readonly DimensionNode[],
): DimensionNode | undefined {
  const own = group.dimensions.get(name);
  if (own === undefined || own.coordinate !== undefined) return undefined;
  if (dimensions[0] === own) return own;
  throw new HarvestError(
    'NETCDF_DUPLICATE',
    `${childPath(group, name)}: a dimension of this group has the name and is not the variable's first dimension`,
  );
}

function checkDimensions(path: string, group: GroupNode, dimensions: readonly DimensionNode[]): void {
  if (dimensions.length > MAX_RANK)
    throw new HarvestError('NETCDF_SHAPE', `${path}: ${dimensions.length} dimensions, at most ${MAX_RANK}`);
  for (const [i, dimension] of dimensions.entries()) {
    if (!isVisible(group, dimension))
      throw new HarvestError(
        'NETCDF_DIMENSION',
        `${path}: the dimension ${dimension.name} is not of this group or a parent`,
      );
    if (i > 0 && dimension.grows)
      throw new HarvestError(
        'NETCDF_DIMENSION',
        `${path}: ${dimension.path} grows and so can only be the first dimension`,
      );
    if (i > 0 && dimension.length === 0)
      throw new HarvestError(
        'NETCDF_DIMENSION',
        `${path}: ${dimension.path} has no length and so can only be the first dimension`,
      );
  }
}

function isVisible(group: GroupNode, dimension: DimensionNode): boolean {
  for (let at: GroupNode | undefined = group; at !== undefined; at = at.parent)
    if (at.dimensions.get(dimension.name) === dimension) return true;
  return false;
}

function layOut(
  file: FileContext,
  path: string,
  type: NcType,
  dimensions: readonly DimensionNode[],
  options: VariableOptions,
  deflateLevel: number,
): ColumnLayout {
  const elementBytes = DATATYPES[type].size;
  const rowBytes = dimensions
    .slice(1)
    .reduce((product, dimension) => product * (dimension.length ?? 0), elementBytes);
  const asked = options.chunkRows ?? file.defaults.chunkRows;
  if (asked !== undefined && !(Number.isSafeInteger(asked) && asked > 0))
    throw new HarvestError('NETCDF_RANGE', `${path}: chunkRows ${asked} is not a positive integer`);
  const chunkRows =
    asked ?? Math.max(1, Math.min(DEFAULT_CHUNK_ROWS, Math.floor(DEFAULT_MAX_CHUNK_BYTES / rowBytes)));
  if (chunkRows * rowBytes >= CHUNK_BYTES_LIMIT)
    throw new HarvestError(
      'NETCDF_CHUNK_SIZE',
      `${path}: a chunk of ${chunkRows} rows of ${rowBytes} bytes is not below 4 GiB`,
      { hint: 'Give a smaller chunkRows.' },
    );
  const width = dimensions.length > 1 ? (dimensions.at(-1)?.length ?? 1) : 1;
  return {
    path,
    type,
    rowBytes,
    chunkRows,
    textWidth: type === 'char' ? width : 1,
    encoding: {
      deflateLevel,
      shuffle: options.shuffle ?? file.defaults.shuffle,
      huffmanOnly: options.huffmanOnly ?? false,
      elementBytes,
    },
  };
}

interface Appender {
  readonly column: Pick<Column<never>, 'rows' | 'finish'>;
  append(values: NumericArray | readonly string[] | RepeatedRows): void;
}

/** The column of a variable with the check of what is appended to it. */
function createAppender(
  file: FileContext,
  layout: ColumnLayout,
  fill: number | bigint | string | undefined,
): Appender {
  const { path, type, rowBytes } = layout;
  const { elementBytes } = layout.encoding;
  const rowsOf = (elements: number): number => {
    const rows = (elements * elementBytes) / rowBytes;
    if (Number.isInteger(rows)) return rows;
    throw new HarvestError(
      'NETCDF_SHAPE',
      `${path}: ${elements} values are not whole rows of ${rowBytes / elementBytes}`,
    );
  };
  if (type === 'string') {
    if (fill !== undefined && typeof fill !== 'string')
      throw new HarvestError('NETCDF_FILL', `${path}: the fill value ${fill} is no value of type string`);
    const column = createStringColumn(file.pipeline, layout, fill);
    return {
      column,
      append(values) {
        if (!isStrings(values)) throw typeError(path, type, values);
        if (values.some((text) => text.includes('\0')))
          throw new HarvestError(
            'NETCDF_TEXT',
            `${path}: a string with a NUL character, where readers would cut it off`,
          );
        column.append(values, rowsOf(values.length));
      },
    };
  }
  const column = createColumn(file.pipeline, file.encode, { ...layout, type }, fill);
  const arrayType = type === 'char' ? 'ubyte' : type;
  return {
    column,
    append(values) {
      const array = isRepeated(values) ? values.distinct : values;
      if (!isNumeric(array) || typeOfArray(array) !== arrayType) throw typeError(path, type, array);
      const rows = rowsOf(array.length);
      if (!isRepeated(values)) column.append(bytesOf(array), rows);
      else if (values.rowBytes === rowBytes) column.append(values, values.rows);
      else
        throw new HarvestError(
          'NETCDF_SHAPE',
          `${path}: rows of ${values.rowBytes} bytes, not of ${rowBytes}`,
        );
    },
  };
}

function isStrings(values: NumericArray | readonly string[] | RepeatedRows): values is readonly string[] {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}

function isNumeric(values: NumericArray | readonly string[] | RepeatedRows): values is NumericArray {
  return ArrayBuffer.isView(values) && !(values instanceof DataView);
}

function typeError(path: string, type: NcType, values: object | null | undefined): HarvestError {
  const given = values?.constructor?.name ?? String(values);
  return new HarvestError('NETCDF_TYPE', `${path}: ${given} given for a variable of type ${type}`);
}
