/** Availability and departures of whole stations, against the same launches read one by one. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { standardPressure } from '../../src/atmosphere/standard.js';
import { availability } from '../../src/plot/availability.js';
import { type Availability, countAvailability, GROUPS } from '../../src/plot/availability-counts.js';
import { departureProfile } from '../../src/plot/departure-profile.js';
import { type Departures, launchDepartures, stationDepartures } from '../../src/plot/departure-statistics.js';
import { LAYERS, layerOf } from '../../src/plot/layers.js';
import type { Launch } from '../../src/reading/launch.js';
import { openStation } from '../../src/reading/open.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import type { StationContents } from '../../src/reading/station.js';
import { civilTime } from '../../src/records/time.js';
import { OBSERVED_VARIABLE as V } from '../../src/records/variables.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { FACTS } from './launches.js';
import { textBoxes, textFaults } from './text-boxes.js';

let folder = '';
beforeAll(async () => {
  folder = join(await demoOutputs(), 'output');
});

async function withStation<T>(
  dataset: string,
  station: string,
  use: (contents: StationContents) => Promise<T>,
): Promise<T> {
  const contents = await openStation(join(folder, dataset, `${station}_${dataset}_harvested.nc`));
  try {
    return await use(contents);
  } finally {
    contents.close();
  }
}

async function launchesOf(station: StationContents): Promise<Launch[]> {
  const launches: Launch[] = [];
  for (let report = 0; report < station.table('header_table').rows; report++)
    launches.push(await readLaunch(station, report));
  return launches;
}

/** The mandatory level that is nearest in the logarithm of pressure. */
function nearest(pressurePa: number): number {
  const distance = (hectopascal: number): number => Math.abs(Math.log(pressurePa / 100 / hectopascal));
  return LAYERS.reduce((best, level) => (distance(level) < distance(best) ? level : best), 1000);
}

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

