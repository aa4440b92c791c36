/** Station ids of the database (`statid@hdr`) and what they say of the primary station id of the CDM. */
import type { StationIdentity } from '../source.js';

/** Codes of the CDM table `id_scheme`. */
const SCHEME = { wigos: 0, national: 3, wmoNumber: 4, callsign: 5, generic: 6 } as const;
/** Codes of the CDM table `platform_type`. */
const LAND_STATION = 0;

/**
 * The id of a station from the text in `statid`: without blanks around it, and without the prefix `1:` of WMO numbers. '' for
 * a text with control characters or a quote without its other one, which is damage and no id.
 */
export function stationIdOf(statid: string): string {
  const id = statid.trim().replace(/^1: */, '');
  return /\p{Cc}|^'|'$/u.test(id) ? '' : id;
}

/**
 * The prefix of an id says whose number it is: none or `1:` WMO, `2:` WBAN, `C:` CHUAN, `3:`, `6:`, `9:` others. Five
 * digits without a prefix are a WMO number, whose WIGOS id is known by rule: `0-20000-0-NNNNN`. Every other id stays the
 * primary one: a name of letters and digits is a call sign (ships, as a rule, but the id does not tell), a number with fewer or
 * more digits is nobody's number in particular.
 */
export function identify(stationId: string): StationIdentity {
  if (/^\d{5}$/.test(stationId)) {
    return {
      primaryId: `0-20000-0-${stationId}`,
      primaryScheme: SCHEME.wigos,
      secondaryId: stationId,
      secondaryScheme: SCHEME.wmoNumber,
      platformType: LAND_STATION,
    };
  }
  if (stationId.startsWith('2:')) return own(stationId, SCHEME.national);
  if (/^[^:]*:/.test(stationId)) return own(stationId, SCHEME.generic);
  return own(stationId, /[A-Za-z]/.test(stationId) ? SCHEME.callsign : SCHEME.generic);
}

function own(stationId: string, scheme: number): StationIdentity {
  return {
    primaryId: stationId,
    primaryScheme: scheme,
    secondaryId: null,
    secondaryScheme: SCHEME.generic,
    platformType: null,
  };
}
