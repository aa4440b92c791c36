/**
 * Every column of the tables that are read at once: all but observations_table and the feedback groups. What is stored can be read,
 * `_FillValue` stands where it should, codes and ids are found, and code tables say what the edition says.
 */
import type { CdmEdition } from '../cdm/index.js';
import { INT_MISSING } from '../match/index.js';
import type { NumericArray, StoredVariable } from '../netcdf4/index.js';
import { type EncodedTable, encodeCodeTables } from '../output/code-tables.js';
import { checkCodes, checkTexts, type KeyFinder } from './codes.js';
import type { FileView } from './file-view.js';
import { watchFill } from './fill.js';
import { DATA_TABLES } from './layout.js';

/** The code tables of an edition are encoded once for all files. */
const ENCODED = new WeakMap<CdmEdition, ReadonlyMap<string, EncodedTable>>();

function encodedTables(edition: CdmEdition): ReadonlyMap<string, EncodedTable> {
  const known =
    ENCODED.get(edition) ?? new Map(encodeCodeTables(edition).map((table) => [table.name, table]));
  ENCODED.set(edition, known);
  return known;
}

/**
 * @param byRow groups with a row per observation, which are read elsewhere
 * @param edition the edition that the file was made with; undefined where it is not at hand
 */
export async function checkSmallTables(
  view: FileView,
  byRow: ReadonlySet<string>,
  edition: CdmEdition | undefined,
  keys: KeyFinder,
): Promise<void> {
  const expected = edition === undefined ? undefined : encodedTables(edition);
  for (const [table, group] of view.contents.root.groups) {
    if (byRow.has(table)) continue;
    const isData = DATA_TABLES.some((name) => name === table);
    if (!isData) checkColumns(view, table, expected?.get(table));
    for (const variable of group.variables.values()) {
      if (variable.type === 'string') continue;
      const values = await view.read(variable, 0, variable.shape[0] ?? 0);
      if (values === undefined) continue;
      const fill = watchFill(view, variable);
      fill.see(values);
      fill.end();
      if (isData) await checkKeys(view, table, variable, values, keys);
      else compareCodes(view, table, variable, values, expected?.get(table));
    }
  }
}

async function checkKeys(
  view: FileView,
  table: string,
  variable: StoredVariable,
  values: NumericArray,
  finder: KeyFinder,
): Promise<void> {
  const keys = await finder.of(variable);
  if (keys === undefined) return;
  if (variable.type !== 'char') checkCodes(view, variable, keys, values, 0, INT_MISSING);
  else checkTexts(view, variable, keys, (await view.texts(table, variable.name)) ?? []);
}

/** A table of codes has the columns and rows of the edition. */
function checkColumns(view: FileView, table: string, expected: EncodedTable | undefined): void {
  for (const { element } of expected?.columns ?? [])
    if (view.variable(table, element.name) === undefined)
      view.findings.add('column', { table, variable: element.name }, () => 'the column is missing');
  const rows = view.rows(table);
  if (expected !== undefined && rows !== expected.rows)
    view.findings.add('code-table', { table }, () => `${rows} rows, ${expected.rows} in the edition`);
}

/** The first row of a column that is not what the edition says. */
function compareCodes(
  view: FileView,
  table: string,
  { name, type, shape }: StoredVariable,
  values: NumericArray,
  expected: EncodedTable | undefined,
): void {
  const column = expected?.columns.find(({ element }) => element.name === name);
  if (expected === undefined || expected.rows !== shape[0]) return;
  if (column === undefined || column.array === null) return;
  const { array, width } = column;
  const bytes = bytesOf(values);
  const wanted = bytesOf(array);
  if (bytes.equals(wanted)) return;
  if (bytes.length !== wanted.length) {
    view.findings.add(
      'code-table',
      { table, variable: name },
      () =>
        `${type} of ${shape.slice(1).join()} where the edition has ${array.BYTES_PER_ELEMENT} x ${width} bytes`,
    );
    return;
  }
  const rowBytes = bytes.length / Math.max(1, expected.rows);
  for (let row = 0; row < expected.rows; row++) {
    const [from, to] = [row * rowBytes, (row + 1) * rowBytes];
    if (bytes.compare(wanted, from, to, from, to) !== 0)
      view.findings.add(
        'code-table',
        { table, variable: name, row },
        () => 'not what the edition of the tables says',
      );
  }
}

function bytesOf(array: NumericArray): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
