/** What LVLTYP1 and LVLTYP2 say of a level. */
import { SIGNIFICANCE, SIGNIFICANCE_UNKNOWN } from '../../records/significance.js';

/** LVLTYP1: 1 is a standard pressure level. Neither 2, another pressure, nor 3, no pressure, is of a special kind. */
const STANDARD = 1;
/** The values of LVLTYP1 (1 to 3) and of LVLTYP2 (0 to 2) of the format's description. */
const LAST_TYPE = 3;
/** By LVLTYP2: other, surface, tropopause. */
const BY_SUBTYPE = [0, SIGNIFICANCE.surface, SIGNIFICANCE.tropopause] as const;

/**
 * The significance of a level. A level that is of no special kind by a type or subtype that the format's description does not have
 * may still be of one: that is not said.
 */
export function levelSignificance(type: number, subtype: number): number {
  const bits = (type === STANDARD ? SIGNIFICANCE.standard : 0) | (BY_SUBTYPE[subtype] ?? 0);
  const described = type >= 1 && type <= LAST_TYPE && BY_SUBTYPE[subtype] !== undefined;
  return bits !== 0 || described ? bits : SIGNIFICANCE_UNKNOWN;
}

/** By `(LVLTYP1 - 1) * 3 + LVLTYP2`, for levels that have both of the format's description. */
export const LEVEL_SIGNIFICANCE = Int32Array.from({ length: LAST_TYPE * BY_SUBTYPE.length }, (_, form) =>
  levelSignificance(Math.floor(form / BY_SUBTYPE.length) + 1, form % BY_SUBTYPE.length),
);
