/**
 * Reports between their headers. A report is open from its header to the next one (or the end of the file) and only then counted,
 * because only then is it known whether all of it is there; reports never straddle batches.
 */
import type { SoundingBatch } from '../../records/batch.js';
import { BATCH_REPORTS, BATCH_ROWS } from '../../records/builder.js';
import { count } from '../../records/tally.js';
import { listOnce, type SkipContext, skip } from '../skips.js';
import type { LevelSink, TextFormat } from './format.js';
import type { LineDamage } from './line-damage.js';
import type { TextCode } from './reasons.js';

/** Room for the report that crosses the mark at which a batch is handed out. */
export const BATCH_CAPACITY = BATCH_ROWS + 4096;

/** A parser between two lines. */
export interface State extends LevelSink, SkipContext {
  readonly format: TextFormat;
  readonly stationId: string;
  readonly batches: SoundingBatch[];
  /** The counters of the file as they were after the last accepted report. */
  readonly accepted: Int32Array;
  fileIndex: number;
  /** Offset in the file of the first byte of the current chunk (or of the carried line). */
  base: number;
  headerOffset: number;
  /** Lines that follow are levels of a skipped report. */
  skipping: boolean;
  /** Lines of the file so far, but for the levels of the open report. */
  lines: number;
  /** Levels of the open report that cannot be read. */
  malformed: number;
  readonly damage: LineDamage;
}

/** The name of a counter. */
export function nameOf({ dataset }: { dataset: string }, code: TextCode): string {
  return `${dataset}.${code}`;
}

/** Counts what is no matter of the open report alone. */
export function note({ tally, format }: State, code: TextCode, n = 1): void {
  count(tally.noted, nameOf(format, code), n);
}

/** Ends the open report and begins the one whose header stands here, unless it has to be left out. */
export function startReport(bytes: Uint8Array, start: number, end: number, state: State): void {
  endReport(state, false);
  const { format, slots, accepted, builder } = state;
  const offset = state.base + start;
  const header = format.readHeader(bytes, start, end, slots);
  if (header.readable && header.id === state.stationId) {
    state.skipping = false;
    state.header = header;
    state.headerOffset = offset;
    state.firstRow = builder.rowCount;
    return;
  }
  state.skipping = true;
  slots.set(accepted);
  if (header.readable) {
    // One entry per foreign station, not one per report: a file of the wrong station would list nothing else.
    note(state, 'report.other-station');
    const detail = `the report is of station ${header.id}`;
    listOnce(state, nameOf(format, 'report.other-station'), header.id, offset, detail);
  } else skip(state, `${format.dataset}.${header.reason}`, offset, header.detail);
}

/** Closes the open report: into the batch and the tally, or out of both where the end of the file cuts it. */
export function endReport(state: State, atEndOfFile: boolean): void {
  const { format, header, levels, builder, tally, slots, accepted } = state;
  if (header === null) return;
  state.damage.readable(levels - state.malformed);
  state.lines += levels;
  state.levels = 0;
  state.malformed = 0;
  if (atEndOfFile && levels < header.levels) {
    state.header = null;
    builder.dropOpenReport();
    slots.set(accepted);
    const detail = `the file ends after ${levels} of ${header.levels} levels`;
    skip(state, nameOf(format, 'report.truncated'), state.headerOffset, detail);
    return;
  }
  format.complete?.(state);
  state.header = null;
  tally.reports++;
  tally.levels += levels;
  tally.fields += levels * format.fields;
  accepted.set(slots);
  if (levels !== header.levels) note(state, 'report.numlev-disagrees');
  if (Number.isNaN(header.latitude) || Number.isNaN(header.longitude)) note(state, 'position.missing');
  const { times } = header;
  builder.endReport({
    launchTime: times.launchTime,
    nominalTime: times.nominalTime,
    dateOnlyTime: times.dateOnlyTime,
    timeQuality: times.timeQuality,
    latitude: header.latitude,
    longitude: header.longitude,
    inputFile: state.fileIndex,
    byteOffset: state.headerOffset,
    elevation: header.elevation ?? Number.NaN,
    kind: header.kind ?? -1,
    number: header.number ?? Number.NaN,
    comment: header.comment,
  });
  if (builder.rowCount >= BATCH_ROWS || builder.reportCount >= BATCH_REPORTS) {
    const batch = builder.take();
    if (batch !== null) state.batches.push(batch);
  }
}
