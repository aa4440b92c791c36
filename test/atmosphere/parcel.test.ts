/** Lifted parcels: the soundings of MetPy's tests (BSD-3), and soundings whose energy is known in closed form. */
import { describe, expect, it } from 'vitest';
import { condensationLevel, moistAdiabat } from '../../src/atmosphere/adiabats.js';
import { saturationMixingRatio, virtualTemperature } from '../../src/atmosphere/humidity.js';
import {
  buoyantEnergy,
  liftParcel,
  mostUnstableParcel,
  type Sounding,
  surfaceParcel,
} from '../../src/atmosphere/parcel.js';

const GAS = 287.05;

function sounding(hectopascal: number[], celsius: number[], dewPoints: number[]): Sounding {
  return {
    pressure: hectopascal.map((p) => p * 100),
    temperature: celsius.map((t) => t + 273.15),
    dewPoint: dewPoints.map((t) => t + 273.15),
  };
}

describe('energy of buoyancy', () => {
  const pressure = [100_000, 90_000, 80_000, 70_000, 60_000, 50_000];

  it('is that of a constant difference of temperature between two pressures', () => {
    const { cape, cin, lfc, el } = buoyantEnergy(pressure, [-1, -1, 2, 2, 2, -1], 90_000);
    // Crossings in the logarithm of pressure, a third of the way from -1 to 2 and two thirds from 2 to -1.
    const lower = 90_000 * (8 / 9) ** (1 / 3);
    const upper = 60_000 * (5 / 6) ** (2 / 3);
    expect(lfc).toBeCloseTo(lower, 3);
    expect(el).toBeCloseTo(upper, 3);
    expect(cin).toBeCloseTo(-GAS * (Math.log(10 / 9) + Math.log(90_000 / lower) / 2), 6);
    expect(cape).toBeCloseTo(
      GAS * (Math.log(lower / 80_000) + 2 * Math.log(80_000 / 60_000) + Math.log(60_000 / upper)),
      6,
    );
  });

  it('is none for a parcel that is warm only below condensation', () => {
    expect(buoyantEnergy(pressure, [1, 1, -1, -1, -1, -1], 75_000)).toEqual({
      lfc: Number.NaN,
      el: Number.NaN,
      cape: 0,
      cin: Number.NaN,
    });
  });

  it('has no equilibrium level where the sounding ends in free convection', () => {
    const { cape, el } = buoyantEnergy(pressure, [0, 1, 1, 1, 1, 1], 95_000);
    expect(el).toBeNaN();
    expect(cape).toBeGreaterThan(0);
  });

  it('passes over levels without a value', () => {
    expect(buoyantEnergy(pressure, [Number.NaN, 1, 1, Number.NaN, 1, 1], 95_000).cape).toBeCloseTo(
      GAS * (Math.log(9 / 8) + Math.log(6 / 5)),
      6,
    );
    expect(buoyantEnergy([], [], 95_000).cape).toBe(0);
  });
});

