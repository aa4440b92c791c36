import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { indicesOf } from '../../src/plot/indices.js';
import { skewt } from '../../src/plot/skewt.js';
import { fitFrame } from '../../src/plot/skewt-frame.js';
import { curvesOf } from '../../src/plot/sounding.js';
import { windProfile } from '../../src/plot/wind-profile.js';
import type { LaunchHeader } from '../../src/reading/launch.js';
import { FACTS, type LevelValues, makeLaunch, makeLevels } from './launches.js';
import { textBoxes, textFaults } from './text-boxes.js';

interface Options {
  width: number;
  height?: number;
  top?: number;
}

function drawn(levels: readonly LevelValues[], options: Options, header: Partial<LaunchHeader> = {}): string {
  const launch = makeLaunch(levels, header);
  const curves = curvesOf(launch, false);
  return skewt(launch.header, FACTS, curves, indicesOf(curves), options);
}

const texts = (svg: string): string[] => textBoxes(svg).boxes.map(({ text }) => text);

/** Launches as they come in archives, from the worst to the best. */
const LAUNCHES: [string, LevelValues[]][] = [
  ['no levels', []],
  ['one level', makeLevels(1, 200)],
  [
    'three levels of 1905',
    [
      { pressure: 1013, temperature: 8 },
      { pressure: 900, temperature: 3 },
      { pressure: 700, temperature: -9 },
    ],
  ],
  ['fifty levels up to 12 km', makeLevels(50, 12_000)],
  ['tropics up to 35 km', makeLevels(120, 35_000, 5)],
  ['pole up to 30 km', makeLevels(120, 30_000, 85)],
  ['5,000 levels', makeLevels(5000, 33_000)],
  [
    'values far off',
    [
      { pressure: 1000, temperature: 70, dewPoint: -140 },
      { pressure: 150, temperature: -110 },
    ],
  ],
];

describe('a skew-T', () => {
  it.each([600, 800, 1600])('has no texts that overlap or leave the page at a width of %d', (width) => {
    for (const [name, levels] of LAUNCHES) expect(textFaults(drawn(levels, { width })), name).toEqual([]);
    const levels = makeLevels(50, 30_000);
    for (const top of [10_000, 30_000, 70_000])
      expect(textFaults(drawn(levels, { width, top })), `top ${top}`).toEqual([]);
    for (const height of [500, 1400])
      expect(textFaults(drawn(levels, { width, height })), `height ${height}`).toEqual([]);
  });

  it('has the dry adiabat of a parcel as a line that no isotherm bends: temperatures on its axes are where they belong', () => {
    const frame = fitFrame(
      [[{ pressure: 20_000, value: 220 }]],
      { x: 50, y: 40, width: 500, height: 600 },
      Number.NaN,
    );
    expect(frame.top).toBe(10_000);
    expect(frame.y(105_000)).toBeCloseTo(640, 9);
    expect(frame.y(10_000)).toBeCloseTo(40, 9);
    // Equal ratios of pressure are equal distances.
    expect(frame.y(50_000) - frame.y(25_000)).toBeCloseTo(frame.y(80_000) - frame.y(40_000), 9);
    // Isotherms lean to the right, by 80 K in all; they are straight and parallel.
    expect(frame.x(273.15, 10_000) - frame.x(273.15, 105_000)).toBeCloseTo(
      frame.x(353.15, 10_000) - frame.x(273.15, 10_000),
      6,
    );
    for (const pressure of [105_000, 50_000, 10_000])
      expect(frame.temperatureAt(frame.x(250, pressure), pressure)).toBeCloseTo(250, 9);
  });

  it('reaches as high as the launch, at least to 100 hPa, or to where it is told', () => {
    expect(texts(drawn(makeLevels(50, 10_000), { width: 800 }))).not.toContain('70');
    expect(texts(drawn(makeLevels(50, 33_000), { width: 800 }))).toEqual(
      expect.arrayContaining(['100', '50', '10']),
    );
    expect(texts(drawn(makeLevels(50, 33_000), { width: 800, top: 30_000 }))).not.toContain('200');
  });

  it('says who, when, where, from which file, and has units at its axes', () => {
    const svg = drawn(makeLevels(50, 30_000), { width: 1000 }, { nominalTime: 3_786_915_600 });
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        'WIEN/HOHE WARTE (0-20000-0-11035)',
        '2020-01-02 00:00 UTC, nominal 2020-01-02 01:00 UTC; 48.25°N 16.36°E, 200 m',
        'dataset igra2, file 0-20000-0-11035_igra2_harvested.nc',
        'pressure (hPa)',
        'temperature (°C)',
        'height (gpkm)',
        '50 levels, 50 winds',
        'CAPE',
      ]),
    );
    expect(svg).toContain('<title id="skewt-title">Skew-T log-p diagram: WIEN/HOHE WARTE');
    expect(new Resvg(svg, { font: { loadSystemFonts: false } }).height).toBeGreaterThan(500);
  });

  it.each([600, 800, 1600])('has labels of mixing ratios that are told apart at a width of %d', (width) => {
    const { boxes } = textBoxes(drawn(makeLevels(50, 30_000), { width }));
    const at = boxes.findIndex(({ text }) => text === '0.1');
    const labels = boxes.slice(at, at + 10).filter(({ top }) => Math.abs(top - (boxes[at]?.top ?? 0)) < 0.01);
    expect(labels.length).toBeGreaterThanOrEqual(width === 600 ? 5 : 7);
    for (const [i, { left, bottom, top }] of labels.slice(1).entries())
      expect(left - (labels[i]?.right ?? 0)).toBeGreaterThan((bottom - top) / 1.16 / 2);
  });

  it('says what it means by 0 °C', () => {
    expect(texts(drawn(makeLevels(50, 30_000), { width: 800 })).join('\n')).toMatch(
      /^falls below 0 °C at \d+ gpm$/m,
    );
  });

  it('draws as many barbs of thousands of winds as there is room for', () => {
    const barbs = (levels: number): number =>
      drawn(makeLevels(levels, 30_000), { width: 1000 }).match(/ rotate\(\d/g)?.length ?? 0;
    expect(barbs(10)).toBe(10);
    expect(barbs(5000)).toBeGreaterThan(20);
    expect(barbs(5000)).toBeLessThan(45);
  });

  it('puts the feathers of barbs on the side of low pressure: to the other side south of the equator', () => {
    const levels = [{ pressure: 500, direction: 360, speed: 5.2 }];
    const feather = (latitude: number): number => {
      const [, x] =
        /rotate\(0\)"[^>]*><path[^>]* d="M0,0L0,-?[\d.]+M0,-?[\d.]+L(-?[\d.]+)/.exec(
          drawn(levels, { width: 1000 }, { latitude }).replace(/<path ([^>]*)/g, (_, attributes: string) => {
            const d = /\bd="[^"]*"/.exec(attributes)?.[0] ?? '';
            return `<path ${attributes.replace(d, '')} ${d}`;
          }),
        ) ?? [];
      return Number(x);
    };
    // A wind from the north, seen from above: low pressure lies to the east on the northern hemisphere.
    expect(feather(48)).toBeGreaterThan(0);
    expect(feather(-30)).toBe(-feather(48));
  });

  it('is well-formed for hostile names', () => {
    const launch = makeLaunch(makeLevels(10, 20_000));
    const curves = curvesOf(launch, false);
    const facts = { ...FACTS, stationName: '<script>&"\u0000', file: '"><x y="', dataset: ']]>' };
    for (const svg of [
      skewt(launch.header, facts, curves, indicesOf(curves), { width: 800 }),
      windProfile(launch.header, facts, curves, { width: 800 }),
    ]) {
      expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(800);
      expect(svg).not.toContain('<script');
    }
  });
});

