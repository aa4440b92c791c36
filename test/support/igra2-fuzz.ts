/** Mutated IGRA 2 inputs: every one gives a result or a typed error, in bounded time, with every field accounted for. */
import { expect } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { createTally } from '../../src/records/tally.js';
import { igra2 } from '../../src/sources/igra2/index.js';
import { isStationList } from '../../src/sources/igra2/recognise.js';
import { readStationList } from '../../src/sources/igra2/station-list.js';
import { cpuMilliseconds } from './cpu-time.js';
import { encodeIgra2, encodeStationList } from './igra2-encoder.js';
import { inputOf, isAccountedFor, readStation } from './igra2-reading.js';
import { mutate, seededRandom } from './mutate.js';
import { makeStation } from './soundings.js';

/** Bytes that mean something in the format. */
const MEANINGFUL = new TextEncoder().encode('#- \n\r0129AB');
/** A single mutant is a few kilobytes; a second is a thousand times what it needs. */
const MAX_MILLISECONDS = 1000;
const ID = 'FUM00099999';

/** How the mutants ended. */
export interface FuzzCounts {
  results: number;
  errors: Record<string, number>;
}

/** Reads `mutants` damaged files of soundings. */
export async function fuzzSoundings(mutants: number, seed: number): Promise<FuzzCounts> {
  const whole = encodeIgra2(
    makeStation(seed, { id: ID, soundings: 5, significantLevels: 12, removed: 0.01 }),
  );
  const random = seededRandom(seed);
  return fuzz(mutants, async () => {
    const bytes = mutate(whole, random, MEANINGFUL);
    const chunks = random() < 0.5 ? [bytes.length] : [1 + Math.floor(random() * 300)];
    const reading = await readStation(ID, [inputOf(bytes, { chunks })]);
    expect(isAccountedFor(reading)).toBe(true);
    for (const row of reading.rows) {
      expect(Number.isFinite(row.value) && Number.isFinite(row.z)).toBe(true);
    }
    for (const skip of reading.tally.skipped) {
      expect(skip.byteOffset).toBeGreaterThanOrEqual(0);
      expect(skip.byteOffset).toBeLessThan(bytes.length);
    }
  });
}

/** Reads `mutants` damaged station lists. */
export async function fuzzStationList(mutants: number, seed: number): Promise<FuzzCounts> {
  const whole = encodeStationList(
    Array.from({ length: 40 }, (_, i) => ({
      id: i % 13 === 12 ? '' : `FUM000${10_000 + i}`,
      latitude: i % 7 === 6 ? null : i - 20,
      longitude: i % 7 === 6 ? null : 3 * i - 60,
      elevation: i % 5 === 4 ? null : 10 * i,
      name: `STATION ${i}`,
      firstYear: 1930 + i,
      lastYear: 2000 + i,
      soundings: 100 * i,
    })),
  );
  const random = seededRandom(seed);
  return fuzz(mutants, async () => {
    const bytes = mutate(whole, random, MEANINGFUL);
    igra2.recognise(bytes);
    isStationList(bytes);
    const stations = await readStationList(inputOf(bytes), createTally());
    for (const { latitude, longitude, mobile } of stations.values()) {
      expect(mobile || (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)).toBe(true);
    }
  });
}

async function fuzz(mutants: number, one: () => Promise<void>): Promise<FuzzCounts> {
  const counts: FuzzCounts = { results: 0, errors: {} };
  for (let i = 0; i < mutants; i++) {
    const start = cpuMilliseconds();
    try {
      await one();
      counts.results++;
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      counts.errors[error.code] = (counts.errors[error.code] ?? 0) + 1;
    }
    expect(cpuMilliseconds() - start).toBeLessThan(MAX_MILLISECONDS);
  }
  return counts;
}
