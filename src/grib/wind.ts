/** Winds at places: components that are along the axes of a grid are turned to eastward and northward ones. */
import { InputError } from '../errors.js';
import type { Field } from './field.js';
import { sampledGridOf } from './grid.js';
import { type Points, type Sampled, type SampleOptions, sample } from './sample.js';

/** Winds at places. */
export interface SampledWind {
  /** Eastward, in the units of the message. */
  readonly u: Sampled;
  /** Northward, in the units of the message. */
  readonly v: Sampled;
}

/**
 * Both components of the wind at places, eastward and northward whatever the grid. Rejects as `sample` does, and with InputError
 * `GRIB_WIND` where the components are not on one grid.
 */
export async function sampleWind(
  u: Field,
  v: Field,
  points: Points,
  options: SampleOptions = {},
): Promise<SampledWind> {
  const grid = sampledGridOf(u);
  const other = sampledGridOf(v);
  if (grid.gridHash !== other.gridHash || grid.isGridRelative !== other.isGridRelative)
    throw new InputError('GRIB_WIND', 'the components of the wind are not on the same grid', {
      file: v.source.name,
      byteOffset: v.message.offset,
    });
  const along = { u: await sample(u, points, options), v: await sample(v, points, options) };
  if (grid.isGridRelative)
    for (let place = 0; place < points.latitudes.length; place++) {
      const turn = grid.turn(points.latitudes[place]!, points.longitudes[place]!);
      turnWind(along, place, turn);
    }
  return along;
}

/** Turns the components at a place; `turn` is the direction of the y axis, radians clockwise from north. */
function turnWind({ u, v }: SampledWind, place: number, turn: number): void {
  const [x, y] = [u.values[place]!, v.values[place]!];
  u.values[place] = x * Math.cos(turn) + y * Math.sin(turn);
  v.values[place] = y * Math.cos(turn) - x * Math.sin(turn);
}
