/**
 * Reports of runs on disk: one file per run, `<folder>/<run>.json`, published as a whole or not at all. The names tell
 * dataset, start and shard, so that old ones are found without opening them, and nothing else in the folder is touched.
 */
import { lstat, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder, syncFolder } from '../../disk/folder.js';
import { asStorageError, HarvestError, InputError, isSystemError, UsageError } from '../../errors.js';
import { nameOf, type Shard } from '../shard.js';
import { isSameHarvest, mergeReports } from './join-shards.js';
import type { StoredReport } from './json.js';
import { isStoredReport } from './shape.js';

/** A report's file, as far as its name tells. */
export interface ReportFile {
  path: string;
  /** The run id: the file's name without `.json`. */
  run: string;
  dataset: string;
  /** To the second. */
  started: Date;
  shard: Shard | null;
  /** Joined from the reports of shards. */
  merged: boolean;
}

export interface RunIdParts {
  started: Date;
  dataset: string;
  /** Null: the whole harvest. */
  shard: Shard | null;
}

const RUN_ID =
  /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([a-z0-9_]+)(?:-shard-(\d{1,5})-of-(\d{1,5})|-(merged))?(?:-(?!shard-)[a-z0-9]{1,16}){0,2}$/;
const SUFFIX = '.json';
/** Half a gigabyte is the longest text there is; a report of all stations of the largest archive has some megabytes. */
const MAX_REPORT_BYTES = 256 * 1024 * 1024;
const MAX_RUNS_PER_SECOND = 1000;

