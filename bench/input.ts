/** Seeded IGRA text of any size: a station with two soundings a day, made year by year. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { encodeIgra2 } from '../test/support/igra2-encoder.js';
import { makeStation, type SoundingKind } from '../test/support/soundings.js';

/** Early enough for 300 MB of text to end before the year 10000, which no header can hold. */
const FIRST_YEAR = 1800;
const SOUNDINGS_PER_YEAR = 700;
const VIENNA = { latitude: 48.25, longitude: 16.36, elevation: 198 };

/**
 * Text of at least `bytes` bytes. `classic` soundings have 3.3 of the six values per level, between the 2.5 of the Vienna
 * sample (2015, all significant levels) and the 6 of the newest American files, which `modern` ones have.
 */
export function makeStationText(id: string, bytes: number, kind: SoundingKind): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let year = FIRST_YEAR; length < bytes; year++) {
    const from = { year, month: 1, day: 1 };
    const part = encodeIgra2(
      makeStation(year, { id, ...VIENNA, soundings: SOUNDINGS_PER_YEAR, from, kinds: [kind] }),
    );
    parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts);
}

const VIENNA_SAMPLE = new URL('../../shared/samples/igra2/AUM00011035-data.txt.gz', import.meta.url);
const VIENNA_HEADER = '#AUM00011035 2015';

/** The real half year of Vienna, once per year until `bytes` are there; null without the samples. */
export function scaleUpSample(bytes: number): { id: string; text: Buffer } | null {
  if (!existsSync(VIENNA_SAMPLE)) return null;
  const halfYear = gunzipSync(readFileSync(VIENNA_SAMPLE)).toString('latin1');
  const parts: Buffer[] = [];
  for (let year = FIRST_YEAR, length = 0; length < bytes; year++, length += halfYear.length) {
    parts.push(Buffer.from(halfYear.replaceAll(VIENNA_HEADER, `#AUM00011035 ${year}`), 'latin1'));
  }
  return { id: 'AUM00011035', text: Buffer.concat(parts) };
}
