/** The periods of the stations of a folder, from the record index and a few small columns of each file. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asStorageError, HarvestError } from '../errors.js';
import { openStation } from '../reading/open.js';
import { reportTimes } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { factsOf } from './heading.js';
import type { StationPeriod } from './station-period.js';
import { yearOf } from './years.js';

/** What a folder holds: its stations, by file, and the files that could not be read. */
export interface FolderPeriods {
  stations: StationPeriod[];
  failures: HarvestError[];
}

/**
 * Reads the station files (`*.nc`) of a folder and those below it, or the one file that `path` is.
 *
 * @throws StorageError where the path cannot be read; what is wrong with a file of a folder is among `failures`
 */
export async function readStationPeriods(path: string): Promise<FolderPeriods> {
  const result: FolderPeriods = { stations: [], failures: [] };
  for (const file of await stationFiles(path)) {
    try {
      const station = await openStation(file);
      try {
        result.stations.push(await periodOf(station));
      } finally {
        station.close();
      }
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      result.failures.push(error);
    }
  }
  return result;
}

async function stationFiles(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.nc'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}

async function periodOf(station: StationContents): Promise<StationPeriod> {
  const { stationId, stationName, dataset } = await factsOf(station);
  const times = (await reportTimes(station)).filter((time) => Number.isFinite(yearOf(time)));
  const launchesByYear = new Map<number, number>();
  for (const time of times) {
    const year = yearOf(time);
    launchesByYear.set(year, (launchesByYear.get(year) ?? 0) + 1);
  }
  return {
    id: stationId,
    name: stationName,
    dataset,
    ...(await placeOf(station)),
    first: times[0] ?? Number.NaN,
    last: times[times.length - 1] ?? Number.NaN,
    launches: times.length,
    launchesByYear,
  };
}

/** The one position of station_configuration; a mobile station has several, and no place. */
async function placeOf(station: StationContents): Promise<{ latitude: number; longitude: number }> {
  const table = station.tables.get('station_configuration');
  const nowhere = { latitude: Number.NaN, longitude: Number.NaN };
  if (table?.rows !== 1) return nowhere;
  const degrees = async (name: string): Promise<number> =>
    (await table.columns.get(name)?.numbers())?.[0] ?? Number.NaN;
  return { latitude: await degrees('latitude'), longitude: await degrees('longitude') };
}
