/** What the page needs of one station file. Read are the root, and three small columns: the observations stay where they are. */
import { stat } from 'node:fs/promises';
import { asStorageError } from '../errors.js';
import { openStation } from '../reading/open.js';
import type { StationContents, StationTable } from '../reading/station.js';
import { civilTime, daysSince1900, SECONDS_PER_DAY } from '../records/time.js';
import { parseCounts, type ValueCounts } from './counts.js';

/** One file that could be read. */
export interface StationFile {
  /** As it was given. */
  path: string;
  bytes: number;
  dataset: string;
  /** Primary id, and name where the file has one. */
  station: string;
  name: string;
  /** Degrees; NaN where unknown and for a station with more than one position. */
  latitude: number;
  longitude: number;
  /** First and last record time, seconds since 1900-01-01; NaN without records. */
  first: number;
  last: number;
  launchesByYear: Map<number, number>;
  /** Launches whose time is before 1850 or after 2200: in no year and no period. */
  launchesWithoutTime: number;
  /** Rows of observations_table. */
  rows: number;
  /** Null where the file holds none of its own. */
  counts: ValueCounts | null;
  /** Texts of the root, '' for what is missing. */
  source: string;
  institution: string;
  licence: string;
  references: string;
  productVersion: string;
  edition: { name: string; repository: string; commit: string; sha256: string };
  version: string;
  profile: string;
  recordTime: string;
  created: string;
}

/** Years of the calendar that a sounding can be of, and a century to come. */
const FIRST_YEAR = 1850;
const LAST_YEAR = 2200;
/** Characters that are shown of a name and of a longer text; those of real archives have less. */
const LONGEST_NAME = 200;
const LONGEST_TEXT = 5000;

/** @throws InputError, StorageError as `openStation` */
export async function readStationFile(path: string): Promise<StationFile> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw asStorageError(error, 'cannot read', path);
  });
  const station = await openStation(path);
  try {
    return {
      path,
      bytes: size,
      ...attributesOf(station),
      ...(await placeOf(station)),
      ...(await timesOf(station)),
    };
  } finally {
    station.close();
  }
}

function attributesOf({ attribute: whole, dataset, profile, records }: StationContents) {
  const attribute = (name: string): string => whole(name).slice(0, LONGEST_TEXT);
  const lastRecord = records.time.length - 1;
  return {
    dataset: dataset.slice(0, LONGEST_NAME),
    station: whole('primary_station_id').slice(0, LONGEST_NAME),
    // As the record index has it: to look into the largest group would take as long as all the rest.
    rows: (records.firstRow[lastRecord] ?? 0) + (records.rowCount[lastRecord] ?? 0),
    counts: parseCounts(whole('harvest_counts')),
    source: attribute('source'),
    institution: attribute('institution'),
    licence: attribute('license'),
    references: attribute('references'),
    productVersion: attribute('product_version'),
    edition: {
      name: attribute('cdm_tables_edition'),
      repository: attribute('cdm_tables_repository'),
      commit: attribute('cdm_tables_commit'),
      sha256: attribute('cdm_tables_sha256'),
    },
    version: attribute('harvester_version'),
    profile,
    recordTime: attribute('record_time'),
    created: attribute('date_created'),
  };
}

async function placeOf({ table }: StationContents) {
  const stations = table('station_configuration');
  if (stations.rows === 0) return { name: '', latitude: Number.NaN, longitude: Number.NaN };
  const [name = ''] = await stations.column('station_name').texts(0, 1);
  const fixed = stations.rows === 1;
  return {
    name: name.slice(0, LONGEST_NAME),
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
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) {
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
