/** Geopotential heights of geometric ones. */
import { describe, expect, it } from 'vitest';
import { geopotentialHeightOf } from '../../src/atmosphere/geopotential.js';

describe('the geopotential height of a geometric height', () => {
  // The formula of WMO-No. 8, worked out apart from the program.
  it.each([
    [30_000, 48.25, 29_866.686],
    [30_000, -48.25, 29_866.686],
    [30_000, 0, 29_778.45],
    [30_000, 90, 29_937.288],
    [10_000, 45, 9983.831],
    [1000, 60, 1001.12],
    [47, 48.25, 47.0116],
    [0, 48.25, 0],
  ])('%d m at %d degrees is %d gpm', (metres, latitude, expected) => {
    expect(geopotentialHeightOf(metres, latitude)).toBeCloseTo(expected, 2);
  });

  it('below sea level is below sea level', () => {
    expect(geopotentialHeightOf(-300, 31.5)).toBeCloseTo(-299.6, 1);
  });

  it('is missing where the height or the latitude is', () => {
    for (const [metres, latitude] of [
      [Number.NaN, 48],
      [30_000, Number.NaN],
      [30_000, 91],
      [30_000, -98.8888],
    ] as const)
      expect(geopotentialHeightOf(metres, latitude)).toBeNaN();
  });
});
