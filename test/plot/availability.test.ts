/** Availability of whole stations, against the same launches read one by one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { standardPressure } from '../../src/atmosphere/standard.js';
import { civilTime } from '../../src/calendar.js';
import { availability } from '../../src/plot/availability.js';
import { type Availability, countAvailability, GROUPS } from '../../src/plot/availability-counts.js';
import { LAYERS, layerOf } from '../../src/plot/layers.js';
import type { StationContents } from '../../src/reading/station.js';
import { FACTS } from './launches.js';
import { launchesOf, makeStations, nearest, withStation } from './stations.js';
import { textBoxes, textFaults } from './text-boxes.js';

beforeAll(makeStations);

describe('layers', () => {
  it('hold what is nearest to a mandatory level', () => {
    for (let hectopascal = 1080; hectopascal > 1.5; hectopascal *= 0.99)
      expect(LAYERS[layerOf(1, hectopascal * 100)], `${hectopascal}`).toBe(nearest(hectopascal * 100));
    expect(layerOf(0, 5500)).toBe(layerOf(1, standardPressure(5500)));
    expect(LAYERS[layerOf(2, 5500 * 9.80665)]).toBe(500);
  });

  it.each([
    [1, Number.NaN],
    [1, 0],
    [1, 120_000],
    [1, 50],
    [-1, Number.NaN],
    [0, 90_000],
  ])('hold no coordinate of type %d and value %d', (type, value) => {
    expect(layerOf(type, value)).toBe(-1);
  });
});

describe('availability', () => {
  it.each([
    ['igra2', '0-20000-0-99001'],
    ['igra2', '0-20000-0-99004'],
    ['era5_1', '0-20000-0-99001'],
  ])('of %s %s is that of its launches', async (dataset, id) => {
    await withStation(dataset, id, async (station) => {
      const counts = await countAvailability(station);
      const launches = await launchesOf(station);
      expect(counts.launches).toBe(new Set(launches.map(({ header }) => header.time)).size);
      for (const [group, { variables }] of GROUPS.entries()) {
        const expected = new Set<string>();
        for (const launch of launches)
          for (const code of variables)
            for (const [level, value] of (launch.variables.get(code)?.value ?? []).entries()) {
              const z = launch.z[level] as number;
              const pressure = launch.zType[level] === 0 ? standardPressure(z) : z;
              if (Number.isNaN(value) || !(pressure <= 110_000 && pressure >= 100)) continue;
              const { year, month } = civilTime(launch.header.time);
              const bin = counts.unit === 'year' ? year : year * 12 + month - 1;
              expected.add(`${launch.header.time} ${bin - counts.firstBin} ${nearest(pressure)}`);
            }
        const tally = new Int32Array(counts.bins * LAYERS.length);
        for (const entry of expected) {
          const [, bin, level] = entry.split(' ').map(Number);
          const cell = (bin ?? 0) * LAYERS.length + LAYERS.indexOf(level ?? 0);
          tally[cell] = (tally[cell] as number) + 1;
        }
        expect(counts.counts[group]).toEqual(tally);
      }
      expect(counts.counts.some((count) => count.some((n) => n > 0))).toBe(true);
    });
  });

  it.each([600, 800, 1600])('has no texts that overlap or leave the page at a width of %d', (width) => {
    const sets: [Availability['unit'], number, number][] = [
      ['month', 2015 * 12, 6],
      ['month', 2015 * 12 + 11, 1],
      ['month', 2000 * 12, 72],
      ['year', 1905, 120],
      ['year', 1990, 8],
      ['year', 1990, 0],
    ];
    for (const [unit, firstBin, bins] of sets) {
      const counts = GROUPS.map((_, group) =>
        Int32Array.from({ length: bins * LAYERS.length }, (_, i) => (i * (group + 3)) % 731),
      );
      const svg = availability({ unit, firstBin, bins, launches: 5000, counts }, FACTS, { width });
      expect(textFaults(svg), `${bins} ${unit}s`).toEqual([]);
    }
  });

  it('has months with their year, and a description in words', () => {
    const counts = GROUPS.map((_, group) => new Int32Array(2 * LAYERS.length).fill(group === 2 ? 0 : 3));
    const svg = availability(
      { unit: 'month', firstBin: 1999 * 12 + 11, bins: 2, launches: 6, counts },
      FACTS,
      {
        width: 800,
      },
    );
    expect(textBoxes(svg).boxes.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        '1999-12',
        '2000-01',
        'temperature',
        'humidity',
        'wind',
        'pressure level (hPa)',
      ]),
    );
    expect(svg).toContain('temperature from 1999-12 to 2000-01; humidity from 1999-12 to 2000-01; no wind.');
  });

  it('of a file without launches is empty', async () => {
    const none = await withStation('igra2', '0-20000-0-99001', async (station) => {
      const column = { numbers: async () => new Float64Array() };
      const table = { rows: 0, column: () => column };
      const records = { time: new Float64Array(), firstRow: new Float64Array(), rowCount: new Int32Array() };
      return await countAvailability({
        ...station,
        records,
        table: () => table,
      } as unknown as StationContents);
    });
    expect(none).toMatchObject({ bins: 0, launches: 0 });
    const svg = availability(none, FACTS, { width: 800 });
    expect(svg).toContain('no launches');
    expect(textFaults(svg)).toEqual([]);
  });
});
