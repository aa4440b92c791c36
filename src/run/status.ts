/** What a work folder holds and what in it is out of date, told from the ledger and the stamps of files. Nothing is written. */
import { join, resolve } from 'node:path';
import { loadSource, sources } from '../sources/registry.js';
import { isListing, isSameStamp, stampOf } from './inputs.js';
import { type LedgerView, readLedger } from './ledger/ledger.js';
import type { StationRecord } from './ledger/records.js';
import { lockHolders } from './lock/lock.js';
import type { StoredReport } from './reports/json.js';
import { latestReports } from './reports/stored.js';
import { stationKey } from './stations.js';
import { intactFiles } from './task.js';

export interface DatasetStatus {
  dataset: string;
  /** The last run that left a report. */
  lastRun: Pick<StoredReport, 'run' | 'started' | 'finished' | 'exit_code' | 'interrupted' | 'tables'> | null;
  /** Stations that the ledger knows, of this output folder. */
  stations: number;
  /** Stations that failed in the last run. */
  failed: string[];
  /** Stations that the next run will harvest again as far as is known without reading, with the reason. */
  stale: { station: string; reason: string }[];
  /** Files that the last run could not fetch. */
  missing: string[];
}

export interface WorkdirStatus {
  workdir: string;
  output: string;
  /** Runs that have the work folder, or had it when they were killed. */
  running: { scope: string; pid: number; host: string; started: string }[];
  datasets: DatasetStatus[];
  /** Lines of the ledger that could not be used. */
  damagedLines: number;
}

/** @throws StorageError where a folder cannot be read, UsageError for a ledger of a newer program */
export async function statusOf(workdir: string, output: string): Promise<WorkdirStatus> {
  const ledger = await readLedger(resolve(workdir, 'ledger'));
  const reports = await latestReports(join(resolve(output), 'reports'));
  const inputs = await changedInputs(ledger, workdir);
  const datasets: DatasetStatus[] = [];
  for (const dataset of sources.keys()) {
    const records: StationRecord[] = [];
    for (const [key, record] of ledger.entries('station'))
      if (key === stationKey(dataset, workdir, output, record.station)) records.push(record);
    records.sort((a, b) => (a.station < b.station ? -1 : 1));
    const report = reports.get(dataset);
    if (records.length === 0 && report === undefined) continue;
    const failed = report?.stations.filter(({ state }) => state === 'failed') ?? [];
    datasets.push({
      dataset,
      lastRun: report === undefined ? null : lastRunOf(report),
      stations: records.length,
      failed: failed.map(({ station }) => station),
      stale: await staleStations(dataset, records, report, inputs, resolve(output, dataset)),
      missing: report?.downloads?.missing.map(({ name }) => name) ?? [],
    });
  }
  const holders = await lockHolders(resolve(workdir, 'ledger'));
  return {
    workdir: resolve(workdir),
    output: resolve(output),
    running: holders.map(({ scope, holder: { pid, host, started } }) => ({ scope, pid, host, started })),
    datasets,
    damagedLines: ledger.damagedLines,
  };
}

function lastRunOf({
  run,
  started,
  finished,
  exit_code,
  interrupted,
  tables,
}: StoredReport): DatasetStatus['lastRun'] {
  return { run, started, finished, exit_code, interrupted, tables };
}

async function staleStations(
  dataset: string,
  records: readonly StationRecord[],
  report: StoredReport | undefined,
  inputs: ReadonlyMap<string, string>,
  folder: string,
): Promise<DatasetStatus['stale']> {
  const { readerVersion } = await loadSource(dataset);
  const stale: DatasetStatus['stale'] = [];
  for (const { station, reader, tables, files } of records) {
    const changed = inputs.get(`${dataset}/${station}`);
    if (changed !== undefined) stale.push({ station, reason: changed });
    else if (reader !== readerVersion) stale.push({ station, reason: 'the reader is newer' });
    else if (report !== undefined && report.tables.sha256 !== '' && tables !== report.tables.sha256)
      stale.push({ station, reason: 'the last run used other tables' });
    else if ((await intactFiles(folder, files)) === null)
      stale.push({ station, reason: 'its files are gone or were changed' });
  }
  return stale;
}

/** What happened to the inputs of stations since they were read, by `<dataset>/<station>`. */
async function changedInputs(ledger: LedgerView, workdir: string): Promise<Map<string, string>> {
  const changed = new Map<string, string>();
  for (const [key, { stamp, listing }] of ledger.entries('input')) {
    const path = resolve(workdir, key);
    const now = await stampOf(path).catch(() => undefined);
    if (now !== undefined && isSameStamp(now, stamp)) continue;
    const reason = `${path} ${now === undefined ? 'is gone' : 'has changed'}`;
    const dataset = listing?.reader.split('/')[0];
    if (!isListing(listing?.result)) continue;
    for (const { id } of listing.result.stations ?? []) changed.set(`${dataset}/${id}`, reason);
  }
  return changed;
}
