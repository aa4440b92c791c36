/**
 * Station files in the formats of data frames: Parquet, Arrow and CSV. A form (`long`, `wide`, `core`) makes a table of a station
 * file: columns with types and metadata, rows in batches that are read as they are needed. Tables of several files become one, and
 * a writer for each format takes it batch by batch, so that memory stays flat however long a station is. What is missing in the
 * station file is missing in every format; nothing is rounded.
 */
import { rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { makeFolder } from '../disk/folder.js';
import { UsageError } from '../errors.js';
import { stationFilesOf } from '../reading/files.js';
import type { Heights } from '../reading/heights.js';
import { openStation } from '../reading/open.js';
import { noSignificance, saysSignificance, significanceMask } from '../reading/significance.js';
import type { StationContents } from '../reading/station.js';
import { writeArrow } from '../tabular/arrow.js';
import { writeCsv } from '../tabular/csv.js';
import { type Compression, writeParquet, zstd } from '../tabular/parquet.js';
import { destination, fileSink, gzipSink, isForFile, type Sink, streamSink } from '../tabular/sink.js';
import type { ExportTable } from '../tabular/table.js';
import type { Form } from './forms.js';
import { mergedTable } from './merge.js';
import { variableCodes } from './quantities.js';
import { rowsOf, type Selection } from './selection.js';
import { removeStaleSidecar, sidecar, sidecarPath } from './sidecar.js';
import { type Format, type Placement, type Plan, planTargets, STDOUT, type Target } from './targets.js';

export type { Form } from './forms.js';
export { STDOUT } from './targets.js';

/** Where the units of a CSV file are: in a file beside it, in its titles, or nowhere. */
export type Units = 'sidecar' | 'header' | 'none';

export interface ExportRequest extends Placement {
  /** Station files, and folders of them. */
  readonly inputs: readonly string[];
  readonly form: Form;
  /** Tables of the long form. */
  readonly tables: readonly string[];
  /** Codes or names of variables; empty for all. */
  readonly variables: readonly string[];
  /** Names of columns, in this order; empty for all. */
  readonly columns: readonly string[];
  /** Record times, seconds since 1900-01-01: from, included, to, not included. */
  readonly period: Selection['period'];
  /** Kinds of levels, of which a row or level is one; empty for all. */
  readonly levels: readonly string[];
  readonly heights: Heights;
  /** With feedback: of this group; true for the first one with departures. */
  readonly feedback: boolean | string;
  readonly quality: boolean;
  /** Of the pages of Parquet files; `snappy` where it is not given. */
  readonly compression: Compression | undefined;
  /** Of CSV files; `sidecar` where it is not given. */
  readonly units: Units | undefined;
  /** Takes what the user should know of files that are exported, and of those that are not. */
  readonly onNote?: (note: ExportNote) => void;
}

export interface ExportNote {
  readonly text: string;
  /** True of a station file that could not give what is asked for and was left out. */
  readonly isLeftOut: boolean;
}

/** A file that has been written. */
export interface Exported {
  readonly path: string;
  readonly table: string;
  readonly format: Format;
  /** Station files in it. */
  readonly stations: number;
  readonly rows: number;
  readonly columns: number;
  readonly bytes: number;
}

/**
 * Writes what is asked for. Each file is complete when it gets its name. Throws `UsageError` for what does not fit the files,
 * `InputError` for what is no station file or damaged, `StorageError` for what cannot be written, `ReaderGone` when the reader of
 * standard output has had enough, and the reason of the signal when it is aborted.
 */
export async function exportStations(
  request: ExportRequest,
  signal?: AbortSignal,
  stdout: Writable = process.stdout,
): Promise<Exported[]> {
  const found = await stationFilesOf(request.inputs);
  const tables = tablesOf(request);
  await assertSelectionFits(found, request, tables);
  const inputs = request.levels.length === 0 ? found : await withSignificance(found, request);
  const plan = await planTargets(request, inputs, tables);
  assertFormatFits(plan, request);
  if (plan.folder !== null) await makeFolder(plan.folder, 'folder of the export');
  const written: Exported[] = [];
  for (const target of plan.targets) {
    const file = await exportTarget(target, plan, request, signal, stdout);
    written.push(file);
    if (file.rows === 0 && request.levels.length > 0)
      request.onNote?.({ text: `${file.path} has no rows: none is of these levels`, isLeftOut: false });
  }
  return written;
}

/** The files whose source says what levels are; of the others there is nothing to select. Throws `UsageError` where there is none. */
async function withSignificance(
  inputs: readonly string[],
  { levels, onNote }: ExportRequest,
): Promise<readonly string[]> {
  // What is misspelt is told first.
  significanceMask(levels);
  const silent: string[] = [];
  for (const input of inputs) if (!(await withStation(input, saysSignificance))) silent.push(input);
  if (silent.length === inputs.length) throw noSignificance(silent);
  for (const input of silent) onNote?.({ text: noSignificance([input]).message, isLeftOut: true });
  return inputs.filter((input) => !silent.includes(input));
}

function tablesOf({ form, tables }: ExportRequest): readonly string[] {
  if (form === 'long') return [...new Set(tables)];
  if (tables.some((table) => table !== 'observations_table'))
    throw new UsageError('ONE_TABLE', `the form ${form} is made of observations_table`, {
      hint: 'Leave out --table, or choose --form long.',
    });
  return [form];
}

/** An option that could change nothing is a mistake. */
async function assertSelectionFits(
  inputs: readonly string[],
  request: ExportRequest,
  tables: readonly string[],
): Promise<void> {
  const { form, quality, feedback, variables, levels, heights, period } = request;
  if (quality && form !== 'wide')
    throw new UsageError('USAGE', '--quality goes with --form wide', {
      hint: 'The long and the core form have the column quality_flag.',
    });
  if (heights === 'geopotential' && form !== 'wide')
    throw new UsageError('USAGE', '--heights geopotential goes with --form wide', {
      hint: 'The long and the core form have the rows as they are, with z_coordinate_method beside each height.',
    });
  if (form !== 'long') return;
  const [first] = inputs;
  const kinds = await withStation(first as string, (station) =>
    tables.map((name) => {
      const table = station.tables.get(name);
      return table === undefined ? 'observations' : rowsOf(station, table);
    }),
  );
  const list = tables.join(', ');
  if (feedback !== false && !tables.includes('observations_table'))
    throw new UsageError('USAGE', `--feedback goes with observations_table, not with ${list}`);
  if (variables.length > 0 && !kinds.includes('observations'))
    throw new UsageError('USAGE', `--variables does not select from ${list}: it has no rows of observations`);
  if (levels.length > 0 && !kinds.includes('observations'))
    throw new UsageError('USAGE', `--levels does not select from ${list}: it has no rows of observations`);
  const isBounded = Number.isFinite(period.from) || Number.isFinite(period.to);
  if (isBounded && kinds.every((kind) => kind === 'other'))
    throw new UsageError('USAGE', `--from and --to do not select from ${list}: its rows have no record time`);
}

function assertFormatFits({ format, targets }: Plan, { compression, units }: ExportRequest): void {
  if (compression !== undefined && format !== 'parquet')
    throw new UsageError('USAGE', `--compression is for Parquet, not for ${format}`);
  if (compression === 'zstd' && zstd === undefined)
    throw new UsageError('NO_ZSTD', `Node ${process.version} has no zstd`, {
      hint: 'Use Node 22.15 or later, or another --compression.',
    });
  if (units === undefined) return;
  if (format !== 'csv')
    throw new UsageError('USAGE', `--units is for CSV: ${format} files have units in their metadata`);
  if (units === 'sidecar' && targets.some(({ path }) => path === STDOUT))
    throw new UsageError('USAGE', 'there is no file beside standard output for the units', {
      hint: 'Choose --units header.',
    });
}

async function withStation<T>(path: string, work: (station: StationContents) => T | Promise<T>): Promise<T> {
  const station = await openStation(path);
  try {
    return await work(station);
  } finally {
    station.close();
  }
}

async function exportTarget(
  target: Target,
  plan: Plan,
  request: ExportRequest,
  signal: AbortSignal | undefined,
  stdout: Writable,
): Promise<Exported> {
  const { form, feedback, quality, heights, columns, variables, levels, period } = request;
  const table = await mergedTable(target.inputs, {
    form,
    table: form === 'long' ? target.table : 'observations_table',
    feedback,
    quality,
    heights,
    columns: columns.length === 0 ? null : [...new Set(columns)],
    vocabularies: plan.format === 'arrow',
    signal,
    select: async (station) => ({
      period,
      variables: variables.length === 0 ? null : await variableCodes(station, variables, period),
      levels: significanceMask(levels),
    }),
  });
  const isStdout = target.path === STDOUT;
  const hasNotes = plan.format === 'csv' && (request.units ?? 'sidecar') === 'sidecar';
  const path = isStdout ? STDOUT : await destination(target.path);
  const isFile = !isStdout && (await isForFile(path));
  // Written first and named last: there is no table without its units, and no units without their table.
  const notes = isFile && hasNotes ? await fileSink(sidecarPath(path)) : null;
  const { rows, bytes } = await written(notes, async () => {
    await notes?.write(Buffer.from(sidecar(table, path)));
    const bare = isStdout ? streamSink(stdout) : await fileSink(path);
    const sink = plan.gzip ? gzipSink(bare) : bare;
    const result = await written(sink, async () => {
      const count = await writeTable(table, sink, plan, request);
      return { rows: count, bytes: await sink.finish() };
    });
    await notes?.finish().catch(async (error: unknown) => {
      await rm(path, { force: true }).catch(() => {});
      throw error;
    });
    return result;
  });
  if (isFile && notes === null) await removeStaleSidecar(path);
  return {
    path: target.path,
    table: target.table,
    format: plan.format,
    stations: target.inputs.length,
    rows,
    columns: table.columns.length,
    bytes,
  };
}

/** Does the work; where that fails, nothing is left of the sink. */
async function written<T>(sink: Sink | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await sink?.abort();
    throw error;
  }
}

async function writeTable(
  table: ExportTable,
  sink: Sink,
  { format, stream }: Plan,
  { compression, units }: ExportRequest,
): Promise<number> {
  switch (format) {
    case 'parquet':
      return await writeParquet(table, sink, compression ?? 'snappy');
    case 'arrow':
      return await writeArrow(table, sink, stream ? 'stream' : 'file');
    case 'csv':
      return await writeCsv(table, sink, units === 'header');
  }
}