describe('a wind profile', () => {
  const balloon = [300, 600, 900, 2000, 4500].map((height, i) => ({
    height,
    direction: 80 * i,
    speed: 3 * i,
  }));

  it.each([600, 800, 1600])('has no texts that overlap or leave the page at a width of %d', (width) => {
    const sets: LevelValues[][] = [
      [],
      balloon.slice(0, 1),
      balloon,
      makeLevels(5000, 30_000).map(({ pressure = 0, direction = 0, speed = 0 }) => ({
        pressure,
        direction,
        speed,
      })),
    ];
    for (const levels of sets) {
      const launch = makeLaunch(levels);
      const svg = windProfile(launch.header, FACTS, curvesOf(launch, false), { width });
      expect(textFaults(svg), `${levels.length} levels`).toEqual([]);
    }
  });

  it('says that geometric heights were made geopotential ones, or cannot be', () => {
    const winds = [{ height: 500 }, { altitude: 12_000 }, { pressure: 500 }].map((level) => ({
      ...level,
      direction: 270,
      speed: 12,
    }));
    for (const latitude of [48.25, Number.NaN]) {
      const launch = makeLaunch(winds, { latitude });
      const svg = windProfile(launch.header, FACTS, curvesOf(launch, false), { width: 600 });
      expect(textFaults(svg)).toEqual([]);
      expect(texts(svg)).toContain(
        Number.isNaN(latitude)
          ? 'barbs: 5, 10, 50 kt; heights of the standard atmosphere; 1 wind not shown (no latitude)'
          : 'barbs: 5, 10, 50 kt; heights of the standard atmosphere; some from geometric heights',
      );
    }
  });

  it('has a point for each wind, but none for the direction of a calm', () => {
    const launch = makeLaunch(balloon);
    const svg = windProfile(launch.header, FACTS, curvesOf(launch, false), { width: 800 });
    const group = (colour: string): number =>
      new RegExp(`<g fill="${colour}">((?:<circle[^>]*/>)*)</g>`).exec(svg)?.[1]?.match(/<circle/g)?.length ??
      0;
    expect(group('#0072b2')).toBe(5);
    expect(group('#d55e00')).toBe(4);
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['wind speed (m/s)', 'geopotential height (km)', '270° W']),
    );
  });

  it('says so where there is no wind', () => {
    const launch = makeLaunch([]);
    expect(texts(windProfile(launch.header, FACTS, curvesOf(launch, false), { width: 800 }))).toContain(
      'no winds',
    );
  });
});
