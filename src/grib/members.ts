/** Which member of which ensemble a field is, whatever its centre calls it. */
import type { MarsLabels } from './mars.js';
import { u16 } from './octets.js';
import type { ProductPlaces } from './templates.js';

/** Analyses, forecasts; control, perturbed, and negatively perturbed members; mean and spread of an ensemble; what is of many members. */
export type MemberType = 'an' | 'fc' | 'cf' | 'pf' | 'nf' | 'em' | 'es' | 'other';

/** The place of a field in an ensemble. */
export interface Member {
  readonly memberType: MemberType;
  /** 0 is the control; -1: of no member. */
  readonly member: number;
  /** Size of the ensemble as coded; -1 unknown. */
  readonly members: number;
}

const NCEP = 7;
const ECMWF = 98;
/** MARS types that are made of many members: 17 mean, 18 spread, and others with a number that is no member's. */
const MEAN = 17;
const SPREAD = 18;
const OF_MANY = new Set([
  12, 13, 14, 15, 16, 20, 23, 24, 27, 28, 29, 30, 32, 36, 37, 38, 43, 44, 46, 47, 48, 86,
]);
/** Where the local definitions of ECMWF in edition 1 have number and size, counted from 0, and in how many octets. */
const ONE_OCTET = new Set([1, 13, 18, 26, 30, 31, 36]);
const SIZE_OF_TWO: ReadonlyMap<number, number> = new Map([
  ...([
    [12, 62],
    [15, 55],
    [16, 62],
    [23, 80],
  ] as const),
]);

/** A field of no ensemble. */
export function single(type: 'an' | 'fc', members = -1): Member {
  return { memberType: type, member: -1, members };
}

/** The member of edition 1; `labels` are those of ECMWF, null elsewhere. */
export function member1(section: Uint8Array, labels: MarsLabels | null, type: 'an' | 'fc'): Member {
  if (labels !== null) return numbered(numbersOf(section), labels.typeCode, type);
  if (section[4] === NCEP && section.length >= 45 && section[40] === 1) return ncepMember(section);
  return single(type);
}

/** Number and size in the local part of ECMWF. */
function numbersOf(section: Uint8Array): [number: number, size: number] {
  const definition = section[40]!;
  if (ONE_OCTET.has(definition) && section.length >= 51) return [section[49]!, section[50]!];
  const size = SIZE_OF_TWO.get(definition);
  if (size === undefined || section.length < size + 2) return [-1, -1];
  return [u16(section, 49), u16(section, size)];
}

/** A number is a member's where there is an ensemble: deterministic fields carry number 0 of 0. */
function numbered([number, size]: readonly [number, number], code: number, type: 'an' | 'fc'): Member {
  if (code === MEAN || code === SPREAD)
    return { memberType: code === MEAN ? 'em' : 'es', member: -1, members: size };
  if (OF_MANY.has(code)) return { memberType: 'other', member: -1, members: size };
  if (number < 0 || (size <= 0 && number === 0)) return single(type, size);
  return { memberType: number === 0 ? 'cf' : 'pf', member: number, members: size };
}

/** Octet 42: 1 control, 2 and 3 twins of one number, 5 the whole ensemble; octet 44: 1 full field, 2 mean, 11 spread. */
function ncepMember(section: Uint8Array): Member {
  const [type, number, product] = [section[41]!, section[42]!, section[43]!];
  const members = section.length >= 61 ? section[60]! : -1;
  if (type === 1) return { memberType: 'cf', member: 0, members };
  if (type === 2) return { memberType: 'nf', member: number, members };
  if (type === 3) return { memberType: 'pf', member: number, members };
  const memberType = type === 5 && product <= 2 ? 'em' : type === 5 && product === 11 ? 'es' : 'other';
  return { memberType, member: -1, members };
}

/** What decides about the member of edition 2. */
export interface Member2Query {
  product: Uint8Array;
  places: ProductPlaces | null;
  centre: number;
  labels: MarsLabels | null;
  type: 'an' | 'fc';
}

/** The member of edition 2. */
export function member2({ product, places, centre, labels, type }: Member2Query): Member {
  if (places === null) return single(type);
  const { member: at, derived } = places;
  if (places.ofMany) return { memberType: 'other', member: -1, members: -1 };
  if (derived >= 0) {
    const kind = product[derived] ?? 255;
    const memberType = kind === 0 ? 'em' : kind === 2 || kind === 4 ? 'es' : 'other';
    return { memberType, member: -1, members: sizeOf(product[derived + 1]) };
  }
  if (at < 0) return single(type);
  const [kind, number, size] = [product[at], product[at + 1], sizeOf(product[at + 2])];
  if (number === undefined) return single(type);
  // The signs of a pair: one number twice. ECMWF has numbers only, and its codes of the type are not to be trusted.
  if (kind === 2 && centre !== ECMWF && number > 0)
    return { memberType: 'nf', member: number, members: size };
  return numbered([number, size], labels?.typeCode ?? 0, type);
}

function sizeOf(octet: number | undefined): number {
  return octet === undefined || octet === 255 ? -1 : octet;
}
