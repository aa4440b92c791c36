/** The place, the period and the launches by year of a station: the root and three small columns, not the observations. */

import { civilTime, daysSince1900, SECONDS_PER_DAY } from '../calendar.js';
import { isYear } from '../records/bounds.js';
import type { StationContents, StationTable } from './station.js';

export interface PlaceAndPeriod {
  /** Of the first row of station_configuration, '' for none. */
  name: string;
  /** Degrees; NaN where unknown, impossible, and for a station with more than one position. */
  latitude: number;
  longitude: number;
  /** First and last record time, seconds since 1900-01-01; NaN without launches. */
  first: number;
  last: number;
  launchesByYear: Map<number, number>;
  /** Launches whose time is of a year that no sounding is of: in no year and no period. */
  launchesWithoutTime: number;
}

/** @throws InputError where the file lacks what it needs or is damaged */
export async function placeAndPeriod(station: StationContents): Promise<PlaceAndPeriod> {
  return { ...(await placeOf(station)), ...(await timesOf(station)) };
}

async function placeOf({ table }: StationContents) {
  const stations = table('station_configuration');
  if (stations.rows === 0) return { name: '', latitude: Number.NaN, longitude: Number.NaN };
  const [name = ''] = await stations.column('station_name').texts(0, 1);
  const fixed = stations.rows === 1;
  return {
    name,
    latitude: fixed ? await degrees(stations, 'latitude', 90) : Number.NaN,
    longitude: fixed ? await degrees(stations, 'longitude', 360) : Number.NaN,
  };
}

async function degrees(stations: StationTable, column: string, most: number): Promise<number> {
  const [value = Number.NaN] = await stations.column(column).numbers(0, 1);
  return Math.abs(value) <= most ? value : Number.NaN;
}

/** One time per launch: the records are the launches but where two share a time. */
async function timesOf({ records, table }: StationContents) {
  const header = table('header_table');
  const times =
    header.rows === records.time.length ? records.time : await header.column('report_timestamp').numbers();
  const launchesByYear = new Map<number, number>();
  let [first, last, launchesWithoutTime] = [Number.NaN, Number.NaN, 0];
  // The times ascend, and thousands of a station are of the same year.
  let [year, begin, end] = [Number.NaN, Number.NaN, Number.NaN];
  for (const time of times) {
    if (!(time >= begin && time < end)) {
      year = civilTime(time).year;
      [begin, end] = [startOf(year), startOf(year + 1)];
    }
    if (!isYear(year)) {
      launchesWithoutTime++;
      continue;
    }
    launchesByYear.set(year, (launchesByYear.get(year) ?? 0) + 1);
    if (!(time >= first)) first = time;
    if (!(time <= last)) last = time;
  }
  return { launchesByYear, launchesWithoutTime, first, last };
}

function startOf(year: number): number {
  return daysSince1900(year, 1, 1) * SECONDS_PER_DAY;
}

/** `48.25°N 16.37°E` */
export function placeText(latitude: number, longitude: number): string {
  const half = (value: number, positive: string, negative: string): string =>
    `${Math.abs(value).toFixed(2)}°${value < 0 ? negative : positive}`;
  return `${half(latitude, 'N', 'S')} ${half(longitude, 'E', 'W')}`;
}
