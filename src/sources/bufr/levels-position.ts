/** Positions of reports and levels, in degrees north and east. */

/** The finest step of positions that is kept, so that adding a displacement leaves no noise behind: 1e-7 degrees is 1 cm. */
const STEPS_PER_DEGREE = 1e7;

/** Whether this is a latitude; NaN is none. */
export function isLatitude(degrees: number): boolean {
  return Math.abs(degrees) <= 90;
}

/** Whether this is a longitude in either convention; NaN is none. */
export function isLongitude(degrees: number): boolean {
  return degrees >= -180 && degrees <= 360;
}

/** The longitude in -180 to 180. */
export function wrapped(degrees: number): number {
  if (degrees > 180) return rounded(degrees - 360);
  return degrees < -180 ? rounded(degrees + 360) : degrees;
}

/** A coordinate and a displacement from it. */
export function displaced(degrees: number, displacement: number): number {
  return displacement === 0 ? degrees : rounded(degrees + displacement);
}

function rounded(degrees: number): number {
  return Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE;
}
