/** Departures of whole stations, against the same launches read one by one, and of launches. */
import { beforeAll, describe, expect, it } from 'vitest';
import { departureProfile } from '../../src/plot/departure-profile.js';
import { type Departures, launchDepartures, stationDepartures } from '../../src/plot/departure-statistics.js';
import { LAYERS } from '../../src/plot/layers.js';
import type { Launch } from '../../src/reading/launch.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import type { StationContents } from '../../src/reading/station.js';
import { OBSERVED_VARIABLE as V } from '../../src/records/variables.js';
import { FACTS } from './launches.js';
import { launchesOf, makeStations, nearest, withStation } from './stations.js';
import { textBoxes, textFaults } from './text-boxes.js';

beforeAll(makeStations);

describe('departures', () => {
  it('of a station have the mean and the deviation of those of its launches', async () => {
    await withStation('era5_1', '0-20000-0-99001', async (station) => {
      const launches = await launchesOf(station);
      for (const withFailed of [false, true]) {
        const found = await stationDepartures(station, 'first-guess', withFailed);
        // All its relative humidities are blacklisted, and its specific humidities take their place.
        expect(found.leftOut).toBe(0);
        expect(found.profiles.map(({ code, levels }) => [code, levels.length > 0])).toContainEqual([
          V.relativeHumidity,
          withFailed,
        ]);
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

  it('do not count what another form of the humidity of its level replaces', async () => {
    const [t, rh, q] = [V.airTemperature, V.relativeHumidity, V.specificHumidity];
    // Level by level: code, quality flag. The second and the third are at the same pressure, in two launches.
    const levels: [pressure: number, values: [code: number, quality: number][]][] = [
      [
        100_000,
        [
          [q, 0],
          [t, 0],
          [rh, 6],
        ],
      ],
      [
        85_000,
        [
          [q, 1],
          [t, 1],
          [rh, 0],
        ],
      ],
      [
        85_000,
        [
          [t, 0],
          [rh, 6],
        ],
      ],
      [
        70_000,
        [
          [q, 6],
          [t, 6],
          [rh, 6],
        ],
      ],
    ];
    const rows = levels.flatMap(([z, values]) => values.map(([code, quality]) => ({ z, code, quality })));
    const columns: Record<string, number[]> = {
      observed_variable: rows.map(({ code }) => code),
      z_coordinate_type: rows.map(() => 1),
      z_coordinate: rows.map(({ z }) => z),
      quality_flag: rows.map(({ quality }) => quality),
    };
    await withStation('era5_1', '0-20000-0-99001', async (station) => {
      const column = (name: string) => ({
        numbers: async () => Float64Array.from(columns[name] ?? rows.map(() => 1)),
      });
      const made = {
        ...station,
        table: () => ({ rows: rows.length, column }),
      } as unknown as StationContents;
      // Temperature at 850 and 700 hPa, relative humidity of the second launch, all humidity at 700 hPa.
      expect(await stationDepartures(made, 'first-guess', false)).toMatchObject({ leftOut: 5 });
      expect(await stationDepartures(made, 'first-guess', true)).toMatchObject({ leftOut: 0 });

      const launch = await readLaunch(station, 1);
      const like = launch.variables.get(t) as NonNullable<ReturnType<Launch['variables']['get']>>;
      const variable = (code: number) => ({
        ...like,
        code,
        firstGuessDeparture: Float64Array.from(levels, ([, values]) =>
          values.some(([own]) => own === code) ? 1 : Number.NaN,
        ),
        quality: Float64Array.from(levels, ([, values]) => values.find(([own]) => own === code)?.[1] ?? 0),
      });
      const pressure = Float64Array.from(levels, ([z]) => z);
      const made2 = {
        ...launch,
        pressure,
        variables: new Map([t, rh, q].map((code) => [code, variable(code)])),
      };
      expect(launchDepartures(station, made2, 'first-guess', false)).toMatchObject({ leftOut: 5 });
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

  it.each([
    [600, 100],
    [1000, 10],
  ])(
    'have labels and counts first where these are most looked for: %d pixels, up to %d hPa',
    (width, top) => {
      // No station near sea level: were 925 hPa to come first, there would be no room for 850.
      const levels = LAYERS.filter((level) => level >= top && level < 1000).map((level, i) => ({
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
      expect(found).toEqual(
        expect.arrayContaining(first.slice(1).map((level) => String(500 + LAYERS.indexOf(level)))),
      );
      expect(textFaults(svg)).toEqual([]);
    },
  );

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
