/** From an IGRA id to the primary station id of the CDM. */
import type { StationIdentity } from '../source.js';

/** Codes of the CDM table `id_scheme`. */
const SCHEME = { wigos: 0, national: 3, callsign: 5, generic: 6 } as const;
/** Codes of the CDM table `platform_type`. */
const PLATFORM = { landStation: 0, ship: 2 } as const;

/**
 * An IGRA id is country (2 letters), network (1 letter: M WMO, I ICAO, V ship, W WBAN, X special) and 8 characters. Ids of
 * the network M end in the WMO number, whose WIGOS id is known by rule: `0-20000-0-NNNNN`. Every other id stays the
 * primary one, because digits alone prove nothing.
 */
export function identify(stationId: string): StationIdentity {
  const wmoNumber = /^[A-Z]{2}M000(\d{5})$/.exec(stationId)?.[1];
  if (wmoNumber !== undefined) {
    return {
      primaryId: `0-20000-0-${wmoNumber}`,
      primaryScheme: SCHEME.wigos,
      secondaryId: stationId,
      secondaryScheme: SCHEME.generic,
      platformType: PLATFORM.landStation,
    };
  }
  switch (stationId[2]) {
    case 'V':
      return own(stationId, SCHEME.callsign, PLATFORM.ship);
    case 'W':
      return own(stationId, SCHEME.national, null);
    default:
      return own(stationId, SCHEME.generic, null);
  }
}

function own(stationId: string, scheme: number, platformType: number | null): StationIdentity {
  return {
    primaryId: stationId,
    primaryScheme: scheme,
    secondaryId: null,
    secondaryScheme: SCHEME.generic,
    platformType,
  };
}
