/** A parcel lifted through a sounding: where it condenses, where it rises by itself, and the energy of that. */
import {
  condensationLevel,
  dryAdiabat,
  equivalentPotentialTemperature,
  moistAdiabat,
  potentialTemperature,
} from './adiabats.js';
import { DRY_AIR_GAS_CONSTANT } from './constants.js';
import { saturationMixingRatio, virtualTemperature } from './humidity.js';

/** Levels with pressure in Pa, falling, and temperature and dew point in K. No level lacks pressure or temperature. */
export interface Sounding {
  pressure: ArrayLike<number>;
  temperature: ArrayLike<number>;
  /** NaN where it was not measured. */
  dewPoint: ArrayLike<number>;
}

/** Where a parcel starts. */
export interface Parcel {
  pressure: number;
  temperature: number;
  dewPoint: number;
}

/** What becomes of a parcel. Pressures in Pa, NaN where there is no such level. */
export interface Ascent {
  parcel: Parcel;
  /** Lifting condensation level. */
  lcl: { pressure: number; temperature: number };
  /** Level of free convection: the lowest at or above condensation from which the parcel is warmer than what is around it. */
  lfc: number;
  /** Equilibrium level: the highest at which it is warmer no more; NaN also where the sounding ends before. */
  el: number;
  /** Convective available potential energy, J/kg: 0 without free convection. */
  cape: number;
  /** Convective inhibition, J/kg, negative or 0; NaN without free convection. */
  cin: number;
  /** Path of the parcel: pressure in Pa, temperature in K. */
  path: { pressure: Float64Array; temperature: Float64Array };
}

/** Levels of the path, in the logarithm of pressure: 5 hPa near the ground. */
const STEP = 0.005;

/** The lowest level that has a dew point; null where none has. */
export function surfaceParcel(sounding: Sounding): Parcel | null {
  for (let i = 0; i < sounding.pressure.length; i++) {
    const parcel = parcelAt(sounding, i);
    if (!Number.isNaN(parcel.dewPoint)) return parcel;
  }
  return null;
}

/** The level of the lowest 300 hPa with the highest equivalent potential temperature; null where none has a dew point. */
export function mostUnstableParcel(sounding: Sounding): Parcel | null {
  let best: Parcel | null = null;
  let warmest = Number.NEGATIVE_INFINITY;
  const lowest = sounding.pressure[0] ?? Number.NaN;
  for (let i = 0; i < sounding.pressure.length; i++) {
    const parcel = parcelAt(sounding, i);
    if (!(parcel.pressure >= lowest - 30_000)) break;
    const theta = equivalentPotentialTemperature(parcel.pressure, parcel.temperature, parcel.dewPoint);
    if (theta > warmest) [best, warmest] = [parcel, theta];
  }
  return best;
}

function parcelAt({ pressure, temperature, dewPoint }: Sounding, i: number): Parcel {
  return {
    pressure: pressure[i] ?? Number.NaN,
    temperature: temperature[i] ?? Number.NaN,
    dewPoint: dewPoint[i] ?? Number.NaN,
  };
}

/**
 * Lifts a parcel from its level to the top of the sounding: dry up to condensation, as a pseudo-adiabat above. Buoyancy is that of
 * virtual temperature (Doswell and Rasmussen 1994, Weather and Forecasting 9, 625-629); between levels the sounding is linear in the
 * logarithm of pressure, and its humidity counts as none where it was not measured.
 */
export function liftParcel(sounding: Sounding, parcel: Parcel): Ascent {
  const lcl = condensationLevel(parcel.pressure, parcel.temperature, parcel.dewPoint);
  const pressure = pathOf(sounding, parcel.pressure, lcl.pressure);
  const temperature = parcelTemperatures(pressure, parcel, lcl);
  const ratio = saturationMixingRatio(parcel.pressure, Math.min(parcel.dewPoint, parcel.temperature));
  const around = virtualProfile(sounding, pressure);
  const buoyancy = pressure.map((p, i) => {
    const t = temperature[i]!;
    const own = p > lcl.pressure ? ratio : saturationMixingRatio(p, t);
    return virtualTemperature(t, own) - around[i]!;
  });
  const energy = buoyantEnergy(pressure, buoyancy, lcl.pressure);
  return { parcel, lcl, ...energy, path: { pressure, temperature } };
}

