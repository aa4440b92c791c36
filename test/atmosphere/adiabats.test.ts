/** Adiabats against the values that the tests and the documentation of MetPy (BSD-3) publish, and against what must hold for any. */
import { describe, expect, it } from 'vitest';
import {
  condensationLevel,
  dryAdiabat,
  equivalentPotentialTemperature,
  moistAdiabat,
  potentialTemperature,
} from '../../src/atmosphere/adiabats.js';
import { saturationMixingRatio } from '../../src/atmosphere/humidity.js';

const kelvin = (celsius: number): number => celsius + 273.15;

describe('potential temperature', () => {
  it.each([
    [900, 278, 286.496],
    [500, 283, 344.981],
    [300, 291, 410.475],
    [100, 298, 575.348],
    [800, 293, 312.2886],
  ])('at %d hPa and %d K is %d K (MetPy)', (hectopascal, temperature, theta) => {
    expect(potentialTemperature(hectopascal * 100, temperature)).toBeCloseTo(theta, 2);
    expect(dryAdiabat(hectopascal * 100, theta)).toBeCloseTo(temperature, 2);
  });
});

describe('condensation level', () => {
  // MetPy, test_lcl and the example of its documentation; Bolton's formula is within 0.1 K of what they iterate to.
  it.each([
    [1000, 30, 20, 864.806, 17.676],
    [943.1, 33, 28, 877.03, 26.759],
    [900, 25, 20, 836.41, 18.823],
  ])('of %d hPa, %d and %d degC is %d hPa, %d degC', (p, t, td, pressure, temperature) => {
    const lcl = condensationLevel(p * 100, kelvin(t), kelvin(td));
    expect(Math.abs(lcl.temperature - kelvin(temperature))).toBeLessThan(0.05);
    expect(Math.abs(lcl.pressure / 100 - pressure)).toBeLessThan(0.6);
  });

  it('of saturated air is where it is, also with a dew point above the temperature', () => {
    expect(condensationLevel(90_000, 280, 280).pressure).toBeCloseTo(90_000, 6);
    expect(condensationLevel(90_000, 280, 281)).toEqual(condensationLevel(90_000, 280, 280));
  });

  it('is missing without a dew point', () => {
    expect(condensationLevel(90_000, 280, Number.NaN).pressure).toBeNaN();
  });
});

describe('equivalent potential temperature', () => {
  it('of 1000 hPa, 293 K, dew point 280 K is 311.18 K; of 850 hPa, 20 and 18 degC 353.94 K (MetPy)', () => {
    expect(equivalentPotentialTemperature(100_000, 293, 280)).toBeCloseTo(311.185, 1);
    expect(equivalentPotentialTemperature(85_000, kelvin(20), kelvin(18))).toBeCloseTo(353.937, 0);
  });

  it('is hardly changed along a moist adiabat: within 0.5 K from 1000 to 300 hPa', () => {
    const pressures = [90_000, 70_000, 50_000, 30_000];
    const from = equivalentPotentialTemperature(100_000, 293, 293);
    for (const [i, temperature] of moistAdiabat(pressures, 100_000, 293).entries())
      expect(
        Math.abs(equivalentPotentialTemperature(pressures[i] ?? 0, temperature, temperature) - from),
      ).toBeLessThan(0.7);
  });
});

describe('moist adiabat', () => {
  const pressures = [1000, 800, 600, 500, 400].map((p) => p * 100);

  it.each([
    [19.85, [293, 284.64, 272.81, 264.42, 252.91]],
    [25.6, [298.75, 291.27, 281.05, 274.05, 264.64]],
  ])('from %d degC at 1000 hPa up to 400 hPa (MetPy, test_moist_lapse)', (celsius, expected) => {
    const found = moistAdiabat(pressures, 100_000, kelvin(celsius));
    for (const [i, temperature] of expected.entries())
      expect(Math.abs((found[i] ?? 0) - temperature)).toBeLessThan(0.05);
  });

  it('goes down as well as up, and comes back to where it began', () => {
    const up = moistAdiabat([60_000], 100_000, 293)[0] ?? 0;
    expect(moistAdiabat([100_000], 60_000, up)[0]).toBeCloseTo(293, 4);
    // MetPy, test_moist_lapse_downwards: 0 degC at 600 hPa is 6.477 degC at 700 hPa.
    expect(moistAdiabat([70_000], 60_000, 273.15)[0]).toBeCloseTo(kelvin(6.4775), 1);
  });

  it('is a dry adiabat where there is next to no vapour', () => {
    expect(saturationMixingRatio(20_000, 200)).toBeLessThan(2e-5);
    const dry = dryAdiabat(10_000, potentialTemperature(20_000, 200));
    expect(moistAdiabat([10_000], 20_000, 200)[0]).toBeCloseTo(dry, 1);
  });

  it('skips missing pressures', () => {
    const found = moistAdiabat([Number.NaN, 80_000], 100_000, 293);
    expect(found[0]).toBeNaN();
    expect(found[1]).toBeCloseTo(284.64, 1);
  });
});
