/** Mutated UADB inputs: every one gives a result or a typed error, in bounded time, with every field accounted for. */
import { expect } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { cpuMilliseconds } from './cpu-time.js';
import { mutate, seededRandom } from './mutate.js';
import { makeStation } from './soundings.js';
import { encodeUadb } from './uadb-encoder.js';
import { inputOf, isAccountedFor, readStation } from './uadb-reading.js';

/** Bytes that mean something in the format. */
const MEANINGFUL = new TextEncoder().encode('H- .\n\r0149');
/** A single mutant is a few kilobytes; a second is a thousand times what it needs. */
const MAX_MILLISECONDS = 1000;

/** How the mutants ended. */
export interface FuzzCounts {
  results: number;
  errors: Record<string, number>;
}

/** Reads `mutants` damaged files of soundings. */
export async function fuzzUadb(mutants: number, seed: number): Promise<FuzzCounts> {
  const station = makeStation(seed, { id: 'XXM00010001', soundings: 6, significantLevels: 12 });
  const files = [encodeUadb(station, { kind: 'trhc' }), encodeUadb(station, { kind: 'windc' })];
  const random = seededRandom(seed);
  const counts: FuzzCounts = { results: 0, errors: {} };
  for (let i = 0; i < mutants; i++) {
    const bytes = mutate(files[i % 2] ?? new Uint8Array(0), random, MEANINGFUL);
    const chunks = random() < 0.5 ? [bytes.length] : [1 + Math.floor(random() * 300)];
    const start = cpuMilliseconds();
    try {
      await readOne(bytes, chunks);
      counts.results++;
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      counts.errors[error.code] = (counts.errors[error.code] ?? 0) + 1;
    }
    expect(cpuMilliseconds() - start).toBeLessThan(MAX_MILLISECONDS);
  }
  return counts;
}

async function readOne(bytes: Uint8Array, chunks: readonly number[]): Promise<void> {
  const reading = await readStation('10001', [inputOf(bytes, { chunks })]);
  expect(isAccountedFor(reading)).toBe(true);
  const { reports, rows, tally } = reading;
  expect(rows.every(({ value, z }) => Number.isFinite(value) && Number.isFinite(z))).toBe(true);
  expect(
    reports.every(({ nominal, dateOnly }) => Number.isFinite(nominal) !== Number.isFinite(dateOnly)),
  ).toBe(true);
  for (const skip of tally.skipped) {
    expect(skip.byteOffset).toBeGreaterThanOrEqual(0);
    expect(skip.byteOffset).toBeLessThan(bytes.length);
  }
}
