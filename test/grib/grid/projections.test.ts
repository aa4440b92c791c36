/** Map projections: there and back, against worked examples of Snyder, and the direction of their y axes. */
import { describe, expect, it } from 'vitest';
import { gaussianLatitudes } from '../../../src/grib/gaussian.js';
import type { Earth } from '../../../src/grib/grid/earth.js';
import type { LatLon } from '../../../src/grib/grid/grid.js';
import { LambertProjection } from '../../../src/grib/grid/lambert.js';
import { MercatorProjection } from '../../../src/grib/grid/mercator.js';
import { PolarStereographicProjection } from '../../../src/grib/grid/polar-stereographic.js';
import type { Projection } from '../../../src/grib/grid/projected.js';
import { Rotation } from '../../../src/grib/grid/rotation.js';

const RADIANS = Math.PI / 180;
const SPHERE: Earth = { major: 6_371_229, minor: 6_371_229 };
const WGS84: Earth = { major: 6_378_137, minor: 6_356_752.314 };
const CLARKE_1866: Earth = { major: 6_378_206.4, minor: 6_378_206.4 * Math.sqrt(1 - 0.006_768_66) };
const INTERNATIONAL: Earth = { major: 6_378_388, minor: 6_378_388 * Math.sqrt(1 - 0.006_722_67) };

const PROJECTIONS: [string, Projection, LatLon[]][] = [SPHERE, WGS84].flatMap((earth) => {
  const name = earth === SPHERE ? 'sphere' : 'ellipsoid';
  const northern = [
    { latitude: 38, longitude: 262 },
    { latitude: 52.5, longitude: 300 },
    { latitude: 21, longitude: 5 },
  ];
  const southern = northern.map(({ latitude, longitude }) => ({ latitude: -latitude, longitude }));
  return [
    [`Lambert of the north on the ${name}`, new LambertProjection(earth, [25, 50], 262.5), northern],
    [`Lambert with one parallel on the ${name}`, new LambertProjection(earth, [38.5, 38.5], 262.5), northern],
    [`Lambert of the south on the ${name}`, new LambertProjection(earth, [-25, -50], 262.5), southern],
    [
      `stereographic of the north on the ${name}`,
      new PolarStereographicProjection(earth, false, 60, 247),
      northern,
    ],
    [
      `stereographic of the south on the ${name}`,
      new PolarStereographicProjection(earth, true, 60, 247),
      southern,
    ],
    [`Mercator on the ${name}`, new MercatorProjection(earth, 20, 290), northern],
  ];
});

/** Direction from one place to another close by: radians clockwise from north. */
function direction(from: LatLon, to: LatLon): number {
  const east = (((to.longitude - from.longitude + 540) % 360) - 180) * Math.cos(from.latitude * RADIANS);
  return Math.atan2(east, to.latitude - from.latitude);
}

describe('map projections', () => {
  for (const [name, projection, places] of PROJECTIONS)
    it(`${name} goes there and back, and knows its y axis`, () => {
      for (const { latitude, longitude } of places) {
        const [x, y] = [projection.x(latitude, longitude), projection.y(latitude, longitude)];
        const back = projection.place(x, y);
        expect(back.latitude).toBeCloseTo(latitude, 9);
        expect(back.longitude).toBeCloseTo(longitude, 9);
        const turn = direction(back, projection.place(x, y + 10));
        const wanted = projection.turn(latitude, longitude);
        // The ellipsoid's degrees are not of the same length in both directions.
        const [sine, cosine] = [Math.sin(wanted - turn), Math.cos(wanted - turn)];
        expect(Math.abs(sine)).toBeLessThan(0.006);
        expect(cosine).toBeGreaterThan(0.99);
      }
    });

  it("gives Snyder's example of Lambert's projection", () => {
    const projection = new LambertProjection(CLARKE_1866, [33, 45], -96);
    const [x, y] = [projection.x(35, -75), projection.y(35, -75) - projection.y(23, -96)];
    expect(x).toBeCloseTo(1_894_410.9, 0);
    expect(y).toBeCloseTo(1_564_649.5, 0);
  });

  it("gives Snyder's example of the polar stereographic projection", () => {
    const projection = new PolarStereographicProjection(INTERNATIONAL, true, 71, -100);
    expect(projection.x(-75, 150)).toBeCloseTo(-1_540_033.6, 0);
    expect(projection.y(-75, 150)).toBeCloseTo(-560_526.4, 0);
  });

  it('turns the sphere there and back, and knows its north', () => {
    const rotation = new Rotation({ latitude: -30, longitude: -10 }, 12);
    for (const [latitude, longitude] of [
      [48, 16],
      [-20, 300],
      [80, 5],
    ] as const) {
      const inGrid = rotation.toGrid(latitude, longitude);
      const back = rotation.toEarth(inGrid.latitude, inGrid.longitude);
      expect(back.latitude).toBeCloseTo(latitude, 9);
      expect(back.longitude).toBeCloseTo(longitude, 9);
      const north = rotation.toEarth(inGrid.latitude + 1e-4, inGrid.longitude);
      expect(Math.sin(direction(back, north) - rotation.turn(latitude, longitude))).toBeCloseTo(0, 4);
      expect(Math.cos(direction(back, north) - rotation.turn(latitude, longitude))).toBeCloseTo(1, 4);
    }
  });
});

describe('Gaussian latitudes', () => {
  it('are the zeroes of the Legendre polynomial', () => {
    // Of N1: sin = 1 / sqrt(3).
    expect(gaussianLatitudes(1)[0]!).toBeCloseTo(Math.asin(1 / Math.sqrt(3)) / RADIANS, 12);
    // Of N2, the polynomial of degree 4.
    const zero = Math.sqrt(3 / 7 + (2 / 7) * Math.sqrt(6 / 5));
    expect(gaussianLatitudes(2)[0]!).toBeCloseTo(Math.asin(zero) / RADIANS, 12);
  });

  it('are those of published tables', () => {
    expect(gaussianLatitudes(32)[0]!).toBeCloseTo(87.863_799, 6);
    expect(gaussianLatitudes(320)[0]!).toBeCloseTo(89.784_877, 6);
    expect(gaussianLatitudes(1280)[0]!).toBeCloseTo(89.946_187_7, 6);
  });

  it('fall from pole to pole, and are the same in both hemispheres', () => {
    const table = gaussianLatitudes(640);
    for (let i = 1; i < table.length; i++) expect(table[i]!).toBeLessThan(table[i - 1]!);
    for (let i = 0; i < 640; i++) expect(table[i]).toBe(-table[1279 - i]!);
  });
});
