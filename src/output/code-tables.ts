/**
 * The code tables of the edition as groups, so that the file explains its own codes. Their columns are encoded once per
 * run and shared by all station files.
 */
import type { CdmEdition, CodeTable, ElementDefinition, TableDefinition } from '../cdm/index.js';
import type { NetcdfGroup, NumericArray } from '../netcdf4/index.js';
import { encodeColumn, encodingOf } from './encoding.js';
import { defineElement, type TextDimension } from './table-group.js';

interface EncodedColumn {
  element: ElementDefinition;
  /** Null for a column without any value. */
  array: NumericArray | null;
  width: number;
}

/** A code table, ready to be written. */
export interface EncodedTable {
  name: string;
  rows: number;
  columns: readonly EncodedColumn[];
}

/** Every code table of the edition, by name. */
export function encodeCodeTables(edition: CdmEdition): readonly EncodedTable[] {
  return [...edition.tables.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((table) => encodeTable(table, edition.definitions.get(table.name)));
}

function encodeTable(table: CodeTable, definition: TableDefinition | undefined): EncodedTable {
  const columns = table.columns.map((name, i): EncodedColumn => {
    const texts = table.rows.map((row) => row.values[i] ?? '');
    const element = elementFor(name, definition, texts);
    if (texts.every((text) => text === '')) return { element, array: null, width: 1 };
    const { type } = encodingOf(element);
    const values = type === 'char' ? texts : texts.map((text) => (text === '' ? Number.NaN : Number(text)));
    return { element, ...encodeColumn(values, table.rows.length, type) };
  });
  return { name: table.name, rows: table.rows.length, columns };
}

/**
 * The element of a column: as defined, but text where the definition promises numbers that the table does not hold (codes
 * such as `B002016`, or `NA`), for nothing that the table says is to be lost.
 */
function elementFor(
  name: string,
  definition: TableDefinition | undefined,
  texts: readonly string[],
): ElementDefinition {
  const defined = definition?.elements.find((element) => element.name === name);
  const element = defined ?? {
    name,
    kind: { base: 'varchar' as const, array: false, primaryKey: false },
    description: '',
    extension: false,
  };
  const numeric = encodingOf(element).type !== 'char';
  const fits = texts.every((text) => text === '' || isStorable(text, element));
  return numeric && !fits ? { ...element, kind: { ...element.kind, base: 'varchar' } } : element;
}

function isStorable(text: string, element: ElementDefinition): boolean {
  const number = Number(text);
  if (element.kind.base === 'numeric') return Number.isFinite(number);
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31;
}

/** Writes all code tables as groups below `root`. */
export function writeCodeTables(
  root: NetcdfGroup,
  tables: readonly EncodedTable[],
  edition: CdmEdition,
  rowDimension: (table: string) => string,
  textDimension: TextDimension,
): void {
  for (const table of tables) {
    const group = root.group(table.name);
    const rows = group.dimension(rowDimension(table.name), table.rows);
    for (const { element, array, width } of table.columns) {
      const variable = defineElement(group, element, edition, rows, textDimension, width);
      if (array !== null) variable.append(array);
    }
  }
}
