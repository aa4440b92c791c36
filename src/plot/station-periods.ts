/** The periods of the stations of a folder, from the record index and a few small columns of each file. */
import { HarvestError } from '../errors.js';
import { stationFilesIn } from '../reading/files.js';
import { openStation } from '../reading/open.js';
import { placeAndPeriod } from '../reading/period.js';
import type { StationContents } from '../reading/station.js';
import type { StationPeriod } from './station-period.js';

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
  for (const file of await stationFilesIn(path)) {
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

async function periodOf(station: StationContents): Promise<StationPeriod> {
  const { launchesWithoutTime: _, ...period } = await placeAndPeriod(station);
  const launches = [...period.launchesByYear.values()].reduce((sum, n) => sum + n, 0);
  return {
    id: station.attribute('primary_station_id'),
    dataset: station.dataset,
    ...period,
    launches,
  };
}
