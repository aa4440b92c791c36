import { formatKind } from './kinds.js';
import type { CdmEdition, CodeTable, TableDefinition } from './model.js';

/** One difference between two editions. */
export interface EditionDifference {
  table: string;
  change:
    | 'table-added'
    | 'table-removed'
    | 'element-added'
    | 'element-removed'
    | 'kind-changed'
    | 'code-added'
    | 'code-removed'
    | 'code-changed';
  /** The element, the code (with the other parts of the key where rows share it), or the table's name. */
  name: string;
  before?: string;
  after?: string;
}

/**
 * What changes from `a` to `b`: definitions first, then code tables, each in code-unit order of the table names. Descriptions of
 * elements and the order of rows are no difference, nor is `005` against `5`; any other change of a field is one.
 */
export function diffEditions(a: CdmEdition, b: CdmEdition): readonly EditionDifference[] {
  const differences: EditionDifference[] = [];
  for (const table of unionOfKeys(a.definitions, b.definitions)) {
    const [before, after] = [a.definitions.get(table), b.definitions.get(table)];
    const [hadCodes, hasCodes] = [a.tables.has(table), b.tables.has(table)];
    if ((before !== undefined && after !== undefined) || (hadCodes && hasCodes)) {
      const none = { name: table, elements: [] };
      differences.push(...diffDefinition(before ?? none, after ?? none));
      // A code table that comes or goes with its definition is named once, below.
    } else if (!hadCodes && !hasCodes) differences.push(presence(table, before === undefined));
  }
  for (const table of unionOfKeys(a.tables, b.tables)) {
    const [before, after] = [a.tables.get(table), b.tables.get(table)];
    if (before !== undefined && after !== undefined) differences.push(...diffCodes(before, after));
    else differences.push(presence(table, before === undefined));
  }
  return differences;
}

function unionOfKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}

function presence(table: string, added: boolean): EditionDifference {
  return { table, change: added ? 'table-added' : 'table-removed', name: table };
}

function diffDefinition(a: TableDefinition, b: TableDefinition): EditionDifference[] {
  const before = new Map(a.elements.map(({ name, kind }) => [name, formatKind(kind)]));
  const after = new Map(b.elements.map(({ name, kind }) => [name, formatKind(kind)]));
  return diffMaps(a.name, before, after, 'element-removed', 'kind-changed', 'element-added');
}

function diffCodes(a: CodeTable, b: CodeTable): EditionDifference[] {
  return diffMaps(a.name, rowsByKey(a), rowsByKey(b), 'code-removed', 'code-changed', 'code-added');
}

function diffMaps(
  table: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  removed: EditionDifference['change'],
  changed: EditionDifference['change'],
  added: EditionDifference['change'],
): EditionDifference[] {
  const differences: EditionDifference[] = [];
  for (const [name, value] of before) {
    const now = after.get(name);
    if (now === undefined) differences.push({ table, change: removed, name, before: value });
    else if (now !== value) differences.push({ table, change: changed, name, before: value, after: now });
  }
  for (const [name, value] of after) {
    if (!before.has(name)) differences.push({ table, change: added, name, after: value });
  }
  return differences;
}

/** Other columns that are part of the key in the tables that repeat a code. */
const KEY_PARTS = ['variable', 'platform_type', 'field_id', 'value', 'code_value'];

/** Each row as `column=value` pairs (missing fields left out) under its code, or code and key parts where the code repeats. */
function rowsByKey(table: CodeTable): Map<string, string> {
  const counts = new Map<number, number>();
  for (const { code } of table.rows) counts.set(code, (counts.get(code) ?? 0) + 1);
  const rows = new Map<string, string>();
  const keyIndex = table.columns.indexOf(table.keyColumn);
  for (const { code, values } of table.rows) {
    const parts = [values[keyIndex] ?? String(code)];
    if ((counts.get(code) ?? 0) > 1) {
      table.columns.forEach((column, index) => {
        if (index !== keyIndex && KEY_PARTS.includes(column)) parts.push(`${column}=${values[index] ?? ''}`);
      });
    }
    const text = table.columns.flatMap((column, index) => {
      const value = values[index];
      return index === keyIndex || value === null || value === undefined ? [] : [`${column}=${value}`];
    });
    const key = parts.join(' ');
    const known = rows.get(key);
    rows.set(key, known === undefined ? text.join('; ') : `${known} | ${text.join('; ')}`);
  }
  return rows;
}
