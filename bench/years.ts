/**
 * Long inputs from short ones: a few years are made, and a year that is asked for is one of them with its own number in all
 * dates. Making a gigabyte so takes as long as copying it.
 */
import { createRandom } from '../test/support/random.js';

/** One year of an input. */
export interface Year {
  /** Its bytes; a new copy each time. */
  make(): Buffer;
}

/**
 * Years from `first` on until `bytes` are there, from `templates` in turn.
 *
 * @param placesOf offsets in a template at which a year stands, in four digits
 */
export function yearsFrom(
  first: number,
  templates: readonly Buffer[],
  bytes: number,
  placesOf: (template: Buffer) => readonly number[],
): Year[] {
  const places = templates.map(placesOf);
  const years: Year[] = [];
  for (let length = 0; length < bytes; ) {
    const i = years.length % templates.length;
    const template = templates[i];
    if (template === undefined || template.length === 0) throw new RangeError('no templates');
    const year = first + years.length;
    if (year > 9999) throw new RangeError('more years than dates have digits for');
    years.push({ make: () => withYear(template, places[i] ?? [], year) });
    length += template.length;
  }
  return years;
}

function withYear(template: Buffer, places: readonly number[], year: number): Buffer {
  const copy = Buffer.from(template);
  const digits = [...String(year).padStart(4, '0')].map((digit) => digit.charCodeAt(0));
  for (const place of places) for (const [k, digit] of digits.entries()) copy[place + k] = digit;
  return copy;
}

/** The list in another order, the same each time. */
export function shuffled<T>(list: readonly T[]): T[] {
  const random = createRandom(1);
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    const [a, b] = [result[i], result[j]];
    if (a === undefined || b === undefined) continue;
    result[i] = b;
    result[j] = a;
  }
  return result;
}
