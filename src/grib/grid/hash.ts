/** The identity of a geometry. */
import { createHash } from 'node:crypto';

/** Bit 5 of the resolution and component flags: vectors are along the axes of the grid. It says nothing of the geometry. */
const GRID_RELATIVE = 0x08;

/**
 * sha256, in hex, of the edition and the octets that describe the geometry.
 *
 * @param parts stretches of the section
 * @param flags octet of the first part that has the flags of vectors; null where there is none
 */
export function geometryHash(edition: 1 | 2, parts: readonly Uint8Array[], flags: number | null): string {
  const hash = createHash('sha256').update(Uint8Array.of(edition));
  for (const [number, part] of parts.entries()) {
    const octets = new Uint8Array(part);
    if (number === 0 && flags !== null && flags < octets.length) octets[flags]! &= ~GRID_RELATIVE;
    hash.update(octets);
  }
  return hash.digest('hex');
}