/** Pressures of the path: fine steps from the parcel's level to the top, with the level of condensation among them. */
function pathOf({ pressure }: Sounding, from: number, lcl: number): Float64Array {
  const top = Math.log(pressure[pressure.length - 1] ?? from);
  const bottom = Math.log(from);
  const steps = Math.max(1, Math.ceil((bottom - top) / STEP));
  const path = Array.from({ length: steps + 1 }, (_, i) => Math.exp(bottom + ((top - bottom) * i) / steps));
  if (lcl < from && Math.log(lcl) > top) path.push(lcl);
  return Float64Array.from(path.sort((a, b) => b - a));
}

function parcelTemperatures(
  pressure: Float64Array,
  parcel: Parcel,
  lcl: { pressure: number; temperature: number },
): Float64Array {
  const theta = potentialTemperature(parcel.pressure, parcel.temperature);
  const moist = moistAdiabat(
    pressure.filter((p) => p <= lcl.pressure),
    lcl.pressure,
    lcl.temperature,
  );
  const dry = pressure.length - moist.length;
  return pressure.map((p, i) => (i < dry ? dryAdiabat(p, theta) : moist[i - dry]!));
}

/** Virtual temperature of the sounding at falling pressures; NaN outside of it. */
function virtualProfile({ pressure, temperature, dewPoint }: Sounding, at: Float64Array): Float64Array {
  const known = Float64Array.from(pressure, (p, i) => {
    const ratio = saturationMixingRatio(p, dewPoint[i] ?? Number.NaN);
    return virtualTemperature(temperature[i] ?? Number.NaN, Number.isNaN(ratio) ? 0 : ratio);
  });
  let i = 0;
  return at.map((p) => {
    while (i + 2 < known.length && pressure[i + 1]! > p) i++;
    const [lower, upper] = [pressure[i]!, pressure[i + 1] ?? Number.NaN];
    if (p > lower * 1.000001 || p < upper * 0.999999 || Number.isNaN(upper))
      return p === lower ? known[i]! : Number.NaN;
    const share = Math.log(lower / p) / Math.log(lower / upper);
    return known[i]! * (1 - share) + known[i + 1]! * share;
  });
}

/**
 * Free convection and its energy from buoyancies (difference of virtual temperatures, K) at falling pressures (Pa): the areas
 * between the curves over the logarithm of pressure, with the crossings in between.
 */
export function buoyantEnergy(
  pressure: ArrayLike<number>,
  buoyancy: ArrayLike<number>,
  lclPa: number,
): Pick<Ascent, 'lfc' | 'el' | 'cape' | 'cin'> {
  const pieces = piecesOf(pressure, buoyancy);
  const firstFree = pieces.findIndex(({ area, upper }) => area > 0 && upper < lclPa);
  if (firstFree < 0) return { lfc: Number.NaN, el: Number.NaN, cape: 0, cin: Number.NaN };
  const lastFree = pieces.findLastIndex(({ area }) => area > 0);
  // Above the lifting condensation level; a parcel that is warm before is free from there on.
  const lfc = Math.min(pieces[firstFree]?.lower ?? Number.NaN, lclPa);
  let [cape, cin] = [0, 0];
  for (const { lower, area } of pieces.slice(0, lastFree + 1)) {
    if (area > 0 && lower <= lfc) cape += area;
    if (area < 0 && lower > lfc) cin += area;
  }
  const end = pieces[lastFree]?.upper ?? Number.NaN;
  const isCut = lastFree === pieces.length - 1;
  return { lfc, el: isCut ? Number.NaN : end, cape, cin };
}

/** Areas between neighbouring pressures, J/kg; where the sign changes in between, there are two of them. */
function piecesOf(
  pressure: ArrayLike<number>,
  buoyancy: ArrayLike<number>,
): { lower: number; upper: number; area: number }[] {
  const pieces: { lower: number; upper: number; area: number }[] = [];
  const add = (lower: number, upper: number, mean: number): void => {
    pieces.push({ lower, upper, area: DRY_AIR_GAS_CONSTANT * mean * Math.log(lower / upper) });
  };
  for (let i = 0; i + 1 < pressure.length; i++) {
    const [lower, upper] = [pressure[i]!, pressure[i + 1]!];
    const [a, b] = [buoyancy[i]!, buoyancy[i + 1]!];
    if (Number.isNaN(a) || Number.isNaN(b) || lower === upper) continue;
    if (a * b < 0) {
      const crossing = Math.exp(Math.log(lower) + (a / (a - b)) * Math.log(upper / lower));
      add(lower, crossing, a / 2);
      add(crossing, upper, b / 2);
    } else add(lower, upper, (a + b) / 2);
  }
  return pieces;
}
