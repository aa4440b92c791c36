import { TablesError } from '../errors.js';
import { hasCode } from './codes.js';
import { compatibleBase } from './kinds.js';
import type { CdmEdition, KindBase } from './model.js';
import { REPOSITORIES } from './spec.js';

/** What a writer relies on: the elements that it fills and the codes that it writes. Checked before an edition is used. */
export interface TablesContract {
  elements: readonly { table: string; element: string; base: KindBase }[];
  codes: readonly { table: string; code: number }[];
}

/** One point in which an edition does not fulfil a contract. */
export interface Drift {
  table: string;
  what: 'missing-table' | 'missing-element' | 'kind-changed' | 'missing-code';
  /** The element or the code; the table's name for `missing-table`. */
  name: string;
  /** One sentence part for people. */
  detail: string;
}

/** All points in which the edition does not fulfil the contract, in the contract's order; a missing table is listed once. */
export function checkDrift(edition: CdmEdition, contract: TablesContract): readonly Drift[] {
  const drifts: Drift[] = [];
  const missingTables = new Set<string>();
  const missingTable = (table: string, detail: string): void => {
    if (missingTables.has(table)) return;
    missingTables.add(table);
    drifts.push({ table, what: 'missing-table', name: table, detail });
  };
  for (const { table, element, base } of contract.elements) {
    const definition = edition.definitions.get(table);
    if (definition === undefined) {
      missingTable(table, 'the table is not defined');
      continue;
    }
    const found = definition.elements.find(({ name }) => name === element);
    if (found === undefined) {
      drifts.push({
        table,
        what: 'missing-element',
        name: element,
        detail: `expected an element of kind ${base}`,
      });
    } else if (!compatibleBase(found.kind.base, base)) {
      drifts.push({
        table,
        what: 'kind-changed',
        name: element,
        detail: `expected ${base}, found ${found.kind.base}`,
      });
    }
  }
  for (const { table, code } of contract.codes) {
    if (!edition.tables.has(table)) missingTable(table, 'the code table does not exist');
    else if (!hasCode(edition, table, code)) {
      drifts.push({
        table,
        what: 'missing-code',
        name: String(code),
        detail: `code ${code} does not resolve`,
      });
    }
  }
  return drifts;
}

/**
 * Refuses an edition that does not fulfil the contract.
 * @param lastGood commit of an earlier edition of this name that fulfils it, for the hint.
 * @throws TablesError `TABLES_DRIFT` with every difference in the message.
 */
export function assertNoDrift(edition: CdmEdition, contract: TablesContract, lastGood?: string): void {
  const drifts = checkDrift(edition, contract);
  if (drifts.length === 0) return;
  const source = REPOSITORIES.has(edition.name) ? edition.name : edition.repository;
  const list = drifts.map(({ table, what, name, detail }) => `  ${table}: ${what} ${name} (${detail})`);
  throw new TablesError(
    'TABLES_DRIFT',
    `the ${edition.name} tables at ${edition.commit} differ from what is written in ${drifts.length} point(s):\n${list.join('\n')}`,
    {
      hint:
        lastGood === undefined
          ? `Use the last edition that worked, --tables ${source}@<last good>, or --tables bundled.`
          : `Use the last edition that worked: --tables ${source}@${lastGood}`,
    },
  );
}