describe('departures', () => {
  it('of a station have the mean and the deviation of those of its launches', async () => {
    await withStation('era5_1', '0-20000-0-99001', async (station) => {
      const launches = await launchesOf(station);
      for (const withFailed of [false, true]) {
        const found = await stationDepartures(station, 'first-guess', withFailed);
        expect(found.leftOut > 0).toBe(!withFailed);
        for (const code of [V.airTemperature, V.eastwardWind]) {
          const byLevel = new Map<number, number[]>();
          for (const { variables, pressure } of launches) {
            const variable = variables.get(code);
            for (const [i, departure] of (variable?.firstGuessDeparture ?? []).entries()) {
              if (Number.isNaN(departure) || Number.isNaN(pressure[i])) continue;
              if (!withFailed && [1, 6, 100].includes(variable?.quality[i] as number)) continue;
              const level = nearest(pressure[i] as number);
              byLevel.set(level, [...(byLevel.get(level) ?? []), departure]);
            }
          }
          const profile = found.profiles.find((each) => each.code === code);
          expect(profile?.levels.map(({ pressure, count }) => [pressure / 100, count])).toEqual(
            [...byLevel].sort(([a], [b]) => b - a).map(([level, values]) => [level, values.length]),
          );
          for (const { pressure, mean, deviation } of profile?.levels ?? []) {
            const values = byLevel.get(pressure / 100) ?? [];
            const average = values.reduce((sum, value) => sum + value, 0) / values.length;
            const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
            expect(mean).toBeCloseTo(average, 9);
            if (values.length > 1) expect(deviation).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 9);
            else expect(deviation).toBeNaN();
          }
        }
      }
    });
  });

  it('of a launch are those at its levels', async () => {
    await withStation('era5_1', '0-20000-0-99001', async (station) => {
      const launch = await readLaunch(station, 1);
      const { profiles } = launchDepartures(station, launch, 'first-guess', true);
      const temperature = profiles.find(({ code }) => code === V.airTemperature);
      const variable = launch.variables.get(V.airTemperature);
      const expected = [...(variable?.firstGuessDeparture ?? [])].filter(Number.isFinite);
      expect(temperature?.levels.map(({ mean }) => mean)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(10);
    });
  });

  it('are an error of its own where there are none', async () => {
    await withStation('igra2', '0-20000-0-99001', async (station) => {
      const none = { code: 'NO_DEPARTURES', message: expect.stringContaining('first guess') };
      await expect(stationDepartures(station, 'first-guess', false)).rejects.toMatchObject(none);
      const launch = await readLaunch(station, 0);
      expect(() => launchDepartures(station, launch, 'analysis', false)).toThrow(/analysis/);
    });
    await withStation('era5_3188', '0-20000-0-99001', async (station) => {
      await expect(stationDepartures(station, 'first-guess', false)).rejects.toMatchObject({
        code: 'NO_DEPARTURES',
      });
    });
  });

  it.each([600, 800, 1600])('have no texts that overlap or leave the page at a width of %d', (width) => {
    const levels = LAYERS.map((level, i) => ({
      pressure: level * 100,
      mean: (i % 5) - 2.2,
      deviation: 1 + i / 3,
      count: 10 ** (i % 7),
    }));
    const all = [V.airTemperature, V.relativeHumidity, V.specificHumidity, V.eastwardWind, V.northwardWind];
    const sets: Departures[] = [
      { background: 'first-guess', leftOut: 12, profiles: all.map((code) => ({ code, levels })) },
      {
        background: 'analysis',
        leftOut: 0,
        profiles: [{ code: V.northwardWind, levels: levels.slice(0, 1) }],
      },
    ];
    for (const departures of sets)
      for (const isLaunch of [false, true]) {
        const svg = departureProfile(departures, FACTS, { width, isLaunch, what: '1979 to 2020' });
        expect(textFaults(svg)).toEqual([]);
      }
  });

  it('keep the time, the place and the elevation of a launch where one line is too short', () => {
    const levels = [{ pressure: 50_000, mean: 1, deviation: Number.NaN, count: 1 }];
    const what = '2015-06-30 11:15 UTC, nominal 2015-06-30 12:00 UTC; 48.25°N 16.36°E, 198 m';
    const kind = 'departures from the first guess (observation minus first guess)';
    const drawn = (width: number): string =>
      departureProfile(
        { background: 'first-guess', leftOut: 0, profiles: [{ code: V.airTemperature, levels }] },
        FACTS,
        { width, isLaunch: true, what },
      );
    const lines = (width: number) => textBoxes(drawn(width)).boxes.map(({ text }) => text);
    expect(lines(600).slice(1, 3)).toEqual([kind, what]);
    expect(lines(1600)[1]).toBe(`${kind}, ${what}`);
    expect(textFaults(drawn(600))).toEqual([]);
  });

  it('have all of their levels on the axis, and nothing outside of the panel', () => {
    const at = (...hectopascals: number[]) =>
      hectopascals.map((p) => ({ pressure: p * 100, mean: 1, deviation: 0.5, count: 3 }));
    const drawn = (...hectopascals: number[]): string =>
      departureProfile(
        {
          background: 'analysis',
          leftOut: 0,
          profiles: [{ code: V.airTemperature, levels: at(...hectopascals) }],
        },
        FACTS,
        { width: 800, isLaunch: true, what: '1979' },
      );
    const clip = (svg: string): { top: number; bottom: number } => {
      const rect = /<clipPath id="departures-panel-0"><rect([^>]*)>/.exec(svg)?.[1] ?? '';
      const value = (name: string): number => Number(new RegExp(`\\b${name}="([^"]*)"`).exec(rect)?.[1]);
      return { top: value('y'), bottom: value('y') + value('height') };
    };
    const points = (svg: string): number[] => {
      const inside = /<g clip-path="url\(#departures-panel-0\)">(.*?)<\/g>/.exec(svg)?.[1] ?? '';
      return [...inside.matchAll(/cy="([^"]*)"/g)].map(([, y]) => Number(y));
    };
    const siberia = drawn(1083, 1000, 500);
    const { top, bottom } = clip(siberia);
    expect(points(siberia)).toHaveLength(3);
    for (const y of points(siberia)) expect(y >= top && y < bottom).toBe(true);
    // 1150 hPa is below the lowest end that the axis may have: drawn, and cut off by the panel.
    const below = drawn(1150, 500);
    expect(points(below)[0]).toBeGreaterThan(clip(below).bottom);
  });

  it('of a launch are at pressures that a balloon can have, as in the skew-T', async () => {
    await withStation('era5_1', '0-20000-0-99001', async (station) => {
      const launch = await readLaunch(station, 1);
      const pressure = Float64Array.from(launch.pressure);
      const temperatures = launch.variables.get(V.airTemperature)?.firstGuessDeparture ?? [];
      const [first = 0, second = 0] = [...temperatures.keys()].filter((i) =>
        Number.isFinite(temperatures[i]),
      );
      [pressure[first], pressure[second]] = [5, 130_000];
      const count = (of: Launch): number | undefined =>
        launchDepartures(station, of, 'first-guess', true).profiles.find(
          ({ code }) => code === V.airTemperature,
        )?.levels.length;
      expect(count({ ...launch, pressure })).toBe((count(launch) ?? 0) - 2);
    });
  });

  it.each([600, 1000])('have labels and counts at the mandatory levels first at a width of %d', (width) => {
    const levels = LAYERS.map((level, i) => ({
      pressure: level * 100,
      mean: 1,
      deviation: 1,
      count: 501 + i,
    }));
    const svg = departureProfile(
      { background: 'analysis', leftOut: 0, profiles: [{ code: V.airTemperature, levels }] },
      FACTS,
      { width, isLaunch: false, what: '1979' },
    );
    const found = textBoxes(svg).boxes.map(({ text }) => text);
    const first = [1000, 850, 700, 500, 300, 200, 100];
    expect(found).toEqual(expect.arrayContaining(first.map(String)));
    expect(found).toEqual(expect.arrayContaining(first.map((level) => String(501 + LAYERS.indexOf(level)))));
    expect(textFaults(svg)).toEqual([]);
  });

  it('name their kind and units', () => {
    const levels = [{ pressure: 50_000, mean: 0.002, deviation: 0.001, count: 3 }];
    const svg = departureProfile(
      { background: 'analysis', leftOut: 1, profiles: [{ code: V.specificHumidity, levels }] },
      FACTS,
      { width: 800, isLaunch: false, what: '1979' },
    );
    expect(textBoxes(svg).boxes.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'departures from the analysis (observation minus analysis), 1979',
        'specific humidity (g/kg)',
        '1 value not shown (failed, repeated or impossible)',
      ]),
    );
  });
});
