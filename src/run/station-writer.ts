/** Where matched rows go: the station file, the file of the year, or nowhere in a dry run. */
import { join } from 'node:path';
import { civilTime, daysSince1900, SECONDS_PER_DAY } from '../calendar.js';
import {
  createStationMatch,
  type StationFeedback,
  type StationMatch,
  stationSchema,
} from '../match/index.js';
import { countsOf, createStationFile, type StationFile, stationFileName } from '../output/index.js';
import type { Sounding } from '../records/sounding.js';
import { sumOf, type Tally } from '../records/tally.js';
import type { IdentifiedFile, StationRun, StationWork } from './station-work.js';

/** What has been written. Times are NaN where there is no report. */
export interface Written {
  files: string[];
  bytes: number;
  reports: number;
  first: number;
  last: number;
}

export interface StationWriter {
  /** Takes soundings in order of the file. */
  add(sounding: Sounding, collision: number): Promise<void>;
  /** Completes and publishes. A station without any report in the period gets no file. */
  close(): Promise<Written>;
  /** Removes what is not published. */
  abort(): Promise<void>;
}

/** The file being written, with its match. */
interface OpenPart {
  year: number;
  match: StationMatch;
  /** Null in a dry run. */
  file: StationFile | null;
}

/** Where the rows of a dry run go. */
const discard = (): void => undefined;

/** Rows are checked against the compression queue after this many soundings at the latest. */
const SOUNDINGS_PER_PAUSE = 16;

export function createStationWriter(
  run: StationRun,
  { station: { id: stationId }, entry, files }: StationWork,
  feedback: StationFeedback | null,
  tally: Tally,
): StationWriter {
  const identity = run.source.identify(stationId);
  const identities = files.map(({ path: _, stamp: __, ...identity }) => identity);
  const createdAt = creationTime(files);
  const schema = stationSchema({
    descriptor: run.descriptor,
    stationId,
    fileCount: files.length,
    feedback,
    definitions: run.edition.definitions,
  });
  const written: Written = { files: [], bytes: 0, reports: 0, first: Number.NaN, last: Number.NaN };
  /** Files of years that wait for the last one: a station's files change together. */
  const finished: StationFile[] = [];
  let part: OpenPart | null = null;

  const open = async (time: number): Promise<OpenPart> => {
    const year = civilTime(time).year;
    const { descriptor, edition, codeTables, profile, source } = run;
    let file: StationFile | null = null;
    if (run.outputFolder !== null) {
      const name = stationFileName(identity.primaryId, source.id, run.splitByYear ? `_${year}` : '');
      file = await createStationFile(join(run.outputFolder, name), { edition, codeTables, profile, schema });
    }
    const match = createStationMatch({
      descriptor,
      encodings: source.encodings,
      stationId,
      identity,
      entry,
      files: identities,
      schema,
      profile,
      recordTime: run.recordTime,
      tally,
      append: file?.appendObservations ?? discard,
    });
    return { year, match, file };
  };

  const closePart = async ({ match, file }: OpenPart, last: boolean): Promise<void> => {
    const matched = match.finish();
    tally.rows += matched.rows;
    // Before the file is published: what does not add up is not to be seen.
    if (last) assertAccounted(tally, stationId);
    if (Number.isNaN(written.first)) written.first = matched.extent.first;
    written.last = matched.extent.last;
    written.reports += matched.reports;
    if (file === null) return;
    const { descriptor, recordTime } = run;
    const provenance = {
      descriptor,
      identity,
      entry,
      files: identities,
      recordTime,
      // What a station's file left out of one year is not told apart: a file of a year counts what is in it.
      counts: run.splitByYear ? { reports: matched.reports, rows: matched.rows } : countsOf(tally),
      createdAt,
    };
    finished.push(file);
    const { bytes, path } = await file.finish(matched, { ...provenance, extent: matched.extent });
    written.files.push(path);
    written.bytes += bytes;
  };

  let sinceLastPause = 0;
  return {
    async add(sounding, collision) {
      if (part !== null && run.splitByYear && civilTime(sounding.time).year !== part.year) {
        const before = part;
        await closePart(before, false);
        part = null;
      }
      part ??= await open(sounding.time);
      part.match.add(sounding, collision);
      if (++sinceLastPause === SOUNDINGS_PER_PAUSE) {
        sinceLastPause = 0;
        await part.file?.ready();
      }
    },
    async close() {
      if (part !== null) await closePart(part, true);
      else assertAccounted(tally, stationId);
      part = null;
      for (const file of finished) await file.publish();
      return written;
    },
    async abort() {
      await part?.file?.abort();
      for (const file of finished) await file.abort();
    },
  };
}

/**
 * The time that the file states as its creation, so that the same inputs give the same bytes: `SOURCE_DATE_EPOCH` (seconds
 * since 1970) where it is set, else the newest modification time of the inputs. Seconds since 1900-01-01.
 */
function creationTime(files: readonly IdentifiedFile[]): number {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  const newest = files.reduce((time, { stamp }) => Math.max(time, Math.floor(stamp.mtimeMs / 1000)), 0);
  const seconds = epoch !== undefined && /^\d+$/.test(epoch) ? Number(epoch) : newest;
  return seconds + daysSince1900(1970, 1, 1) * SECONDS_PER_DAY;
}

/** Every field that the reader took in is a row or has a reason: anything else is a fault of this program. */
function assertAccounted(tally: Tally, station: string): void {
  const unaccounted = tally.fields - tally.rows - sumOf(tally.dropped);
  if (unaccounted !== 0)
    throw new Error(`${station}: ${unaccounted} of ${tally.fields} fields are unaccounted for`);
}
