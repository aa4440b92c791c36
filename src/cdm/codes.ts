import { TablesError } from '../errors.js';
import type { CdmEdition, CodeRow, CodeTable } from './model.js';

/** Codes are resolved once per written value: one index per table, dropped with it. */
const INDEX = new WeakMap<CodeTable, ReadonlyMap<number, CodeRow>>();

function indexOf(table: CodeTable): ReadonlyMap<number, CodeRow> {
  const known = INDEX.get(table);
  if (known !== undefined) return known;
  const index = new Map<number, CodeRow>();
  for (const row of table.rows) {
    if (!Number.isNaN(row.code) && !index.has(row.code)) index.set(row.code, row);
  }
  INDEX.set(table, index);
  return index;
}

/**
 * The row of a code; the first one where several share the code (see `CodeTable`).
 * @throws TablesError `UNKNOWN_TABLE` or `UNKNOWN_CODE`, naming table and code.
 */
export function codeRow(edition: CdmEdition, table: string, code: number): CodeRow {
  const found = edition.tables.get(table);
  if (found === undefined) {
    throw new TablesError(
      'UNKNOWN_TABLE',
      `the ${edition.name} tables have no code table ${table} (asked for code ${code})`,
      {
        field: table,
      },
    );
  }
  const row = indexOf(found).get(code);
  if (row === undefined) {
    throw new TablesError(
      'UNKNOWN_CODE',
      `code ${code} is not in table ${table} of the ${edition.name} tables`,
      {
        field: table,
      },
    );
  }
  return row;
}

/** True when the table exists and has the code. */
export function hasCode(edition: CdmEdition, table: string, code: number): boolean {
  const found = edition.tables.get(table);
  return found !== undefined && indexOf(found).has(code);
}
