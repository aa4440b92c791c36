/** Calendar years of record times. */

import { civilTime } from '../calendar.js';
import { isYear } from '../records/bounds.js';

/** The year of a time in seconds since 1900-01-01; NaN for a missing one, and for one that no sounding can have. */
export function yearOf(seconds: number): number {
  const year = Number.isFinite(seconds) ? civilTime(seconds).year : Number.NaN;
  return isYear(year) ? year : Number.NaN;
}

/** `1948 to 2020`, `1948` for one year, `unknown period` for none. */
export function periodText(first: number, last: number): string {
  if (!Number.isFinite(first) || !Number.isFinite(last)) return 'unknown period';
  return first === last ? `${first}` : `${first} to ${last}`;
}

/** A number of things: `12,345 launches`, `1 launch`. */
export function counted(n: number, one: string, many: string): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

/** `12,345` */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}
