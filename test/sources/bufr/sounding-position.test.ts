/** Elapsed time and position of levels, and what a report says of itself. */
import { describe, expect, it } from 'vitest';
import {
  message,
  PLAIN_HEAD,
  PLAIN_VALUES,
  readBufr,
  readOne,
  temp309007,
  temp309052,
} from '../../support/bufr-reading.js';
import type { Reading } from '../../support/reading.js';

/** One row for each displacement, at pressures of 900 hPa, 899 hPa, ... */
async function drifting(
  position: readonly [number, number],
  drift: readonly (readonly [north: number | null, east: number | null])[],
): Promise<Reading> {
  const levels = drift.map(([north, east], i) => [
    i,
    0,
    90_000 - 100 * i,
    null,
    north,
    east,
    280,
    null,
    null,
    null,
  ]);
  return readOne(message([309_052], [temp309052({ position }, levels)]));
}

describe('positions of levels', () => {
  it('are the launch position and the displacement, without noise; none where a displacement is missing', async () => {
    const { rows, reports } = await drifting(
      [47.8341, 10.8667],
      [
        [0, 0],
        [0.01, -0.02],
        [-0.00003, 0.1],
        [null, 0.1],
        [0.1, null],
      ],
    );
    expect(reports[0]).toMatchObject({ latitude: 47.8341, longitude: 10.8667 });
    expect(rows.map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
      [47.8341, 10.8667],
      [47.8441, 10.8467],
      [47.83407, 10.9667],
      [Number.NaN, Number.NaN],
      [Number.NaN, Number.NaN],
    ]);
  });

  it('go on beyond 180 degrees on the other side, and never beyond a pole', async () => {
    const east = await drifting([0, 179.9], [[0, 0.3]]);
    const west = await drifting([0, -179.9], [[0, -0.3]]);
    const pole = await drifting([89.9, 0], [[0.2, 0]]);
    expect(east.rows[0]?.longitude).toBe(-179.8);
    expect(west.rows[0]?.longitude).toBe(179.8);
    expect(pole.rows[0]?.latitude).toBeNaN();
    expect(pole.tally.noted.get('bufr.level.position-out-of-range')).toBe(1);
  });

  it('may be given outright', async () => {
    const descriptors = [...PLAIN_HEAD, 104_000, 31_001, 7004, 5001, 6001, 12101];
    const { rows } = await readOne(message(descriptors, [[...PLAIN_VALUES, 1, 90_000, 12.5, -33.25, 280]]));
    expect(rows[0]).toMatchObject({ latitude: 12.5, longitude: -33.25 });
  });
});

describe('elapsed time', () => {
  it.each([
    ['004086', [4086], [7], 7],
    ['004016', [4016], [12], 12],
    ['004025 and 004026', [4025, 4026], [2, 30], 150],
    ['004025', [4025], [3], 180],
    ['missing', [4086], [null], Number.NaN],
    ['before the launch', [4086], [-5], Number.NaN],
  ])('%s', async (_name, elements, values, expected) => {
    const descriptors = [...PLAIN_HEAD, 102_000 + 1000 * elements.length, 31_001, ...elements, 7004, 12101];
    const { rows, tally } = await readOne(
      message(descriptors, [[...PLAIN_VALUES, 1, ...values, 90_000, 280]]),
    );
    expect(rows.map(({ elapsed }) => elapsed)).toEqual([expected]);
    expect(tally.noted.get('bufr.elapsed.out-of-range')).toBe(values[0] === -5 ? 1 : undefined);
  });
});

