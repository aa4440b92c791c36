/**
 * How the ids of stations become primary ids of the CDM: the same id and scheme for the same station, from whichever archive it
 * comes. Readers say whose number an id is; nothing is inferred from digits alone. `docs/decisions/008-ids.md` has the reasons.
 */
import type { StationIdentity } from '../records/station.js';

/** Codes of the CDM table `id_scheme`. */
export const SCHEME = { wigos: 0, national: 3, wmoNumber: 4, callSign: 5, generic: 6 } as const;
/** Codes of the CDM table `platform_type`. */
export const PLATFORM = { landStation: 0, ship: 2, landVehicle: 8, aircraft: 41 } as const;

/** The issuer of WIGOS ids for stations with a WMO number: `0-20000-0-NNNNN`. */
const WMO_NUMBERS = '0-20000-0-';
/** Issuers of WIGOS ids for ships: by call sign, by national number, by IMO number (WMO-No. 1160, Manual on WIGOS). */
const SHIP_ISSUERS: ReadonlySet<string> = new Set(['20003', '20004', '20007']);
const WIGOS_ID = /^\d+-(\d+)-\d+-[A-Za-z0-9]{1,16}$/;
const WBAN_DIGITS = 5;

/** Whether a text is a WIGOS id: series, issuer, issue number and local id. */
export function isWigosId(id: string): boolean {
  return WIGOS_ID.test(id);
}

/** The WMO number (five digits) in a WIGOS id of the form `0-20000-0-NNNNN`, null for any other text. */
export function wmoNumberOf(wigosId: string): string | null {
  const number = wigosId.startsWith(WMO_NUMBERS) ? wigosId.slice(WMO_NUMBERS.length) : '';
  return /^\d{5}$/.test(number) ? number : null;
}

/** A land station by its WMO number of five digits. @param ownId the archive's id */
export function wmoIdentity(number: string, ownId: string): StationIdentity {
  return {
    primaryId: WMO_NUMBERS + number,
    primaryScheme: SCHEME.wigos,
    secondaryId: ownId,
    secondaryScheme: ownId === number ? SCHEME.wmoNumber : SCHEME.generic,
    platformType: PLATFORM.landStation,
  };
}

/** A station by its WIGOS id, which is that of a WMO number or any other. @param ownId the archive's id, where it differs */
export function wigosIdentity(wigosId: string, ownId: string = wigosId): StationIdentity {
  const number = wmoNumberOf(wigosId);
  if (number !== null) return wmoIdentity(number, ownId === wigosId ? number : ownId);
  const issuer = WIGOS_ID.exec(wigosId)?.[1] ?? '';
  return identity(wigosId, SCHEME.wigos, SHIP_ISSUERS.has(issuer) ? PLATFORM.ship : null, ownId);
}

/**
 * What is known by its call sign: a ship as a rule. A call sign has a letter, so that it is nobody's number; a text without one
 * stays the archive's own id.
 *
 * @param platformType null where the archive does not tell
 */
export function callSignIdentity(
  callSign: string,
  platformType: number | null,
  ownId: string = callSign,
): StationIdentity {
  return /[A-Za-z]/.test(callSign)
    ? identity(callSign, SCHEME.callSign, platformType, ownId)
    : ownIdentity(ownId, SCHEME.generic, platformType);
}

/** A station of the United States by its WBAN number: `WBAN-99007`, which no other number looks like. */
export function wbanIdentity(number: string, ownId: string): StationIdentity {
  return identity(`WBAN-${number.padStart(WBAN_DIGITS, '0')}`, SCHEME.national, null, ownId);
}

/** A station that only its archive's id names. */
export function ownIdentity(id: string, scheme: number, platformType: number | null): StationIdentity {
  return identity(id, scheme, platformType, id);
}

function identity(
  primaryId: string,
  primaryScheme: number,
  platformType: number | null,
  ownId: string,
): StationIdentity {
  return {
    primaryId,
    primaryScheme,
    secondaryId: ownId === primaryId ? null : ownId,
    secondaryScheme: SCHEME.generic,
    platformType,
  };
}
