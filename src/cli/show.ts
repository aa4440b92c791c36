/** `harvest show FILE`: the launches of a station, or those of a time as tables. */
import { UsageError } from '../errors.js';
import type { Launch } from '../reading/launch.js';
import { openStation } from '../reading/open.js';
import { readLaunch } from '../reading/read-launch.js';
import type { StationContents } from '../reading/station.js';
import { reportsAt } from './launch-choice.js';
import { launchesAsCsv, launchesAsJson } from './launch-data.js';
import { listAsJson, listOfLaunches } from './launch-list.js';
import { launchTable } from './launch-table.js';
import { parsePeriod } from './period.js';

export interface ShowWords {
  file: string;
  /** A time, or `first` or `last`. */
  time?: string | undefined;
  /** For the list of launches. */
  from?: string | undefined;
  to?: string | undefined;
  csv: boolean;
  json: boolean;
}

/** @throws UsageError, (`NO_LAUNCH` too), InputError (not a station file, damaged), StorageError */
export async function show(words: ShowWords): Promise<string> {
  if (words.csv && words.json) throw new UsageError('USAGE', '--csv and --json do not go together');
  if (words.time !== undefined && (words.from !== undefined || words.to !== undefined))
    throw new UsageError('USAGE', '--from and --to choose from the list of launches; --time shows one');
  if (words.csv && words.time === undefined)
    throw new UsageError('USAGE', '--csv needs --time', { hint: 'harvest export writes whole stations.' });
  const station = await openStation(words.file);
  try {
    if (words.time !== undefined) return await showLaunches(station, words.time, words);
    const period = parsePeriod(words.from, words.to);
    return words.json ? await listAsJson(station, period) : await listOfLaunches(station, period);
  } finally {
    station.close();
  }
}

async function showLaunches(
  station: StationContents,
  time: string,
  { csv, json }: Pick<ShowWords, 'csv' | 'json'>,
): Promise<string> {
  const launches: Launch[] = [];
  for (const report of await reportsAt(station, time)) launches.push(await readLaunch(station, report));
  if (csv) return launchesAsCsv(launches);
  if (json) return launchesAsJson(station, launches);
  return launches.map((launch) => launchTable(station, launch)).join('\n');
}
