/** Seeded IGRA text of any size: a station with two soundings a day, made year by year. */
import { encodeIgra2 } from '../test/support/igra2-encoder.js';
import { makeStation, type SoundingKind } from '../test/support/soundings.js';

/** Early enough for 300 MB of text to end before the year 10000, which no header can hold. */
const FIRST_YEAR = 1800;
const SOUNDINGS_PER_YEAR = 700;

/**
 * Text of at least `bytes` bytes. `classic` soundings have 3.3 of the six values per level, between the 2.5 of the Vienna
 * sample (2015, all significant levels) and the 6 of the newest American files, which `modern` ones have.
 */
export function makeStationText(id: string, bytes: number, kind: SoundingKind): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let year = FIRST_YEAR; length < bytes; year++) {
    const from = { year, month: 1, day: 1 };
    const part = encodeIgra2(makeStation(year, { id, soundings: SOUNDINGS_PER_YEAR, from, kinds: [kind] }));
    parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts);
}
