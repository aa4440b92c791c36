/** Wind and the standard atmosphere. */
import { describe, expect, it } from 'vitest';
import { standardHeight, standardPressure } from '../../src/atmosphere/standard.js';
import { barbOf, knots, windComponents, windVector } from '../../src/atmosphere/wind.js';

describe('wind', () => {
  it.each([
    [360, 0, -10],
    [90, -10, 0],
    [180, 0, 10],
    [270, 10, 0],
    [45, -Math.SQRT1_2 * 10, -Math.SQRT1_2 * 10],
  ])('from %d degrees blows to (%d, %d)', (direction, eastward, northward) => {
    const found = windComponents(10, direction);
    expect(found.eastward).toBeCloseTo(eastward, 9);
    expect(found.northward).toBeCloseTo(northward, 9);
    expect(windVector(eastward, northward).speed).toBeCloseTo(10, 9);
    expect(windVector(eastward, northward).direction).toBeCloseTo(direction, 9);
  });

  it('that is calm has direction 0, and a missing component leaves it missing', () => {
    expect(windVector(0, 0)).toEqual({ speed: 0, direction: 0 });
    expect(windVector(Number.NaN, 1).speed).toBeNaN();
  });

  it('in knots: 10 m/s are 19.44', () => {
    expect(knots(10)).toBeCloseTo(19.4384, 4);
  });

  // WMO-No. 485: half feather 5, feather 10, pennant 50 knots.
  it.each([
    [0, { pennants: 0, full: 0, half: 0 }],
    [2, { pennants: 0, full: 0, half: 0 }],
    [3, { pennants: 0, full: 0, half: 1 }],
    [17, { pennants: 0, full: 1, half: 1 }],
    [48, { pennants: 1, full: 0, half: 0 }],
    [52, { pennants: 1, full: 0, half: 0 }],
    [97, { pennants: 1, full: 4, half: 1 }],
    [98, { pennants: 2, full: 0, half: 0 }],
    [135, { pennants: 2, full: 3, half: 1 }],
  ])('of %d knots has the barb %o', (speed, barb) => {
    expect(barbOf((speed * 1852) / 3600)).toEqual(barb);
  });
});

describe('standard atmosphere', () => {
  // U.S. Standard Atmosphere 1976, table 4 (geopotential height in m, pressure in Pa).
  it.each([
    [0, 101_325],
    [1000, 89_874.6],
    [5000, 54_019.9],
    [11_000, 22_632.1],
    [20_000, 5474.89],
    [32_000, 868.019],
    [47_000, 110.906],
    [51_000, 66.9389],
    [71_000, 3.95642],
  ])('has at %d m %d Pa, and the other way round', (height, pressure) => {
    expect(standardPressure(height) / pressure).toBeCloseTo(1, 4);
    expect(Math.abs(standardHeight(pressure) - height)).toBeLessThan(0.6);
  });

  it('goes below sea level, and ends where its table ends', () => {
    expect(standardPressure(-400)).toBeGreaterThan(106_000);
    expect(standardHeight(106_000)).toBeLessThan(-300);
    expect(standardPressure(90_000)).toBeNaN();
    expect(standardPressure(-6000)).toBeNaN();
    expect(standardHeight(0)).toBeNaN();
    expect(standardHeight(-5)).toBeNaN();
    expect(standardHeight(Number.NaN)).toBeNaN();
  });
});
