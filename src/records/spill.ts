/**
 * Sorting of input in any order: soundings are dealt out to buckets of some days by their record time, into one temporary file
 * of Arrow IPC messages, and read back bucket by bucket. Memory holds the open fragments (at most `MAX_OPEN_BYTES`) and later
 * one bucket at a time.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { type RecordBatch, RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import { SECONDS_PER_DAY } from '../calendar.js';
import { asStorageError } from '../errors.js';
import { fromArrow, toArrow } from './arrow.js';
import type { SoundingBatch } from './batch.js';
import { type BatchBuilder, bytesPerRow, createBatchBuilder, optionalColumns } from './builder.js';
import { copyRows, reportFieldsOf } from './copy.js';
import type { FeedbackColumn } from './feedback.js';
import { compareSoundings, type RecordTime, type Sounding, soundingsOf } from './sounding.js';

/** Bytes of rows that wait for their fragment to be written. */
const MAX_OPEN_BYTES = 100e6;
/** Room that a builder takes for a bucket of few rows. */
const SPARE_ROWS = 64;

/**
 * Days that are sorted at a time: a month, or with the many columns of feedback a few days, so that the soundings of a bucket
 * fit into memory.
 */
function bucketDays(feedback: readonly FeedbackColumn[]): number {
  return feedback.length > 0 ? 4 : 31;
}

interface Fragment {
  offset: number;
  reportBytes: number;
  observationBytes: number;
  /** 0 where the source has no feedback. */
  feedbackBytes: number;
}

/**
 * The soundings of `batches` in order, one bucket at a time.
 *
 * @param path the temporary file; it is removed at the end, also after an error
 * @param feedback the columns of feedback that the batches have
 */
export async function* spillToBuckets(
  batches: AsyncIterable<SoundingBatch>,
  key: RecordTime,
  path: string,
  feedback: readonly FeedbackColumn[] = [],
): AsyncGenerator<Sounding[]> {
  const buckets = new Map<number, Fragment[]>();
  const file = await open(path, 'wx+').catch((error: unknown) => {
    throw asStorageError(error, 'cannot create the temporary file', path);
  });
  try {
    await dealOut(batches, key, feedback, buckets, async (bytes, offset) => {
      await writeFully(file, bytes, offset).catch((error: unknown) => {
        throw asStorageError(error, 'cannot write the temporary file', path);
      });
    });
    for (const bucket of [...buckets.keys()].sort((a, b) => a - b)) {
      const soundings: Sounding[] = [];
      for (const fragment of buckets.get(bucket) ?? []) {
        const batch = await readFragment(file, fragment).catch((error: unknown) => {
          throw asStorageError(error, 'cannot read the temporary file', path);
        });
        soundings.push(...soundingsOf(batch, key));
      }
      yield soundings.sort(compareSoundings);
    }
  } finally {
    try {
      await file.close();
    } finally {
      await rm(path, { force: true });
    }
  }
}

async function dealOut(
  batches: AsyncIterable<SoundingBatch>,
  key: RecordTime,
  feedback: readonly FeedbackColumn[],
  buckets: Map<number, Fragment[]>,
  write: (bytes: Uint8Array, offset: number) => Promise<void>,
): Promise<void> {
  const builders = new Map<number, BatchBuilder>();
  const rowBytes = bytesPerRow(feedback.length);
  const bucketSeconds = bucketDays(feedback) * SECONDS_PER_DAY;
  let openBytes = 0;
  let end = 0;
  const flush = async (): Promise<void> => {
    for (const [bucket, builder] of builders) {
      const taken = builder.take();
      if (taken === null) continue;
      const batch = toArrow(taken, feedback);
      const reports = ipcBytes(batch.reports);
      const observations = ipcBytes(batch.observations);
      const beside = batch.feedback === null ? new Uint8Array(0) : ipcBytes(batch.feedback);
      const fragments = buckets.get(bucket) ?? [];
      fragments.push({
        offset: end,
        reportBytes: reports.length,
        observationBytes: observations.length,
        feedbackBytes: beside.length,
      });
      buckets.set(bucket, fragments);
      for (const bytes of [reports, observations, beside]) {
        await write(bytes, end);
        end += bytes.length;
      }
    }
    builders.clear();
    openBytes = 0;
  };
  for await (const batch of batches) {
    for (const sounding of soundingsOf(batch, key)) {
      const id = Math.floor(sounding.time / bucketSeconds);
      let builder = builders.get(id);
      if (builder === undefined) {
        builder = createBatchBuilder({
          capacity: sounding.rowCount + SPARE_ROWS,
          ...optionalColumns(sounding.observations),
          feedback,
        });
        builders.set(id, builder);
        openBytes += SPARE_ROWS * rowBytes;
      }
      copyRows(sounding, builder);
      builder.endReport(reportFieldsOf(sounding));
      openBytes += (sounding.rowCount + 16) * rowBytes;
    }
    if (openBytes > MAX_OPEN_BYTES) await flush();
  }
  await flush();
}

async function readFragment(file: FileHandle, fragment: Fragment): Promise<SoundingBatch> {
  const { offset, reportBytes, observationBytes, feedbackBytes } = fragment;
  const bytes = await readFully(file, reportBytes + observationBytes + feedbackBytes, offset);
  // Arrow wants its buffers aligned, so each message gets a copy of its own.
  return fromArrow({
    reports: onlyBatch(bytes.slice(0, reportBytes)),
    observations: onlyBatch(bytes.slice(reportBytes, reportBytes + observationBytes)),
    feedback: feedbackBytes === 0 ? null : onlyBatch(bytes.slice(reportBytes + observationBytes)),
  });
}

function ipcBytes(batch: RecordBatch): Uint8Array {
  return new RecordBatchStreamWriter().writeAll([batch]).finish().toUint8Array(true);
}

function onlyBatch(bytes: Uint8Array): RecordBatch {
  const batch = tableFromIPC(bytes).batches[0];
  if (batch === undefined) throw new Error('temporary file without the batch that was written');
  return batch;
}

async function writeFully(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
  }
}

async function readFully(file: FileHandle, length: number, offset: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw new Error('temporary file shorter than what was written');
    done += bytesRead;
  }
  return bytes;
}
