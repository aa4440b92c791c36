/** Writing one CDM table as one group: a variable per element of the definition, in its order. */
import type { CdmEdition, ElementDefinition, TableDefinition } from '../cdm/index.js';
import { TablesError } from '../errors.js';
import { type ColumnValues, type DerivedColumn, isDerived, type TableData } from '../match/index.js';
import type {
  NcType,
  NetcdfDimension,
  NetcdfGroup,
  NetcdfVariable,
  VariableOptions,
} from '../netcdf4/index.js';
import { attributesOf, encodeColumn, encodingOf } from './encoding.js';

/** @throws TablesError when the edition has no definition of the table */
export function definitionOf(edition: CdmEdition, table: string): TableDefinition {
  const definition = edition.definitions.get(table);
  if (definition !== undefined) return definition;
  throw new TablesError('UNKNOWN_TABLE', `the tables of ${edition.name} have no definition of ${table}`);
}

/** Gives the root dimension `string<width>`, made on first use and shared by all groups. */
export type TextDimension = (width: number) => NetcdfDimension;

export function createTextDimensions(root: Pick<NetcdfGroup, 'dimension'>): TextDimension {
  const known = new Map<number, NetcdfDimension>();
  return (width) => {
    const dimension = known.get(width) ?? root.dimension(`string${width}`, width);
    known.set(width, dimension);
    return dimension;
  };
}

/** What there is to say of an element's variable but for its rows. */
interface ElementStorage {
  type: NcType;
  options: VariableOptions;
}

/** A file has some hundred elements, and all files of a run have the same: each is described once. */
const KNOWN = new WeakMap<CdmEdition, Map<ElementDefinition, ElementStorage>>();

/** @param table the one table that the element belongs to */
function storageOf(table: string, element: ElementDefinition, edition: CdmEdition): ElementStorage {
  const ofEdition = KNOWN.get(edition) ?? new Map<ElementDefinition, ElementStorage>();
  const known = ofEdition.get(element);
  if (known !== undefined) return known;
  const { type, fill, shuffle, huffmanOnly } = encodingOf(element);
  const attributes = attributesOf(table, element, edition);
  const options = { attributes, shuffle, huffmanOnly, ...(fill !== undefined && { fill }) };
  KNOWN.set(edition, ofEdition.set(element, { type, options }));
  return { type, options };
}

/** Defines the variable of an element over `rows`; text is `width` bytes wide. */
export function defineElement(
  group: NetcdfGroup,
  element: ElementDefinition,
  edition: CdmEdition,
  rows: NetcdfDimension,
  textDimension: TextDimension,
  width: number,
): NetcdfVariable {
  const { type, options } = storageOf(group.path.slice(1), element, edition);
  return group.variable(element.name, type, type === 'char' ? [rows, textDimension(width)] : [rows], options);
}

/**
 * Writes a whole table. Elements without values are there and read as missing.
 *
 * @param ready resolves when so little is waiting for compression that more may be appended
 *
 * @throws RangeError when the data fill an element that the definition does not have
 */
export async function writeTable(
  group: NetcdfGroup,
  definition: TableDefinition,
  data: TableData,
  edition: CdmEdition,
  dimensionName: string,
  textDimension: TextDimension,
  ready: () => Promise<void>,
): Promise<void> {
  const known = new Set(definition.elements.map((element) => element.name));
  for (const name of data.columns.keys()) {
    if (!known.has(name)) throw new RangeError(`${definition.name} has no element ${name}`);
  }
  const rows = group.dimension(dimensionName, data.rows);
  for (const element of definition.elements) {
    const values = data.columns.get(element.name);
    if (values === undefined || isMissing(values))
      defineElement(group, element, edition, rows, textDimension, 1);
    else if (isDerived(values)) {
      const { type } = storageOf(group.path.slice(1), element, edition);
      const variable = defineElement(group, element, edition, rows, textDimension, values.width);
      await appendPieces(variable, values, data.rows, type, ready);
    } else writeElement(group, element, values, data.rows, edition, rows, textDimension);
  }
}

function isMissing(values: ColumnValues): boolean {
  return values === '' || (typeof values === 'number' && Number.isNaN(values));
}

function writeElement(
  group: NetcdfGroup,
  element: ElementDefinition,
  values: Exclude<ColumnValues, DerivedColumn>,
  rowCount: number,
  edition: CdmEdition,
  rows: NetcdfDimension,
  textDimension: TextDimension,
): void {
  const { type } = storageOf(group.path.slice(1), element, edition);
  const { array, width } = encodeColumn(values, rowCount, type);
  defineElement(group, element, edition, rows, textDimension, width).append(array);
}

/** Rows of a derived column that are made at a time. */
const PIECE_ROWS = 4096;

async function appendPieces(
  variable: NetcdfVariable,
  values: DerivedColumn,
  rows: number,
  type: NcType,
  ready: () => Promise<void>,
): Promise<void> {
  for (let from = 0; from < rows; from += PIECE_ROWS) {
    const piece = valuesOf(values, from, Math.min(from + PIECE_ROWS, rows));
    variable.append(encodeColumn(piece, piece.length, type, values.width).array);
    await ready();
  }
}

function valuesOf(column: DerivedColumn, from: number, to: number): number[] | string[] {
  const values: (number | string)[] = [];
  for (let row = from; row < to; row++) values.push(column.value(row));
  return values as number[] | string[];
}
