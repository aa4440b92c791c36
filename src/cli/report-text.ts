/** The report of a run in words: a table for standard output, what went wrong for standard error. */
import { unpackError } from '../run/error-transfer.js';
import type { ErrorJson, StationJson, StoredReport } from '../run/reports/json.js';
import { describeError, describeSkip, printable } from './messages.js';
import { size } from './progress.js';

/** Messages of one kind that are printed in full. */
const MAX_LISTED = 20;

/** A line per station in which something happened, and the sums. */
export function reportTable(report: StoredReport, path?: string): string {
  const shown = report.stations.filter(({ state }) => state !== 'unchanged');
  const unchanged = report.stations.length - shown.length;
  const head = ['station', 'primary id', 'reports', 'rows', 'first', 'last', 'file'];
  const rows = shown.map((station) => [
    station.station,
    station.primary_station_id,
    String(station.reports),
    String(station.counts.rows),
    station.first?.slice(0, 16) ?? '-',
    station.last?.slice(0, 16) ?? '-',
    describeFiles(station, report.dry_run),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 2 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const table = rows.length > 0 ? [line(head), ...rows.map(line), ''] : [];
  const total = report.totals;
  const done = report.stations.filter((station) => station.state !== 'failed').length;
  const summary =
    `${done} of ${report.planned} stations${unchanged > 0 ? `, ${unchanged} of them unchanged` : ''}; ` +
    `${total.reports} reports with ${total.levels} levels read; ` +
    `${total.fields} values read = ${total.rows} rows + ${total.fields - total.rows} counted by reason (--json lists them)`;
  const tables = `tables: ${report.tables.name} ${report.tables.commit.slice(0, 12)}`;
  const stored = path === undefined ? [] : [`report: ${path}`];
  const lines = [
    ...table,
    ...describeDownloads(report),
    summary,
    ...describeStationList(report),
    tables,
    ...stored,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** What could not be fetched, read or harvested. */
export function reportTroubles(report: StoredReport): string {
  const missing = report.downloads?.missing ?? [];
  const skips = [...report.unassigned.skipped, ...report.stations.flatMap((station) => station.skipped)];
  const words = (error: ErrorJson, about?: string): string => describeError(unpackError(error), about);
  const parts = [
    ...missing.slice(0, MAX_LISTED).map(({ name, error }) => words(error, `not fetched: ${name}`)),
    ...report.refused.slice(0, MAX_LISTED).map(({ error }) => words(error)),
    ...report.stations.flatMap(({ error, station }) =>
      error === undefined ? [] : [words(error, `station ${station}`)],
    ),
    ...skips.slice(0, MAX_LISTED).map((skip) => `${describeSkip(skip)}\n`),
  ];
  const more = [missing, report.refused, skips].reduce(
    (n, list) => n + Math.max(0, list.length - MAX_LISTED),
    0,
  );
  if (more > 0) parts.push(`and ${more} more; --json lists all\n`);
  if (report.error !== undefined) parts.push(words(report.error));
  return parts.join('');
}

function describeDownloads({ downloads }: StoredReport): string[] {
  if (downloads === null) return [];
  const { listed, fetched, unchanged, bytes, missing, withdrawn } = downloads;
  const parts = [
    `${fetched} fetched (${size(bytes)})`,
    `${unchanged} unchanged`,
    ...(missing.length > 0 ? [`${missing.length} not fetched`] : []),
    ...(withdrawn.length > 0 ? [`${withdrawn.length} no longer listed`] : []),
  ];
  return [`archive: ${listed} files listed; ${parts.join(', ')}`];
}

function describeStationList({ station_list: { stations, noted } }: StoredReport): string[] {
  if (stations === 0 && Object.keys(noted).length === 0) return [];
  const notes = Object.entries(noted).map(([reason, n]) => `, ${n} ${reason}`);
  return [`station list: ${stations} stations${notes.join('')}`];
}

function describeFiles({ state, files, bytes }: StationJson, dryRun: boolean): string {
  if (state === 'failed') return 'failed';
  if (files.length === 0) return dryRun ? '(dry run)' : '(no soundings in the period)';
  return files.length === 1
    ? `${files[0]} (${size(bytes)})`
    : `${files.length} files, ${files[0]} ... (${size(bytes)})`;
}
