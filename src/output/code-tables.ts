/**
 * The code tables of the edition as groups, so that the file explains its own codes. The groups are encoded once per run, data
 * and metadata, and copied into all station files.
 */
import type { CdmEdition, CodeTable, ElementDefinition, TableDefinition } from '../cdm/index.js';
import { BLOCK_ROWS } from '../match/index.js';
import { type NumericArray, type PreparedGroups, prepareGroups } from '../netcdf4/index.js';
import { encodeColumn, encodingOf } from './encoding.js';
import { createTextDimensions, defineElement } from './table-group.js';

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

/** By the tables that they are made of, which a run encodes once, and what they call their rows. */
const PREPARED = new WeakMap<readonly EncodedTable[], Map<string, Promise<PreparedGroups>>>();

/** All code tables as groups over dimensions called `rowDimension`; made for the first file that asks. */
export function prepareCodeTables(
  tables: readonly EncodedTable[],
  edition: CdmEdition,
  rowDimension: string,
): Promise<PreparedGroups> {
  const known = PREPARED.get(tables) ?? new Map<string, Promise<PreparedGroups>>();
  const groups = known.get(rowDimension) ?? defineCodeTables(tables, edition, rowDimension);
  PREPARED.set(tables, known.set(rowDimension, groups));
  return groups;
}

function defineCodeTables(
  tables: readonly EncodedTable[],
  edition: CdmEdition,
  rowDimension: string,
): Promise<PreparedGroups> {
  return prepareGroups(
    (root) => {
      const textDimension = createTextDimensions(root);
      for (const table of tables) {
        const group = root.group(table.name);
        const rows = group.dimension(rowDimension, table.rows);
        for (const { element, array, width } of table.columns) {
          const variable = defineElement(group, element, edition, rows, textDimension, width);
          if (array !== null) variable.append(array);
        }
      }
    },
    { chunkRows: BLOCK_ROWS },
  );
}
