/** Looking at a folder: its station files, one after the other, and the reports of the last runs. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { HarvestError, UsageError } from '../errors.js';
import { noFeedback } from '../reading/feedback-groups.js';
import { stationFilesIn } from '../reading/files.js';
import { FIRST_YEAR, LAST_YEAR } from '../records/bounds.js';
import type { StoredReport } from '../run/reports/json.js';
import { latestReports, readReport } from '../run/reports/stored.js';
import { datasetsOf, editionsOf, feedbackOf, programsOf, stationsOf } from './gather.js';
import type { FeedbackOverview, FolderOverview, RunOverview } from './overview.js';
import { readStationFile, type StationFile } from './station-file.js';
import { skippedOf, TROUBLE_KINDS, type Trouble, troublesOfRun, withoutSubject } from './troubles.js';

export interface CollectOptions {
  /** When it is looked at, ISO 8601. */
  made: string;
  /** The group of feedback that is listed; all of them without it. */
  feedback?: string;
  /** Called after each file with how many are done, of how many. */
  progress?: (done: number, of: number) => void;
}

/**
 * The overview of a folder: of the station files in it and below it, and of the run reports in `reports`. A file that cannot
 * be read is one of the troubles.
 *
 * @throws UsageError `NO_STATION_FILES` where there is neither a station file nor a report, StorageError where the folder cannot be read
 */
export async function collectFolder(folder: string, options: CollectOptions): Promise<FolderOverview> {
  const root = resolve(folder);
  const paths = await stationFilesIn(root);
  const reports = [...(await latestReports(join(root, 'reports'))).values()];
  if (paths.length === 0 && reports.length === 0)
    throw new UsageError('NO_STATION_FILES', `there are no station files in ${folder} or below it`, {
      file: folder,
      hint: 'Name the folder of the outputs, which holds a folder per dataset, or one of these.',
    });
  return await collect({ root, run: null, paths, reports }, options);
}

/**
 * The overview of one run: of the station files that it wrote or left as they were, where they are still beside its report.
 *
 * @param path of the report, `<output>/reports/<run>.json`
 * @throws InputError, StorageError as `readReport`
 */
export async function collectRun(path: string, options: CollectOptions): Promise<FolderOverview> {
  const report = await readReport(path);
  const root = dirname(dirname(resolve(path)));
  // The outputs may have been moved, with their reports, since the run.
  const paths = report.stations
    .flatMap(({ files }) => files)
    .map((file) => join(root, report.dataset, basename(file)))
    .filter((file) => existsSync(file))
    .sort();
  return await collect({ root, run: report.run, paths, reports: [report] }, options);
}

interface Found {
  root: string;
  run: string | null;
  paths: readonly string[];
  reports: readonly StoredReport[];
}

async function collect(
  { root, run, paths, reports }: Found,
  options: CollectOptions,
): Promise<FolderOverview> {
  const files: StationFile[] = [];
  const troubles: Trouble[] = [];
  for (const [i, path] of paths.entries()) {
    const name = relative(root, path);
    try {
      const file = await readStationFile(path);
      files.push({ ...file, path: name });
      if (file.launchesWithoutTime > 0)
        troubles.push(impossibleTimes(file.dataset, name, file.launchesWithoutTime));
    } catch (error) {
      troubles.push(unreadable(name, path, error));
    }
    options.progress?.(i + 1, paths.length);
  }
  for (const report of reports)
    troubles.push(...troublesOfRun(report, presentOf(report.dataset, root, paths)));
  const rank = ({ kind }: Trouble): number => TROUBLE_KINDS.indexOf(kind);
  return {
    folder: root,
    run,
    made: options.made,
    stations: stationsOf(files),
    files,
    datasets: datasetsOf(files, reports),
    feedback: listedFeedback(files, options.feedback),
    editions: editionsOf(files),
    programs: programsOf(files),
    runs: reports.map(runOf).sort((a, b) => (a.dataset < b.dataset ? -1 : 1)),
    troubles: troubles.sort((a, b) => rank(a) - rank(b)),
    skipped: reports.flatMap(skippedOf),
  };
}

function listedFeedback(files: readonly StationFile[], name: string | undefined): FeedbackOverview[] {
  const listed = feedbackOf(files, name);
  if (name === undefined || listed.length > 0) return listed;
  const groups = new Set(files.flatMap(({ feedback }) => feedback.map(({ group }) => group)));
  throw noFeedback(['the station files of the folder'], name, groups);
}

/** The names in the folder of a dataset, which may be the folder that is looked at. */
function presentOf(dataset: string, root: string, paths: readonly string[]): Set<string> {
  const own = paths.filter((path) => dirname(path) === root || basename(dirname(path)) === dataset);
  return new Set(own.map((path) => basename(path)));
}

function unreadable(name: string, path: string, error: unknown): Trouble {
  // Whatever a damaged file brings about, the others are to be shown.
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof HarvestError ? (error.hint ?? '') : '';
  const folder = dirname(name);
  return {
    kind: 'unreadable station file',
    dataset: folder === '.' ? '' : folder,
    subject: name,
    message: withoutSubject(message, path).replaceAll(path, basename(path)),
    hint,
  };
}

function impossibleTimes(dataset: string, subject: string, launches: number): Trouble {
  return {
    kind: 'impossible times',
    dataset,
    subject,
    message: `${launches} launches have times before ${FIRST_YEAR} or after ${LAST_YEAR}; no chart shows them.`,
    hint: 'harvest verify says which rows.',
  };
}

function runOf(report: StoredReport): RunOverview {
  const { run, dataset, version, started, finished, exit_code, dry_run, planned, downloads, tables } = report;
  const ended = (state: string): number =>
    report.stations.filter((station) => station.state === state).length;
  return {
    run,
    dataset,
    version,
    started,
    finished,
    exitCode: exit_code,
    dryRun: dry_run,
    planned,
    done: ended('done'),
    unchanged: ended('unchanged'),
    empty: ended('empty'),
    failed: ended('failed'),
    fetched: downloads === null ? null : { files: downloads.fetched, bytes: downloads.bytes },
    tables: `${tables.name} ${tables.commit.slice(0, 12)}`,
  };
}
