/** Subsets that say the same as the one before them. */
import type { Subset } from './subset.js';

/**
 * Whether subset `k` of a message repeats the one before it value for value. In compressed data that needs no more bits than
 * one subset does, so that a damaged count of subsets makes thousands of reports out of one.
 */
export function isRepeated(subsets: readonly Subset[], k: number): boolean {
  const subset = subsets[k];
  const before = subsets[k - 1];
  if (subset === undefined || before === undefined || subset.length !== before.length) return false;
  // Where all subsets of a compressed message are equal, the decoder makes one of them.
  if (subset === before) return true;
  for (let i = 0; i < subset.length; i++) {
    if (subset.elements[i] !== before.elements[i]) return false;
    if (!Object.is(subset.values[i], before.values[i])) return false;
    if ((subset.texts?.[i] ?? null) !== (before.texts?.[i] ?? null)) return false;
  }
  return true;
}
