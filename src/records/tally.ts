/**
 * Bookkeeping of a run: nothing that a source holds disappears without a count.
 *
 * A *field* is one place in the source that may hold a value which becomes one row of observations_table (IGRA: height,
 * temperature, relative humidity, dew point depression, wind direction, wind speed of a level). For every accepted
 * report the reader adds its fields to `fields`; each of them ends either as a written row (`rows`) or under one reason
 * in `dropped`. `fields === rows + sum(dropped)` holds at the end and is asserted in the station writer.
 */

/** One input, or a part of it, that could not be used; it makes the run end with exit code 3. */
export interface Skip {
  file: string;
  /** 0-based byte in the uncompressed content where the skipped part begins. */
  byteOffset: number;
  /** Stable reason, e.g. `igra2.report.truncated`. */
  reason: string;
  detail: string;
}

/** The counters of one station (or, merged, of a run). */
export interface Tally {
  reports: number;
  levels: number;
  fields: number;
  rows: number;
  /** Fields that made no row, by reason: `igra2.temperature.missing`, `igra2.wind_speed.qa-removed`, ... */
  dropped: Map<string, number>;
  /** Anything else worth counting: values changed, times moved, level types, reports kept out. Not part of the field sum. */
  noted: Map<string, number>;
  /** Parts of the input that could not be used. */
  skipped: Skip[];
}

/** A tally with nothing counted yet. */
export function createTally(): Tally {
  return { reports: 0, levels: 0, fields: 0, rows: 0, dropped: new Map(), noted: new Map(), skipped: [] };
}

/** Adds `n` to a counter; zero leaves no trace. */
export function count(counters: Map<string, number>, reason: string, n = 1): void {
  if (n !== 0) counters.set(reason, (counters.get(reason) ?? 0) + n);
}

/** Adds every counter of `from` to `into`. */
export function mergeTally(into: Tally, from: Tally): void {
  into.reports += from.reports;
  into.levels += from.levels;
  into.fields += from.fields;
  into.rows += from.rows;
  for (const [reason, n] of from.dropped) count(into.dropped, reason, n);
  for (const [reason, n] of from.noted) count(into.noted, reason, n);
  for (const skip of from.skipped) into.skipped.push(skip);
}

/** Sum of all counters of a map. */
export function sumOf(counters: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const n of counters.values()) total += n;
  return total;
}

/** The counters as a plain object with sorted names, for reports and file attributes. */
export function sortedCounts(counters: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counters].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
