/** Coordinates that show a decoder out of step: which messages they cost. */
import { describe, expect, it } from 'vitest';
import { type BufrReading, message, readBufr, temp309007 } from '../../support/bufr-reading.js';

const levelAt = (pressure: number): number[] => [pressure, 32, 14_100, 280.1, 275, 180, 5.5];
const good = (count: number): number[][] =>
  Array.from({ length: count }, (_, i) => levelAt(90_000 - 100 * i));
/** 163,000 Pa, which 14 bits can hold. */
const bad = (count: number): number[][] => Array.from({ length: count }, () => levelAt(163_000));

async function readLevels(
  levels: number[][],
  position: [number, number] = [48.25, 16.36],
): Promise<BufrReading> {
  return readBufr(message([309_007], [temp309007({ position }, levels)]));
}

const skips = ({ listing }: BufrReading): unknown[] =>
  listing.skipped.map(({ reason, detail }) => [reason, detail]);

describe('impossible coordinates', () => {
  it('in more than a tenth of a report are damage', async () => {
    // A position, and a pressure and a geopotential at each level: 22 coordinates.
    const reading = await readLevels([...good(7), ...bad(3)]);
    expect(reading.stations).toEqual([]);
    expect(skips(reading)).toEqual([
      [
        'bufr.message.impossible-coordinates',
        expect.stringMatching(/^3 of the 22 coordinates of subset 1 are impossible/),
      ],
    ]);
  });

  it('in a tenth or less are not', async () => {
    const reading = await readLevels([...good(18), ...bad(2)]);
    expect(skips(reading)).toEqual([]);
    expect(reading.readings.get('11035')?.reports).toHaveLength(1);
  });

  it('are a slip where there is one of them', async () => {
    for (const reading of [await readLevels(good(1), [91, 16]), await readLevels(bad(1))]) {
      expect(skips(reading)).toEqual([]);
      expect(reading.readings.get('11035')?.reports).toHaveLength(1);
    }
    expect(skips(await readLevels(good(1), [200, 400]))).toHaveLength(1);
  });

  it('in one subset cost the message, for those before it were read out of the same bits', async () => {
    const subsets = [temp309007({}, good(3)), temp309007({ position: [200, 400] }, bad(3))];
    const reading = await readBufr(message([309_007], subsets));
    expect(reading.stations).toEqual([]);
    expect(skips(reading)).toEqual([
      ['bufr.message.impossible-coordinates', expect.stringMatching(/^5 of the 8 coordinates of subset 2/)],
    ]);
  });

  it('are none where coordinates are missing, or as far as soundings have come', async () => {
    const missing = [null, 32, null, 280, 275, 180, 5] as unknown as number[];
    expect(skips(await readLevels([missing, missing, missing]))).toEqual([]);
    expect(skips(await readLevels([levelAt(10), levelAt(108_500)], [-90, 359.9]))).toEqual([]);
  });
});
