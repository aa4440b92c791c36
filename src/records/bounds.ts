/**
 * Bounds that no sounding passes, the same for what is read and for what is verified. They are constants: what is read today is
 * read the same way in a hundred years.
 */

/** The first balloons with instruments flew in the 1890s; nothing of this archive is from after 2100. */
export const FIRST_YEAR = 1850;
export const LAST_YEAR = 2100;

/** Whether a year (four digits) can be one of a sounding; NaN cannot. */
export function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** Elevations of stations, metres above sea level: the Dead Sea is at -430 m, Everest at 8849 m. */
export const LOWEST_ELEVATION = -500;
export const HIGHEST_ELEVATION = 9000;

/** The elevation, NaN where no station can be: metres above sea level. */
export function boundedElevation(metres: number): number {
  return metres >= LOWEST_ELEVATION && metres <= HIGHEST_ELEVATION ? metres : Number.NaN;
}
