import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asStorageError, TablesError } from '../errors.js';
import { parseCodeTable } from './code-table.js';
import { parseDefinition } from './definitions.js';
import { compatibleBase } from './kinds.js';
import type {
  CdmEdition,
  CodeRow,
  CodeTable,
  ExtensionNote,
  TableDefinition,
  TableWarning,
} from './model.js';

/** `cdm-tables/` of the package, from `src/cdm/` as well as from `dist/cdm/`. */
export const PACKAGED_TABLES = fileURLToPath(new URL('../../cdm-tables/', import.meta.url));

type Mode = 'add elements' | 'add codes' | 'add missing codes' | 'replace table';
const MODE = /^# (add elements|add codes|add missing codes|replace table)\r?\n/;

/** The parts of an edition that an extension file changes. */
interface Draft {
  definitions: Map<string, TableDefinition>;
  tables: Map<string, CodeTable>;
  notes: ExtensionNote[];
}

/**
 * Lays the radiosonde extensions over an edition and returns a new one; the given edition is not changed. The format of the files is
 * described in `cdm-tables/extensions/README.md`.
 * @throws TablesError `MALFORMED_EXTENSION`, or `EXTENSION_CONFLICT` where an official element or code means something else.
 */
export async function applyExtensions(
  edition: CdmEdition,
  folder: string = join(PACKAGED_TABLES, 'extensions'),
): Promise<CdmEdition> {
  const draft: Draft = {
    definitions: new Map(edition.definitions),
    tables: new Map(edition.tables),
    notes: [...edition.extensions],
  };
  for (const file of await extensionFiles(folder)) {
    const bytes = await readExtension(folder, file);
    const mode = MODE.exec(new TextDecoder().decode(bytes.subarray(0, 64)))?.[1];
    if (mode === undefined) {
      throw new TablesError(
        'MALFORMED_EXTENSION',
        `extensions/${file}:1: the first line names no known effect`,
        {
          file: `extensions/${file}`,
          line: 1,
          hint: 'See the README in the extensions folder.',
        },
      );
    }
    applyFile(draft, file, mode as Mode, bytes);
  }
  return { ...edition, definitions: draft.definitions, tables: draft.tables, extensions: draft.notes };
}

async function extensionFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
  } catch (error) {
    throw asStorageError(error, 'reading', folder);
  }
}

async function readExtension(folder: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    throw asStorageError(error, 'reading', join(folder, file));
  }
}

function applyFile(draft: Draft, file: string, mode: Mode, bytes: Uint8Array): void {
  const path = `extensions/${file}`;
  const table = file.replace(/\.csv$/, '');
  const warnings: TableWarning[] = [];
  if (mode === 'add elements') {
    const overlay = parseDefinition(table, bytes, path, warnings);
    refuseWarnings(warnings);
    addElements(draft, overlay, path);
    return;
  }
  const overlay = parseCodeTable(table, bytes, path, draft.definitions.get(table), warnings);
  refuseWarnings(warnings);
  const official = draft.tables.get(table);
  if (mode === 'replace table' || official === undefined) {
    draft.tables.set(table, { ...overlay, extension: true });
    draft.notes.push({ table, what: 'table', name: table });
    return;
  }
  addCodes(draft, official, overlay, mode, path);
}

/** What is forgiven in tables that others publish is a mistake in our own. */
function refuseWarnings(warnings: readonly TableWarning[]): void {
  const [first] = warnings;
  if (first === undefined) return;
  const { file, line, message } = first;
  throw new TablesError('MALFORMED_EXTENSION', `${file}:${line}: ${message}`, { file, line });
}

function addElements(draft: Draft, overlay: TableDefinition, path: string): void {
  const official = draft.definitions.get(overlay.name);
  if (official === undefined) {
    throw new TablesError('EXTENSION_CONFLICT', `${path}: the tables do not define ${overlay.name}`, {
      file: path,
    });
  }
  const elements = [...official.elements];
  for (const element of overlay.elements) {
    const existing = elements.find(({ name }) => name === element.name);
    if (existing !== undefined) {
      if (existing.kind.array === element.kind.array && compatibleBase(existing.kind.base, element.kind.base))
        continue;
      throw new TablesError(
        'EXTENSION_CONFLICT',
        `${path}: ${overlay.name} has an official element ${element.name} of kind ${existing.kind.base}, the extension has ${element.kind.base}`,
        { file: path, field: element.name },
      );
    }
    elements.push({ ...element, extension: true });
    draft.notes.push({ table: overlay.name, what: 'element', name: element.name });
  }
  draft.definitions.set(overlay.name, { name: overlay.name, elements });
}

function addCodes(draft: Draft, official: CodeTable, overlay: CodeTable, mode: Mode, path: string): void {
  const unknown = overlay.columns.find((column) => !official.columns.includes(column));
  if (unknown !== undefined) {
    throw new TablesError('EXTENSION_CONFLICT', `${path}: table ${official.name} has no column ${unknown}`, {
      file: path,
      field: unknown,
    });
  }
  const rows: CodeRow[] = [...official.rows];
  const keyIndex = official.columns.indexOf(official.keyColumn);
  for (const row of overlay.rows) {
    const values = official.columns.map((column) => row.values[overlay.columns.indexOf(column)] ?? null);
    const existing = rows.find(({ code }) => code === row.code);
    if (existing === undefined) {
      rows.push({ code: row.code, values });
      draft.notes.push({ table: official.name, what: 'code', name: String(row.code) });
    } else if (mode === 'add codes' && !sameText(existing.values, values, keyIndex)) {
      throw new TablesError(
        'EXTENSION_CONFLICT',
        `${path}: code ${row.code} of ${official.name} is officially "${existing.values.slice(1).join(' ')}"`,
        { file: path, field: String(row.code) },
      );
    }
  }
  draft.tables.set(official.name, { ...official, rows });
}

/** Equal in all fields but the key. */
function sameText(a: readonly (string | null)[], b: readonly (string | null)[], keyIndex: number): boolean {
  return a.every((value, index) => index === keyIndex || value === b[index]);
}
