/** Ascents and descents are told apart, by what the message says and by the course of its levels. */
import { describe, expect, it } from 'vitest';
import type { BufrContent } from '../../support/bufr-encoder.js';
import {
  message,
  PLAIN_HEAD,
  PLAIN_VALUES,
  readOne,
  readTold,
  type Told,
  temp309007,
  temp309052,
} from '../../support/bufr-reading.js';
import { since1900 } from '../../support/reading.js';

const LAUNCH = '2021-06-07T11:30:15Z';

/** A report of 309052 with levels of these times and pressures. */
async function course(
  levels: readonly (readonly [elapsed: number | null, pressure: number | null])[],
  header: Partial<BufrContent> = {},
): Promise<Told['reports'][number]> {
  const rows = levels.map(([elapsed, pressure]) => [elapsed, 0, pressure, 1000, 0, 0, 280, 270, 0, 1]);
  const { reports } = await readTold(message([309_052], [temp309052({}, rows)], header));
  return reports[0] as Told['reports'][number];
}

describe('the direction of a report', () => {
  it('is up where pressure falls with time, whatever the order of the levels', async () => {
    const levels = [
      [0, 100_000],
      [60, 90_000],
      [120, 80_000],
    ] as const;
    expect(await course(levels)).toMatchObject({ verticalDirection: 0, begin: Number.NaN });
    expect(await course(levels.toReversed())).toMatchObject({ verticalDirection: 0, begin: Number.NaN });
  });

  it('is down where pressure rises with time: the report begins at its own first level', async () => {
    const levels = [
      [3000, 65_610],
      [3060, 72_900],
      [3240, 100_000],
    ] as const;
    const begin = since1900(LAUNCH) + 3000;
    expect(await course(levels)).toEqual({ verticalDirection: 1, platformType: -1, begin });
    expect(await course(levels.toReversed())).toEqual({ verticalDirection: 1, platformType: -1, begin });
  });

  it('is told by the report as a whole: up and down again is no descent, a bobbing sonde is', async () => {
    const up = Array.from({ length: 50 }, (_, i) => [60 * i, 100_000 - 1000 * i] as const);
    const down = Array.from({ length: 50 }, (_, i) => [3000 + 60 * i, 51_000 + 900 * i] as const);
    expect(await course([...up, ...down])).toMatchObject({ verticalDirection: 0 });
    const bobbing = down.map(
      ([elapsed, pressure], i) => [elapsed, i === 20 ? pressure - 1800 : pressure] as const,
    );
    expect(await course(bobbing)).toMatchObject({ verticalDirection: 1 });
  });

  it('is up for balloons whose levels have no times', async () => {
    const levels = [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]];
    const { reports } = await readTold(message([309_007], [temp309007({}, levels)]));
    expect(reports).toEqual([{ verticalDirection: 0, platformType: -1, begin: Number.NaN }]);
  });

  it('is down for subcategories of descents, and begins where the first level is known', async () => {
    expect(await course([[2000, 70_000]], { subCategory: 14 })).toMatchObject({
      verticalDirection: 1,
      begin: since1900(LAUNCH) + 2000,
    });
    expect(await course([[null, 70_000]], { subCategory: 14 })).toMatchObject({
      verticalDirection: 1,
      begin: Number.NaN,
    });
  });

  it('is unknown where nothing tells it: neither what the message declares nor the course of its levels', async () => {
    const undeclared = { centre: 78, subCategory: 255, localSubCategory: 255 };
    const spelledOut = (levels: readonly (readonly (number | null)[])[]): Uint8Array =>
      message(
        [...PLAIN_HEAD, 104_000, 31_001, 4086, 7004, 8042, 12_101],
        [[...PLAIN_VALUES, levels.length, ...levels.flat()]],
        undeclared,
      );
    const told = async (levels: readonly (readonly (number | null)[])[]): Promise<number | undefined> =>
      (await readTold(spelledOut(levels))).reports[0]?.verticalDirection;
    expect(await told([[null, 85_000, 0, 280]])).toBe(-1);
    expect(
      await told([
        [0, 85_000, 0, 280],
        [60, 80_000, 0, 278],
      ]),
    ).toBe(0);
  });

  it('is told by heights where levels have no pressure', async () => {
    const heights = (values: readonly number[]): Uint8Array => {
      const levels = values.map((height, i) => [60 * i, height, 180]);
      return message(
        [...PLAIN_HEAD, 103_000, 31_001, 4086, 7007, 11_001],
        [[...PLAIN_VALUES, levels.length, ...levels.flat()]],
      );
    };
    expect((await readTold(heights([3000, 2000, 1000]))).reports[0]?.verticalDirection).toBe(1);
    expect((await readTold(heights([1000, 2000, 3000]))).reports[0]?.verticalDirection).toBe(0);
  });

  it('leaves the launch of a descent what it is', async () => {
    const rows = [[3000, 0, 65_610, 1300, 0, 0, 280, 270, 0, 1]];
    const { reports } = await readOne(message([309_052], [temp309052({}, rows)], { subCategory: 14 }));
    expect(reports[0]?.launch).toBe(since1900(LAUNCH));
  });
});
