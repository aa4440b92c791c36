/** Joins the reports of shards into the report that one run over everything would have made. */

import { EXIT, UsageError } from '../../errors.js';
import { fields } from '../../shape.js';
import {
  type DownloadsJson,
  exitCodeOfReport,
  type Outcomes,
  type SkipJson,
  type StoredReport,
} from './json.js';

type ShardReport = StoredReport & { shard: { index: number; of: number } };

/** What the shards of one harvest have in common, as it is called in messages. */
const COMMON: readonly [what: string, of: (report: StoredReport) => unknown][] = [
  ['dataset', (report) => report.dataset],
  ['number of shards', (report) => report.shard?.of ?? 'not cut into shards'],
  ['version of the program', (report) => report.version],
  ['tables', ({ tables }) => `${tables.name} at ${tables.commit}, sha256 ${tables.sha256}`],
  ['profile', (report) => report.profile],
  ['dry run', (report) => report.dry_run],
  ['options', (report) => report.options],
];

/** Whether two reports can be of shards of one harvest: what decides the outputs is the same. */
export function isSameHarvest(a: StoredReport, b: StoredReport): boolean {
  return COMMON.every(([, of]) => canonical(of(a)) === canonical(of(b)));
}

/**
 * The report of the whole harvest from those of its shards, in any order; of two reports of one shard the one that started later
 * counts. It equals the report of a single run but for the run id (that of the first to start, with `-merged`), the
 * times, and the downloads of the files that every shard looks at. `missing_shards` names the shards that have no report: the harvest is not complete then, and its exit
 * code 1 where it would say that all is done. What belongs to no station is reported by shard 1; each warning stands once.
 *
 * @throws UsageError `NO_REPORTS`, `NOT_A_SHARD`, `DIFFERENT_HARVESTS`
 */
export function mergeReports(reports: readonly StoredReport[]): StoredReport {
  const shards = latestOfEach(reports);
  const [lowest] = shards;
  if (lowest === undefined)
    throw new UsageError('NO_REPORTS', 'there are no reports of shards to merge', {
      hint: 'Harvest with --shard 1/4 to 4/4 first, and name the folder that holds the reports.',
    });
  const { of } = lowest.shard;
  const present = new Set(shards.map(({ shard }) => shard.index));
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !present.has(index));
  const earliest = shards.reduce((a, b) => (timeOf(b.started) < timeOf(a.started) ? b : a));
  const latest = shards.reduce((a, b) => (timeOf(b.finished) > timeOf(a.finished) ? b : a));
  const error = shards.find((report) => report.error !== undefined)?.error;
  const skipped = shards.flatMap(({ unassigned }) => unassigned.skipped);
  const outcomes: Outcomes = {
    interrupted: shards.some(({ interrupted }) => interrupted),
    ...(error && { error }),
    downloads: mergeDownloads(shards.flatMap(({ downloads }) => downloads ?? [])),
    stations: shards.flatMap(({ stations }) => stations).sort((a, b) => compare(a.station, b.station)),
    unassigned: { noted: lowest.unassigned.noted, skipped: once(skipped, placeOf) },
    refused: once(
      shards.flatMap(({ refused }) => refused),
      ({ path }) => path,
    ),
  };
  const exitCode = exitCodeOfReport(outcomes);
  const { version, dataset, profile, options, tables, station_list } = lowest;
  return {
    format: 1,
    run: `${earliest.run.replace(/-shard-.*$/, '')}-merged`,
    version,
    started: earliest.started,
    finished: latest.finished,
    exit_code: missing.length > 0 && isDone(exitCode) ? EXIT.unexpected : exitCode,
    shard: null,
    ...(missing.length > 0 && { missing_shards: missing }),
    dataset,
    profile,
    options,
    tables,
    dry_run: lowest.dry_run,
    station_list,
    planned: shards.reduce((sum, shard) => sum + shard.planned, 0),
    ...outcomes,
    warnings: once(
      shards.flatMap(({ warnings }) => warnings),
      (warning) => warning,
    ),
    totals: mergeTotals(shards),
  };
}

