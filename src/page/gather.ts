/** Files put together: stations, datasets, and what made them. */
import { greatest, least } from '../numbers.js';
import type { StoredReport } from '../run/reports/json.js';
import { addCounts, noCounts, type ValueCounts } from './counts.js';
import type { DatasetOverview, FeedbackOverview, FolderOverview, StationOverview } from './overview.js';
import type { StationFile } from './station-file.js';

/** One entry per station and dataset, sorted so; the files of a station by year are one. */
export function stationsOf(files: readonly StationFile[]): StationOverview[] {
  const stations = new Map<string, StationOverview & { launchesByYear: Map<number, number> }>();
  for (const file of files) {
    const key = JSON.stringify([file.dataset, file.station]);
    const known = stations.get(key);
    if (known === undefined) {
      const { station, name, dataset, latitude, longitude, first, last, rows, bytes } = file;
      const launchesByYear = new Map(file.launchesByYear);
      stations.set(key, {
        ...{ id: station, name, dataset, latitude, longitude, first, last, rows, bytes },
        launches: launchesOf(file),
        launchesByYear,
        files: [file.path],
      });
      continue;
    }
    known.name ||= file.name;
    // Where it was last; a station that was at two places in one year has none.
    known.latitude = Number.isNaN(known.latitude) ? Number.NaN : file.latitude;
    known.longitude = Number.isNaN(known.longitude) ? Number.NaN : file.longitude;
    known.first = least(known.first, file.first);
    known.last = greatest(known.last, file.last);
    known.launches += launchesOf(file);
    known.rows += file.rows;
    known.bytes += file.bytes;
    known.files.push(file.path);
    for (const [year, n] of file.launchesByYear)
      known.launchesByYear.set(year, (known.launchesByYear.get(year) ?? 0) + n);
  }
  return [...stations.values()].sort((a, b) => order(a.dataset, b.dataset) || order(a.id, b.id));
}

/** Launches of a file, those without a possible time as well. */
function launchesOf({ launchesByYear, launchesWithoutTime }: StationFile): number {
  let launches = launchesWithoutTime;
  for (const n of launchesByYear.values()) launches += n;
  return launches;
}

/** The datasets that have files, sorted by name. */
export function datasetsOf(
  files: readonly StationFile[],
  reports: readonly StoredReport[],
): DatasetOverview[] {
  const byDataset = grouped(files, ({ dataset }) => dataset);
  return [...byDataset]
    .map(([id, own]) =>
      datasetOf(
        id,
        own,
        reports.find(({ dataset }) => dataset === id),
      ),
    )
    .sort((a, b) => order(a.id, b.id));
}

function datasetOf(
  id: string,
  files: readonly StationFile[],
  report: StoredReport | undefined,
): DatasetOverview {
  const sum = (of: (file: StationFile) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  const most = (of: (file: StationFile) => string): string => mostFrequent(files.map(of));
  const without = files.filter(({ counts }) => counts === null).length;
  const rows = sum((file) => file.rows);
  // Files by year have no counts of their own: those of the run that wrote them all, which has as many rows.
  const fromRun = without > 0 && report !== undefined && !report.dry_run && report.totals.rows === rows;
  return {
    id,
    source: most(({ source }) => source),
    institution: most(({ institution }) => institution),
    licence: most(({ licence }) => licence),
    references: most(({ references }) => references),
    productVersion: most(({ productVersion }) => productVersion),
    stations: new Set(files.map(({ station }) => station)).size,
    files: files.length,
    launches: sum(launchesOf),
    rows,
    bytes: sum(({ bytes }) => bytes),
    first: files.map(({ first }) => first).reduce(least),
    last: files.map(({ last }) => last).reduce(greatest),
    counts: fromRun ? countsOfRun(report) : countsOfFiles(files),
    countsFrom: fromRun ? 'run' : 'files',
    filesWithoutCounts: fromRun ? 0 : without,
  };
}

function countsOfRun({ totals }: StoredReport): ValueCounts {
  const counts = noCounts();
  addCounts(counts, totals);
  return counts;
}

function countsOfFiles(files: readonly StationFile[]): ValueCounts {
  const sum = noCounts();
  for (const { counts } of files) if (counts !== null) addCounts(sum, counts);
  return sum;
}

/** The groups of feedback of the files by dataset; those alone that are called `name` where one is given. */
export function feedbackOf(files: readonly StationFile[], name: string | undefined): FeedbackOverview[] {
  const groups = files.flatMap(({ dataset, feedback }) =>
    feedback.filter(({ group }) => group === (name ?? group)).map((each) => ({ dataset, ...each })),
  );
  return tally(groups).sort((a, b) => order(a.dataset, b.dataset));
}

/** The table editions of the files, most files first. */
export function editionsOf(files: readonly StationFile[]): FolderOverview['editions'] {
  return tally(files.map(({ edition }) => edition));
}

/** What versions of the program made the files, with which options, most files first. */
export function programsOf(files: readonly StationFile[]): FolderOverview['programs'] {
  return tally(files.map(({ version, profile, recordTime }) => ({ version, profile, recordTime })));
}

/** The different ones, each with how often it is there. */
function tally<T extends object>(list: readonly T[]): (T & { files: number })[] {
  const groups = grouped(list, (entry) => JSON.stringify(entry));
  return [...groups.values()]
    .flatMap((own) => (own[0] === undefined ? [] : [{ ...own[0], files: own.length }]))
    .sort((a, b) => b.files - a.files);
}

function mostFrequent(texts: readonly string[]): string {
  return tally(texts.map((text) => ({ text })))[0]?.text ?? '';
}

/** By code units: the same order everywhere. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function grouped<T>(list: readonly T[], keyOf: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}
