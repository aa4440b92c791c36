/** Mutated sections of GRIB fields: each is decoded and sampled, in bounded time and memory, or refused by a typed error. */
import { readFileSync } from 'node:fs';
import { InputError } from '../../src/errors.js';
import { DecodeRoom, decode } from '../../src/grib/decode.js';
import type { ByteSource, Field } from '../../src/grib/field.js';
import { gridOf } from '../../src/grib/grid.js';
import { sample } from '../../src/grib/sample.js';
import { cpuMilliseconds } from './cpu-time.js';
import { scanAll } from './grib-reading.js';
import { mutate, overwrite, seededRandom } from './mutate.js';
import { samplePath } from './samples.js';

/** Octets that mean something: counts and widths of a few bits, signs, all bits set. */
const MEANINGFUL = Uint8Array.of(0, 1, 2, 3, 8, 16, 32, 64, 127, 128, 254, 255);
/** A mutant that says it has 2^25 points, all the same, takes some 100 ms. */
const MAX_MILLISECONDS = 3000;

/** Codes of errors that damage and refusals have. */
const CODES = ['GRIB_DATA', 'GRIB_GRID', 'GRIB_TOO_LARGE', 'UNSUPPORTED_PACKING', 'UNSUPPORTED_GRID'];

/** How the mutants ended. */
export interface GribFuzzCounts {
  /** Mutants that were decoded. */
  decoded: number;
  /** Mutants that were sampled. */
  sampled: number;
  /** Typed errors, by their codes. */
  refused: Record<string, number>;
  /** Anything else, with its number: there should be none. */
  faults: string[];
}

/** A section of a field in memory. */
type Change = (bytes: Uint8Array) => Uint8Array;

/** Mutants of the first field of a sample file: its sections, its bitmap and its data, some at a time. */
export async function fuzzGribData(name: string, mutants: number, seed: number): Promise<GribFuzzCounts> {
  const { fields } = await scanAll(readFileSync(samplePath(`grib/${name}`)));
  const whole = fields[0]!;
  const data = await whole.source.read(whole.data.offset, whole.data.length);
  const counts: GribFuzzCounts = { decoded: 0, sampled: 0, refused: {}, faults: [] };
  const room = new DecodeRoom();
  for (let mutant = 0; mutant < mutants; mutant++) {
    const random = seededRandom(seed + 7919 * mutant);
    const change: Change = (bytes) => (random() < 0.7 ? overwrite : mutate)(bytes, random, MEANINGFUL);
    const field = mutantOf({ whole, data }, random, change);
    const begin = cpuMilliseconds();
    const attempts = [
      async () => {
        await decode(field, room);
        counts.decoded++;
      },
      async () => {
        gridOf(field).coordinates(0);
        await sample(field, { latitudes: [48.25, 90, -90], longitudes: [16.36, 0, 180] }, { room });
        counts.sampled++;
      },
    ];
    for (const attempt of attempts) await run(attempt, mutant, counts);
    const spent = cpuMilliseconds() - begin;
    if (spent > MAX_MILLISECONDS) counts.faults.push(`${mutant}: ${spent} ms`);
  }
  return counts;
}

async function run(attempt: () => Promise<void>, mutant: number, counts: GribFuzzCounts): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    const code = error instanceof InputError ? error.code : '';
    if (CODES.includes(code)) counts.refused[code] = (counts.refused[code] ?? 0) + 1;
    else counts.faults.push(`${mutant}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

interface Original {
  readonly whole: Field;
  readonly data: Uint8Array;
}

/** A field whose data, description or grid is changed, or all of them; its bytes are in memory. */
function mutantOf({ whole, data }: Original, random: () => number, change: Change): Field {
  const dice = random();
  const isDescribed = dice > 0.4 && dice < 0.8;
  const representation = isDescribed ? new Uint8Array(change(whole.representation)) : whole.representation;
  let changedData = dice < 0.5 || dice > 0.9 ? change(data) : data;
  // In edition 1 the description is the beginning of the data.
  if (whole.edition === 1 && isDescribed)
    changedData = new Uint8Array(
      Buffer.concat([representation, changedData.subarray(whole.representation.length)]),
    );
  const grid = whole.grid !== null && dice > 0.7 ? new Uint8Array(change(whole.grid)) : whole.grid;
  const bitmapLength = Math.floor(random() * 400);
  const tail = Uint8Array.from({ length: bitmapLength }, () => Math.floor(random() * 256));
  const bitmap = random() < 0.1 ? { offset: changedData.length, length: bitmapLength } : null;
  return {
    ...whole,
    source: inMemory(changedData, tail),
    representation: whole.edition === 1 ? changedData.subarray(0, 64) : representation,
    grid,
    bitmap,
    data: { offset: 0, length: changedData.length },
  };
}

function inMemory(data: Uint8Array, tail: Uint8Array): ByteSource {
  const bytes = new Uint8Array(Buffer.concat([data, tail]));
  return {
    name: 'mutant',
    size: bytes.length,
    read: async (position, length) => bytes.subarray(position, position + length),
  };
}
