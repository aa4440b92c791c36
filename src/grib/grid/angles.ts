/** Angles between degrees and radians. */

export const RADIANS = Math.PI / 180;
export const DEGREES = 180 / Math.PI;

/** Degrees, -180 to less than 180. */
export function turned(longitude: number): number {
  const rest = (((longitude + 180) % 360) + 360) % 360;
  return rest - 180;
}
