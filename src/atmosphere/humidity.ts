/**
 * Humidity over liquid water, at all temperatures, as radiosondes report it (WMO-No. 8, part I, chapter 4). Saturation is that of Bolton
 * (1980, Monthly Weather Review 108, 1046-1053), eq. 10: within 0.1 per cent of Wexler (1976) from -30 to 35 degC, within 0.45 per cent
 * of Goff and Gratch from -80 to 45 degC, and it can be turned around in closed form.
 */
import { EPSILON, ZERO_CELSIUS } from './constants.js';

/** Saturation vapour pressure over water, Pa. */
export function saturationVapourPressure(temperatureK: number): number {
  const t = temperatureK - ZERO_CELSIUS;
  // The formula has a pole at -243.5 degC: nothing that cold is a measurement.
  return t > -150 ? 611.2 * Math.exp((17.67 * t) / (t + 243.5)) : Number.NaN;
}

/** Temperature in K at which `vapourPressurePa` saturates air over water (Bolton 1980, eq. 11); NaN where it is not positive. */
export function dewPointOf(vapourPressurePa: number): number {
  if (!(vapourPressurePa > 0)) return Number.NaN;
  const x = Math.log(vapourPressurePa / 611.2);
  return ZERO_CELSIUS + (243.5 * x) / (17.67 - x);
}

/** Dew point in K from relative humidity over water in per cent; NaN for a humidity that is not positive. */
export function dewPointFromHumidity(temperatureK: number, relativeHumidity: number): number {
  return dewPointOf((relativeHumidity / 100) * saturationVapourPressure(temperatureK));
}

/** Dew point in K from specific humidity in kg/kg. */
export function dewPointFromSpecificHumidity(pressurePa: number, specificHumidity: number): number {
  return dewPointOf((specificHumidity * pressurePa) / (EPSILON + (1 - EPSILON) * specificHumidity));
}

/** Mass of vapour for a mass of dry air, kg/kg, at a pressure and vapour pressure in Pa; NaN where the vapour would be all there is. */
export function mixingRatio(pressurePa: number, vapourPressurePa: number): number {
  const dry = pressurePa - vapourPressurePa;
  return dry > 0 ? (EPSILON * vapourPressurePa) / dry : Number.NaN;
}

/** Mixing ratio of saturated air, kg/kg. */
export function saturationMixingRatio(pressurePa: number, temperatureK: number): number {
  return mixingRatio(pressurePa, saturationVapourPressure(temperatureK));
}

/** Dew point in K of air with a mixing ratio in kg/kg: a line of constant mixing ratio on a diagram. */
export function dewPointFromMixingRatio(pressurePa: number, ratio: number): number {
  return dewPointOf((ratio * pressurePa) / (EPSILON + ratio));
}

/** Temperature in K at which dry air would be as light as air of this temperature with the mixing ratio. */
export function virtualTemperature(temperatureK: number, ratio: number): number {
  return (temperatureK * (1 + ratio / EPSILON)) / (1 + ratio);
}