/** `20261121T084312Z-igra2`, of a shard `20261121T084312Z-igra2-shard-2-of-4`: a file name that sorts by time. */
export function runId({ started, dataset, shard }: RunIdParts): string {
  const time = `${started.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return `${time}-${dataset}${shard === null ? '' : `-${nameOf(shard)}`}`;
}

/**
 * Writes the report to `<folder>/<run>.json`, which exists only once it is complete. A report that is there already is left as
 * it is: the new one's run id gets a number (`...-igra2-2`), in its file name and in the file.
 *
 * @returns the path of the file
 * @throws StorageError; InputError `INVALID_RUN_ID` where the id is no safe file name
 */
export async function saveReport(folder: string, report: StoredReport): Promise<string> {
  if (!RUN_ID.test(report.run))
    throw new InputError('INVALID_RUN_ID', `${JSON.stringify(report.run)} is not the id of a run`);
  await makeFolder(folder, 'folder of run reports');
  for (let n = 1; n <= MAX_RUNS_PER_SECOND; n++) {
    const run = n === 1 ? report.run : `${report.run}-${n}`;
    const path = join(folder, `${run}${SUFFIX}`);
    try {
      if (await publishNew(path, `${JSON.stringify({ ...report, run }, null, 2)}\n`)) return path;
    } catch (error) {
      throw asStorageError(error, 'cannot write', path);
    }
  }
  throw new InputError('INVALID_RUN_ID', `${folder} holds ${MAX_RUNS_PER_SECOND} reports of ${report.run}`);
}

/**
 * Creates a file with the text, unless there is one. The temporary file is opened for one writer alone and the name looked up
 * while it is held, so that of two processes neither replaces the other's report; a link instead of a rename would do as
 * well, but not every shared folder knows links.
 */
async function publishNew(path: string, text: string): Promise<boolean> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  const file = await open(temporary, 'wx').catch(unlessCode('EEXIST'));
  if (file === undefined) return false;
  try {
    try {
      if ((await lstat(path).catch(unlessCode('ENOENT'))) !== undefined) {
        await rm(temporary);
        return false;
      }
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

function unlessCode(code: string): (error: unknown) => undefined {
  return (error) => {
    if (isSystemError(error) && error.code === code) return undefined;
    throw error;
  };
}

/**
 * The reports in a folder, newest start first; none where there is no folder. Links, folders and files with other names are
 * no reports.
 *
 * @throws StorageError
 */
export async function listReports(folder: string): Promise<ReportFile[]> {
  try {
    const entries = (await readdir(folder, { withFileTypes: true }).catch(unlessCode('ENOENT'))) ?? [];
    return entries
      .flatMap((entry) => (entry.isFile() ? reportFile(folder, entry.name) : []))
      .sort((a, b) => b.started.getTime() - a.started.getTime() || compareRuns(b.run, a.run));
  } catch (error) {
    throw asStorageError(error, 'cannot list', folder);
  }
}

/** Of one second: the later number is the later run. */
function compareRuns(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function reportFile(folder: string, name: string): ReportFile[] {
  if (!name.endsWith(SUFFIX)) return [];
  const run = name.slice(0, -SUFFIX.length);
  const [, year, month, day, hour, minute, second, dataset, index, of, merged] = RUN_ID.exec(run) ?? [];
  const started = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (dataset === undefined || Number.isNaN(started.getTime())) return [];
  const shard = index === undefined ? null : { index: Number(index), of: Number(of) };
  return [{ path: join(folder, name), run, dataset, started, shard, merged: merged !== undefined }];
}

/**
 * Deletes all but the newest `count` runs of a dataset. The shards of one harvest count as one run: the newest reports of every
 * shard are together the newest run, and so on. Merged reports repeat what shards report, and are counted for themselves.
 *
 * @param current the report that was just written: it stays, also where a clock that was set back makes others newer
 * @returns the paths of the files that were deleted
 * @throws StorageError; UsageError `INVALID_COUNT` for less than one
 */
export async function keepNewest(
  folder: string,
  dataset: string,
  count: number,
  current?: string,
): Promise<string[]> {
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError('INVALID_COUNT', `${count} is not a number of reports to keep`, {
      hint: 'Keep at least one.',
    });
  const reports = (await listReports(folder)).filter((report) => report.dataset === dataset);
  const merged = reports.filter((report) => report.merged).slice(count);
  const old = runsOf(reports.filter((report) => !report.merged)).slice(count);
  const paths = [...merged, ...old.flat()].map(({ path }) => path).filter((path) => path !== current);
  for (const path of paths) {
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw asStorageError(error, 'cannot delete', path);
    }
  }
  return paths;
}

/** Groups reports, newest first, into runs, newest first: the k-th report of every shard belongs to the k-th run. */
function runsOf(reports: readonly ReportFile[]): ReportFile[][] {
  const runs = new Map<string, ReportFile[]>();
  const seen = new Map<string, number>();
  for (const report of reports) {
    const { index, of } = report.shard ?? { index: 1, of: 1 };
    const rank = seen.get(`${index}/${of}`) ?? 0;
    seen.set(`${index}/${of}`, rank + 1);
    const key = `${of} ${rank}`;
    runs.set(key, [...(runs.get(key) ?? []), report]);
  }
  return [...runs.values()];
}

/**
 * Reads a report.
 *
 * @throws StorageError where it cannot be read; InputError `NOT_A_REPORT` where the file is something else or of another version
 */
export async function readReport(path: string): Promise<StoredReport> {
  const refuse = (why: string, cause?: unknown): InputError =>
    new InputError('NOT_A_REPORT', `${path} is not the report of a run: ${why}`, {
      file: path,
      hint: 'Reports are the files <run>.json in the reports folder of the output; delete or move what is not one.',
      cause,
    });
  try {
    const { size } = await stat(path);
    if (size > MAX_REPORT_BYTES) throw refuse(`it has ${size} bytes, at most ${MAX_REPORT_BYTES}`);
    const report: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (!isStoredReport(report)) throw refuse('it has other contents');
    if (!RUN_ID.test(report.run)) throw refuse(`its run id is ${JSON.stringify(report.run)}`);
    return report;
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse('it is not JSON', error);
    if (error instanceof HarvestError) throw error;
    throw asStorageError(error, 'cannot read', path);
  }
}

/** A report, or nothing where the file is damaged: among many that one must not hide the others. */
async function readIfReport(path: string): Promise<StoredReport | undefined> {
  return await readReport(path).catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
}

/**
 * The report of the newest run of every dataset, by dataset. Where the newest is of a shard, those of the other shards of the
 * same harvest are joined with it.
 *
 * Damaged reports do not count.
 *
 * @throws StorageError
 */
export async function latestReports(folder: string): Promise<Map<string, StoredReport>> {
  const latest = new Map<string, StoredReport>();
  const files = await listReports(folder);
  for (const file of files) {
    if (latest.has(file.dataset)) continue;
    const newest = await readIfReport(file.path);
    if (newest === undefined) continue;
    latest.set(file.dataset, newest.shard === null ? newest : await joined(newest, files));
  }
  return latest;
}

async function joined(newest: StoredReport, files: readonly ReportFile[]): Promise<StoredReport> {
  // Newest first: what is older than a shard's newest report of this harvest is not even read.
  const shards = new Map<number, StoredReport>();
  for (const { path, dataset, shard } of files) {
    if (dataset !== newest.dataset || shard === null || shard.of !== newest.shard?.of) continue;
    if (shards.has(shard.index)) continue;
    const report = await readIfReport(path);
    if (report !== undefined && isSameHarvest(report, newest)) shards.set(shard.index, report);
  }
  return mergeReports([...shards.values()]);
}

/**
 * The newest harvest in shards of every dataset, its shards joined.
 *
 * @param since reports that were started before do not count: a shard that died has an old one, which would pass for its own
 * @throws StorageError
 */
export async function mergedReports(folder: string, since: Date | null): Promise<StoredReport[]> {
  const files = (await listReports(folder)).filter(
    ({ shard, started }) => shard !== null && (since === null || started >= since),
  );
  const merged = new Map<string, StoredReport>();
  for (const { dataset, path } of files) {
    const newest = merged.has(dataset) ? undefined : await readIfReport(path);
    if (newest !== undefined) merged.set(dataset, await joined(newest, files));
  }
  return [...merged.values()];
}
