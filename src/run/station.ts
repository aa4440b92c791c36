/** Harvest of one station: its files are read, ordered, matched and written; one station file, or one per year. */

import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoTime } from '../calendar.js';
import { FeedbackMisfit, NO_NEEDS, type StationFeedback, widened } from '../match/index.js';
import { stationFileName } from '../output/index.js';
import type { SoundingBatch } from '../records/batch.js';
import type { FeedbackColumn } from '../records/feedback.js';
import type { StationInput } from '../records/input.js';
import { combineLaunches } from '../records/launches.js';
import { onePerTime } from '../records/one-per-time.js';
import { OutOfOrder, orderSoundings } from '../records/order.js';
import { generalReason } from '../records/reasons.js';
import { withoutRepeats } from '../records/repeats.js';
import { release, type Sounding } from '../records/sounding.js';
import { count, createTally, type Tally } from '../records/tally.js';
import type { Source } from '../sources/source.js';
import { inputChanged, isSameStamp, stampOf } from './inputs.js';
import type { StationOutcome } from './reports/report.js';
import type { IdentifiedFile, StationRun, StationWork } from './station-work.js';
import { createStationWriter, type StationWriter } from './station-writer.js';

/**
 * Harvests one station. On an error none of its files is published.
 *
 * @throws InputError, StorageError, TablesError
 */
export async function harvestStation(run: StationRun, work: StationWork): Promise<StationOutcome> {
  const { station, signal } = work;
  const columns = (await run.source.feedback?.(station, signal)) ?? [];
  const job: StationJob = {
    run,
    work,
    feedback: columns.length > 0 ? { columns, needs: NO_NEEDS } : null,
    // Files of years are finished one by one, so their order must be right from the start.
    spill: run.splitByYear || isInParts(run.source, station),
  };
  return await attemptUntilItFits(job);
}

/** Files that hold parts of the same launches are never in order one after the other: sorting begins at once. */
function isInParts({ launches }: Source, { files }: StationInput): boolean {
  return launches?.joinFiles === true && files.length > 1;
}

/** One station to be written, with what is known so far of its soundings. */
interface StationJob {
  run: StationRun;
  work: StationWork;
  feedback: StationFeedback | null;
  /** Whether the soundings are sorted through a temporary file. */
  spill: boolean;
}

/** Starts again where the soundings turn out not to be in order, or a value of feedback not to fit its column. */
async function attemptUntilItFits(first: StationJob): Promise<StationOutcome> {
  let job = first;
  for (;;) {
    try {
      return await attempt(job);
    } catch (error) {
      if (error instanceof OutOfOrder && !job.spill) job = { ...job, spill: true };
      else if (error instanceof FeedbackMisfit && job.feedback !== null) {
        const needs = widened(job.feedback.needs, error);
        job = { ...job, feedback: { ...job.feedback, needs } };
      } else throw error;
    }
  }
}

/** The soundings of the station's files in the order of the station file. */
async function* orderedSoundings(
  { run, work: { station, signal }, feedback, spill }: StationJob,
  tally: Tally,
): AsyncGenerator<Sounding[]> {
  const columns = feedback?.columns ?? [];
  const batches = run.source.open(station, {
    tally,
    feedback: columns,
    ...(signal && { signal }),
  });
  const ordered = spill
    ? await spilled(batches, run, station.id, columns)
    : orderSoundings(batches, run.recordTime);
  const { id, launches } = run.source;
  const distinct = withoutRepeats(ordered, id, tally);
  const combined =
    launches === undefined ? distinct : combineLaunches(distinct, launches, columns, id, tally);
  yield* run.profile === 'cuon' ? onePerTime(combined, columns, id, tally) : combined;
}

/** Most archives are in order: what sorts them, and with it Arrow, is loaded for the others only. */
async function spilled(
  batches: AsyncIterable<SoundingBatch>,
  run: StationRun,
  stationId: string,
  columns: readonly FeedbackColumn[],
): Promise<AsyncIterable<Sounding[]>> {
  const { spillToBuckets } = await import('../records/spill.js');
  return spillToBuckets(batches, run.recordTime, spillPath(run, stationId), columns);
}

async function attempt(job: StationJob): Promise<StationOutcome> {
  const { run, work, feedback } = job;
  const { station, files } = work;
  const tally = createTally();
  const writer = createStationWriter(run, work, feedback, tally);
  try {
    await writeSoundings(run, work, orderedSoundings(job, tally), writer, tally);
    await assertUnchanged(files);
    const written = await writer.close();
    return {
      station: station.id,
      primaryId: run.source.identify(station.id).primaryId,
      state: written.reports > 0 ? 'done' : 'empty',
      reports: written.reports,
      files: written.files,
      bytes: written.bytes,
      inputBytes: files.reduce((sum, file) => sum + file.bytes, 0),
      first: Number.isNaN(written.first) ? null : isoTime(written.first),
      last: Number.isNaN(written.last) ? null : isoTime(written.last),
      tally,
    };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** What was hashed and what was read must be the same bytes. */
async function assertUnchanged(files: readonly IdentifiedFile[]): Promise<void> {
  for (const { path, stamp } of files) {
    if (isSameStamp(await stampOf(path), stamp)) continue;
    throw inputChanged(path);
  }
}

async function writeSoundings(
  run: StationRun,
  { onReports, signal }: StationWork,
  groups: AsyncIterable<Sounding[]>,
  writer: StationWriter,
  tally: Tally,
): Promise<void> {
  const { id } = run.source;
  let last: Sounding | undefined;
  let collision = 0;
  let reports = 0;
  for await (const group of groups) {
    for (const sounding of group) {
      reports++;
      collision = sounding.time === last?.time ? collision + 1 : 0;
      if (last !== undefined) release(last);
      last = sounding;
      if (collision > 0) count(tally.noted, generalReason(id, 'report.shares-time'));
      if (sounding.time >= run.period.from && sounding.time < run.period.to) {
        await writer.add(sounding, collision);
      } else {
        count(tally.dropped, generalReason(id, 'row.outside-period'), sounding.rowCount);
        count(tally.noted, generalReason(id, 'report.outside-period'));
      }
    }
    signal?.throwIfAborted();
    onReports?.(reports);
  }
}

function spillPath(run: StationRun, stationId: string): string {
  const { primaryId } = run.source.identify(stationId);
  // Names that `sweep.ts` knows.
  if (run.outputFolder === null)
    return join(tmpdir(), `harvest-${process.pid}-${randomBytes(3).toString('hex')}`);
  const name = `.${stationFileName(primaryId, run.source.id)}.${process.pid}.${randomBytes(6).toString('hex')}.sort.tmp`;
  return join(run.outputFolder, name);
}
