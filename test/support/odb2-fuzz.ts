/** Mutated ODB-2 files: each is read, in bounded time, into rows that fit together, and what cannot be read is reported. */
import { expect } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { cpuMilliseconds } from './cpu-time.js';
import { mutate, seededRandom } from './mutate.js';
import { encodeOdb2, type Odb2Codec, type Odb2FrameInput } from './odb2-encoder.js';
import { indexAll, readAll, valuesOf } from './odb2-reading.js';

/** Bytes that mean something in the format: of the magic number, of counts, of markers and of missing values. */
const MEANINGFUL = Uint8Array.of(0xff, 0x4f, 0x44, 0x41, 0, 1, 2, 3, 4, 5, 0x7f, 0x80);
/** A single mutant is a few kilobytes; a second is a thousand times what it needs. */
const MAX_MILLISECONDS = 1000;

/** How the mutants ended. */
export interface Odb2FuzzCounts {
  /** Mutants of which at least one frame was read. */
  read: number;
  /** Reports of damage by reason. */
  damage: Record<string, number>;
  errors: Record<string, number>;
}

const NUMBERS: readonly [Odb2Codec, 'integer' | 'real' | 'double' | 'bitfield', readonly number[]][] = [
  ['constant', 'integer', [4]],
  ['constant_or_missing', 'bitfield', [4, Number.NaN]],
  ['real_constant_or_missing', 'real', [Number.NaN, 2.5]],
  ['int8', 'integer', [1, 2, 29, 111, 112]],
  ['int8_missing', 'integer', [1, Number.NaN, 3]],
  ['int16', 'integer', [0, 10104, 60_000]],
  ['int16_missing', 'integer', [300, Number.NaN, -300]],
  ['int32', 'integer', [20210618, 20210619]],
  ['short_real', 'real', [1.5, Number.NaN]],
  ['short_real2', 'real', [250.5, Number.NaN, -33]],
  ['long_real', 'double', [Math.PI, Number.NaN]],
];
const TEXTS: readonly [Odb2Codec, readonly string[]][] = [
  ['constant_string', ['0001']],
  ['long_constant_string', ['0-20000-0-11035']],
  ['int16_string', ['a', 'b', '']],
  ['chars', ['CDUS1', '   x']],
];

function frameOf(rowCount: number, stations: readonly string[]): Odb2FrameInput {
  const spread = <T>(values: readonly T[], run: number): T[] =>
    Array.from({ length: rowCount }, (_, i) => values[Math.floor(i / run) % values.length] as T);
  return {
    columns: [
      { name: 'statid@hdr', type: 'string', codec: 'int8_string', values: spread(stations, 7) },
      ...TEXTS.map(([codec, values]) => ({
        name: codec,
        type: 'string' as const,
        codec,
        values: spread(values, 3),
      })),
      ...NUMBERS.map(([codec, type, values]) => ({ name: codec, type, codec, values: spread(values, 1) })),
    ],
    properties: { encoder: 'odc version 1.4.1' },
  };
}

const FRAMES = [frameOf(20, ['11035', '10393']), frameOf(1, ['82930']), frameOf(9, ['C:4629', ''])];

/** Reads `mutants` damaged files: bytes changed anywhere, or headers changed under a digest that fits, or rows changed. */
export async function fuzzOdb2(mutants: number, seed: number): Promise<Odb2FuzzCounts> {
  const random = seededRandom(seed);
  const change = (bytes: Uint8Array): Uint8Array => mutate(bytes, random, MEANINGFUL);
  const counts: Odb2FuzzCounts = { read: 0, damage: {}, errors: {} };
  const count = (into: Record<string, number>, key: string): void => {
    into[key] = (into[key] ?? 0) + 1;
  };
  const wholes = [true, false].map((littleEndian) => encodeOdb2(FRAMES, { littleEndian }));
  for (let i = 0; i < mutants; i++) {
    const littleEndian = random() < 0.5;
    const kind = i % 3;
    const bytes =
      kind === 0
        ? change(wholes[littleEndian ? 0 : 1] ?? new Uint8Array(0))
        : encodeOdb2(FRAMES, {
            littleEndian,
            ...(kind === 1 ? { alterHeader: change } : { alterRows: change }),
          });
    const chunks = random() < 0.5 ? [bytes.length] : [1 + Math.floor(random() * 300)];
    const start = cpuMilliseconds();
    try {
      const { rows, reasons } = await readMutant(bytes, chunks);
      if (rows > 0) counts.read++;
      for (const reason of reasons) count(counts.damage, reason);
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      count(counts.errors, error.code);
    }
    expect(cpuMilliseconds() - start).toBeLessThan(MAX_MILLISECONDS);
  }
  return counts;
}

async function readMutant(
  bytes: Uint8Array,
  chunks: readonly number[],
): Promise<{ rows: number; reasons: string[] }> {
  const reading = await readAll(bytes, { chunks });
  const index = await indexAll(bytes, { chunks });
  let rows = 0;
  for (const { columns, values, rowCount, offsets } of reading.blocks) {
    rows += rowCount;
    expect(values).toHaveLength(columns.length);
    expect(offsets).toHaveLength(rowCount);
    for (const [i, column] of values.entries()) {
      expect(column).toHaveLength(rowCount);
      const type = columns[i]?.kind === 'text' ? 'string' : 'number';
      expect(column.every((value) => typeof value === type)).toBe(true);
    }
  }
  const indexed = index.frames.filter(({ rowCount }) => rowCount > 0);
  expect(indexed.map(({ offset }) => offset)).toEqual([
    ...new Set(reading.blocks.flatMap(({ offsets }) => offsets)),
  ]);
  expect(indexed.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(rows);
  expect(index.damage).toEqual(reading.damage);
  const named = new Set(index.frames.flatMap(({ stations }) => stations));
  for (const station of valuesOf(reading, 'statid@hdr')) expect(named.has(String(station))).toBe(true);
  for (const { byteOffset, detail } of reading.damage) {
    expect(byteOffset).toBeGreaterThanOrEqual(0);
    expect(byteOffset).toBeLessThan(bytes.length);
    expect(detail).not.toBe('');
  }
  return { rows, reasons: reading.damage.map(({ reason }) => reason) };
}
