/** From the station identifier of a UADB header to the source's station id and the primary station id of the CDM. */

import type { StationIdentity } from '../../records/station.js';
import { ownIdentity, SCHEME, wmoIdentity } from '../identity.js';

/** Id type of WMO station numbers in the header. */
const WMO_NUMBER = 1;

/**
 * The source's station id: the WMO number as five digits where the id type says that it is one, else
 * `<id type>:<identifier>`, because a WBAN number or a call sign may read like the identifier of another type.
 *
 * The archive prints WMO numbers as whole numbers, so that 01001 stands as 1001: the leading zero is given back. A number
 * of other length, or of block 00, is no WMO number even where the type says so.
 */
export function stationIdOf(identifier: string, idType: number): string {
  if (idType === WMO_NUMBER && /^\d{4,5}$/.test(identifier)) {
    const number = identifier.padStart(5, '0');
    if (!number.startsWith('00')) return number;
  }
  return `${idType}:${identifier}`;
}

/**
 * A WMO number NNNNN has the WIGOS id `0-20000-0-NNNNN`. Every other id stays the primary one, with the identifier of the
 * header as secondary id: the meanings of the other id types (WBAN numbers and call signs are among them) are not in the
 * format's description, and nothing is inferred from the characters alone.
 */
export function identify(stationId: string): StationIdentity {
  if (/^\d{5}$/.test(stationId)) return wmoIdentity(stationId, stationId);
  const identifier = /^\d+:(.+)$/.exec(stationId)?.[1] ?? null;
  return { ...ownIdentity(stationId, SCHEME.generic, null), secondaryId: identifier };
}
