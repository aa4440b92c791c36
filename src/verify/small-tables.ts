/**
 * Every column of the tables that are read at once: all but observations_table and the feedback groups. What is stored can be read,
 * `_FillValue` stands where it should, codes and ids are found, and code tables say what the edition says.
 */
import type { CdmEdition } from '../cdm/index.js';
import { INT_MISSING } from '../match/index.js';
import type { NumericArray, StoredVariable } from '../netcdf4/index.js';
import { type EncodedTable, encodeCodeTables } from '../output/index.js';
import { checkCodes, checkTexts, type KeyFinder } from './codes.js';
import type { FileView } from './file-view.js';
import { TIME_MISSING, watchFill } from './fill.js';
import { DATA_TABLES } from './layout.js';
import { isTimeOfSounding } from './ranges.js';
import { describeTime } from './reports.js';
import { watchUnfilled } from './unfilled.js';

/** The code tables of an edition are encoded once for all files. */
const ENCODED = new WeakMap<CdmEdition, ReadonlyMap<string, EncodedTable>>();

function encodedTables(edition: CdmEdition): ReadonlyMap<string, EncodedTable> {
  const known =
    ENCODED.get(edition) ?? new Map(encodeCodeTables(edition).map((table) => [table.name, table]));
  ENCODED.set(edition, known);
  return known;
}

export interface SmallTables {
  /** Groups with a row per observation, which are read elsewhere. */
  byRow: ReadonlySet<string>;
  /** The edition that the file was made with; undefined where it is not at hand. */
  edition: CdmEdition | undefined;
  keys: KeyFinder;
  /** Of code tables, by table. */
  checksums: ReadonlyMap<string, string>;
  /** Checksums of code tables in which nothing was found; those of this file are added. */
  clean: Set<string>;
}

export async function checkSmallTables(view: FileView, context: SmallTables): Promise<void> {
  const { byRow, edition, checksums, clean } = context;
  const expected = edition === undefined ? undefined : encodedTables(edition);
  for (const [table, group] of view.contents.root.groups) {
    if (byRow.has(table)) continue;
    if (DATA_TABLES.some((name) => name === table)) {
      for (const variable of group.variables.values()) await checkDataColumn(view, table, variable, context);
      continue;
    }
    const checksum = checksums.get(table);
    const known = checksum && [edition?.sha256, table, checksum].join(' ');
    if (known !== undefined && clean.has(known)) continue;
    const before = countOf(view);
    checkColumns(view, table, expected?.get(table));
    for (const variable of group.variables.values()) {
      const values = await readColumn(view, variable);
      if (values !== undefined) compareCodes(view, table, variable, values, expected?.get(table));
    }
    if (known !== undefined && countOf(view) === before) clean.add(known);
  }
}

function countOf({ findings }: FileView): number {
  return [...findings.counts.values()].reduce((sum, count) => sum + count, 0);
}

/** All rows, where they can be read; `_FillValue` stands where it should. */
async function readColumn(view: FileView, variable: StoredVariable): Promise<NumericArray | undefined> {
  if (variable.type === 'string') return undefined;
  const values = await view.read(variable, 0, variable.shape[0] ?? 0);
  if (values === undefined) return undefined;
  const fill = watchFill(view, variable);
  fill.see(values);
  fill.end();
  return values;
}

async function checkDataColumn(
  view: FileView,
  table: string,
  variable: StoredVariable,
  { keys }: SmallTables,
): Promise<void> {
  const values = await readColumn(view, variable);
  if (values === undefined) return;
  await checkKeys(view, table, variable, values, keys);
  watchUnfilled(view, variable)?.(values, 0);
  checkTimes(view, table, variable.name, values);
}

/** Times are those of soundings; that of a report is looked at with the reports. */
function checkTimes(view: FileView, table: string, variable: string, values: NumericArray): void {
  if (!(values instanceof BigInt64Array) || variable === 'report_timestamp') return;
  for (const [row, time] of values.entries())
    if (time !== TIME_MISSING && !isTimeOfSounding(time))
      view.findings.add(
        'range',
        { table, variable, row },
        () => `${describeTime(Number(time))} is no time of a sounding`,
      );
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
