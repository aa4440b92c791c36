/** From an IGRA id to the primary station id of the CDM. */

import type { StationIdentity } from '../../records/station.js';
import { callSignIdentity, ownIdentity, PLATFORM, SCHEME, wbanIdentity, wmoIdentity } from '../identity.js';

/** Ids of the networks WMO and WBAN that end in a number of five digits; ids of ships, which end in a call sign. */
const WMO_ID = /^[A-Z]{2}M000(\d{5})$/;
const WBAN_ID = /^[A-Z]{2}W000(\d{5})$/;
const SHIP_ID = /^[A-Z]{2}V0*(.+)$/;
const WBAN_NETWORK = /^[A-Z]{2}W/;

/**
 * An IGRA id is country (2 letters), network (1 letter: M WMO, I ICAO, V ship, W WBAN, X special) and 8 characters, which begin
 * with zeros where the number or the call sign is shorter. Every id that does not end in such a number or call sign stays the
 * primary one, because digits alone prove nothing.
 */
export function identify(stationId: string): StationIdentity {
  const wmoNumber = WMO_ID.exec(stationId)?.[1];
  if (wmoNumber !== undefined) return wmoIdentity(wmoNumber, stationId);
  const wbanNumber = WBAN_ID.exec(stationId)?.[1];
  if (wbanNumber !== undefined) return wbanIdentity(wbanNumber, stationId);
  const callSign = SHIP_ID.exec(stationId)?.[1];
  if (callSign !== undefined) return callSignIdentity(callSign, PLATFORM.ship, stationId);
  return ownIdentity(stationId, WBAN_NETWORK.test(stationId) ? SCHEME.national : SCHEME.generic, null);
}
