/**
 * Adler-32 of repeated rows without reading their bytes: two sums over a row, of its bytes and of its bytes weighted with the
 * number of bytes from each to the end of the row, say what any number of such rows does to the checksum.
 */

const MODULUS = 65_521;
/** The sums stay whole numbers of a double (below 2^53) as long as no call adds more rows than this many bytes. */
export const MAX_BYTES = 2 ** 20;
const LOW_LIMIT = 2 ** 30;
const HIGH_LIMIT = 2 ** 51;

export interface Checksum {
  low: number;
  high: number;
}

export function createChecksum(): Checksum {
  return { low: 1, high: 0 };
}

/** Adds `count` rows of `rowBytes` with the given sums. */
export function addRows(c: Checksum, count: number, rowBytes: number, sum: number, weighted: number): void {
  c.high += count * (rowBytes * c.low + weighted) + ((rowBytes * sum * count) / 2) * (count - 1);
  c.low += count * sum;
  if (c.low > LOW_LIMIT) c.low %= MODULUS;
  if (c.high > HIGH_LIMIT) c.high %= MODULUS;
}

/** The checksum as an unsigned 32-bit number. */
export function checksumValue(c: Checksum): number {
  return (c.high % MODULUS) * 65_536 + (c.low % MODULUS);
}
