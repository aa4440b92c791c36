/** Positions of reports and rows, and the stations of era5_1759 whose latitude has lost its sign. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { asStorageError } from '../../errors.js';
import type { ObservationColumns } from '../../records/batch.js';
import { isLatitude, normalLongitude } from '../../records/place.js';

/**
 * Degrees north, NaN where missing or impossible.
 *
 * @param southern whether the sign is known to be lost: then a positive latitude is a southern one
 */
export function normalLatitude(latitude: number, southern: boolean): number {
  if (!isLatitude(latitude)) return Number.NaN;
  return southern && latitude > 0 ? -latitude : latitude;
}

/**
 * The stations of a dataset whose positive latitudes are southern ones, by id, from `sources/<dataset>-latitude-sign.csv`:
 * lines with a `#` are comments, the first other line names the columns (`station_id,reason`), then one station per line.
 * Empty for a dataset without such a list.
 *
 * @throws StorageError where the list cannot be read
 */
export async function southernStations(dataset: string): Promise<ReadonlySet<string>> {
  if (dataset !== 'era5_1759') return new Set();
  const path = fileURLToPath(new URL(`../../../sources/${dataset}-latitude-sign.csv`, import.meta.url));
  try {
    const lines = (await readFile(path, 'utf8'))
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'));
    return new Set(lines.slice(1).map((line) => (line.split(',')[0] ?? '').trim()));
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}

/** A row elsewhere than its report; without a position of its own it is where the report is. */
export function setPosition(
  { latitude, longitude }: ObservationColumns,
  row: number,
  rawLatitude: number,
  rawLongitude: number,
  southern: boolean,
): void {
  const north = normalLatitude(rawLatitude, southern);
  const east = normalLongitude(rawLongitude);
  if (latitude === null || longitude === null || Number.isNaN(north) || Number.isNaN(east)) return;
  latitude[row] = north;
  longitude[row] = east;
}
