/** Which station a report is of, and what that makes of it in the CDM. */

import type { StationIdentity } from '../../records/station.js';
import {
  callSignIdentity,
  isWigosId,
  ownIdentity,
  PLATFORM,
  SCHEME,
  wigosIdentity,
  wmoIdentity,
  wmoNumberOf,
} from '../identity.js';
import type { MessageHeader } from './message.js';
import { ecmwfSubtype } from './sounding-kind.js';
import type { Subset } from './subset.js';

/** First part of the source's id of stations that have no WMO number and no WIGOS id. */
const KIND = { ship: 'ship', mobile: 'mobile', aircraft: 'aircraft', buoy: 'buoy' } as const;

/** Elements that identify a station. */
const D = {
  block: 1001,
  number: 1002,
  buoyNumber: 1005,
  flight: 1006,
  aircraft: 1008,
  buoy: 1010,
  callSign: 1011,
  wigosSeries: 1125,
  wigosIssuer: 1126,
  wigosIssue: 1127,
  wigosLocal: 1128,
  /** Local to ECMWF: carrier balloon or aircraft; mobile land station. */
  carrier: 1194,
  mobile: 1195,
} as const;

/** ECMWF's subtypes of PILOT and TEMP reports of mobile land stations. */
const LOCAL_MOBILE = new Set([93, 106]);
/** Common code table C-13, category 2: PILOT MOBIL and TEMP MOBIL, descents and radiosondes used again among them. */
const INTERNATIONAL_MOBILE = new Set([3, 6, 16, 106, 116]);
const ECMWF = 98;

/**
 * The source's id of the station that a subset names, null where it names none: the WMO number (five digits), else the WIGOS id,
 * else the call sign in capitals or another text with its kind before it (`ship:ASDE3`). The WIGOS id `0-20000-0-NNNNN` is WMO number NNNNN.
 * The WMO number comes first because the other archives, and older messages of the same station, know no other.
 *
 * @param flat indices of the elements outside replications
 */
export function stationOf(subset: Subset, flat: readonly number[], header: MessageHeader): string | null {
  const { number, text } = fieldsOf(subset, flat);
  const named = (kind: string, name: string): string | null => (name === '' ? null : `${kind}:${name}`);
  return (
    wmoNumber(number(D.block), number(D.number)) ??
    wigosIdOf(subset, flat) ??
    named(isMobileLand(header) ? KIND.mobile : KIND.ship, text(D.callSign).toUpperCase()) ??
    named(KIND.aircraft, text(D.flight) || text(D.aircraft)) ??
    named(KIND.buoy, text(D.buoy) || wholeNumber(number(D.buoyNumber))) ??
    (header.centre === ECMWF
      ? (named(KIND.aircraft, text(D.carrier)) ?? named(KIND.mobile, text(D.mobile)))
      : null)
  );
}

/** The WIGOS id that a subset gives, null where it gives none; WMO number NNNNN for `0-20000-0-NNNNN`. */
export function wigosIdOf(subset: Subset, flat: readonly number[]): string | null {
  const { number, text } = fieldsOf(subset, flat);
  return wigosId(number(D.wigosSeries), number(D.wigosIssuer), number(D.wigosIssue), text(D.wigosLocal));
}

/** The first value of an element that is not missing: NaN or '' where there is none. */
function fieldsOf(
  subset: Subset,
  flat: readonly number[],
): { number(descriptor: number): number; text(descriptor: number): string } {
  return {
    number(descriptor) {
      const at = flat.find(
        (i) => subset.elements[i]!.descriptor === descriptor && !Number.isNaN(subset.values[i]!),
      );
      return at === undefined ? Number.NaN : subset.values[at]!;
    },
    text(descriptor) {
      const at = flat.find((i) => subset.elements[i]!.descriptor === descriptor && textAt(subset, i) !== '');
      return at === undefined ? '' : textAt(subset, at);
    },
  };
}

/** Printable characters only, no blanks and quotes around them: an id becomes part of file names and messages. */
function textAt({ texts }: Subset, i: number): string {
  return (texts?.[i] ?? '').replace(/[^\x20-\x7e]/g, '').replace(/^[\s'"]+|[\s'"]+$/g, '');
}

function wholeNumber(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}

function wigosId(series: number, issuer: number, issue: number, local: string): string | null {
  if (Number.isNaN(series) || Number.isNaN(issuer) || Number.isNaN(issue)) return null;
  if (!/^[A-Za-z0-9]{1,16}$/.test(local)) return null;
  const id = `${series}-${issuer}-${issue}-${local}`;
  return wmoNumberOf(id) ?? id;
}

function wmoNumber(block: number, number: number): string | null {
  if (!(block >= 1 && block <= 99 && number >= 0 && number <= 999)) return null;
  return String(block).padStart(2, '0') + String(number).padStart(3, '0');
}

function isMobileLand(header: MessageHeader): boolean {
  const { subCategory } = header;
  if (LOCAL_MOBILE.has(ecmwfSubtype(header) ?? -1)) return true;
  return subCategory !== null && INTERNATIONAL_MOBILE.has(subCategory);
}

/** The own id behind a call sign: without a letter the one with its kind, for bare digits would be taken for a WMO number. */
function numberedOnly(stationId: string, callSign: string): string {
  return /[A-Za-z]/.test(callSign) ? callSign : stationId;
}

/** The CDM identity of a station by the source's id, as `stationOf` gives it. */
export function identify(stationId: string): StationIdentity {
  if (/^\d{5}$/.test(stationId)) return wmoIdentity(stationId, stationId);
  if (isWigosId(stationId)) return wigosIdentity(stationId);
  const colon = stationId.indexOf(':');
  const name = stationId.slice(colon + 1);
  switch (stationId.slice(0, Math.max(colon, 0))) {
    case KIND.ship:
      return callSignIdentity(name, PLATFORM.ship, numberedOnly(stationId, name));
    case KIND.mobile:
      return callSignIdentity(name, PLATFORM.landVehicle, numberedOnly(stationId, name));
    case KIND.aircraft:
      return ownIdentity(name, SCHEME.generic, PLATFORM.aircraft);
    case KIND.buoy:
      return ownIdentity(name, SCHEME.wmoNumber, null);
    default:
      return ownIdentity(stationId, SCHEME.generic, null);
  }
}
