/** Station ids of the database (`statid@hdr`) and what they say of the primary station id of the CDM. */

import type { StationIdentity } from '../../records/station.js';
import {
  callSignIdentity,
  isWigosId,
  ownIdentity,
  SCHEME,
  wbanIdentity,
  wigosIdentity,
  wmoIdentity,
  wmoNumberOf,
} from '../identity.js';

/** Quotes and blanks around a text, as tables of other tools have them. */
const WRAPPED = /^\s*(["'])(.*)\1\s*$/s;

/**
 * The id of a station from the text in `statid`: without quotes and blanks around it; of a WMO number the five digits, in
 * whichever form it stands: `11035`, `1:11035`, `1:1001` (without its leading zeros, as the collections have it) and the WIGOS id
 * `0-20000-0-11035` are one station. '' for a text with control characters or a quote without its other one, which is damage
 * and no id.
 */
export function stationIdOf(statid: string): string {
  const text = statid.trim().replace(WRAPPED, '$2').trim();
  const id = text.replace(/^1: *(\d*)$/, (_, digits: string) => digits.padStart(5, '0')).replace(/^1: */, '');
  return /\p{Cc}|^["']|["']$/u.test(id) ? '' : (wmoNumberOf(id) ?? id);
}

/**
 * The prefix of an id says whose number it is: none or `1:` WMO, `2:` WBAN, `C:` CHUAN, `3:`, `6:`, `9:` others. Five
 * digits without a prefix are a WMO number, whose WIGOS id is known by rule: `0-20000-0-NNNNN`. A name of letters and digits is
 * a call sign (ships, as a rule, but the id does not tell: the reports do); a number with fewer or more digits is nobody's
 * number in particular and stays as it is, as does every other id.
 */
export function identify(stationId: string): StationIdentity {
  if (/^\d{5}$/.test(stationId)) return wmoIdentity(stationId, stationId);
  if (isWigosId(stationId)) return wigosIdentity(stationId);
  const [, wban] = /^2: *(\d{1,5})$/.exec(stationId) ?? [];
  if (wban !== undefined) return wbanIdentity(wban, stationId);
  if (/^[^:]*:/.test(stationId)) return ownIdentity(stationId, SCHEME.generic, null);
  return callSignIdentity(stationId, null);
}
