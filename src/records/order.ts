/**
 * Puts soundings in the order of the file while they stream by.
 *
 * Archives are sorted by nominal time; launch times stray from it by half a day. So a window of two days over the newest
 * time seen is enough to sort them, whatever the station's length. A sounding that arrives after its place has been
 * given away raises `OutOfOrder`: the caller then starts again through `spillToBuckets`, which sorts anything.
 */

import { isoTime, SECONDS_PER_DAY } from '../calendar.js';
import { InputError } from '../errors.js';
import type { SoundingBatch } from './batch.js';
import { bytesPerRow } from './builder.js';
import { compareSoundings, type RecordTime, type Sounding, soundingsOf } from './sounding.js';

const WINDOW_SECONDS = 2 * SECONDS_PER_DAY;
/** More than any station has in two days; a bound on memory against inputs made to exceed it. */
const MAX_WAITING_BYTES = 500e6;
/** A report without a row takes memory as well. */
const BYTES_PER_REPORT = 5000;

/** The input is not sorted within the window: not an error of the input, only of the streaming order. */
export class OutOfOrder extends Error {}

/**
 * The soundings of `batches` in order, in groups of any size.
 *
 * @throws OutOfOrder when a sounding is earlier than one already given out
 * @throws InputError when more rows fall into two days than any station has
 */
export async function* orderSoundings(
  batches: AsyncIterable<SoundingBatch>,
  key: RecordTime,
): AsyncGenerator<Sounding[]> {
  let waiting: Sounding[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  let lastGiven = Number.NEGATIVE_INFINITY;
  for await (const batch of batches) {
    for (const sounding of soundingsOf(batch, key)) {
      if (sounding.time <= lastGiven)
        throw new OutOfOrder(`sounding of ${isoTime(sounding.time)} arrives late`);
      if (sounding.time > newest) newest = sounding.time;
      waiting.push(sounding);
    }
    waiting.sort(compareSoundings);
    let ready = 0;
    while (ready < waiting.length && (waiting[ready]?.time ?? 0) <= newest - WINDOW_SECONDS) ready++;
    if (ready > 0) {
      const given = waiting.slice(0, ready);
      waiting = waiting.slice(ready);
      lastGiven = given[given.length - 1]?.time ?? lastGiven;
      yield given;
    }
    assertBounded(waiting);
  }
  if (waiting.length > 0) yield waiting;
}

function assertBounded(waiting: readonly Sounding[]): void {
  let bytes = 0;
  let rows = 0;
  for (const { rowCount, feedback } of waiting) {
    rows += rowCount;
    bytes += rowCount * bytesPerRow(feedback.length) + BYTES_PER_REPORT;
  }
  if (bytes > MAX_WAITING_BYTES) {
    throw new InputError('TOO_DENSE', `${waiting.length} reports with ${rows} values within two days`, {
      hint: 'No station reports that often: check that the input holds the soundings of one station.',
    });
  }
}
