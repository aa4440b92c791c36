/** Mutated text exports: every one gives a result or a typed error, in bounded time, with every field accounted for. */
import { expect } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { era5_1, era5_1759 } from '../../src/sources/odb/index.js';
import { cpuMilliseconds } from './cpu-time.js';
import { mutate, seededRandom } from './mutate.js';
import { encodeOdbText } from './odb-encoder.js';
import { makeOdbRows } from './odb-rows.js';
import { inputOf, isAccountedFor, listStations, type Row, readStation } from './reading.js';
import { makeStation } from './soundings.js';

/** Bytes that mean something in the format. */
const MEANINGFUL = new TextEncoder().encode("\t\n\r '-.0129eN@:");
/** A single mutant is a few kilobytes; a second is a thousand times what it needs. */
const MAX_MILLISECONDS = 1000;

/** How the mutants ended. */
export interface OdbFuzzCounts {
  results: number;
  rows: number;
  errors: Record<string, number>;
}

/** What holds for every row, however damaged its line is. */
function isPossible({ value, z, zType, latitude, variable }: Row): boolean {
  const placed = zType === -1 ? Number.isNaN(z) : Number.isFinite(z) && (zType === 2 || z > 0);
  return Number.isFinite(value) && placed && !(Math.abs(latitude) > 90) && variable > 0;
}

/** Lists and reads `mutants` damaged exports of two stations. */
export async function fuzzOdbText(mutants: number, seed: number): Promise<OdbFuzzCounts> {
  const stations = ['11035', '82930'].map((id, i) =>
    makeStation(seed + i, {
      id: `XXM000${id}`,
      soundings: 2,
      significantLevels: 1,
      kinds: ['classic', 'pilot-by-height'],
    }),
  );
  const wholes = [{ dataset: 'era5_1' as const }, { dataset: 'era5_1759' as const }].map(({ dataset }, i) => {
    const table = makeOdbRows(stations.flat(), { dataset, seed });
    return encodeOdbText(
      { ...table, rows: table.rows.filter((_, row) => row % 5 === 0) },
      { padded: i === 1 },
    );
  });
  const random = seededRandom(seed);
  const counts: OdbFuzzCounts = { results: 0, rows: 0, errors: {} };
  for (let i = 0; i < mutants; i++) {
    const start = cpuMilliseconds();
    const source = i % 2 === 0 ? era5_1 : era5_1759;
    const bytes = mutate(wholes[i % 2] ?? Buffer.alloc(0), random, MEANINGFUL);
    const chunks = random() < 0.5 ? [bytes.length] : [1 + Math.floor(random() * 3000)];
    const path = random() < 0.5 ? 'era5.conv._11035' : 'export';
    try {
      const listed = await listStations(source, [inputOf(bytes, { chunks, path })]);
      for (const station of listed.stations) {
        const reading = await readStation(source, station);
        expect(isAccountedFor(reading)).toBe(true);
        expect(reading.rows.filter((row) => !isPossible(row))).toEqual([]);
        const skipped = [...listed.tally.skipped, ...reading.tally.skipped];
        expect(skipped.filter(({ byteOffset }) => !(byteOffset >= 0 && byteOffset < bytes.length))).toEqual(
          [],
        );
        counts.rows += reading.rows.length;
      }
      counts.results++;
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      counts.errors[error.code] = (counts.errors[error.code] ?? 0) + 1;
    }
    expect(cpuMilliseconds() - start).toBeLessThan(MAX_MILLISECONDS);
  }
  return counts;
}
