/** Layers around the mandatory pressure levels, by which whole stations are summed up. */
import { standardPressure } from '../atmosphere/standard.js';
import { STANDARD_GRAVITY, Z_TYPE } from '../records/variables.js';

/** Mandatory levels, hPa, from the ground up. A layer ends halfway, in the logarithm of pressure, to the next. */
export const LAYERS: readonly number[] = [
  1000, 925, 850, 700, 500, 400, 300, 250, 200, 150, 100, 70, 50, 30, 20, 10, 5, 2,
];

/** Lower ends of the layers above the first, Pa. */
const EDGES = LAYERS.slice(1).map((upper, i) => 100 * Math.sqrt(upper * (LAYERS[i] as number)));

/**
 * Index of the layer of a vertical coordinate (`z_coordinate_type` and its value); -1 for none. Heights
 * by the standard atmosphere, geometric ones too: at 30 km they are off by a fiftieth of a layer.
 */
export function layerOf(zType: number, z: number): number {
  const pressure =
    zType === Z_TYPE.pressure
      ? z
      : standardPressure(zType === Z_TYPE.geopotential ? z / STANDARD_GRAVITY : z);
  // From the Earth's highest pressure on land up to 1 hPa, half a layer above the last one.
  if (!(pressure <= 110_000 && pressure >= 100)) return -1;
  let layer = 0;
  while (layer < EDGES.length && pressure < (EDGES[layer] as number)) layer++;
  return layer;
}
