/** The points around places, and the nearest of them, against those of ecCodes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Decoded, DecodeRoom, decode } from '../../src/grib/decode.js';
import type { Grid } from '../../src/grib/grid/grid.js';
import { gridOf } from '../../src/grib/grid.js';
import { SAMPLE_STATUS, sample } from '../../src/grib/sample.js';
import { scanAll } from '../support/grib-reading.js';
import { gribSamples } from '../support/grib-samples.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';

interface Nearest {
  readonly index: number;
  readonly lat: number;
  readonly lon: number;
  readonly km: number;
  readonly value: number | null;
}
interface NearestFile {
  readonly file: string;
  readonly gridType?: string;
  readonly places?: readonly Place[];
}
/** A place with the points around it, or with the reason why there are none. */
interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly nearest?: readonly Nearest[];
  readonly error?: string;
}

const RADIANS = Math.PI / 180;
const MAPS: readonly string[] = ['lambert', 'polar_stereographic', 'mercator'];
/** Degrees. */
const CLOSE = 1e-4;
/** km that two distances may differ where the points are equally near. */
const AS_NEAR = 0.01;

/** Our index of a point: ecCodes counts the points of rows that go the other way as if they did not. */
function indexOf({ ni, scanning }: Grid, counted: number): number {
  const row = Math.floor(counted / ni);
  return scanning.alternate && row % 2 === 1 ? 2 * row * ni + ni - 1 - counted : counted;
}

/** What differs between our points and those that ecCodes finds at a place. */
function differences(grid: Grid, { values }: Decoded, nearest: readonly Nearest[]): string[] {
  return nearest.flatMap(({ index: counted, lat, lon, value }) => {
    const index = indexOf(grid, counted);
    const place = grid.coordinates(index);
    const turn = Math.abs(((place.longitude - lon + 540) % 360) - 180) * Math.cos(lat * RADIANS);
    const found: string[] = [];
    if (Math.abs(place.latitude - lat) > CLOSE || turn > CLOSE)
      found.push(`point ${index} at ${place.latitude} ${place.longitude}, not ${lat} ${lon}`);
    // In grids of latitudes and longitudes it takes the values by the same count, which are those at the other end of the row.
    const ours = values[MAPS.includes(grid.kind) ? index : counted]!;
    const same = value === null ? Number.isNaN(ours) : Math.abs(ours - value) <= Math.abs(value) * 1e-15;
    if (!same) found.push(`value ${ours} at ${index}, not ${value}`);
    return found;
  });
}

/** Values of the nearest points; of several where they are equally near. */
function asNear(nearest: readonly Nearest[]): number[] {
  const least = Math.min(...nearest.map(({ km }) => km));
  return nearest.filter(({ km }) => km <= least + AS_NEAR).map(({ value }) => value ?? Number.NaN);
}

/** km of about a cell. */
function cellOf({ kind, increments }: Grid): number {
  return MAPS.includes(kind) ? increments.i / 1000 : increments.j * 111;
}

describe.skipIf(skipSamples())(samplesTitle('the nearest points of GRIB samples'), () => {
  const room = new DecodeRoom();
  const paths = new Map(gribSamples().map(({ name, path }) => [name.split('/').at(-1), path]));
  const files = skipSamples()
    ? []
    : (JSON.parse(readFileSync(samplePath('grib/expected/nearest.json'), 'utf8')) as NearestFile[]);
  for (const { file, places } of files.filter(({ places }) => (places?.length ?? 0) > 0))
    it(`${file} has the points that ecCodes finds`, async () => {
      const { fields } = await scanAll(readFileSync(paths.get(file)!));
      const [field] = fields;
      const grid = gridOf(field!);
      for (const { lat, lon, nearest } of places!) {
        const point = { latitudes: [lat], longitudes: [lon] };
        const sampled = await sample(field!, point, { method: 'nearest', room });
        if (nearest === undefined) {
          expect(sampled.status[0]).toBe(SAMPLE_STATUS.outside);
          continue;
        }
        const decoded = await decode(field!, room);
        expect({ lat, lon, found: differences(grid, decoded, nearest) }).toEqual({ lat, lon, found: [] });
        // ecCodes gives the points nearest to a place outside, too.
        if (sampled.status[0] === SAMPLE_STATUS.outside) expect(nearest[0]!.km).toBeGreaterThan(cellOf(grid));
        else if (grid.scanning.alternate && !MAPS.includes(grid.kind)) continue;
        else expect(asNear(nearest).some((value) => Object.is(value, sampled.values[0]))).toBe(true);
      }
    });
});
