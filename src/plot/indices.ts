/** What a sounding says in numbers: lifted parcels, the freezing level, the shear of the wind. */
import { ZERO_CELSIUS } from '../atmosphere/constants.js';
import {
  type Ascent,
  liftParcel,
  mostUnstableParcel,
  type Parcel,
  surfaceParcel,
} from '../atmosphere/parcel.js';
import { windComponents, windVector } from '../atmosphere/wind.js';
import type { LaunchCurves } from './sounding.js';

/** Null where the sounding does not tell. */
export interface Indices {
  surface: Ascent | null;
  mostUnstable: Ascent | null;
  /**
   * Height of 0 degC above the lowest warm layer, gpm: where the temperature first falls below 0 degC on the way up, also where it is
   * colder than that at the ground. Null where no level is at 0 degC or warmer, or none above it is colder.
   */
  freezingLevel: number | null;
  /** Difference of the wind between the lowest level and 6 km above it: m/s, and degrees it comes from. */
  shear: { speed: number; direction: number } | null;
}

const SHEAR_DEPTH = 6000;
/** Parcels are lifted where there are so many levels and so much air above them. */
const LEAST_LEVELS = 5;
const LEAST_DEPTH = 1.5;

/** Parcels need 5 levels with temperature that reach up to two thirds of the lowest pressure. */
export function indicesOf(curves: LaunchCurves): Indices {
  const { sounding, temperature } = curves;
  const [lowest, highest] = [
    temperature[0]?.pressure ?? 0,
    temperature[temperature.length - 1]?.pressure ?? 1,
  ];
  const isDeep = temperature.length >= LEAST_LEVELS && lowest / highest >= LEAST_DEPTH;
  const lift = (parcel: Parcel | null): Ascent | null =>
    parcel === null || !isDeep ? null : liftParcel(sounding, parcel);
  return {
    surface: lift(surfaceParcel(sounding)),
    mostUnstable: lift(mostUnstableParcel(sounding)),
    freezingLevel: freezingLevel(curves),
    shear: shearOf(curves),
  };
}

function freezingLevel({ temperature, heightAt }: LaunchCurves): number | null {
  for (const [i, upper] of temperature.entries()) {
    const lower = temperature[i - 1];
    if (lower === undefined || !(lower.value >= ZERO_CELSIUS && upper.value < ZERO_CELSIUS)) continue;
    const share = (lower.value - ZERO_CELSIUS) / (lower.value - upper.value);
    const height = heightAt(lower.pressure * (upper.pressure / lower.pressure) ** share);
    return Number.isFinite(height) ? height : null;
  }
  return null;
}

function shearOf({ winds, heightAt }: LaunchCurves): Indices['shear'] {
  const levels = winds
    .map((wind) => ({
      height: Number.isFinite(wind.height) ? wind.height : heightAt(wind.pressure),
      ...windComponents(wind.speed, wind.direction),
    }))
    .filter(({ height }) => Number.isFinite(height))
    .sort((a, b) => a.height - b.height);
  const lowest = levels[0];
  if (lowest === undefined) return null;
  const target = lowest.height + SHEAR_DEPTH;
  const above = levels.findIndex(({ height }) => height >= target);
  const [lower, upper] = [levels[above - 1], levels[above]];
  // Winds more than 3 km apart say nothing of what is between them.
  if (lower === undefined || upper === undefined || upper.height - lower.height > SHEAR_DEPTH / 2)
    return null;
  const share = (target - lower.height) / (upper.height - lower.height);
  const at = (name: 'eastward' | 'northward'): number =>
    lower[name] * (1 - share) + upper[name] * share - lowest[name];
  return windVector(at('eastward'), at('northward'));
}
