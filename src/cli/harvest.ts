/** `harvest --source ...`: runs a harvest and prints what it did. */
import { join, resolve } from 'node:path';
import { EXIT, UsageError } from '../errors.js';
import { exitCodeOfReport, harvest } from '../run/harvest.js';
import { type RunReport, reportAsJson, skipsOf, totalTally } from '../run/report.js';
import type { HarvestWords } from './harvest-options.js';
import { describeError, describeSkip, printable } from './messages.js';
import { parsePeriod } from './period.js';
import { createProgress } from './progress.js';

/** Messages of one kind that are printed in full. */
const MAX_LISTED = 20;

/** @returns the exit code */
export async function harvestCommand(words: HarvestWords): Promise<number> {
  if (words.source === undefined) {
    throw new UsageError('NO_SOURCE', 'which dataset? --source is missing', {
      hint: "'harvest sources' lists the datasets, 'harvest --help' the options.",
    });
  }
  const progress = createProgress(words.quiet);
  const abort = new AbortController();
  const interrupt = (): void => {
    process.once('SIGINT', () => process.exit(EXIT.interrupted));
    abort.abort();
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const report = await harvest({
      source: words.source,
      input: words.input,
      workdir: words.workdir,
      output: resolve(words.output ?? join(words.workdir, 'output')),
      station: words.station,
      ...parsePeriod(words.from, words.to),
      tables: words.tables,
      offline: words.offline,
      profile: words.profile,
      recordTime: words.recordTime,
      splitByYear: words.split === 'year',
      dryRun: words.dryRun,
      onWarning: (message) => progress.message(printable(`warning: ${message}`)),
      onStation: progress.station,
      onProgress: progress.reports,
      signal: abort.signal,
    });
    progress.end();
    printReport(report, words);
    return exitCodeOfReport(report);
  } catch (error) {
    progress.end();
    if (!abort.signal.aborted) throw error;
    process.stderr.write(
      'interrupted: finished stations are complete, the one in work left no file; run the same command again\n',
    );
    return EXIT.interrupted;
  } finally {
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  }
}

function printReport(report: RunReport, words: HarvestWords): void {
  if (words.json) process.stdout.write(`${JSON.stringify(reportAsJson(report), null, 2)}\n`);
  else if (!words.quiet && report.stations.length > 0) process.stdout.write(reportTable(report));
  for (const { error } of report.refused.slice(0, MAX_LISTED)) process.stderr.write(describeError(error));
  for (const station of report.stations)
    if (station.error) process.stderr.write(describeError(station.error, `station ${station.station}`));
  listSkips(report);
}

function listSkips(report: RunReport): void {
  const skips = skipsOf(report);
  for (const skip of skips.slice(0, MAX_LISTED)) process.stderr.write(`${describeSkip(skip)}\n`);
  const more = Math.max(0, skips.length - MAX_LISTED) + Math.max(0, report.refused.length - MAX_LISTED);
  if (more > 0) process.stderr.write(`and ${more} more; --json lists all\n`);
}

function reportTable(report: RunReport): string {
  const head = ['station', 'primary id', 'reports', 'rows', 'first', 'last', 'file'];
  const rows = report.stations.map((station) => [
    station.station,
    station.primaryId,
    String(station.reports),
    String(station.tally.rows),
    station.first?.slice(0, 16) ?? '-',
    station.last?.slice(0, 16) ?? '-',
    station.state === 'failed' ? 'failed' : describeFiles(station.files, station.bytes, report.dryRun),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 2 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const total = totalTally(report);
  const done = report.stations.filter((station) => station.state !== 'failed').length;
  const summary =
    `${done} of ${report.stations.length} stations; ${total.reports} reports with ${total.levels} levels read; ` +
    `${total.fields} values read = ${total.rows} rows + ${total.fields - total.rows} counted by reason (--json lists them)`;
  const tables = `tables: ${report.tables.name} ${report.tables.commit.slice(0, 12)}`;
  const lists = describeStationList(report.stationList);
  return `${[line(head), ...rows.map(line), '', summary, ...lists, tables].map(printable).join('\n')}\n`;
}

function describeStationList({ stations, noted }: RunReport['stationList']): string[] {
  if (stations === 0 && noted.size === 0) return [];
  const notes = [...noted].map(([reason, n]) => `, ${n} ${reason}`);
  return [`station list: ${stations} stations${notes.join('')}`];
}

function describeFiles(files: readonly string[], bytes: number, dryRun: boolean): string {
  if (files.length === 0) return dryRun ? '(dry run)' : '(no soundings in the period)';
  const size = bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return files.length === 1 ? `${files[0]} (${size})` : `${files.length} files, ${files[0]} ... (${size})`;
}
