/** Mutated streams of BUFR messages: each message is decoded or gives a typed error, in bounded time, with sound results. */
import { expect } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import type { Subset } from '../../src/sources/bufr/subset.js';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { decodeBufr, scanAll } from './bufr-decoding.js';
import { type BufrValue, encodeBufr } from './bufr-encoder.js';
import { randomSubset, randomTemplate } from './bufr-templates.js';
import { cpuMilliseconds } from './cpu-time.js';
import { mutate, seededRandom } from './mutate.js';
import { createRandom } from './random.js';

/** Descriptors, operators and letters that mean something: 101000, 031001, 222000, 201000, all ones, `BUFR`, `7777`. */
const MEANINGFUL = Uint8Array.of(
  0x41,
  0x00,
  0x1f,
  0x01,
  0xde,
  0xc9,
  0xff,
  0x80,
  0xc0,
  0x42,
  0x55,
  0x46,
  0x52,
  0x37,
);
/** A mutant is some hundred bytes; a second is many thousand times what it needs. */
const MAX_MILLISECONDS = 1000;

/** How the messages of the mutants ended. */
export interface BufrFuzzCounts {
  decoded: number;
  /** By reason of damage and by code of error. */
  refused: Record<string, number>;
}

/** Scans and decodes `mutants` damaged streams. */
export async function fuzzBufr(mutants: number, seed: number): Promise<BufrFuzzCounts> {
  const streams = await wholeStreams(seed);
  const random = seededRandom(seed);
  const counts: BufrFuzzCounts = { decoded: 0, refused: {} };
  const refuse = (reason: string): void => {
    counts.refused[reason] = (counts.refused[reason] ?? 0) + 1;
  };
  for (let i = 0; i < mutants; i++) {
    const whole = streams[i % streams.length]!;
    const bytes = random() < 0.5 ? mutate(whole, random, MEANINGFUL) : overwrite(whole, random);
    let start = cpuMilliseconds();
    const { messages, damage } = await scanAll(bytes, [1 + Math.floor(random() * 300)]);
    for (const { reason, byteOffset } of damage) {
      expect(byteOffset).toBeLessThan(bytes.length);
      refuse(reason);
    }
    for (const message of messages) {
      let subsets: readonly Subset[] = [];
      try {
        ({ subsets } = decodeBufr(message.bytes));
        counts.decoded++;
      } catch (error) {
        if (!(error instanceof HarvestError)) throw error;
        refuse(error.code);
      }
      expect(cpuMilliseconds() - start).toBeLessThan(MAX_MILLISECONDS);
      for (const subset of subsets) expectSound(subset);
      start = cpuMilliseconds();
    }
  }
  return counts;
}

/** One to four octets of the data or the header are others, so that sections stay where they are. */
function overwrite(whole: Uint8Array, random: () => number): Uint8Array {
  const bytes = new Uint8Array(whole);
  const faults = 1 + Math.floor(4 * random());
  for (let i = 0; i < faults; i++) {
    const at = 8 + Math.floor((bytes.length - 12) * random());
    bytes[at] =
      random() < 0.5 ? Math.floor(256 * random()) : MEANINGFUL[Math.floor(MEANINGFUL.length * random())]!;
  }
  return bytes;
}

/** A sounding with a bitmap, plain and compressed, and random templates; two messages in each stream. */
async function wholeStreams(seed: number): Promise<Uint8Array[]> {
  const tables = await loadTables();
  const sounding: BufrValue[] = [
    ...[11, 35, 80, 4, 2021, 6, 7, 11, 30, 48.25, 16.36, 200, 3],
    ...[100_000, 64, 1000, 290.1, 285, 180, 5.5],
    ...[85_000, 32, 14_000, 280, null, 200, 15],
    ...[50_000, 32, 55_000, 250, null, 250, 30],
    ...[34, ...Array.from({ length: 34 }, (_, i) => i % 2), 98, 1, 17],
    ...Array.from({ length: 17 }, () => 70),
  ];
  const descriptors = [
    ...[301_001, 2011, 2012, 301_011, 301_012, 301_022, 107_000, 31_001],
    ...[7004, 8001, 10003, 12001, 12003, 11001, 11002],
    ...[222_000, 101_000, 31_002, 31_031, 1031, 1032, 101_000, 31_002, 33007],
  ];
  const messages = [false, true].map((compressed) =>
    encodeBufr({ tables, compressed, descriptors, subsets: [sounding, sounding] }),
  );
  for (let i = 0; i < 10; i++) {
    const start = seed + i;
    messages.push(
      encodeBufr({
        tables,
        edition: i % 2 === 0 ? 3 : 4,
        compressed: i % 3 === 0,
        descriptors: randomTemplate(createRandom(start)),
        subsets: [0, 1].map((k) => randomSubset(start, start + k).supply),
      }),
    );
  }
  return messages.map((message, i) => Buffer.concat([message, messages[(i + 1) % messages.length]!]));
}

/** Arrays of one length, numbers that are finite or missing, links backward, replications within the data. */
function expectSound({ length, elements, values, texts, links, replications }: Subset): void {
  const sound =
    elements.length === length &&
    values.length >= length &&
    values.subarray(0, length).every((value) => Number.isFinite(value) || Number.isNaN(value)) &&
    (texts === null || texts.length === length) &&
    (links === null || links.every((target, i) => target < i && target >= -1)) &&
    replications.every(
      ({ factor, starts, end }) => end <= length && factor < length && starts.every((start) => start <= end),
    );
  expect(sound).toBe(true);
}
