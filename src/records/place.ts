/** Positions, in degrees north and east. */

/** The finest step of positions that is kept where one is computed: 1e-7 degrees is 1 cm. */
const STEPS_PER_DEGREE = 1e7;

/** Whether this is a latitude; NaN is not. */
export function isLatitude(degrees: number): boolean {
  return Math.abs(degrees) <= 90;
}

/** Whether this is a longitude, counted to 180 on both sides or to 360 eastward; NaN is not. */
export function isLongitude(degrees: number): boolean {
  return degrees >= -180 && degrees <= 360;
}

/** The longitude in -180 to 180, NaN where the number is no longitude. */
export function normalLongitude(degrees: number): number {
  return isLongitude(degrees) ? wrappedLongitude(degrees) : Number.NaN;
}

/**
 * A longitude that may have been computed (a position and a displacement from it) in -180 to 180, whichever way round it went.
 * What is in range keeps its digits; 359.9 is -0.1, not -0.10000000000002274.
 */
export function wrappedLongitude(degrees: number): number {
  if (degrees > 180) return withoutNoise(degrees - 360);
  return degrees < -180 ? withoutNoise(degrees + 360) : degrees;
}

/** A computed coordinate without the digits that binary fractions leave behind. */
export function withoutNoise(degrees: number): number {
  return Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE;
}
