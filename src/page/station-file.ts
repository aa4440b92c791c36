/** What the page needs of one station file. Read are the root, and three small columns: the observations stay where they are. */
import { stat } from 'node:fs/promises';
import { asStorageError } from '../errors.js';
import { type FeedbackGroup, feedbackGroups } from '../reading/feedback-groups.js';
import { openStation } from '../reading/open.js';
import { type PlaceAndPeriod, placeAndPeriod } from '../reading/period.js';
import type { StationContents } from '../reading/station.js';
import { parseCounts, type ValueCounts } from './counts.js';

/** One file that could be read. */
export interface StationFile extends PlaceAndPeriod {
  /** As it was given. */
  path: string;
  bytes: number;
  dataset: string;
  /** Primary id. */
  station: string;
  /** Rows of observations_table. */
  rows: number;
  /** Null where the file holds no counts. */
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
  feedback: readonly FileFeedback[];
}

/** A group of feedback, as it says what it is. */
export interface FileFeedback {
  group: string;
  of: string;
  run: string;
  /** What there are departures from: `first guess`, `analysis`. */
  departures: readonly string[];
}

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
    const period = await placeAndPeriod(station);
    return {
      path,
      bytes: size,
      ...attributesOf(station),
      ...period,
      name: period.name.slice(0, LONGEST_NAME),
      feedback: feedbackGroups(station.contents).map(feedbackOf),
    };
  } finally {
    station.close();
  }
}

function feedbackOf({ name, of, run, departures }: FeedbackGroup): FileFeedback {
  const kinds = departures.filter(({ hasValues }) => hasValues).map(({ from }) => from);
  return {
    group: name.slice(0, LONGEST_NAME),
    of: of.slice(0, LONGEST_NAME),
    run: run.slice(0, LONGEST_NAME),
    departures: [...new Set(kinds)].sort().reverse(),
  };
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
