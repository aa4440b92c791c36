/** What messages say of a level: the bits of flag tables 0 08 001 and 0 08 042 as the bits of `SIGNIFICANCE`. */
import { SIGNIFICANCE } from '../../records/significance.js';

/**
 * By bit of 0 08 001, bit 1 (the most significant of 7) first: what it is in 0 08 042. The old table has one bit for levels that are
 * significant in temperature or humidity: both bits of the new one. Bit 7 is set only where all are: missing.
 */
const EXTENDED = [
  SIGNIFICANCE.surface,
  SIGNIFICANCE.standard,
  SIGNIFICANCE.tropopause,
  SIGNIFICANCE.maximumWind,
  SIGNIFICANCE.significantTemperature | SIGNIFICANCE.significantHumidity,
  SIGNIFICANCE.significantWind,
  0,
] as const;

/** By the number that the seven bits of 0 08 001 are. */
const BY_FLAGS = Int32Array.from({ length: 1 << EXTENDED.length }, (_, flags) =>
  EXTENDED.reduce<number>(
    (extended, bits, bit) => ((flags >> (EXTENDED.length - 1 - bit)) & 1 ? extended | bits : extended),
    0,
  ),
);

/** The bits that mean something; the last of the 18 of 0 08 042 is set only where all are: missing. */
const KNOWN_FLAGS = Object.values(SIGNIFICANCE).reduce<number>((all, bit) => all | bit, 0);

/** The bits of 0 08 001 as bits of 0 08 042. */
export function extendedFlags(flags: number): number {
  return BY_FLAGS[flags & (BY_FLAGS.length - 1)]!;
}

/** The bits of 0 08 042. */
export function flagsOf(flags: number): number {
  return flags & KNOWN_FLAGS;
}
