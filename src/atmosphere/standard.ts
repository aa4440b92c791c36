/** The U.S. Standard Atmosphere 1976 (NOAA-S/T 76-1562), the same as ISO 2533 up to 32 km: pressure and geopotential height. */
import { STANDARD_GRAVITY as GRAVITY } from './constants.js';

/** Universal gas constant over the molar mass of air, as the standard has them, J kg-1 K-1. */
const GAS_CONSTANT = 8314.32 / 28.9644;

interface Layer {
  /** Of its base: m, K and Pa. */
  height: number;
  temperature: number;
  pressure: number;
  /** K/m */
  lapse: number;
}

/** Bases and lapse rates of table 4 of the standard. */
const LAYERS: readonly Layer[] = layersFrom([
  [0, -0.0065],
  [11_000, 0],
  [20_000, 0.001],
  [32_000, 0.0028],
  [47_000, 0],
  [51_000, -0.0028],
  [71_000, -0.002],
]);

/** Pressure in Pa at a geopotential height in m, up to 84,852 m; NaN above, and for heights below -5000 m. */
export function standardPressure(heightM: number): number {
  if (!(heightM >= -5000 && heightM <= 84_852)) return Number.NaN;
  return pressureIn(LAYERS.findLast(({ height }) => height <= heightM) ?? LAYERS[0]!, heightM);
}

/** Geopotential height in m of a pressure in Pa; NaN outside of the heights of `standardPressure`. */
export function standardHeight(pressurePa: number): number {
  const layer = LAYERS.findLast(({ pressure }) => pressure >= pressurePa) ?? LAYERS[0]!;
  const ratio = pressurePa / layer.pressure;
  const height =
    layer.height +
    (layer.lapse === 0
      ? (-GAS_CONSTANT * layer.temperature * Math.log(ratio)) / GRAVITY
      : (layer.temperature / layer.lapse) * (ratio ** ((-GAS_CONSTANT * layer.lapse) / GRAVITY) - 1));
  return height >= -5000 && height <= 84_852 ? height : Number.NaN;
}

function pressureIn({ height, temperature, pressure, lapse }: Layer, heightM: number): number {
  const rise = heightM - height;
  return lapse === 0
    ? pressure * Math.exp((-GRAVITY * rise) / (GAS_CONSTANT * temperature))
    : pressure * (temperature / (temperature + lapse * rise)) ** (GRAVITY / (GAS_CONSTANT * lapse));
}

function layersFrom(bases: readonly (readonly [height: number, lapse: number])[]): Layer[] {
  const layers: Layer[] = [];
  for (const [height, lapse] of bases) {
    const below = layers[layers.length - 1];
    layers.push({
      height,
      lapse,
      temperature: below === undefined ? 288.15 : below.temperature + below.lapse * (height - below.height),
      pressure: below === undefined ? 101_325 : pressureIn(below, height),
    });
  }
  return layers;
}
