/** Dry and moist adiabats, and the potential temperatures that name them. */
import {
  DRY_AIR_GAS_CONSTANT,
  DRY_AIR_HEAT_CAPACITY,
  EPSILON,
  KAPPA,
  LATENT_HEAT,
  REFERENCE_PRESSURE,
} from './constants.js';
import { saturationMixingRatio } from './humidity.js';

/** Steps of the integration of a moist adiabat, in the logarithm of pressure: the error stays below 0.001 K. */
const STEP = 0.02;

/** Potential temperature of dry air, K, with respect to 1000 hPa. */
export function potentialTemperature(pressurePa: number, temperatureK: number): number {
  return temperatureK * (REFERENCE_PRESSURE / pressurePa) ** KAPPA;
}

/** Temperature in K of air with a potential temperature in K. */
export function dryAdiabat(pressurePa: number, potentialTemperatureK: number): number {
  return potentialTemperatureK * (pressurePa / REFERENCE_PRESSURE) ** KAPPA;
}

/** The level at which lifted air begins to condense. */
export interface CondensationLevel {
  pressure: number;
  temperature: number;
}

/** Lifting condensation level, Pa and K: temperature by Bolton (1980), eq. 15, pressure along the dry adiabat. */
export function condensationLevel(
  pressurePa: number,
  temperatureK: number,
  dewPointK: number,
): CondensationLevel {
  // A dew point above the temperature is saturated air with an error of measurement.
  const dewPoint = Math.min(dewPointK, temperatureK);
  const temperature = 1 / (1 / (dewPoint - 56) + Math.log(temperatureK / dewPoint) / 800) + 56;
  return { pressure: pressurePa * (temperature / temperatureK) ** (1 / KAPPA), temperature };
}

/** Equivalent potential temperature, K (Bolton 1980, eq. 39 with eq. 24 for the potential temperature up to condensation). */
export function equivalentPotentialTemperature(
  pressurePa: number,
  temperatureK: number,
  dewPointK: number,
): number {
  const lcl = condensationLevel(pressurePa, temperatureK, dewPointK).temperature;
  const ratio = saturationMixingRatio(pressurePa, Math.min(dewPointK, temperatureK));
  const dryPressure = pressurePa / (1 + ratio / EPSILON);
  const theta =
    temperatureK * (REFERENCE_PRESSURE / dryPressure) ** 0.2854 * (temperatureK / lcl) ** (0.28 * ratio);
  return theta * Math.exp((3036 / lcl - 1.78) * ratio * (1 + 0.448 * ratio));
}

/**
 * Temperatures in K at `pressures` (Pa, in any order) of saturated air that has `temperatureK` at `fromPa`, and from which what condenses
 * falls out: the pseudo-adiabat of the AMS Glossary of Meteorology, integrated by Runge and Kutta's method of fourth order.
 */
export function moistAdiabat(
  pressures: ArrayLike<number>,
  fromPa: number,
  temperatureK: number,
): Float64Array {
  const result = new Float64Array(pressures.length);
  let [x, temperature] = [Math.log(fromPa), temperatureK];
  for (let i = 0; i < pressures.length; i++) {
    const target = Math.log(pressures[i]!);
    if (Number.isNaN(target)) {
      result[i] = Number.NaN;
      continue;
    }
    const steps = Math.max(1, Math.ceil(Math.abs(target - x) / STEP));
    const h = (target - x) / steps;
    for (let n = 0; n < steps; n++) {
      temperature = rungeKutta(x, temperature, h);
      x += h;
    }
    x = target;
    result[i] = temperature;
  }
  return result;
}

function rungeKutta(x: number, temperature: number, h: number): number {
  const k1 = cooling(x, temperature);
  const k2 = cooling(x + h / 2, temperature + (h / 2) * k1);
  const k3 = cooling(x + h / 2, temperature + (h / 2) * k2);
  const k4 = cooling(x + h, temperature + h * k3);
  return temperature + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
}

/** Change of temperature with the logarithm of pressure, K. */
function cooling(logPressure: number, temperature: number): number {
  const ratio = saturationMixingRatio(Math.exp(logPressure), temperature);
  const heat = LATENT_HEAT * ratio;
  return (
    (DRY_AIR_GAS_CONSTANT * temperature + heat) /
    (DRY_AIR_HEAT_CAPACITY + (heat * LATENT_HEAT * EPSILON) / (DRY_AIR_GAS_CONSTANT * temperature ** 2))
  );
}
