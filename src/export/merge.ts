/** Tables of several station files as one: columns by name, rows file after file. */
import { UsageError } from '../errors.js';
import { feedbackGroups, noFeedback } from '../reading/feedback-groups.js';
import { openStation } from '../reading/open.js';
import type { StationContents } from '../reading/station.js';
import {
  type Batch,
  type ColumnRows,
  type ExportColumn,
  type ExportTable,
  plainColumn,
} from '../tabular/table.js';
import { chosenFeedback, type FormOptions, tableInForm } from './forms.js';
import { commonType, inBatchesOf, widened } from './rows.js';
import { BLOCK_ROWS, rowsOf, type Selection } from './selection.js';
import { attributeText } from './stored.js';

/** What is exported of each file. The selection may name variables by what a file calls them. */
export interface TableRequest extends Omit<FormOptions, 'selection'> {
  select(station: StationContents): Promise<Selection>;
  /** Names of the columns to export, in this order; null for all. */
  readonly columns: readonly string[] | null;
  /** Whether the columns are to come with all texts that they may hold. */
  readonly vocabularies: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Columns that say of which file a row is. */
const STATION_COLUMNS = ['dataset', 'primary_station_id'];

/** What is kept of a file between the two times it is opened: for its columns, and for its rows. */
interface Part {
  readonly path: string;
  readonly columns: readonly ExportColumn[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Whether it has the feedback that is asked for; the names of all groups that it has. */
  readonly hasFeedback: boolean;
  readonly feedback: readonly string[];
  /** Whether rows are observations with values in the unit of the profile; in wide form they are in that of the CDM. */
  readonly isInUnitsOfProfile: boolean;
  readonly profile: StationContents['profile'];
}

/**
 * The table of all files. Of several files, columns `dataset` and `primary_station_id` come first, unless the table has them. Throws
 * `UsageError` for unknown columns, tables and variables, and for observations of several profiles, `InputError` for what is no station file or damaged.
 */
export async function mergedTable(paths: readonly string[], request: TableRequest): Promise<ExportTable> {
  const parts: Part[] = [];
  const texts = new Map<string, Set<string>>();
  const groups = new Set<string>();
  for (const path of paths) {
    request.signal?.throwIfAborted();
    const part = await opened(path, (station) => describePart(station, request, texts));
    for (const group of part.feedback) groups.add(group);
    parts.push(part);
  }
  if (request.feedback !== false && !parts.some(({ hasFeedback }) => hasFeedback))
    throw noFeedback(paths, request.feedback === true ? '' : request.feedback, groups);
  assertSameUnits(parts);
  const columns = chosen(unionOf(parts, request.columns), request);
  return {
    name: request.form === 'long' ? request.table : request.form,
    columns,
    metadata: commonMetadata(parts),
    vocabulary(column) {
      const { name = '', externalTable = '' } = columns[column] ?? {};
      if (parts.length > 1 && STATION_COLUMNS.includes(name))
        return [...new Set(parts.map(({ metadata }) => metadata.get(name) ?? ''))];
      const known = texts.get(externalTable);
      return known === undefined ? null : [...known];
    },
    batches: () => inBatchesOf(BLOCK_ROWS, allBatches(parts, columns, request)),
  };
}

function assertSameUnits(parts: readonly Part[]): void {
  const [first, ...others] = parts.filter(({ isInUnitsOfProfile }) => isInUnitsOfProfile);
  const other = others.find(({ profile }) => profile !== first?.profile);
  if (first === undefined || other === undefined) return;
  throw new UsageError(
    'MIXED_PROFILES',
    `${first.path} has its values in the units of the profile ${first.profile}, ${other.path} in those of ${other.profile}`,
    { file: other.path, hint: 'Export them apart, or with --form wide, which has the units of the CDM.' },
  );
}

async function opened<T>(path: string, work: (station: StationContents) => Promise<T>): Promise<T> {
  const station = await openStation(path);
  try {
    return await work(station);
  } finally {
    station.close();
  }
}

async function describePart(
  station: StationContents,
  request: TableRequest,
  texts: Map<string, Set<string>>,
): Promise<Part> {
  const { columns } = await tableInForm(station, { ...request, selection: await request.select(station) });
  if (request.vocabularies)
    for (const { type, externalTable } of columns)
      if (type === 'text' && externalTable !== '') await addTexts(station, externalTable, texts);
  const metadata = new Map([...station.attributes].map(([name, value]) => [name, attributeText(value)]));
  const hasFeedback = chosenFeedback(station, request.feedback) !== undefined;
  const feedback = feedbackGroups(station.contents).map(({ name }) => name);
  const table = station.tables.get(request.table);
  const isInUnitsOfProfile =
    request.form !== 'wide' && table !== undefined && rowsOf(station, table) === 'observations';
  const { path, profile } = station;
  return { path, columns, metadata, hasFeedback, feedback, isInUnitsOfProfile, profile };
}

/** Adds the texts of the column that a column refers to: ids of reports, stations, sources, sensors. */
async function addTexts(
  station: StationContents,
  externalTable: string,
  texts: Map<string, Set<string>>,
): Promise<void> {
  const [table = '', name = ''] = externalTable.split(':');
  const column = station.tables.get(table)?.columns.get(name);
  if (column?.kind !== 'text') return;
  const known = texts.get(externalTable) ?? new Set();
  for (const text of await column.texts()) if (text !== '') known.add(text);
  texts.set(externalTable, known);
}

/** Columns of all parts, in the order in which they come first, with types that hold the values of all. */
function unionOf(parts: readonly Part[], names: readonly string[] | null): ExportColumn[] {
  const union = new Map<string, ExportColumn>();
  if (parts.length > 1) for (const name of STATION_COLUMNS) union.set(name, plainColumn(name, 'text'));
  for (const { path, columns } of parts) {
    for (const column of columns) {
      const known = union.get(column.name);
      const isWanted = names === null || names.includes(column.name);
      if (known === undefined) union.set(column.name, column);
      else if (isWanted) union.set(column.name, together(known, column, path));
    }
  }
  return [...union.values()];
}

/** One column of what two files have under a name. Of what they say in words, the first file that says something counts. */
function together(known: ExportColumn, column: ExportColumn, path: string): ExportColumn {
  const type = commonType(known.type, column.type);
  const differs =
    type === null || (known.units !== column.units && known.units !== '' && column.units !== '');
  if (differs)
    throw new UsageError(
      'MIXED_COLUMNS',
      `${path} has ${[column.type, column.units].join(' ').trim()} in the column ${column.name}, ` +
        `the files before it ${[known.type, known.units].join(' ').trim()}`,
      { file: path, hint: 'Export the files one by one, or without this column (--columns).' },
    );
  return {
    name: known.name,
    type,
    units: known.units || column.units,
    description: known.description || column.description,
    externalTable: known.externalTable || column.externalTable,
    attributes: known.attributes.size > 0 ? known.attributes : column.attributes,
  };
}

function chosen(union: readonly ExportColumn[], { columns: names }: TableRequest): ExportColumn[] {
  if (names === null) return [...union];
  return names.map((name) => {
    const column = union.find((each) => each.name === name);
    if (column !== undefined) return column;
    throw new UsageError('UNKNOWN_COLUMN', `there is no column ${name}`, {
      hint: `There are ${union.map((each) => each.name).join(', ')}.`,
    });
  });
}

/** What all files say in the same words. */
function commonMetadata(parts: readonly Part[]): ReadonlyMap<string, string> {
  const [first, ...others] = parts;
  return new Map(
    [...(first?.metadata ?? [])].filter(([name, text]) =>
      others.every(({ metadata }) => metadata.get(name) === text),
    ),
  );
}

async function* allBatches(
  parts: readonly Part[],
  columns: readonly ExportColumn[],
  request: TableRequest,
): AsyncGenerator<Batch> {
  for (const { path } of parts) {
    const station = await openStation(path);
    try {
      const table = await tableInForm(station, { ...request, selection: await request.select(station) });
      const places = columns.map(({ name }) => table.columns.findIndex((each) => each.name === name));
      const constants = parts.length > 1 ? stationConstants(station) : new Map<string, string>();
      const wanted = places.filter((place) => place >= 0);
      for await (const batch of table.batches(wanted)) {
        request.signal?.throwIfAborted();
        let next = 0;
        const own = columns.map((column, i): ColumnRows => {
          if ((places[i] as number) >= 0) return widened(batch.columns[next++] ?? null, column.type);
          const constant = constants.get(column.name);
          return constant === undefined ? null : new Array<string>(batch.rows).fill(constant);
        });
        yield { rows: batch.rows, columns: own };
      }
    } finally {
      station.close();
    }
  }
}

function stationConstants(station: StationContents): Map<string, string> {
  return new Map(STATION_COLUMNS.map((name) => [name, station.attribute(name)]));
}
