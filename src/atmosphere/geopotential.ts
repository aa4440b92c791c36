/**
 * Geopotential height of a geometric height: WMO-No. 8, Guide to Instruments and Methods of Observation, Volume I, chapter 12
 * (upper-air measurements), with the normal gravity and the effective radius of the Earth that it gives by latitude.
 */
import { STANDARD_GRAVITY } from './constants.js';

/** Normal gravity at the equator on the ellipsoid, m s-2, and how it changes with the square of the sine of the latitude. */
const EQUATORIAL_GRAVITY = 9.780325;
const GRAVITY_TERM = 0.00193185;
const ECCENTRICITY_SQUARED = 0.00669435;

/** Equatorial radius, m, and the terms of the effective radius. */
const EQUATORIAL_RADIUS = 6_378_137;
const RADIUS_BASE = 1.006803;
const RADIUS_TERM = 0.006706;

/**
 * Geopotential height (gpm) of a geometric height (m above sea level) at a latitude (degrees): 30 000 m are 29 867 gpm at 48.25
 * degrees. NaN where height or latitude is missing, or the number is no latitude.
 */
export function geopotentialHeightOf(geometricHeightM: number, latitude: number): number {
  if (!(Math.abs(latitude) <= 90)) return Number.NaN;
  const sineSquared = Math.sin((latitude * Math.PI) / 180) ** 2;
  const radius = EQUATORIAL_RADIUS / (RADIUS_BASE - RADIUS_TERM * sineSquared);
  const share = normalGravity(sineSquared) / STANDARD_GRAVITY;
  return (share * radius * geometricHeightM) / (radius + geometricHeightM);
}

/** Gravity on the ellipsoid, m s-2. */
function normalGravity(sineSquared: number): number {
  return (
    (EQUATORIAL_GRAVITY * (1 + GRAVITY_TERM * sineSquared)) /
    Math.sqrt(1 - ECCENTRICITY_SQUARED * sineSquared)
  );
}
