/** Mutated GRIB messages: fields with sound keys or named damage, in bounded time, with every byte accounted for. */
import { expect } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { DAMAGES, type FieldKeys, keysOf } from '../../src/grib/index.js';
import { cpuMilliseconds } from './cpu-time.js';
import { encodeGrib2 } from './grib-encoder.js';
import { ecmwfLocal, encodeGrib1, ncepLocal } from './grib-encoder1.js';
import * as made from './grib-made.js';
import type { PackingSpec } from './grib-packings.js';
import { scanAll } from './grib-reading.js';
import { mutate, overwrite, seededRandom } from './mutate.js';

/** Numbers of sections and templates, indicators of bitmaps, flags, all ones, and the letters of messages. */
const MEANINGFUL = Uint8Array.of(
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 40, 42, 60, 61, 98, 100, 103, 105],
  ...[0x80, 0xc0, 0xfe, 0xff, 0x47, 0x52, 0x49, 0x42, 0x37],
);
/** A mutant is a few kilobytes; a second is thousands of times what it needs. */
const MAX_MILLISECONDS = 1000;

/** How the mutants ended. */
export interface GribFuzzCounts {
  fields: number;
  /** By code of damage and of errors. */
  refused: Record<string, number>;
}

/** Scans `mutants` damaged files of one kind and reads all keys of what is found. */
export async function fuzzGrib(
  wholes: readonly Uint8Array[],
  mutants: number,
  seed: number,
): Promise<GribFuzzCounts> {
  const random = seededRandom(seed);
  const counts: GribFuzzCounts = { fields: 0, refused: {} };
  const refuse = (code: string): void => {
    counts.refused[code] = (counts.refused[code] ?? 0) + 1;
  };
  for (let i = 0; i < mutants; i++) {
    const whole = wholes[i % wholes.length]!;
    const bytes = random() < 0.5 ? mutate(whole, random, MEANINGFUL) : overwrite(whole, random, MEANINGFUL);
    const start = cpuMilliseconds();
    try {
      const { fields, damage, summary } = await scanAll(bytes);
      for (const { code, offset } of damage) {
        expect(code in DAMAGES && offset >= 0 && offset < bytes.length).toBe(true);
        refuse(code);
      }
      const lengths = new Map(fields.map(({ message }) => [message.offset, message.length]));
      const inMessages = [...lengths.values()].reduce((sum, length) => sum + length, 0);
      expect([lengths.size, inMessages + summary.skippedBytes]).toEqual([summary.messages, bytes.length]);
      for (const field of fields) {
        expect(field.data.offset + field.data.length).toBeLessThanOrEqual(bytes.length - 4);
        expect(faultsOf(keysOf(field))).toEqual([]);
        counts.fields++;
      }
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      refuse(error.code);
    }
    expect(cpuMilliseconds() - start).toBeLessThan(MAX_MILLISECONDS);
  }
  return counts;
}

/** Keys that are not what they may be: a whole number or the sign that there is none. */
function faultsOf(keys: FieldKeys): string[] {
  const times = [keys.runTime, keys.validTime, keys.step, keys.stepBegin, keys.windowEnd, keys.windowLength];
  const whole = [keys.centre, keys.subcentre, keys.process, keys.discipline, keys.category, keys.number];
  const counts = [keys.table, keys.template, keys.member, keys.members, keys.packing, keys.bits];
  const texts = [keys.shortName, keys.cfName, keys.levelType, keys.stepType, keys.memberType, keys.type];
  const faults: string[] = [];
  if (!times.every((time) => time === null || Number.isInteger(time))) faults.push('times');
  if (![...whole, ...counts].every((number) => Number.isInteger(number) && number >= -1))
    faults.push('numbers');
  if (!texts.every((text) => typeof text === 'string' && text !== '')) faults.push('texts');
  if ([keys.level, keys.level2].some((level) => !Number.isNaN(level) && !Number.isFinite(level)))
    faults.push('level');
  if (keys.step !== null && Math.abs(keys.step) >= 2 ** 31) faults.push('step');
  return faults;
}

const PACKINGS: readonly PackingSpec[] = [
  made.SIMPLE,
  { kind: 'complex', bits: 10 },
  { kind: 'complex', bits: 10, groups: { order: 2, missing: 1 } },
  { kind: 'ccsds', bits: 12 },
];

/** Whole files of each kind: edition 1, and edition 2 with each packing. */
export const GRIB_KINDS: ReadonlyMap<string, readonly Uint8Array[]> = new Map([
  ['edition 1', edition1()] as [string, Uint8Array[]],
  ...PACKINGS.map((packing): [string, Uint8Array[]] => [nameOf(packing), [edition2(packing)]]),
]);

function nameOf(packing: PackingSpec): string {
  const order = packing.kind === 'complex' ? (packing.groups?.order ?? 0) : 0;
  return `edition 2, ${packing.kind}${order > 0 ? ' with differences' : ''}`;
}

function edition1(): Uint8Array[] {
  const local = ecmwfLocal([1, 11, 1035], '0001', [7, 51]);
  const grid = { ni: 6, nj: 5, first: [60, 0], last: [40, 25] } as const;
  const values = made.makeValues(2, 'holes', grid);
  const one = encodeGrib1(made.makeMessage1({ grid, values, local })).bytes;
  const rest = { grid, values, centre: 7, parameter: [2, 33] as const, local: ncepLocal(3, 4) };
  const two = encodeGrib1(made.makeMessage1({ ...rest, steps: [1, 0, 6, 4] })).bytes;
  return [
    new Uint8Array(Buffer.concat([one, two])),
    encodeGrib1(made.makeMessage1({ ...rest, large: true })).bytes,
  ];
}

function edition2(packing: PackingSpec): Uint8Array {
  const grid = { ni: 6, nj: 5, first: [60, 0], last: [40, 25] } as const;
  const values = made.makeValues(2, 'holes', grid);
  const interval = { end: [2024, 2, 29, 21] as const, process: 1, length: 3 };
  const spread = { ...made.TEMPERATURE, derived: [4, 31] as const };
  const first = made.makeMessage([
    { product: made.EASTWARD, packing, values, grid, mars: made.MARS },
    { product: { ...made.NORTHWARD, member: [3, 1, 31], interval }, packing, values },
  ]);
  const second = made.makeMessage([{ product: spread, packing, values, grid }]);
  return new Uint8Array(Buffer.concat([encodeGrib2(first).bytes, encodeGrib2(second).bytes]));
}