describe('the report', () => {
  const LEVELS = [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]];

  it('has the position, station height and radiosonde of its own message', async () => {
    const bytes = Buffer.concat([
      message([309_007], [temp309007({ position: [10, 20], height: 5, sondeType: 80 }, LEVELS)]),
      message([309_007], [temp309007({ position: [11.5, 22.25], height: 7, sondeType: 123 }, LEVELS)]),
    ]);
    const { reports } = await readOne(bytes);
    expect(reports).toMatchObject([
      { latitude: 10, longitude: 20, elevation: 5, sondeType: 80 },
      { latitude: 11.5, longitude: 22.25, elevation: 7, sondeType: 123 },
    ]);
    expect(reports.map(({ byteOffset }) => byteOffset)).toEqual([0, bytes.length / 2]);
  });

  it('says where it comes from', async () => {
    const [own] = (
      await readOne(
        message([309_007], [temp309007({}, LEVELS)], { edition: 3, centre: 98, localSubCategory: 101 }),
      )
    ).reports;
    const [foreign] = (
      await readOne(message([309_007], [temp309007({}, LEVELS)], { centre: 34, subCategory: 4 }))
    ).reports;
    expect(own).toMatchObject({
      kind: 101,
      number: Number.NaN,
      comment: 'centre=98 subtype=101 descriptors=309007',
    });
    expect(foreign).toMatchObject({ kind: -1, comment: 'centre=34 subtype=4 descriptors=309007' });
  });

  it('names the first descriptors of a long template, without the ones of quality information', async () => {
    const descriptors = [...PLAIN_HEAD, 2011, 102_000, 31_001, 7004, 12101];
    const values = [...PLAIN_VALUES, 80, 1, 90_000, 280];
    const long = await readOne(message(descriptors, [values]));
    expect(long.reports[0]?.comment).toBe(
      'centre=98 subtype=4 descriptors=301001,301011,301012,301021,002011,102000,...',
    );
    const checked = [309_007, 222_000, 101_000, 31_002, 31_031, 1031, 1032, 101_000, 31_002, 33_007];
    const short = await readOne(message(checked, [[...temp309007({}, []), 1, 1, 98, 1, 0]]));
    expect(short.reports[0]?.comment).toBe('centre=98 subtype=4 descriptors=309007');
  });

  it('without a position, or with one that is none, has none', async () => {
    const missing = await readOne(message([309_007], [temp309007({ position: [null, 20] }, LEVELS)]));
    const beyond = await readOne(message([309_007], [temp309007({ position: [91, 20] }, LEVELS)]));
    const east = await readOne(message([309_007], [temp309007({ position: [10, 200] }, LEVELS)]));
    expect(missing.reports[0]).toMatchObject({ latitude: Number.NaN, longitude: Number.NaN });
    expect(missing.tally.noted.get('bufr.position.missing')).toBe(1);
    expect(beyond.reports[0]).toMatchObject({ latitude: Number.NaN, longitude: Number.NaN });
    expect(beyond.tally.noted.get('bufr.position.out-of-range')).toBe(1);
    expect(east.reports[0]?.longitude).toBe(-160);
  });

  it('is one per subset, plain and compressed alike', async () => {
    const subsets = [10, 20, 30].map((latitude) => temp309007({ position: [latitude, 5] }, LEVELS));
    const plain = message([309_007], subsets);
    const compressed = message([309_007], subsets, { compressed: true });
    const reading = await readOne(plain);
    expect(reading.reports.map(({ latitude, byteOffset }) => [latitude, byteOffset])).toEqual([
      [10, 0],
      [20, 0],
      [30, 0],
    ]);
    expect(reading.rows).toHaveLength(15);
    const { reports, rows } = await readOne(compressed);
    expect({ reports, rows }).toEqual({ reports: reading.reports, rows: reading.rows });
  });

  it('is one where a subset repeats the one before it, as a damaged count of subsets makes them', async () => {
    const same = temp309007({}, LEVELS);
    const other = temp309007({ height: 201 }, LEVELS);
    const plain = await readOne(message([309_007], [same, same, other, same]));
    expect(plain.reports.map(({ elevation }) => elevation)).toEqual([200, 201, 200]);
    expect(plain.tally.noted.get('bufr.report.repeats-the-subset-before')).toBe(1);
    const compressed = message([309_007], [same, same], { compressed: true });
    // The number of subsets stands behind sections 0 and 1 and four octets of section 3.
    compressed.set([0xff, 0xff], 8 + 22 + 4);
    const damaged = await readOne(compressed);
    expect(damaged.reports).toHaveLength(1);
    expect(damaged.tally.noted.get('bufr.report.repeats-the-subset-before')).toBe(65_534);
  });

  it('rows of many messages come in several batches, each with whole reports', async () => {
    const levels = Array.from({ length: 200 }, (_, i) => [90_000 - 100 * i, 4, 14_100, 280, 270, 180, 5]);
    const one = message([309_007], [temp309007({}, levels)]);
    const { readings } = await readBufr(Buffer.concat(Array.from({ length: 70 }, () => one)));
    const [reading] = readings.values();
    expect(reading?.batches).toBe(3);
    expect(reading?.reports).toHaveLength(70);
    expect(reading?.rows).toHaveLength(70_000);
  });
});
