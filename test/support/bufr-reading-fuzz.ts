/** Mutated files of BUFR soundings: listed and read, in bounded time, with every field accounted for. */
import { expect } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { bufr } from '../../src/sources/bufr/index.js';
import type { BufrValue } from './bufr-encoder.js';
import { message, pilot30905x, temp309007, temp309052 } from './bufr-reading.js';
import { cpuMilliseconds } from './cpu-time.js';
import { mutate, seededRandom } from './mutate.js';
import { inputOf, isAccountedFor, listStations, readStation } from './reading.js';

/** Descriptors that change what a level is, all ones, and the letters of messages. */
const MEANINGFUL = Uint8Array.from([
  0x07, 0x04, 0x0a, 0x03, 0x41, 0x1f, 0x01, 0xff, 0xde, 0x42, 0x55, 0x46, 0x52, 0x37,
]);
/** A mutant is a kilobyte; a second is a thousand times what it needs. */
const MAX_MILLISECONDS = 1000;

/** How the mutants ended. */
export interface BufrReadingCounts {
  reports: number;
  rows: number;
  /** By reason of skips and by code of error. */
  refused: Record<string, number>;
}

/** Lists and reads `mutants` damaged files. */
export async function fuzzBufrSoundings(mutants: number, seed: number): Promise<BufrReadingCounts> {
  const whole = wholeFile();
  const random = seededRandom(seed);
  const counts: BufrReadingCounts = { reports: 0, rows: 0, refused: {} };
  const refuse = (reason: string): void => {
    counts.refused[reason] = (counts.refused[reason] ?? 0) + 1;
  };
  for (let i = 0; i < mutants; i++) {
    const bytes = mutate(whole, random, MEANINGFUL);
    const input = inputOf(bytes, { chunks: [1 + Math.floor(random() * 400)] });
    const start = cpuMilliseconds();
    try {
      const { stations, tally } = await listStations(bufr, [input]);
      for (const skip of tally.skipped) refuse(skip.reason);
      for (const station of stations) {
        const reading = await readStation(bufr, station);
        expect(isAccountedFor(reading)).toBe(true);
        for (const { value, z, latitude, longitude } of reading.rows) {
          expect(Number.isFinite(value) && Number.isFinite(z)).toBe(true);
          expect(Number.isNaN(latitude) || (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)).toBe(
            true,
          );
        }
        for (const { launch, nominal, dateOnly } of reading.reports)
          expect([launch, nominal, dateOnly].some(Number.isInteger)).toBe(true);
        for (const skip of [...tally.skipped, ...reading.tally.skipped]) {
          expect(skip.byteOffset).toBeGreaterThanOrEqual(0);
          expect(skip.byteOffset).toBeLessThan(bytes.length);
        }
        counts.reports += reading.reports.length;
        counts.rows += reading.rows.length;
      }
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      refuse(error.code);
    }
    expect(cpuMilliseconds() - start).toBeLessThan(MAX_MILLISECONDS);
  }
  return counts;
}

/** Four messages of two stations: old with confidence, high resolution, PILOT by height, compressed. */
function wholeFile(): Uint8Array {
  const old = temp309007({}, [
    [100_000, 64, 1000, 290.1, 285, 180, 5.5],
    [85_000, 32, 14_000, 280, null, 200, 15],
    [null, 2, 55_000, 250, null, 250, 30],
  ]);
  const bitmap = old.map((_, i) => (i < 20 ? 1 : 0));
  const confidence = [old.length, ...bitmap, 98, 1, old.length - 20, ...old.slice(20).map((_, i) => 5 * i)];
  const levels: BufrValue[][] = [0, 1, 2].map((i) => [
    ...[60 * i, 65_536, 90_000 - 10_000 * i, 1000 * i, 0.01 * i],
    ...[-0.01 * i, 280 - i, 270, 90 * i, i],
  ]);
  const quality = [222_000, 101_000, 31_002, 31_031, 1031, 1032, 101_000, 31_002, 33_007];
  return Buffer.concat([
    message([309_007, ...quality], [[...old, ...confidence]], { edition: 3, localSubCategory: 101 }),
    message([309_052], [temp309052({}, levels, [[60, 16_384, 80_000, 0, 0, 2.5, null]])]),
    message([309_051], [pilot30905x({ station: [10, 954] }, [[60, 2048, 3000, 0.01, 0.02, 180, 5.5]])]),
    message([309_007], [old, old], { compressed: true }),
  ]);
}
