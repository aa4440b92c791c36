/** Humidity against printed tables and the formulas of others. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dewPointFromHumidity,
  dewPointFromMixingRatio,
  dewPointFromSpecificHumidity,
  dewPointOf,
  mixingRatio,
  saturationMixingRatio,
  saturationVapourPressure,
  virtualTemperature,
} from '../../src/atmosphere/humidity.js';

const kelvin = (celsius: number): number => celsius + 273.15;

/** WMO-No. 8 (2018), Annex 4.B: saturation vapour pressure over water in Pa, -45 to 60 degC. */
const wmo = (celsius: number): number => 611.2 * Math.exp((17.62 * celsius) / (243.12 + celsius));

/** Goff and Gratch as in WMO-No. 49 (1988), Appendix A, in Pa: what the printed tables were computed from. */
function goffGratch(temperatureK: number): number {
  const ratio = 273.16 / temperatureK;
  const log =
    10.79574 * (1 - ratio) -
    5.028 * Math.log10(1 / ratio) +
    1.50475e-4 * (1 - 10 ** (-8.2969 * (1 / ratio - 1))) +
    0.42873e-3 * (10 ** (4.76955 * (1 - ratio)) - 1) +
    0.78614;
  return 100 * 10 ** log;
}

describe('saturation vapour pressure over water', () => {
  // Smithsonian Meteorological Tables (List, 6th edition, 1951), table 94, in hPa.
  it.each([
    [-40, 0.1891],
    [-30, 0.5088],
    [-20, 1.254],
    [-10, 2.8627],
    [0, 6.1078],
    [10, 12.272],
    [20, 23.373],
    [30, 42.43],
    [40, 73.777],
  ])('at %d degC is the %d hPa of the Smithsonian tables within 0.4 per cent', (celsius, hectopascal) => {
    expect(Math.abs(saturationVapourPressure(kelvin(celsius)) / 100 / hectopascal - 1)).toBeLessThan(0.004);
  });

  it('is within 0.45 per cent of Goff and Gratch from -80 to 45 degC', () => {
    const error = (celsius: number): number =>
      Math.abs(saturationVapourPressure(kelvin(celsius)) / goffGratch(kelvin(celsius)) - 1);
    for (let t = -80; t <= 45; t++) expect(error(t), `${t} degC`).toBeLessThan(0.0045);
  });

  it('is within 0.5 per cent of the formula of WMO-No. 8 where that holds', () => {
    for (let t = -45; t <= 50; t += 5)
      expect(Math.abs(saturationVapourPressure(kelvin(t)) / wmo(t) - 1), `${t} degC`).toBeLessThan(0.005);
  });

  it('is missing for a missing temperature and for one that is none', () => {
    expect(saturationVapourPressure(Number.NaN)).toBeNaN();
    expect(saturationVapourPressure(0)).toBeNaN();
    expect(saturationVapourPressure(-9999)).toBeNaN();
  });
});

describe('dew point', () => {
  // MetPy (BSD-3), tests of dewpoint and relative_humidity_from_dewpoint: 1582.56 Pa; 53.80 % at 25 degC and 15 degC.
  it('of a vapour pressure', () => {
    expect(dewPointOf(611.2)).toBeCloseTo(273.15, 6);
    expect(dewPointOf(1582.56)).toBeCloseTo(kelvin(13.8564), 3);
  });

  it('of a relative humidity', () => {
    expect(dewPointFromHumidity(kelvin(25), 53.8)).toBeCloseTo(kelvin(15), 2);
    expect(dewPointFromHumidity(kelvin(-30), 100)).toBeCloseTo(kelvin(-30), 9);
  });

  it('of a specific humidity: that of saturated air is the temperature', () => {
    const ratio = saturationMixingRatio(85_000, kelvin(10));
    expect(dewPointFromSpecificHumidity(85_000, ratio / (1 + ratio))).toBeCloseTo(kelvin(10), 6);
  });

  it.each([0, -1, Number.NaN])('is missing for a humidity of %d', (humidity) => {
    expect(dewPointFromHumidity(280, humidity)).toBeNaN();
    expect(dewPointFromSpecificHumidity(85_000, humidity)).toBeNaN();
    expect(dewPointOf(humidity)).toBeNaN();
  });

  it('is the inverse of saturation', () => {
    fc.assert(
      fc.property(fc.double({ min: 190, max: 320, noNaN: true }), (temperature) => {
        expect(dewPointOf(saturationVapourPressure(temperature))).toBeCloseTo(temperature, 8);
      }),
    );
  });
});

describe('mixing ratio', () => {
  it('of 73.75 hPa of vapour in 998 hPa is 49.63 g/kg (Smithsonian tables by way of the tests of MetPy)', () => {
    expect(mixingRatio(99_800, 7375)).toBeCloseTo(0.04963, 4);
  });

  // WMO-No. 188, International Meteorological Tables, saturation mixing ratio over water, in g/kg.
  it.each([
    [1000, 20, 14.95],
    [1000, 0, 3.84],
    [850, 10, 9.1],
    [500, -20, 1.57],
  ])('of saturated air at %d hPa and %d degC is %d g/kg', (hectopascal, celsius, gramsPerKilogram) => {
    const ratio = saturationMixingRatio(hectopascal * 100, kelvin(celsius)) * 1000;
    expect(Math.abs(ratio - gramsPerKilogram)).toBeLessThan(0.025 * gramsPerKilogram ** 0.5);
  });

  it('and the dew point that goes with it are inverse', () => {
    expect(dewPointFromMixingRatio(70_000, saturationMixingRatio(70_000, 275))).toBeCloseTo(275, 8);
  });

  it('is missing where there is more vapour than pressure', () => {
    expect(mixingRatio(500, 600)).toBeNaN();
  });
});

it('virtual temperature of 288 K with 11 g/kg is 289.92 K (tests of MetPy)', () => {
  expect(virtualTemperature(288, 0.011)).toBeCloseTo(289.9055, 1);
  expect(virtualTemperature(288, 0)).toBe(288);
});
