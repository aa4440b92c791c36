/** Points of the sample files' grids against those of ecCodes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/grib/field.js';
import type { Grid } from '../../src/grib/grid/grid.js';
import { gridOf } from '../../src/grib/grid.js';
import { scanAll } from '../support/grib-reading.js';
import { type ExpectedField, gribSamples } from '../support/grib-samples.js';
import { samplesTitle, skipSamples } from '../support/samples.js';

/** Degrees between points that count as one. */
const CLOSE = 1e-5;
const CLOSE_ON_MAPS = 1e-4;
const MAPS = ['lambert', 'polar_stereographic', 'mercator'];

/** Degrees between points of edition 1 where ecCodes goes by the stated increment, which is rounded to thousandths. */
const CLOSE_BY_INCREMENT = 1.1e-3;

/** Degrees between a point and where ecCodes puts it that count as none. */
function toleranceOf({ edition, gridType, ...keys }: ExpectedField, { increments }: Grid): number {
  if (MAPS.includes(gridType as string)) return CLOSE_ON_MAPS;
  const stated = keys.jDirectionIncrementInDegrees;
  const isRounded = typeof stated === 'number' && Math.abs(stated - increments.j) > 1e-9;
  return edition === 1 && isRounded ? CLOSE_BY_INCREMENT : CLOSE;
}

/** Grids that are refused, by the name of ecCodes; those that it has no points for have none. */
const REFUSED = ['sh', 'unstructured_grid', 'reduced_rotated_gg', 'healpix', undefined];

/** What differs between the grid of a field and its expectation, in words. */
function differences(expected: ExpectedField, field: Field): string[] {
  const found: string[] = [];
  const grid = gridOf(field);
  if (grid.kind !== expected.gridType) found.push(`${grid.kind}, not ${expected.gridType}`);
  if (grid.points !== expected.points) found.push(`${grid.points} points, not ${expected.points}`);
  const tolerance = toleranceOf(expected, grid);
  const [at, lat, lon] = ['at', 'lat', 'lon'].map((key) => (expected[key] ?? []) as readonly number[]);
  for (let i = 0; i < lat!.length; i++) {
    const { latitude, longitude } = grid.coordinates(at![i]!);
    const turn = Math.abs(((longitude - lon![i]! + 540) % 360) - 180);
    // Near a pole degrees of longitude are short.
    const east = turn * Math.max(Math.cos((latitude * Math.PI) / 180), Number.EPSILON);
    if (!(Math.abs(latitude - lat![i]!) <= tolerance && east <= tolerance))
      found.push(`point ${at![i]} at ${latitude} ${longitude}, not ${lat![i]} ${lon![i]}`);
  }
  return found;
}

describe.skipIf(skipSamples())(samplesTitle('grids of GRIB samples'), () => {
  for (const { name, path, expected } of gribSamples())
    it(`${name} has the points that ecCodes finds`, async () => {
      const { fields } = await scanAll(readFileSync(path));
      for (const field of expected.filter(({ edition }) => edition !== undefined)) {
        const ours = fields.find(
          ({ message, number }) => message.offset === field.offset && number === field.field,
        )!;
        if (REFUSED.includes(field.gridType as string | undefined))
          expect(() => gridOf(ours)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_GRID' }));
        else
          expect({ field: field.field, found: differences(field, ours) }).toEqual({
            field: field.field,
            found: [],
          });
      }
    });
});