/** One report per shard, by number. */
function latestOfEach(reports: readonly StoredReport[]): ShardReport[] {
  const byIndex = new Map<number, ShardReport>();
  for (const report of reports) {
    if (!isOfShard(report))
      throw new UsageError('NOT_A_SHARD', `${report.run} is not the report of a shard`, {
        hint: 'It holds a whole harvest: there is nothing to merge with it.',
      });
    assertSameHarvest(reports[0] ?? report, report);
    const before = byIndex.get(report.shard.index);
    if (before === undefined || isLater(report, before)) byIndex.set(report.shard.index, report);
  }
  return [...byIndex.values()].sort((a, b) => a.shard.index - b.shard.index);
}

function isOfShard(report: StoredReport): report is ShardReport {
  return report.shard !== null;
}

function assertSameHarvest(a: StoredReport, b: StoredReport): void {
  for (const [what, of] of COMMON) {
    const [one, other] = [of(a), of(b)];
    if (canonical(one) === canonical(other)) continue;
    throw new UsageError(
      'DIFFERENT_HARVESTS',
      `${a.run} and ${b.run} are not of one harvest: ${what}: ${canonical(one)} and ${canonical(other)}`,
      { hint: 'Merge the reports of one harvest at a time; move or delete those of others.' },
    );
  }
}

function isLater(a: StoredReport, b: StoredReport): boolean {
  const order =
    timeOf(a.started) - timeOf(b.started) || timeOf(a.finished) - timeOf(b.finished) || compare(a.run, b.run);
  return order > 0;
}

/**
 * Every shard looks at the whole listing, and at the few files that hold no station (the station list); the files of stations
 * are settled by the shard that the station is in.
 */
function mergeDownloads(downloads: readonly DownloadsJson[]): DownloadsJson | null {
  if (downloads.length === 0) return null;
  const sum = (of: (part: DownloadsJson) => number): number => downloads.reduce((n, part) => n + of(part), 0);
  return {
    listed: Math.max(...downloads.map(({ listed }) => listed)),
    fetched: sum(({ fetched }) => fetched),
    unchanged: sum(({ unchanged }) => unchanged),
    bytes: sum(({ bytes }) => bytes),
    missing: once(
      downloads.flatMap(({ missing }) => missing),
      ({ name }) => name,
    ).sort((a, b) => compare(a.name, b.name)),
    withdrawn: once(
      downloads.flatMap(({ withdrawn }) => withdrawn),
      (name) => name,
    ).sort(compare),
  };
}

function mergeTotals(reports: readonly StoredReport[]): StoredReport['totals'] {
  const sum = (of: (totals: StoredReport['totals']) => number): number =>
    reports.reduce((n, { totals }) => n + of(totals), 0);
  return {
    reports: sum(({ reports }) => reports),
    levels: sum(({ levels }) => levels),
    fields: sum(({ fields }) => fields),
    rows: sum(({ rows }) => rows),
    dropped: sumCounts(reports.map(({ totals }) => totals.dropped)),
    noted: sumCounts(reports.map(({ totals }) => totals.noted)),
    skipped: sum(({ skipped }) => skipped),
  };
}

/** Sums by reason, reasons in order. */
function sumCounts(all: readonly Record<string, number>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const counts of all)
    for (const [reason, n] of Object.entries(counts)) sums.set(reason, (sums.get(reason) ?? 0) + n);
  return Object.fromEntries([...sums].sort(([a], [b]) => compare(a, b)));
}

/** The first of every key. */
function once<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const value of values) if (!seen.has(keyOf(value))) seen.set(keyOf(value), value);
  return [...seen.values()];
}

function placeOf({ file, byteOffset, reason }: SkipJson): string {
  return JSON.stringify([file, byteOffset, reason]);
}

/** JSON with the keys of objects in order, for comparison and messages. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    fields(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => compare(a, b))) : part,
  );
}

function isDone(exitCode: number): boolean {
  return exitCode === EXIT.ok || exitCode === EXIT.skippedInput;
}

function timeOf(iso: string): number {
  return Date.parse(iso);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
