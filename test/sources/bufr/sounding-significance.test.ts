/** What is said of levels: from both flag tables, in the bits of 0 08 042. */
import { describe, expect, it } from 'vitest';
import { SIGNIFICANCE } from '../../../src/records/significance.js';
import {
  message,
  PLAIN_HEAD,
  PLAIN_VALUES,
  readTold,
  temp309007,
  temp309052,
} from '../../support/bufr-reading.js';

const S = SIGNIFICANCE;

describe('level significance', () => {
  it('of 008001 has the bits of 008042, significant temperature or humidity both of them', async () => {
    const flags = [64, 32, 16, 8, 4, 2, 70, 0, null];
    const levels = flags.map((of, i) => [90_000 - 1000 * i, of, 0, 280, 0, 0, 1]);
    const { significance } = await readTold(message([309_007], [temp309007({}, levels)]));
    const temperature = S.significantTemperature | S.significantHumidity;
    expect([...significance]).toEqual([
      [90_000, S.surface],
      [89_000, S.standard],
      [88_000, S.tropopause],
      [87_000, S.maximumWind],
      [86_000, temperature],
      [85_000, S.significantWind],
      [84_000, S.surface | temperature | S.significantWind],
      [83_000, 0],
      [82_000, -1],
    ]);
  });

  it('of 008042 is as it stands, without the last bit, which is set only where all are', async () => {
    const flags = [131_072, 65_536, 145_408, 2, 1, 0, null];
    const levels = flags.map((of, i) => [60 * i, of, 90_000 - 1000 * i, null, 0, 0, 280, 270, 0, 1]);
    const { significance } = await readTold(message([309_052], [temp309052({}, levels)]));
    expect([...significance]).toEqual([
      [90_000, S.surface],
      [89_000, S.standard],
      [88_000, S.surface | S.significantTemperature | S.significantHumidity | S.significantWind],
      [87_000, S.pressureFromHeight],
      [86_000, 0],
      [85_000, 0],
      [84_000, -1],
    ]);
  });

  it('of several elements in a level is all that they say', async () => {
    const elements = [7004, 8001, 8042, 12_101];
    const levels = [
      [90_000, 32, 131_072, 280],
      [80_000, null, 2048, 270],
      [70_000, 16, null, 260],
      [60_000, null, null, 250],
    ];
    const { significance } = await readTold(
      message(
        [...PLAIN_HEAD, 104_000, 31_001, ...elements],
        [[...PLAIN_VALUES, levels.length, ...levels.flat()]],
      ),
    );
    expect([...significance]).toEqual([
      [90_000, S.standard | S.surface],
      [80_000, S.significantWind],
      [70_000, S.tropopause],
      [60_000, -1],
    ]);
  });

  it('is that of each level where they are spelled out, and unknown where the message has no element for it', async () => {
    const flat = await readTold(
      message(
        [...PLAIN_HEAD, 7004, 8001, 12_101, 7004, 8001, 12_101],
        [[...PLAIN_VALUES, 85_000, 32, 280, 70_000, 16, 270]],
      ),
    );
    expect([...flat.significance]).toEqual([
      [85_000, S.standard],
      [70_000, S.tropopause],
    ]);
    const without = await readTold(
      message([...PLAIN_HEAD, 102_000, 31_001, 7004, 12_101], [[...PLAIN_VALUES, 1, 85_000, 280]]),
    );
    expect([...without.significance]).toEqual([[85_000, -1]]);
  });
});
