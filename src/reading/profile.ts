/** The quantities of a launch that people look at, whatever form the source gave them in. */
import { dewPointFromHumidity } from '../atmosphere/humidity.js';
import { windVector } from '../atmosphere/wind.js';
import { QUALITY, OBSERVED_VARIABLE as V } from '../records/variables.js';
import type { Launch } from './launch.js';

/** One value per level of the launch, NaN where missing. */
export interface Quantity {
  values: Float64Array;
  /** Code of the CDM table `quality_flag`, of the row that the value comes from. */
  quality: Float64Array;
}

/** Units: Pa, gpm, m, K, per cent, degrees, m/s. Values at the surface that have codes of their own are among the levels. */
export interface Profile {
  pressure: Float64Array;
  /** Geopotential height, gpm. */
  height: Float64Array;
  /** Geometric height above sea level, m. */
  geometricHeight: Float64Array;
  temperature: Quantity;
  /** As given, else temperature less dew point depression, else computed from the relative humidity over water. */
  dewPoint: Quantity;
  /** 1 where the dew point is computed from the relative humidity. */
  isDewPointComputed: Uint8Array;
  relativeHumidity: Quantity;
  specificHumidity: Quantity;
  /** Where the wind comes from, and its speed; of the components where these are given. */
  windFromDirection: Quantity;
  windSpeed: Quantity;
}

export function profileOf(launch: Launch): Profile {
  const temperature = firstOf(launch, [V.airTemperature, V.airTemperatureSurface]);
  const dewPoint = firstOf(launch, [V.dewPoint, V.dewPointTemperatureSurface]);
  const depression = firstOf(launch, [V.dewPointDepression]);
  const east = firstOf(launch, [V.eastwardWind, V.eastwardWindSurface]);
  const north = firstOf(launch, [V.northwardWind, V.northwardWindSurface]);
  const relativeHumidity = firstOf(launch, [V.relativeHumidity, V.relativeHumiditySurface]);
  const byComponents = (part: 'speed' | 'direction'): Quantity => ({
    values: east.values.map((u, i) => windVector(u, north.values[i] as number)[part]),
    quality: worse(east.quality, north.quality),
  });
  const givenDewPoint = orElse(dewPoint, {
    values: temperature.values.map((t, i) => t - (depression.values[i] as number)),
    quality: worse(temperature.quality, depression.quality),
  });
  const dewPoints = orElse(givenDewPoint, {
    values: temperature.values.map((t, i) => dewPointFromHumidity(t, relativeHumidity.values[i] as number)),
    quality: worse(temperature.quality, relativeHumidity.quality),
  });
  return {
    pressure: launch.pressure,
    height: launch.height,
    geometricHeight: launch.geometricHeight,
    temperature,
    dewPoint: dewPoints,
    isDewPointComputed: Uint8Array.from(dewPoints.values, (value, i) =>
      Number.isNaN(value) || value === givenDewPoint.values[i] ? 0 : 1,
    ),
    relativeHumidity,
    specificHumidity: firstOf(launch, [V.specificHumidity]),
    windFromDirection: orElse(firstOf(launch, [V.windFromDirection]), byComponents('direction')),
    windSpeed: orElse(firstOf(launch, [V.windSpeed]), byComponents('speed')),
  };
}

/** From trusted to not: passed, not checked, and what is doubted. */
const DOUBTS: readonly number[] = [
  QUALITY.passed,
  QUALITY.notChecked,
  QUALITY.duplicate,
  QUALITY.failed,
  QUALITY.blacklisted,
];

/** The flag of a value that is made of two: that of the one which is trusted less. */
function worse(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((flag, i) =>
    DOUBTS.indexOf(b[i] as number) > DOUBTS.indexOf(flag) ? (b[i] as number) : flag,
  );
}

/** At each level the first of the variables that it has. */
function firstOf(launch: Launch, codes: readonly number[]): Quantity {
  let found = nothing(launch.levels);
  for (const code of codes) {
    const variable = launch.variables.get(code);
    if (variable !== undefined) found = orElse(found, { values: variable.value, quality: variable.quality });
  }
  return found;
}

function nothing(levels: number): Quantity {
  const missing = new Float64Array(levels).fill(Number.NaN);
  return { values: missing, quality: missing };
}

/** `first`, and `second` where it is missing, or where it failed and the second did not. */
function orElse(first: Quantity, second: Quantity): Quantity {
  const takesSecond = (i: number): boolean => {
    if (Number.isNaN(second.values[i] as number)) return false;
    return (
      Number.isNaN(first.values[i] as number) ||
      (isDoubted(first.quality[i] as number) && !isDoubted(second.quality[i] as number))
    );
  };
  return {
    values: first.values.map((value, i) => (takesSecond(i) ? (second.values[i] as number) : value)),
    quality: first.quality.map((flag, i) => (takesSecond(i) ? (second.quality[i] as number) : flag)),
  };
}

function isDoubted(flag: number): boolean {
  return DOUBTS.indexOf(flag) >= DOUBTS.indexOf(QUALITY.duplicate);
}
