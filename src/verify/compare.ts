/** Comparing two station files: groups, columns, attributes, and every value, bit for bit. */
import type {
  NetcdfContents,
  NumericArray,
  StoredAttribute,
  StoredGroup,
  StoredVariable,
} from '../netcdf4/index.js';
import { feedbackGroups } from '../reading/feedback-groups.js';
import { isSameAttribute } from './attribute-values.js';
import { quoted } from './codes.js';
import { type FileView, placeOf } from './file-view.js';
import { TIME_MISSING } from './fill.js';
import { textAt } from './report-runs.js';
import { describeTime } from './reports.js';

const BLOCK_ROWS = 65_536;
/** Rows whose values a message tells. */
const SHOWN_ROWS = 3;

/** Attributes that tell when and by which version a file was made, and so differ between two harvests of the same bytes. */
const OF_THE_RUN: ReadonlySet<string> = new Set(['date_created', 'history', 'harvester_version']);

/** Tells what is otherwise in `again`, which was made of the same input as the file. */
export async function compareFiles(
  view: FileView,
  again: NetcdfContents,
  signal: AbortSignal | undefined,
): Promise<void> {
  const added = addedSince(view.contents, again);
  const without = added.length === 0 ? [] : [...added, '/observations_table/advanced_feedback'];
  await compareGroups({ ...view, without: new Set(without) }, '', view.contents.root, again.root, signal);
}

/** Paths of the groups of feedback that were added to the file after its harvest. */
function addedSince(mine: NetcdfContents, { root }: NetcdfContents): string[] {
  return feedbackGroups(mine)
    .filter(({ name, saysWhatItIs }) => saysWhatItIs && !root.groups.has(name))
    .map(({ name }) => `/${name}`);
}

interface ComparedFile extends FileView {
  /** Paths of what the source has nothing to say of. */
  readonly without: ReadonlySet<string>;
}

async function compareGroups(
  view: ComparedFile,
  table: string,
  mine: StoredGroup,
  other: StoredGroup,
  signal: AbortSignal | undefined,
): Promise<void> {
  const tell = (variable: string, message: () => string): void =>
    view.findings.add('against', { table, variable }, message);
  const skipped = table === '' ? OF_THE_RUN : new Set<string>();
  compareAttributes(mine.attributes, other.attributes, skipped, (name, message) => tell(name, () => message));
  for (const name of other.variables.keys())
    if (!mine.variables.has(name)) tell(name, () => 'the column is missing');
  for (const variable of mine.variables.values()) {
    signal?.throwIfAborted();
    if (view.without.has(variable.path)) continue;
    const twin = other.variables.get(variable.name);
    if (twin === undefined) tell(variable.name, () => 'reading again gives no such column');
    else await compareColumns(view, variable, twin);
  }
  for (const [name, group] of mine.groups) {
    if (view.without.has(group.path)) continue;
    const twin = other.groups.get(name);
    if (twin === undefined)
      view.findings.add('against', { table: name }, () => 'reading again gives no such table');
    else await compareGroups(view, name, group, twin, signal);
  }
  for (const name of other.groups.keys())
    if (!mine.groups.has(name)) view.findings.add('against', { table: name }, () => 'the table is missing');
}

function compareAttributes(
  mine: ReadonlyMap<string, StoredAttribute>,
  other: ReadonlyMap<string, StoredAttribute>,
  skipped: ReadonlySet<string>,
  tell: (name: string, message: string) => void,
): void {
  for (const name of new Set([...mine.keys(), ...other.keys()])) {
    const [one, twin] = [mine.get(name), other.get(name)];
    if (skipped.has(name) || (one !== undefined && twin !== undefined && isSameAttribute(one, twin)))
      continue;
    tell(name, `the attribute is ${shownAttribute(one)}, ${shownAttribute(twin)} when read again`);
  }
}

function shownAttribute(value: StoredAttribute | undefined): string {
  if (value === undefined) return 'missing';
  return typeof value === 'string' ? quoted(value) : `[${Array.from<unknown>(value).slice(0, 5).join(', ')}]`;
}

async function compareColumns(view: FileView, mine: StoredVariable, other: StoredVariable): Promise<void> {
  const [table, variable] = placeOf(mine.path);
  const tell = (message: string, row?: number): void =>
    view.findings.add('against', { table, variable, ...(row !== undefined && { row }) }, () => message);
  compareAttributes(mine.attributes, other.attributes, new Set(), (name, message) =>
    tell(`${name}: ${message}`),
  );
  if (mine.type !== other.type || mine.shape[1] !== other.shape[1]) {
    tell(`${mine.type}(${mine.shape.join(', ')}), ${other.type}(${other.shape.join(', ')}) when read again`);
    return;
  }
  const [rows = 0] = mine.shape;
  const [twinRows = 0] = other.shape;
  if (rows !== twinRows) tell(`${rows} rows, ${twinRows} when read again`);
  const differing: string[] = [];
  let count = 0;
  let first = 0;
  for (let from = 0; from < Math.min(rows, twinRows); from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, rows, twinRows);
    const values = await view.read(mine, from, to);
    if (values === undefined) return;
    const twin = await other.read(from, to);
    for (const row of differingRows(values, twin, to - from)) {
      if (count++ === 0) first = from + row;
      if (differing.length < SHOWN_ROWS)
        differing.push(
          // The first row stands before the message.
          `${count === 1 ? '' : `row ${from + row}: `}${shownValue(mine, values, row)}, ${shownValue(other, twin, row)} when read again`,
        );
    }
  }
  if (count > 0) tell(`${differing.join('; ')}${count > SHOWN_ROWS ? `; ${count} rows in all` : ''}`, first);
}

function* differingRows(one: NumericArray, other: NumericArray, rows: number): Generator<number> {
  const [a, b] = [bytesOf(one), bytesOf(other)];
  if (a.equals(b)) return;
  const width = a.length / rows;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * width, (row + 1) * width];
    if (a.compare(b, from, to, from, to) !== 0) yield row;
  }
}

function shownValue({ type, shape, attributes }: StoredVariable, values: NumericArray, row: number): string {
  if (type === 'char') return quoted(textAt(bytesOf(values), shape[1] ?? 1, row));
  const value = values[row];
  const isTime = typeof value === 'bigint' && String(attributes.get('units')).includes(' since ');
  if (isTime && value === TIME_MISSING) return 'missing';
  return isTime ? describeTime(Number(value)) : String(value);
}

function bytesOf(array: NumericArray): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
