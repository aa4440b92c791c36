/** Positions of levels, in degrees north and east. */
import { withoutNoise } from '../../records/place.js';

/** A coordinate and a displacement from it. */
export function displaced(degrees: number, displacement: number): number {
  return displacement === 0 ? degrees : withoutNoise(degrees + displacement);
}
