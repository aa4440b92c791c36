/**
 * ODB-2, the binary encoding of an observation database: frames, each of them a table of its own with a header and rows. What
 * is read here is whatever the library `odc` 1.x writes, in both byte orders. Frames are read one at a time, so memory is
 * bounded by the largest one. A frame is used whole or not at all: a damaged one is reported, and reading goes on at the next.
 */
import { type FeedbackColumn, isUniform } from '../../records/feedback.js';
import { ColumnRoom, columnDecoder } from './odb2-columns.js';
import { type FrameOptions, framesOf } from './odb2-frames.js';
import { emptyRun, type Frame, findRows } from './odb2-rows.js';
import { FRAME_MAGIC } from './odb2-window.js';
import type { OdbBlock } from './table.js';

/** What to read and whom to tell of damage. */
export interface Odb2Options extends FrameOptions {
  /** Which columns to hand out, by the names in the file; all where absent. */
  columns?: (name: string) => boolean;
}

/** What a frame holds, without its values. */
export interface Odb2FrameIndex {
  /** First byte of the frame in the uncompressed file. */
  offset: number;
  rowCount: number;
  /** All columns of the frame. */
  columns: readonly FeedbackColumn[];
  /** The values of those that were asked for, decoded where they are looked at; to be left before the next frame is asked for. */
  blocks: Iterable<OdbBlock>;
}

const MAX_BLOCK_ROWS = 65_536;
/** Values of a block: what a frame of many columns that take no bytes can make of little data stays bounded. */
const MAX_BLOCK_VALUES = 2 ** 22;

/** True for bytes that begin with a frame of ODB-2. */
export function isOdb2(head: Uint8Array): boolean {
  return head.length >= FRAME_MAGIC.length && FRAME_MAGIC.every((byte, i) => byte === head[i]);
}

/**
 * The rows of all frames, or of those asked for: one block per frame, several for a frame of very many rows or columns, none
 * for a frame without rows. The arrays of a block hold until the next one is asked for. Throws only what the chunks throw and
 * the abort of `signal`.
 */
export async function* readOdb2(
  chunks: AsyncIterable<Uint8Array>,
  options: Odb2Options,
): AsyncGenerator<OdbBlock> {
  const room: Room = { columns: [], names: [], offsets: new Float64Array(0) };
  for await (const frame of framesOf(chunks, options)) {
    for (const block of blocksOf(frame, options.columns ?? (() => true), room)) {
      options.signal?.throwIfAborted();
      yield block;
    }
  }
}

/** What each frame holds. Throws as `readOdb2`. */
export async function* indexOdb2(
  chunks: AsyncIterable<Uint8Array>,
  options: Odb2Options,
): AsyncGenerator<Odb2FrameIndex> {
  const room: Room = { columns: [], names: [], offsets: new Float64Array(0) };
  // Frames with equal columns share them: a file may have very many frames.
  let columns: readonly FeedbackColumn[] = [];
  for await (const frame of framesOf(chunks, options)) {
    const { rowCount } = frame.header;
    const own = frame.header.columns.map(columnOf);
    if (!areEqual(own, columns)) columns = own;
    const blocks = blocksOf(frame, options.columns ?? (() => true), room);
    yield { offset: frame.place.byteOffset, rowCount, columns, blocks };
  }
}

function columnOf({ name, kind }: FeedbackColumn): FeedbackColumn {
  return { name, kind };
}

/** What is used again from frame to frame. */
interface Room {
  /** By place among the columns that are handed out. */
  columns: ColumnRoom[];
  /** The columns of the frame before: one object as long as they stay the same. */
  names: readonly FeedbackColumn[];
  offsets: Float64Array;
}

function* blocksOf(frame: Frame, wanted: (name: string) => boolean, room: Room): Generator<OdbBlock> {
  const { header, place } = frame;
  const indices = header.columns.flatMap(({ name }, i) => (wanted(name) ? [i] : []));
  while (room.columns.length < indices.length) room.columns.push(new ColumnRoom());
  const decoders = indices.map((i, k) => columnDecoder(frame, i, room.columns[k]!));
  const columns = indices.map((i) => columnOf(header.columns[i]!));
  if (!areEqual(columns, room.names)) room.names = columns;
  const blockRows = Math.min(MAX_BLOCK_ROWS, Math.floor(MAX_BLOCK_VALUES / Math.max(1, indices.length)));
  const run = emptyRun(Math.min(header.rowCount, blockRows));
  for (let row = 0; row < header.rowCount; row += blockRows) {
    const rowCount = Math.min(blockRows, header.rowCount - row);
    findRows(frame, run.end, rowCount, run);
    const values = decoders.map((decode) => decode(run));
    const constant = Uint8Array.from(values, (column) => (isUniform(column, 0, rowCount) ? 1 : 0));
    if (room.offsets.length < rowCount) room.offsets = new Float64Array(rowCount);
    const offsets = room.offsets.subarray(0, rowCount).fill(place.byteOffset);
    yield { columns: room.names, values, constant, rowCount, offsets };
  }
}

function areEqual(a: readonly FeedbackColumn[], b: readonly FeedbackColumn[]): boolean {
  return a.length === b.length && a.every(({ name, kind }, i) => name === b[i]?.name && kind === b[i].kind);
}
