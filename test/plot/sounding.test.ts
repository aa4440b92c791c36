/** From launches of all kinds to curves and indices. */
import { describe, expect, it } from 'vitest';
import { standardPressure } from '../../src/atmosphere/standard.js';
import { indicesOf } from '../../src/plot/indices.js';
import { curvesOf } from '../../src/plot/sounding.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import { QUALITY, OBSERVED_VARIABLE as V } from '../../src/records/variables.js';
import { makeLaunch, makeLevels } from './launches.js';
import { withStation } from './stations.js';

describe('curves of a launch', () => {
  it('go up from the ground, in Pa and K, whatever the order of the levels', () => {
    const { temperature, dewPoint, winds, sounding } = curvesOf(
      makeLaunch([
        { pressure: 500, temperature: -20 },
        { pressure: 1000, temperature: 15, dewPoint: 10, direction: 270, speed: 5 },
        { pressure: 850, temperature: 5, humidity: 100 },
        { pressure: 850, temperature: 99 },
      ]),
      false,
    );
    expect(temperature).toEqual([
      { pressure: 100_000, value: 288.15 },
      { pressure: 85_000, value: 278.15 },
      { pressure: 50_000, value: 253.14999999999998 },
    ]);
    expect(dewPoint.map(({ pressure }) => pressure)).toEqual([100_000, 85_000]);
    expect(dewPoint[1]?.value).toBeCloseTo(278.15, 6);
    expect(winds).toMatchObject([{ pressure: 100_000, speed: 5, direction: 270 }]);
    expect(sounding.dewPoint).toEqual([283.15, dewPoint[1]?.value, Number.NaN]);
  });

  it('leave out values that failed quality control and count them, unless they are asked for', () => {
    const launch = makeLaunch([
      { pressure: 1000, temperature: 15 },
      { pressure: 850, temperature: 60, quality: 1 },
      { pressure: 700, temperature: 0, quality: 6 },
      { pressure: 700, temperature: 1, quality: 100 },
      { pressure: 500, temperature: -20, quality: 0 },
    ]);
    expect(curvesOf(launch, false)).toMatchObject({ leftOut: 3 });
    expect(curvesOf(launch, false).temperature.map(({ pressure }) => pressure)).toEqual([100_000, 50_000]);
    expect(curvesOf(launch, true)).toMatchObject({ leftOut: 0 });
    expect(curvesOf(launch, true).temperature).toHaveLength(4);
  });

  it('do not count a failed form of a quantity that another form gives', () => {
    const made = makeLaunch([
      { pressure: 1000, temperature: 15, direction: 90, speed: 3, quality: 0 },
      { pressure: 850, temperature: 5, direction: 90, speed: 3, quality: 0 },
      { pressure: 700, temperature: 0, direction: 90, speed: 3, quality: 0 },
    ]);
    const variables = new Map(made.variables);
    const add = (code: number, value: number[], quality: number[]): void => {
      const [like] = variables.values();
      if (like !== undefined)
        variables.set(code, {
          ...like,
          code,
          value: Float64Array.from(value),
          quality: Float64Array.from(quality),
        });
    };
    // Blacklisted specific humidity beside good dew points, and a dew point that failed beside good specific humidity.
    add(V.dewPoint, [280, 275, 270], [0, 1, 1]);
    add(V.specificHumidity, [0.006, 0.005, 0.004], [6, 0, 6]);
    // Speed and direction blacklisted at two levels, the components at one of these.
    add(V.windSpeed, [3, 4, 5], [0, 6, 6]);
    add(V.windFromDirection, [90, 180, 270], [0, 6, 6]);
    add(V.eastwardWind, [-3, 0, 5], [0, 0, 6]);
    add(V.northwardWind, [0, 4, 0], [0, 0, 6]);
    const launch = { ...made, variables };
    const { leftOut, winds, dewPoint } = curvesOf(launch, false);
    expect(winds.map(({ pressure, speed, direction }) => [pressure, speed, direction])).toEqual([
      [100_000, 3, 90],
      [85_000, 4, 180],
    ]);
    expect(dewPoint.map(({ pressure }) => pressure)).toEqual([100_000, 85_000]);
    // At 700 hPa the dew point and the wind.
    expect(leftOut).toBe(2);
    expect(curvesOf(launch, true)).toMatchObject({ leftOut: 0 });
  });

  it('have heights of one kind: geometric ones become geopotential', () => {
    const launch = makeLaunch([
      { height: 1000, direction: 90, speed: 3 },
      { altitude: 30_000, direction: 270, speed: 20 },
    ]);
    const curves = curvesOf(launch, false);
    expect(curves.winds.map(({ height }) => Number(height.toFixed(1)))).toEqual([1000, 29_866.7]);
    expect(curves).toMatchObject({ hasHeightsFromGeometric: true, windsWithoutLatitude: 0 });
    expect(curvesOf(makeLaunch([{ height: 1000, direction: 90, speed: 3 }]), false)).toMatchObject({
      hasHeightsFromGeometric: false,
    });
    const nowhere = curvesOf(
      makeLaunch(
        [
          { height: 1000, direction: 90, speed: 3 },
          { altitude: 30_000, direction: 270, speed: 20 },
        ],
        { latitude: Number.NaN },
      ),
      false,
    );
    expect(nowhere.winds).toHaveLength(1);
    expect(nowhere).toMatchObject({ hasHeightsFromGeometric: false, windsWithoutLatitude: 1 });
  });

  it('relate pressures to geopotential heights where the launch has geometric ones', () => {
    const levels = makeLevels(20, 25_000);
    const { heightAt, hasHeightsFromGeometric } = curvesOf(makeLaunch(levels), false);
    const geometric = curvesOf(
      // About what geometric heights are at this latitude.
      makeLaunch(
        levels.map(({ height = 0, ...level }) => ({
          ...level,
          altitude: height / (1.00025 - height / 6.36e6),
        })),
      ),
      false,
    );
    expect(hasHeightsFromGeometric).toBe(false);
    expect(geometric.hasHeightsFromGeometric).toBe(true);
    for (const pressure of [90_000, 50_000, 20_000, 5000])
      expect(Math.abs(geometric.heightAt(pressure) - heightAt(pressure))).toBeLessThan(5);
  });

  it('have winds by components where direction and speed are blacklisted, as in ERA5', async () => {
    await withStation('era5_1', '0-20000-0-99001', async (station) => {
      const launch = await readLaunch(station, 1);
      const flags = new Set(launch.variables.get(V.windSpeed)?.quality.filter(Number.isFinite));
      expect([...flags]).toEqual([QUALITY.blacklisted]);
      const { winds, leftOut } = curvesOf(launch, false);
      const components = launch.variables.get(V.eastwardWind)?.value.filter(Number.isFinite).length ?? 0;
      // One more has the components at the surface, which have codes of their own.
      expect(components).toBeGreaterThan(10);
      expect([components, components + 1]).toContain(winds.length);
      expect(leftOut).toBe(0);
    });
  }, 60_000);

  it('give winds by height the pressure that the launch has at that height', () => {
    const levels = makeLevels(60, 20_000);
    const between = { height: 5100, direction: 200, speed: 9 };
    const { winds, heightsAre, hasPressuresFromHeights, heightAt } = curvesOf(
      makeLaunch([...levels.map(({ direction: _, speed: __, ...level }) => level), between]),
      false,
    );
    expect(heightsAre).toBe('of the launch');
    expect(hasPressuresFromHeights).toBe(true);
    const [wind] = winds;
    expect(wind?.speed).toBe(9);
    const [below, above] = [
      levels.findLast(({ height = 0 }) => height <= 5100),
      levels.find(({ height = 0 }) => height > 5100),
    ];
    expect(wind?.pressure).toBeLessThan((below?.pressure ?? 0) * 100);
    expect(wind?.pressure).toBeGreaterThan((above?.pressure ?? 0) * 100);
    expect(heightAt(wind?.pressure ?? 0)).toBeCloseTo(5100, 0);
  });

  it('use the standard atmosphere where the launch has no heights, and where it has heights alone', () => {
    expect(curvesOf(makeLaunch([{ pressure: 500, temperature: -20 }]), false).heightAt(22_632.1)).toBeCloseTo(
      11_000,
      0,
    );
    const balloon = curvesOf(
      makeLaunch([
        { height: 500, direction: 90, speed: 4 },
        { height: 1000, direction: 100, speed: 6 },
      ]),
      false,
    );
    expect(balloon.temperature).toEqual([]);
    expect(balloon.winds.map(({ pressure }) => Math.round(pressure))).toEqual(
      [500, 1000].map((height) => Math.round(standardPressure(height))),
    );
  });

  it('do not believe a height that is far from that of its pressure', () => {
    const launch = makeLaunch([
      { pressure: 1000, height: 100, temperature: 10 },
      { pressure: 500, height: 55_000, temperature: -20 },
      { pressure: 300, height: 9200, temperature: -50 },
    ]);
    expect(curvesOf(launch, false).heightAt(50_000)).toBeGreaterThan(5000);
    expect(curvesOf(launch, false).heightAt(50_000)).toBeLessThan(6000);
  });

  it.each([
    ['no levels', []],
    ['a level without a coordinate', [{ temperature: 10, speed: 3, direction: 20 }]],
    ['a pressure of zero', [{ pressure: 0, temperature: 10 }]],
  ])('of a launch with %s are empty', (_, levels) => {
    const curves = curvesOf(makeLaunch(levels), false);
    expect(curves.temperature).toEqual([]);
    expect(curves.winds).toEqual([]);
    expect(indicesOf(curves)).toEqual({
      surface: null,
      mostUnstable: null,
      freezingLevel: null,
      shear: null,
    });
  });
});

