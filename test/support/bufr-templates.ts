/** Random templates and random data for BUFR messages, for properties and fuzzing. */

import type { Datum } from './bufr-decoding.js';
import type { BufrSupply, BufrValue } from './bufr-encoder.js';
import { createRandom, type Random } from './random.js';

/** Numbers, codes and texts of common and of awkward widths. */
const ELEMENTS = [
  1001, 1002, 1011, 1015, 1019, 1125, 1128, 2011, 4001, 4016, 4086, 5001, 5002, 6001, 6015, 7001, 7004, 7007,
  8001, 8042, 10003, 10009, 11001, 11002, 11061, 12001, 12101, 13003, 13009, 14031, 20003, 20012, 21062,
  25042, 33007, 33024, 40001,
];
const SEQUENCES = [301_001, 301_011, 301_012, 301_021, 301_036, 303_001, 303_054, 302_004];
/** Numbers only: they have room for more bits. */
const NUMBERS = [7004, 10009, 11002, 12101, 5001, 6001, 13003, 7001];
const FACTORS = [31_000, 31_001, 31_002, 31_011, 31_012];

/** A list of descriptors, replications nested up to three deep and operators closed again. */
export function randomTemplate(random: Random, depth = 0): number[] {
  const list: number[] = [];
  const parts = random.integer(1, depth === 0 ? 8 : 3);
  for (let i = 0; i < parts; i++) list.push(...randomPart(random, depth));
  return list;
}

function randomPart(random: Random, depth: number): number[] {
  const element = (): number => random.pick(ELEMENTS);
  const shift = (): number => 128 + random.integer(-3, 6);
  switch (random.integer(0, 13)) {
    case 0:
      return [random.pick(SEQUENCES)];
    case 1:
    case 2: {
      if (depth >= 3) return [element()];
      const body = randomTemplate(random, depth + 1).slice(0, 63);
      if (!isWhole(body)) return [element()];
      return random.chance(0.5)
        ? [100_000 + body.length * 1000 + random.integer(1, 3), ...body]
        : [100_000 + body.length * 1000, random.pick(FACTORS), ...body];
    }
    case 3:
      return [201_000 + shift(), 202_000 + shift(), random.pick(NUMBERS), element(), 201_000, 202_000];
    case 4:
      return [207_000 + random.integer(1, 4), random.pick(NUMBERS), element(), 207_000];
    case 5:
      return [208_000 + random.integer(1, 30), 1015, element(), 208_000];
    case 6:
      return [204_000 + random.integer(1, 12), 31_021, element(), random.pick(NUMBERS), 204_000];
    case 7:
      return [205_000 + random.integer(1, 40)];
    case 8:
      return [206_000 + random.integer(1, 60), 12_000 + random.integer(230, 255)];
    case 9: {
      const number = random.pick(NUMBERS);
      return [203_000 + random.integer(2, 24), number, 203_255, number, element(), 203_000];
    }
    case 10:
      return [221_000 + random.integer(1, 3), element(), element(), element()];
    default:
      return [element(), element()];
  }
}

/** Whether no replication reaches beyond the end of the list. */
function isWhole(list: readonly number[]): boolean {
  return list.every((descriptor, i) => {
    if (Math.floor(descriptor / 100_000) !== 1) return true;
    const x = Math.floor(descriptor / 1000) % 100;
    return i + x + (descriptor % 1000 === 0 ? 1 : 0) < list.length;
  });
}

/** Random data of one subset, and what a decoder must give for them. */
export interface RandomSubset {
  supply: BufrSupply;
  expected: Datum[];
}

/**
 * Random data for a template. What all subsets of a compressed message share (replication factors, new references) depends on
 * `shared` alone.
 */
export function randomSubset(shared: number, own: number): RandomSubset {
  const expected: Datum[] = [];
  const random = createRandom(own);
  let calls = 0;
  const supply: BufrSupply = (slot) => {
    const { descriptor, kind, scale, reference, width, newReference } = slot;
    const common = createRandom(shared + calls++);
    common.next();
    if (newReference) return common.integer(-(2 ** (width - 1)) + 1, 2 ** (width - 1) - 1);
    let value: BufrValue;
    if (FACTORS.includes(descriptor)) value = common.integer(0, descriptor === 31_000 ? 1 : 3);
    else if (descriptor !== 999_999 && descriptor !== 31_021 && random.chance(0.15)) value = null;
    else if (kind === 'text') value = randomText(random, width / 8);
    else {
      const raw = Math.floor(random.next() * (2 ** Math.min(width, 50) - 1));
      const unscaled = raw + reference;
      value = scale > 0 ? unscaled / 10 ** scale : unscaled * 10 ** -scale;
    }
    expected.push([descriptor, value]);
    return value;
  };
  return { supply, expected };
}

/** Printable characters without blanks at the end. */
function randomText(random: Random, octets: number): string {
  const length = random.integer(0, octets);
  const characters = Array.from({ length }, () => String.fromCharCode(random.integer(0x20, 0x7e)));
  return characters.join('').trimEnd();
}
