/** What the rules of headers share. */
import { isYear } from '../../records/bounds.js';
import type { BadHeader } from './format.js';

/** A header of which a field cannot be read. */
export function unreadable(field: string): BadHeader {
  return badHeader('report.header-unreadable', `the header's ${field} is not readable`);
}

/** A header whose year none can be of a sounding, null for a year that can. */
export function impossibleYear(year: number): BadHeader | null {
  return isYear(year) ? null : badHeader('report.date-invalid', `the year ${year} is none of a sounding`);
}

/** A header that cannot be used, and why. */
export function badHeader<Code extends string>(reason: Code, detail: string): BadHeader<Code> {
  return { readable: false, reason, detail };
}
