/** Charts of values that no instrument measures: numbers at the ends of their range, files that are damaged but read well. */
import { Resvg } from '@resvg/resvg-js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageTimeline } from '../../src/plot/coverage-timeline.js';
import { indicesOf } from '../../src/plot/indices.js';
import { skewt } from '../../src/plot/skewt.js';
import { curvesOf } from '../../src/plot/sounding.js';
import { stationMap } from '../../src/plot/station-map.js';
import { windProfile } from '../../src/plot/wind-profile.js';
import { FACTS, type LevelValues, makeLaunch } from './launches.js';
import { makePeriod } from './periods.js';
import { textFaults } from './text-boxes.js';

/** Well-formed, without a number that is none, and with all texts on the page. */
function assertSound(svg: string): void {
  expect(
    /[^a-z](NaN|Infinity|undefined|null)[^a-z]/i.exec(svg.replace(/<(title|desc)[\s\S]*?<\/\1>/g, ''))?.[0],
  ).toBe(undefined);
  expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(800);
  expect(textFaults(svg)).toEqual([]);
}

const anyNumber = fc.oneof(
  fc.double({ noDefaultInfinity: false }),
  fc.constantFrom(0, -0, 1, -1, 1e-320, 1e308, -1e308, 850, 300, 1e5),
);
const plausible = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.double({ min, max, noNaN: true }) },
    { weight: 1, arbitrary: anyNumber },
  );
const level: fc.Arbitrary<LevelValues> = fc.record(
  {
    pressure: plausible(5, 1050),
    height: plausible(0, 30_000),
    temperature: plausible(-90, 40),
    dewPoint: plausible(-120, 30),
    humidity: plausible(0, 100),
    direction: plausible(0, 360),
    speed: plausible(0, 100),
    quality: fc.constantFrom(0, 1, 2, 100),
  },
  { requiredKeys: [] },
);

describe('whatever a launch holds', () => {
  it('its diagrams are sound', () => {
    fc.assert(
      fc.property(fc.array(level, { maxLength: 30 }), fc.boolean(), (levels, withFailed) => {
        const launch = makeLaunch(levels);
        const curves = curvesOf(launch, withFailed);
        assertSound(skewt(launch.header, FACTS, curves, indicesOf(curves), { width: 800 }));
        assertSound(windProfile(launch.header, FACTS, curves, { width: 800 }));
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  it('its header may be empty', () => {
    const unknown = Number.NaN;
    const launch = makeLaunch([{ pressure: 500, temperature: -20 }], {
      time: unknown,
      nominalTime: unknown,
      latitude: unknown,
      longitude: unknown,
      elevation: unknown,
      stationName: '',
    });
    const curves = curvesOf(launch, false);
    const svg = skewt(launch.header, FACTS, curves, indicesOf(curves), { width: 800 });
    assertSound(svg);
    expect(svg).toContain('unknown time');
  });
});

describe('whatever a station is', () => {
  it('its map and timeline are sound', () => {
    const period = fc.record({
      latitude: plausible(-90, 90),
      longitude: plausible(-180, 180),
      launches: fc.nat(),
      name: fc.string({ unit: 'binary' }),
      launchesByYear: fc
        .array(fc.tuple(fc.integer({ min: 1850, max: 2200 }), fc.nat()))
        .map((years) => new Map(years)),
    });
    fc.assert(
      fc.property(fc.array(period, { maxLength: 8 }), (periods) => {
        const stations = periods.map((station, i) => makePeriod({ id: `s${i}`, ...station }));
        assertSound(stationMap(stations, { width: 800 }));
        assertSound(coverageTimeline(stations, { width: 800 }));
      }),
      { numRuns: 5, seed: 7 },
    );
  });
});
