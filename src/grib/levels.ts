/** Where in the vertical a field is: the type of its level as ecCodes names it, and its ends in SI units. */
import { isMissing, s8, s32, u16 } from './octets.js';
import { BETWEEN, LEVELS, NCEP_SURFACES, SURFACES } from './surfaces.js';

/** A level or a layer. */
export interface Level {
  /** ecCodes' `typeOfLevel`; `level<type>` and `level<first>-<second>` for types without a name. */
  readonly levelType: string;
  /** The level, the first end of a layer: Pa, m, K, or without units; NaN where the type has no value or none is coded. */
  readonly level: number;
  /** The second end of a layer, else NaN. */
  readonly level2: number;
}

const NCEP = 7;
/** Surfaces that are where they are: what stands in their octets for a value means nothing. */
const WITHOUT_VALUE = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 101, 162, 166, 177]);

/** Of NCEP's own types those that have one: hybrid layers, isotherms of the ocean, numbers in a sequence. */
const NCEP_WITH_VALUE = new Set([221, 235, 241]);

/** The level of edition 1; `section` is the product definition. */
export function level1(section: Uint8Array, centre: number): Level {
  const [type, top, bottom] = [section[9]!, section[10]!, section[11]!];
  const local = centre === NCEP && type >= 200 ? NCEP_SURFACES.get(type) : undefined;
  if (local !== undefined)
    return {
      levelType: local,
      level: NCEP_WITH_VALUE.has(type) ? u16(section, 10) : Number.NaN,
      level2: Number.NaN,
    };
  const known = LEVELS.get(type);
  if (known === undefined) return { levelType: `level${type}`, level: u16(section, 10), level2: Number.NaN };
  const { name, values, factor, add, factor2, add2 } = known;
  if (values === 'none') return { levelType: name, level: Number.NaN, level2: Number.NaN };
  if (values === 'one') {
    const level = scaled(u16(section, 10), factor);
    return { levelType: name === 'isobaric' ? isobaric(level) : name, level, level2: Number.NaN };
  }
  const end = (octet: number, by: number, plus: number): number =>
    octet === 255 ? Number.NaN : plus + scaled(octet, by);
  return { levelType: name, level: end(top, factor, add), level2: end(bottom, factor2, add2) };
}

/** Divides by a whole number where the factor is a fraction: 7 cm are 0.07 m and not 0.07000000000000001. */
function scaled(value: number, factor: number): number {
  return Math.abs(factor) < 1 ? value / Math.round(1 / factor) : value * factor;
}

/** The level of edition 2; `at` is where its first surface begins in section 4, counted from 0. */
export function level2(section: Uint8Array, at: number, centre: number): Level {
  const [first, second] = [section[at]!, section[at + 6]!];
  const isPlace = centre === NCEP && NCEP_SURFACES.has(first) && !NCEP_WITH_VALUE.has(first);
  const level = isPlace ? Number.NaN : valueAt(section, at);
  return {
    levelType: first === 100 && second === 255 ? isobaric(level) : nameOf(first, second, centre),
    level,
    level2: second === 255 ? Number.NaN : valueAt(section, at + 6),
  };
}

function nameOf(first: number, second: number, centre: number): string {
  const local = centre === NCEP && first >= 192 ? NCEP_SURFACES.get(first) : undefined;
  if (local !== undefined) return local;
  const name = SURFACES.get(first);
  if (second === 255) return name ?? `level${first}`;
  if (second === first && name !== undefined) return `${name}Layer`;
  return BETWEEN.get(`${first}-${second}`) ?? `level${first}-${second}`;
}

/** Pressures are Pa inside; outside they go by hPa when they are whole ones. */
function isobaric(pressure: number): string {
  return pressure % 100 === 0 ? 'isobaricInhPa' : 'isobaricInPa';
}

function valueAt(section: Uint8Array, at: number): number {
  if (WITHOUT_VALUE.has(section[at]!) || section[at] === 255) return Number.NaN;
  if (isMissing(section, at + 1, 1) || isMissing(section, at + 2, 4)) return Number.NaN;
  return decimal(s32(section, at + 2), s8(section, at + 1));
}

/** `value x 10^-scale`, rounded once. */
function decimal(value: number, scale: number): number {
  return scale > 0 ? value / 10 ** scale : value * 10 ** -scale;
}
