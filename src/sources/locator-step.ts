/** Numbers as the conversions of a locator show them. */
import { shortFloat32 } from '../numbers.js';
import type { Step } from './locator.js';

/** A step with a number of as many digits as it needs. */
export function step(value: number | string, unit: string): Step {
  return { value: typeof value === 'string' ? value : shortest(value), unit };
}

/** Decimals that a double shows once the noise of one or two roundings is left out. */
const SIGNIFICANT = 12;

/** A number without the noise of binary fractions: 257.84999999999997 is 257.85, and so is the nearest number of single precision. */
export function shortest(value: number): string {
  if (!Number.isInteger(value) && Math.fround(value) === value) return shortFloat32(value);
  return String(Number(value.toPrecision(SIGNIFICANT)));
}