describe('indices', () => {
  it('say where it freezes, by the height of the launch', () => {
    const curves = curvesOf(
      makeLaunch([
        { pressure: 1000, height: 110, temperature: 10 },
        { pressure: 900, height: 990, temperature: 5 },
        { pressure: 800, height: 1950, temperature: -5 },
        { pressure: 700, height: 3010, temperature: -10 },
      ]),
      false,
    );
    // Halfway between 900 and 800 hPa in the logarithm of pressure: 848.5 hPa, in the standard atmosphere 1472 m.
    expect(indicesOf(curves).freezingLevel).toBeGreaterThan(1455);
    expect(indicesOf(curves).freezingLevel).toBeLessThan(1485);
  });

  it('say where it falls below 0 degC above the lowest warm layer, also over colder air at the ground', () => {
    const level = (pressure: number, height: number, kelvin: number) => ({
      pressure,
      height,
      temperature: kelvin - 273.15,
    });
    const inversion = [level(1000, 110, 270), level(925, 760, 276), level(850, 1450, 270)];
    const { freezingLevel } = indicesOf(curvesOf(makeLaunch(inversion), false));
    // 2.85 of 6 K above 925 hPa, in the logarithm of pressure: 888.5 hPa, of 760 to 1450 m.
    expect(freezingLevel).toBeGreaterThan(1075);
    expect(freezingLevel).toBeLessThan(1105);
    const warmAgain = [...inversion, level(800, 1950, 275), level(700, 3000, 268)];
    expect(indicesOf(curvesOf(makeLaunch(warmAgain), false)).freezingLevel).toBeCloseTo(
      freezingLevel ?? 0,
      6,
    );
    const cold = [level(1000, 110, 260), level(925, 760, 272), level(850, 1450, 265)];
    expect(indicesOf(curvesOf(makeLaunch(cold), false)).freezingLevel).toBeNull();
  });

  it('have the shear between the ground and 6 km above it', () => {
    const levels = [0, 2000, 4000, 5000, 7000].map((height) => ({
      height: height + 300,
      direction: 270,
      speed: 5 + height / 500,
    }));
    const { shear } = indicesOf(curvesOf(makeLaunch(levels), false));
    expect(shear?.speed).toBeCloseTo(12, 9);
    expect(shear?.direction).toBeCloseTo(270, 9);
    expect(indicesOf(curvesOf(makeLaunch(levels.slice(0, 3)), false)).shear).toBeNull();
  });

  it('have parcels only where the sounding is more than a few levels', () => {
    expect(indicesOf(curvesOf(makeLaunch(makeLevels(3, 10_000)), false)).surface).toBeNull();
    expect(indicesOf(curvesOf(makeLaunch(makeLevels(50, 1000)), false)).surface).toBeNull();
    const { surface, mostUnstable } = indicesOf(curvesOf(makeLaunch(makeLevels(50, 15_000)), false));
    expect(surface?.lcl.pressure).toBeLessThan(surface?.parcel.pressure ?? 0);
    expect(mostUnstable?.cape).toBeGreaterThanOrEqual(0);
  });
});
