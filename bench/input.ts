/** Seeded IGRA text of any size: a modern station with two soundings a day, made year by year. */
import { encodeIgra2 } from '../test/support/igra2-encoder.js';
import { makeStation } from '../test/support/soundings.js';

const FIRST_YEAR = 1890;
const SOUNDINGS_PER_YEAR = 700;

/** Text of at least `bytes` bytes; every year is made anew. */
export function makeStationText(id: string, bytes: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let year = FIRST_YEAR; length < bytes; year++) {
    const from = { year, month: 1, day: 1 };
    const kinds = ['modern', 'classic'] as const;
    const part = encodeIgra2(makeStation(year, { id, soundings: SOUNDINGS_PER_YEAR, from, kinds }));
    parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts);
}
