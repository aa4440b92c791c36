/**
 * Reading the source again: a harvest of the files that the station file was made of, with the options that it states, into a
 * temporary folder, and a comparison with what lies there.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors.js';
import { expandInputs, openInput } from '../fetch/members.js';
import { openNetcdf } from '../netcdf4/index.js';
import { harvest } from '../run/harvest.js';
import type { HarvestOptions } from '../run/options.js';
import type { RunReport } from '../run/reports/report.js';
import { firstBytes } from '../sources/head.js';
import type { Inventory, Source } from '../sources/source.js';
import { quoted } from './codes.js';
import { compareFiles } from './compare.js';
import { isOfPeriod, isOfYear } from './counts.js';
import type { FileView } from './file-view.js';
import { type NamedSource, readSourceFiles, type SourceFinder } from './source-files.js';
import { extentOf } from './stations.js';

export interface AgainstOptions {
  /** Source files and folders, as the user gave them. */
  paths: readonly string[];
  source: Source;
  /** What opens the edition of the tables that the file was made with. */
  tables: string;
  finder: SourceFinder;
  signal: AbortSignal | undefined;
}

/** @throws StorageError where a source file cannot be read, and the reason of the signal */
export async function checkAgainst(view: FileView, options: AgainstOptions): Promise<void> {
  const input = await inputsOf(view, options);
  if (input === undefined) return;
  await inTemporaryFolder(async (folder) => {
    const report = await harvest(await requestOf(view, options, input, folder));
    options.signal?.throwIfAborted();
    const failure = failureOf(report);
    const paths = report.stations.flatMap((station) => station.files);
    // Only of several files, one per year, the name tells which it is.
    const path = paths.length > 1 ? paths.find((file) => basename(file) === basename(view.path)) : paths[0];
    if (failure !== undefined || path === undefined) {
      view.findings.add('against', {}, () => failure ?? 'reading the source again gives no such file');
      return;
    }
    const again = await openNetcdf(path);
    try {
      await compareFiles(view, again, options.signal);
    } finally {
      again.close();
    }
  });
}

function failureOf({ stations, refused }: RunReport): string | undefined {
  const [error] = [...stations, ...refused].flatMap((part) => part.error ?? []);
  return error === undefined ? undefined : `the source could not be read again: ${error.message}`;
}

/** The files that the station file names, in its order, and the station lists beside them; undefined where one is not at hand. */
async function inputsOf(
  view: FileView,
  { paths, source, finder, signal }: AgainstOptions,
): Promise<string[] | undefined> {
  const given = await expandInputs(paths);
  const found: string[] = [];
  for (const [row, named] of (readSourceFiles(view) ?? []).entries()) {
    signal?.throwIfAborted();
    const candidates = given.filter((path) => basename(path) === named.name);
    const path = (await sameBytes(candidates, named, finder)) ?? candidates[0];
    if (path !== undefined) found.push(path);
    else
      view.findings.add(
        'against',
        { table: 'source_configuration', variable: 'source_file', row },
        () => `${quoted(named.name)} is not among the sources given: nothing was compared`,
      );
  }
  if (found.length === 0 || found.length < (readSourceFiles(view)?.length ?? 0)) return undefined;
  // A station without a name was harvested without a list.
  const [name = ''] = (await view.texts('station_configuration', 'station_name')) ?? [];
  if (name === '' || source.inventory === undefined) return found;
  const lists = await stationLists(source.inventory, given, found);
  if (lists.length === 0)
    view.findings.note(
      'no station list lies beside the sources: the names and places that it gave are not found again',
    );
  return [...found, ...lists];
}

/** The first of the files that is the one named; a change is told where there is none. */
async function sameBytes(
  paths: readonly string[],
  { bytes, sha256 }: NamedSource,
  finder: SourceFinder,
): Promise<string | undefined> {
  for (const path of paths) {
    const found = await finder.identify(path);
    if (found.bytes === bytes && found.sha256 === sha256) return path;
  }
  return undefined;
}

/** Names and places of stations come from a list that the station file does not name: it is looked for beside its sources. */
async function stationLists(
  inventory: Inventory,
  given: readonly string[],
  found: readonly string[],
): Promise<string[]> {
  const beside = await expandInputs([...new Set(found.map((path) => dirname(path)))]);
  const lists: string[] = [];
  for (const path of new Set([...given, ...beside])) {
    if (found.includes(path) || !/list|station|inventory/i.test(basename(path))) continue;
    const head = await openInput(path).then(firstBytes).catch(unlessInput);
    if (head !== undefined && inventory.recognise(head)) lists.push(path);
  }
  return lists;
}

/** What cannot be read is no list of stations. */
function unlessInput(error: unknown): undefined {
  if (error instanceof InputError) return undefined;
  throw error;
}

/** The harvest that the file says it comes from. */
async function requestOf(
  view: FileView,
  { source, tables, signal }: AgainstOptions,
  input: readonly string[],
  folder: string,
): Promise<HarvestOptions> {
  // Rows outside of a period were counted, and the period not stated: its edges are the first and the last record.
  const [first, last] = isOfPeriod(view) ? extentOf(await view.numbers('', 'recordtimestamp')) : [];
  return {
    source: source.id,
    input,
    workdir: folder,
    output: join(folder, 'output'),
    station: [view.attribute('primary_station_id')],
    from: first ?? Number.NEGATIVE_INFINITY,
    to: last === undefined ? Number.POSITIVE_INFINITY : last + 1,
    tables,
    offline: true,
    profile: view.profile,
    recordTime: view.attribute('record_time') === 'nominal' ? 'nominal' : 'launch',
    splitByYear: isOfYear(view),
    dryRun: false,
    workers: 1,
    shard: null,
    force: true,
    mirrors: [],
    keepReports: 1,
    onEvent: () => undefined,
    ...(signal && { signal }),
  };
}

/** A folder that is removed whatever happens, also where the process is told to end at once. */
async function inTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'harvest-verify-'));
  const removeNow = (): void => rmSync(folder, { recursive: true, force: true });
  process.on('exit', removeNow);
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    process.removeListener('exit', removeNow);
  }
}