describe('a parcel', () => {
  it('has the free convection, CAPE and CIN of MetPy (test_cape_cin, test_lfc_basic, test_el; of temperature itself)', () => {
    const { pressure, temperature } = sounding(
      [959, 779.2, 751.3, 724.3, 700, 269],
      [22.2, 14.6, 12, 9.4, 7, -38],
      [19, -11.2, -10.8, -10.4, -10, -53.2],
    );
    const lcl = condensationLevel(95_900, 22.2 + 273.15, 19 + 273.15);
    const lifted = moistAdiabat(pressure, lcl.pressure, lcl.temperature);
    const buoyancy = lifted.map((t, i) => (i === 0 ? 0 : t - (temperature[i] ?? 0)));
    const found = buoyantEnergy(pressure, buoyancy, lcl.pressure);
    expect(Math.abs(found.cape - 75.05)).toBeLessThan(0.5);
    expect(Math.abs(found.cin + 89.89)).toBeLessThan(0.5);
    expect(Math.abs(found.lfc / 100 - 727.371)).toBeLessThan(0.1);
    expect(Math.abs(found.el / 100 - 471.83)).toBeLessThan(0.2);
  });

  it('has the path of MetPy (test_parcel_profile) within 0.1 K', () => {
    const levels = sounding(
      [1000, 900, 800, 700, 600, 500, 400],
      [30, 20, 10, 0, -10, -20, -30],
      [20, 0, 0, 0, 0, 0, 0],
    );
    const parcel = surfaceParcel(levels);
    const { path } = liftParcel(levels, parcel ?? { pressure: 0, temperature: 0, dewPoint: 0 });
    const expected = [
      [900, 294.16],
      [800, 288.026],
      [700, 283.073],
      [600, 277.058],
      [500, 269.402],
      [400, 258.966],
    ] as const;
    for (const [hectopascal, temperature] of expected) {
      const near = path.pressure.findIndex((p) => p <= hectopascal * 100 * 1.0001);
      const [lower, upper] = [path.pressure[near - 1] ?? 0, path.pressure[near] ?? 0];
      const share = Math.log(lower / (hectopascal * 100)) / Math.log(lower / upper);
      const found = (path.temperature[near - 1] ?? 0) * (1 - share) + (path.temperature[near] ?? 0) * share;
      expect(Math.abs(found - temperature), `${hectopascal} hPa`).toBeLessThan(0.1);
    }
  });

  it('reaches the equilibrium level of MetPy (test_el_lfc_equals_lcl) within 3 hPa', () => {
    const levels = sounding(
      [
        912, 905.3, 874.4, 850, 815.1, 786.6, 759.1, 748, 732.3, 700, 654.8, 606.8, 562.4, 501.8, 500, 482,
        400, 393.3, 317.1, 307, 300, 252.7, 250, 200, 199.3, 197, 190, 172, 156.6, 150, 122.9, 112, 106.2,
        100,
      ],
      [
        29.4, 28.7, 25.2, 22.4, 19.4, 16.8, 14.3, 13.2, 12.6, 11.4, 7.1, 2.2, -2.7, -10.1, -10.3, -12.4,
        -23.3, -24.4, -38, -40.1, -41.1, -49.8, -50.3, -59.1, -59.1, -59.3, -59.7, -56.3, -56.9, -57.1, -59.1,
        -60.1, -58.6, -56.9,
      ],
      [
        18.4, 18.1, 16.6, 15.4, 13.2, 11.4, 9.6, 8.8, 0, -18.6, -22.9, -27.8, -32.7, -40.1, -40.3, -42.4,
        -53.3, -54.4, -68, -70.1, -70, -70, -70, -70, -70, -70, -70, -70, -70, -70, -70, -70, -70, -70,
      ],
    );
    const parcel = surfaceParcel(levels);
    const ascent = liftParcel(levels, parcel ?? { pressure: 0, temperature: 0, dewPoint: 0 });
    expect(Math.abs(ascent.el / 100 - 175.77)).toBeLessThan(3);
    expect(ascent.lfc).toBeGreaterThan(70_000);
    expect(ascent.cape).toBeGreaterThan(1500);
    expect(ascent.path.pressure).toHaveLength(ascent.path.temperature.length);
  });

  it('in an environment cooler than itself by 2 K of virtual temperature has the energy of that', () => {
    const [p0, t0] = [100_000, 295];
    const pressure = Array.from({ length: 400 }, (_, i) => p0 * (30_000 / p0) ** (i / 399));
    const moist = moistAdiabat(pressure, p0, t0);
    // Dry air of the virtual temperature that saturated air on the adiabat has, less 2 K; no humidity was measured above the ground.
    const temperature = Array.from(
      moist,
      (t, i) => virtualTemperature(t, saturationMixingRatio(pressure[i] ?? 0, t)) - 2,
    );
    const dewPoint = pressure.map((_, i) => (i === 0 ? t0 : Number.NaN));
    const ascent = liftParcel(
      { pressure, temperature, dewPoint },
      { pressure: p0, temperature: t0, dewPoint: t0 },
    );
    expect(ascent.cape / (GAS * 2 * Math.log(p0 / 30_000))).toBeCloseTo(1, 1.9);
    expect(ascent.el).toBeNaN();
    // All of it but the first moments, in which the parcel is as warm as the air it starts in.
    expect(Math.abs(ascent.cin)).toBeLessThan(0.5);
  });

  it('that never becomes free has no energy', () => {
    const levels = sounding([1000, 850, 700, 500, 300], [5, 10, 8, 0, -20], [-5, -10, -20, -30, -50]);
    const parcel = surfaceParcel(levels);
    expect(parcel?.pressure).toBe(100_000);
    expect(parcel && liftParcel(levels, parcel)).toMatchObject({ cape: 0, cin: Number.NaN, lfc: Number.NaN });
  });

  it('starts at the lowest level with a dew point, or where the equivalent potential temperature is highest', () => {
    const levels = sounding([1000, 959, 867.9], [18.2, 22.2, 17.4], [Number.NaN, 19, 14.3]);
    expect(surfaceParcel(levels)?.pressure).toBe(95_900);
    expect(mostUnstableParcel(levels)?.pressure).toBe(95_900);
    // MetPy, test_most_unstable_parcel.
    const all = sounding([1000, 959, 867.9], [18.2, 22.2, 17.4], [19, 19, 14.3]);
    expect(mostUnstableParcel(all)).toEqual({
      pressure: 95_900,
      temperature: 22.2 + 273.15,
      dewPoint: 292.15,
    });
    expect(surfaceParcel(sounding([900], [10], [Number.NaN]))).toBeNull();
    expect(mostUnstableParcel(sounding([], [], []))).toBeNull();
  });

  it('of a sounding of one level stays there', () => {
    const levels = sounding([900], [10], [5]);
    const parcel = surfaceParcel(levels);
    expect(parcel && liftParcel(levels, parcel)).toMatchObject({ cape: 0 });
  });
});
