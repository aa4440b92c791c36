/** Seeded damage to input files, for fuzz tests of any parser. */
import { createRandom } from './random.js';

// Copies are made with `new Uint8Array`: `slice` of a Buffer would be a view, and the damage would pile up in the input.

/** Uniform random numbers in [0, 1). */
type NextRandom = () => number;
type Mutation = (bytes: Uint8Array, random: NextRandom, meaningful: Uint8Array) => Uint8Array;

/** A stream of random numbers in [0, 1); the same seed gives the same stream. */
export function seededRandom(seed: number): NextRandom {
  return createRandom(seed).next;
}

const upTo = (limit: number, random: NextRandom): number => Math.floor(random() * limit);
const position = (bytes: Uint8Array, random: NextRandom): number => upTo(Math.max(1, bytes.length), random);

const MUTATIONS: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const copy = new Uint8Array(bytes);
    const at = position(copy, random);
    if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << upTo(8, random));
    return copy;
  },
  function overwriteByte(bytes, random) {
    const copy = new Uint8Array(bytes);
    copy[position(copy, random)] = upTo(256, random);
    return copy;
  },
  function overwriteWithMeaning(bytes, random, meaningful) {
    const copy = new Uint8Array(bytes);
    copy[position(copy, random)] = meaningful[upTo(meaningful.length, random)] ?? 0;
    return copy;
  },
  function insertMeaning(bytes, random, meaningful) {
    const at = position(bytes, random);
    return join(
      bytes.subarray(0, at),
      Uint8Array.of(meaningful[upTo(meaningful.length, random)] ?? 0),
      bytes.subarray(at),
    );
  },
  function cutEnd(bytes, random) {
    return new Uint8Array(bytes.subarray(0, position(bytes, random)));
  },
  function removeSpan(bytes, random) {
    const at = position(bytes, random);
    return join(bytes.subarray(0, at), bytes.subarray(at + 1 + upTo(200, random)));
  },
  function repeatSpan(bytes, random) {
    const at = position(bytes, random);
    return join(bytes.subarray(0, at + 1 + upTo(400, random)), bytes.subarray(at));
  },
  function insertNoise(bytes, random) {
    const at = position(bytes, random);
    const noise = Uint8Array.from({ length: 1 + upTo(40, random) }, () => upTo(256, random));
    return join(bytes.subarray(0, at), noise, bytes.subarray(at));
  },
  function swapSpans(bytes, random) {
    const at = position(bytes, random);
    const length = 1 + upTo(120, random);
    return join(
      bytes.subarray(0, at),
      bytes.subarray(at + length, at + 2 * length),
      bytes.subarray(at, at + length),
      bytes.subarray(at + 2 * length),
    );
  },
];

/**
 * The bytes with one to four random faults: bits and bytes changed, ends cut, spans removed, repeated, swapped, noise
 * put in. The input is not changed.
 *
 * @param meaningful bytes that mean something to the parser under test (separators, signs), put in more often than others
 */
export function mutate(
  bytes: Uint8Array,
  random: NextRandom,
  meaningful: Uint8Array = Uint8Array.of(0x00, 0x0a, 0x0d, 0x20, 0xff),
): Uint8Array {
  let result = bytes;
  const faults = 1 + upTo(4, random);
  for (let i = 0; i < faults; i++) {
    const mutation = MUTATIONS[upTo(MUTATIONS.length, random)];
    if (mutation !== undefined) result = mutation(result, random, meaningful);
  }
  return result;
}

/** The bytes with one to four of them changed where they stand: lines, columns and sections stay in their places. */
export function overwrite(bytes: Uint8Array, random: NextRandom, meaningful: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  const faults = 1 + upTo(4, random);
  for (let i = 0; i < faults && copy.length > 0; i++)
    copy[position(copy, random)] =
      random() < 0.5 ? upTo(256, random) : (meaningful[upTo(meaningful.length, random)] ?? 0);
  return copy;
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
