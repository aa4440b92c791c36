/**
 * What sources say of a level: standard, tropopause, maximum wind, ... The bits are those of BUFR flag table 0 08 042, extended
 * vertical sounding significance (WMO-No. 306, Volume I.2): 18 bits, of which bit 1 is the most significant one. IGRA and UADB
 * have fewer kinds, which are bits of this table too.
 */
export const SIGNIFICANCE = {
  surface: 1 << 17,
  standard: 1 << 16,
  tropopause: 1 << 15,
  maximumWind: 1 << 14,
  significantTemperature: 1 << 13,
  significantHumidity: 1 << 12,
  significantWind: 1 << 11,
  missingTemperatureBegins: 1 << 10,
  missingTemperatureEnds: 1 << 9,
  missingHumidityBegins: 1 << 8,
  missingHumidityEnds: 1 << 7,
  missingWindBegins: 1 << 6,
  missingWindEnds: 1 << 5,
  topOfWind: 1 << 4,
  regional: 1 << 3,
  freezingLevel: 1 << 2,
  pressureFromHeight: 1 << 1,
} as const;

/** The source does not say; a level of no special kind is 0. */
export const SIGNIFICANCE_UNKNOWN = -1;
