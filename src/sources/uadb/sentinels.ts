/** The numbers by which the format says that there is no value, compared as they are printed, in whole hundredths. */

const SENTINELS: ReadonlySet<number> = new Set([-99_900, -99_990, -999_900, -9_999_900]);
const PRESSURE_MISSING = 999_990;
const HEIGHT_MISSING = 9_999_900;

/** -999, -999.9, -9999 or -99999, however many decimals are printed. */
export function isMissing(hundredths: number): boolean {
  return SENTINELS.has(hundredths);
}

/** The same for a pressure, which is also missing where 9999.9 hPa is printed. */
export function isMissingPressure(hundredths: number): boolean {
  return hundredths === PRESSURE_MISSING || isMissing(hundredths);
}

/** The same for a height, which is also missing from 99999 m upwards. */
export function isMissingHeight(hundredths: number): boolean {
  return hundredths >= HEIGHT_MISSING || isMissing(hundredths);
}
