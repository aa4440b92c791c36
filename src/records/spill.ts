/**
 * Sorting of input in any order: soundings are dealt out by month of their record time into one temporary file of Arrow
 * IPC messages, and read back month by month. Memory holds the open fragments (at most `MAX_OPEN_ROWS` rows) and later
 * one month at a time.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { type RecordBatch, RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import { asStorageError } from '../errors.js';
import type { SoundingBatch } from './batch.js';
import { type BatchBuilder, createBatchBuilder } from './builder.js';
import { copyRows, reportFieldsOf } from './copy.js';
import type { FeedbackColumn } from './feedback.js';
import { compareSoundings, type RecordTime, type Sounding, soundingsOf } from './sounding.js';
import { civilTime } from './time.js';

const MAX_OPEN_ROWS = 1_000_000;

interface Fragment {
  offset: number;
  reportBytes: number;
  observationBytes: number;
  /** 0 where the source has no feedback. */
  feedbackBytes: number;
}

/**
 * The soundings of `batches` in order, one month at a time.
 *
 * @param path the temporary file; it is removed at the end, also after an error
 * @param feedback the columns of feedback that the batches have
 */
export async function* spillByMonth(
  batches: AsyncIterable<SoundingBatch>,
  key: RecordTime,
  path: string,
  feedback: readonly FeedbackColumn[] = [],
): AsyncGenerator<Sounding[]> {
  const months = new Map<number, Fragment[]>();
  const file = await open(path, 'wx+').catch((error: unknown) => {
    throw asStorageError(error, 'cannot create the temporary file', path);
  });
  try {
    await dealOut(batches, key, feedback, months, async (bytes, offset) => {
      await writeFully(file, bytes, offset).catch((error: unknown) => {
        throw asStorageError(error, 'cannot write the temporary file', path);
      });
    });
    for (const month of [...months.keys()].sort((a, b) => a - b)) {
      const soundings: Sounding[] = [];
      for (const fragment of months.get(month) ?? []) {
        const batch = await readFragment(file, fragment);
        soundings.push(...soundingsOf(batch, key));
      }
      yield soundings.sort(compareSoundings);
    }
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

async function dealOut(
  batches: AsyncIterable<SoundingBatch>,
  key: RecordTime,
  feedback: readonly FeedbackColumn[],
  months: Map<number, Fragment[]>,
  write: (bytes: Uint8Array, offset: number) => Promise<void>,
): Promise<void> {
  const builders = new Map<number, BatchBuilder>();
  let openRows = 0;
  let end = 0;
  const flush = async (): Promise<void> => {
    for (const [month, builder] of builders) {
      const batch = builder.take();
      if (batch === null) continue;
      const reports = ipcBytes(batch.reports);
      const observations = ipcBytes(batch.observations);
      const beside = batch.feedback === null ? new Uint8Array(0) : ipcBytes(batch.feedback);
      const fragments = months.get(month) ?? [];
      fragments.push({
        offset: end,
        reportBytes: reports.length,
        observationBytes: observations.length,
        feedbackBytes: beside.length,
      });
      months.set(month, fragments);
      for (const bytes of [reports, observations, beside]) {
        await write(bytes, end);
        end += bytes.length;
      }
    }
    builders.clear();
    openRows = 0;
  };
  for await (const batch of batches) {
    for (const sounding of soundingsOf(batch, key)) {
      const { year, month } = civilTime(sounding.time);
      const id = year * 12 + month - 1;
      let builder = builders.get(id);
      if (builder === undefined) {
        builder = createBatchBuilder({
          capacity: sounding.rowCount + 256,
          positions: sounding.observations.latitude !== null,
          feedback,
        });
        builders.set(id, builder);
      }
      copyRows(sounding, builder);
      builder.endReport(reportFieldsOf(sounding));
      openRows += sounding.rowCount + 16;
    }
    if (openRows > MAX_OPEN_ROWS) await flush();
  }
  await flush();
}

async function readFragment(file: FileHandle, fragment: Fragment): Promise<SoundingBatch> {
  const { offset, reportBytes, observationBytes, feedbackBytes } = fragment;
  const bytes = await readFully(file, reportBytes + observationBytes + feedbackBytes, offset);
  // Arrow wants its buffers aligned, so each message gets a copy of its own.
  return {
    reports: onlyBatch(bytes.slice(0, reportBytes)),
    observations: onlyBatch(bytes.slice(reportBytes, reportBytes + observationBytes)),
    feedback: feedbackBytes === 0 ? null : onlyBatch(bytes.slice(reportBytes + observationBytes)),
  };
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
