/**
 * Makes `cdm-tables/bundled/`, the snapshot that serves when neither the network nor a cached edition is there:
 *
 *     npx tsx scripts/make-bundled-tables.ts <folder of a table repository> <repository URL> <commit>
 *
 * It keeps facts only: element names, kinds and links, codes, names, abbreviations and units. Descriptions are left out, except
 * that a table without a name column keeps its short labels, for these are the codes' only names; a few codes get names of our
 * own instead of a sentence.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IDENTITY_FILE, loadEdition } from '../src/cdm/edition.js';
import { PACKAGED_TABLES } from '../src/cdm/extensions.js';
import { formatKind } from '../src/cdm/kinds.js';
import type { CodeTable, TableDefinition } from '../src/cdm/model.js';

/** Columns of running text. */
const PROSE = new Set(['description', 'implementation', 'extended_description', 'reference', 'originator']);
/** Columns that hold what a code is called; where a table has one of them, its descriptions are not needed. */
const NAMES = ['name', 'entry', 'processing_code'];
/** Longer labels are sentences, not names. */
const LONGEST_LABEL = 60;

/** Names of our own for codes that the repository explains in sentences only. */
const OWN_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  conversion_flag: { 0: 'original and converted value', 1: 'original value only', 2: 'no conversion needed' },
  conversion_method: { 1: 'degrees Celsius to kelvin', 3: 'Beaufort to metres per second' },
  crs: { 4: 'International Reference Meridian' },
};

function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => (/[",\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

function definitionFile(definition: TableDefinition): string {
  const lines = definition.elements.map(({ name, kind, externalTable }) =>
    csvLine([
      name,
      formatKind(kind),
      externalTable === undefined ? '' : `${externalTable.table}:${externalTable.element}`,
      '',
    ]),
  );
  return ['element_name,kind,external_table,description', ...lines, ''].join('\n');
}

function tableFile(table: CodeTable): string {
  const nameColumn = NAMES.find((column) => table.columns.includes(column));
  const label = nameColumn ?? (table.name.endsWith('_fields') ? 'field_name' : 'description');
  const lines = table.rows.map(({ values }) =>
    csvLine(
      values.map((value, index) => {
        const column = table.columns[index] ?? '';
        if (value === null) return '';
        if (column === table.keyColumn) return value;
        if (PROSE.has(column) && column !== label) return '';
        if (column !== label || !PROSE.has(column) || value.length <= LONGEST_LABEL) return value;
        return OWN_LABELS[table.name]?.[values[table.columns.indexOf(table.keyColumn)] ?? ''] ?? '';
      }),
    ),
  );
  return [csvLine(table.columns), ...lines, ''].join('\n');
}

const [folder, repository, commit] = process.argv.slice(2);
if (folder === undefined || repository === undefined || commit === undefined) {
  throw new Error('usage: make-bundled-tables.ts <folder> <repository URL> <commit>');
}
const edition = await loadEdition(folder);
const target = join(PACKAGED_TABLES, 'bundled');
await rm(target, { recursive: true, force: true });
await mkdir(join(target, 'table_definitions'), { recursive: true });
await mkdir(join(target, 'tables'), { recursive: true });
for (const definition of edition.definitions.values()) {
  await writeFile(join(target, 'table_definitions', `${definition.name}.csv`), definitionFile(definition));
}
for (const table of edition.tables.values()) {
  await writeFile(join(target, 'tables', `${table.name}.csv`), tableFile(table));
}
await writeFile(
  join(target, IDENTITY_FILE),
  `${JSON.stringify({ name: 'bundled', repository, commit }, null, 2)}\n`,
);
