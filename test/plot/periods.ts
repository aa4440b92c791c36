/** Stations made up for charts of many of them. */

import { daysSince1900, SECONDS_PER_DAY } from '../../src/calendar.js';
import type { StationPeriod } from '../../src/plot/station-period.js';
import { createRandom } from '../support/random.js';

/** A box of longitudes and latitudes: west, south, east, north. */
export type Region = readonly [number, number, number, number];

export const EUROPE: Region = [5, 42, 25, 55];
export const WORLD: Region = [-180, -80, 180, 85];

/** `count` stations within a region, each with launches in some decades between 1905 and 2024. */
export function makePeriods(count: number, region: Region, seed = 1): StationPeriod[] {
  const random = createRandom(seed);
  const [west, south, east, north] = region;
  return Array.from({ length: count }, (_, i) => {
    const first = random.integer(1905, 1990);
    const last = Math.min(2024, first + random.integer(0, 70));
    const launchesByYear = new Map<number, number>();
    for (let year = first; year <= last; year++)
      if (year === first || year === last || random.between(0, 1) > 0.15)
        launchesByYear.set(year, random.integer(1, 730));
    return makePeriod({
      id: `0-20000-0-${10_000 + i}`,
      name: i % 5 === 0 ? '' : `STATION NUMBER ${i}`,
      dataset: ['igra2', 'ncar', 'era5_1'][i % 3] ?? '',
      longitude: random.between(west, east),
      latitude: random.between(south, north),
      launchesByYear,
    });
  });
}

/** A station whose period and number of launches follow from its years. */
export function makePeriod(station: Partial<StationPeriod>): StationPeriod {
  const launchesByYear = station.launchesByYear ?? new Map([[2000, 10]]);
  const years = [...launchesByYear.keys()];
  const time = (year: number): number =>
    years.length === 0 ? Number.NaN : daysSince1900(year, 6, 1) * SECONDS_PER_DAY;
  return {
    id: '0-20000-0-11035',
    name: 'WIEN',
    dataset: 'igra2',
    latitude: 48.25,
    longitude: 16.36,
    first: time(Math.min(...years)),
    last: time(Math.max(...years)),
    launches: [...launchesByYear.values()].reduce((sum, n) => sum + n, 0),
    launchesByYear,
    ...station,
  };
}
