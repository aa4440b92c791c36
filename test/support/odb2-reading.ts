/** Reads ODB-2 in tests and lays the blocks out as plain values. */
import { type FeedbackColumn, isNumeric } from '../../src/records/feedback.js';
import { indexOdb2, type Odb2FrameIndex, readOdb2 } from '../../src/sources/odb/odb2.js';
import type { Odb2Damage } from '../../src/sources/odb/odb2-frames.js';
import { inputOf } from './reading.js';

/** One block. */
export interface Odb2PlainBlock {
  columns: readonly FeedbackColumn[];
  /** Per column one value per row; NaN and '' where missing. */
  values: (number | string)[][];
  rowCount: number;
  offsets: number[];
}

/** How to read. */
export interface Odb2ReadingOptions {
  /** Lengths of the chunks, of which the last repeats; one chunk where absent. */
  chunks?: readonly number[];
  frames?: ReadonlySet<number>;
  columns?: (name: string) => boolean;
  signal?: AbortSignal;
}

/** Everything that reading gave. */
export interface Odb2Reading {
  blocks: Odb2PlainBlock[];
  damage: Odb2Damage[];
}

/** All blocks of a file. */
export async function readAll(bytes: Uint8Array, options: Odb2ReadingOptions = {}): Promise<Odb2Reading> {
  const reading: Odb2Reading = { blocks: [], damage: [] };
  const { source, rest } = prepared(bytes, options, reading.damage);
  for await (const { columns, values, rowCount, offsets } of readOdb2(source, rest))
    reading.blocks.push({
      columns,
      values: values.map((column) =>
        isNumeric(column)
          ? [...column.numbers]
          : Array.from(column.codes, (code) => column.texts[code] ?? `no text ${code}`),
      ),
      rowCount,
      offsets: [...offsets],
    });
  return reading;
}

/** What the index says of a frame, and the distinct texts of its column `statid` in the order of the rows. */
interface IndexedFrame extends Omit<Odb2FrameIndex, 'blocks'> {
  stations: string[];
}

/** The index of a file. */
export async function indexAll(
  bytes: Uint8Array,
  options: Odb2ReadingOptions = {},
): Promise<{ frames: IndexedFrame[]; damage: Odb2Damage[] }> {
  const damage: Odb2Damage[] = [];
  const frames: IndexedFrame[] = [];
  const { source, rest } = prepared(bytes, options, damage);
  const columns = (name: string): boolean => name.replace(/@.*/, '') === 'statid';
  for await (const { blocks, ...frame } of indexOdb2(source, { ...rest, columns })) {
    const stations = new Set<string>();
    for (const { values } of blocks)
      for (const column of values)
        if (!isNumeric(column)) for (const code of column.codes) stations.add(column.texts[code] ?? '?');
    frames.push({ ...frame, stations: [...stations] });
  }
  return { frames, damage };
}

/** The values of a column over all blocks that have it. */
export function valuesOf({ blocks }: Odb2Reading, name: string): (number | string)[] {
  return blocks.flatMap(({ columns, values }) => values[columns.findIndex((c) => c.name === name)] ?? []);
}

/** The kind of a column in the first block that has it. */
export function kindIn({ blocks }: Odb2Reading, name: string): string | undefined {
  return blocks.flatMap(({ columns }) => columns).find((column) => column.name === name)?.kind;
}

function prepared(bytes: Uint8Array, { chunks, ...rest }: Odb2ReadingOptions, damage: Odb2Damage[]) {
  return {
    source: inputOf(bytes, chunks === undefined ? {} : { chunks }).chunks(),
    rest: { ...rest, path: 'file.odb', onDamage: (one: Odb2Damage) => damage.push(one) },
  };
}
