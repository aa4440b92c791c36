import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedElevation, isYear } from '../../src/records/bounds.js';
import { isLatitude, isLongitude, normalLongitude, wrappedLongitude } from '../../src/records/place.js';

describe('longitudes', () => {
  it.each([
    [359.9, -0.1],
    [180.01, -179.99],
    [360, 0],
    [180, 180],
    [-180, -180],
    [16.3567, 16.3567],
    [0, 0],
  ])('%d is %d degrees east', (degrees, east) => expect(normalLongitude(degrees)).toBe(east));

  it.each([360.1, -180.1, Number.NaN, Number.POSITIVE_INFINITY])('%d is none', (degrees) => {
    expect(isLongitude(degrees)).toBe(false);
    expect(normalLongitude(degrees)).toBeNaN();
  });

  it('go on across the date line where they are computed', () => {
    expect(wrappedLongitude(-180.25)).toBe(179.75);
    expect(wrappedLongitude(180.25)).toBe(-179.75);
  });

  it('of a hundred-thousandth of a degree have five decimals again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 18_000_001, max: 36_000_000 }), (steps) => {
        expect(normalLongitude(steps / 1e5)).toBe((steps - 36_000_000) / 1e5);
      }),
    );
  });
});

describe('bounds', () => {
  it('of latitudes, years and elevations take their ends in', () => {
    expect([-90, 90, 90.001, Number.NaN].map(isLatitude)).toEqual([true, true, false, false]);
    expect([1849, 1850, 2100, 2101, Number.NaN].map(isYear)).toEqual([false, true, true, false, false]);
    expect([-501, -500, 0, 9000, 9001, Number.NaN].map(boundedElevation)).toEqual([
      Number.NaN,
      -500,
      0,
      9000,
      Number.NaN,
      Number.NaN,
    ]);
  });
});
