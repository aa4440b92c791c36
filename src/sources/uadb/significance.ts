/** What the type of a level says of it. */
import { SIGNIFICANCE, SIGNIFICANCE_UNKNOWN } from '../../records/significance.js';

/**
 * By level type: 1 surface, 2 mandatory, 3 significant in temperature or humidity, 4 wind by height, 5 wind by pressure, 6 maximum
 * wind, 7 tropopause. The types 4 and 5 are the levels of the wind parts of a report: significant in wind. What the other types
 * are is not known.
 */
export const LEVEL_SIGNIFICANCE = Int32Array.of(
  SIGNIFICANCE_UNKNOWN,
  SIGNIFICANCE.surface,
  SIGNIFICANCE.standard,
  SIGNIFICANCE.significantTemperature | SIGNIFICANCE.significantHumidity,
  SIGNIFICANCE.significantWind,
  SIGNIFICANCE.significantWind,
  SIGNIFICANCE.maximumWind,
  SIGNIFICANCE.tropopause,
  SIGNIFICANCE_UNKNOWN,
  SIGNIFICANCE_UNKNOWN,
);

/** The significance of a level by its type, a whole number from 0 on. */
export function levelSignificance(type: number): number {
  return type < LEVEL_SIGNIFICANCE.length ? LEVEL_SIGNIFICANCE[type]! : SIGNIFICANCE_UNKNOWN;
}
