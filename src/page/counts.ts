/** The counts that files and runs carry: what was read, what became a row, and what did not, by reason. */
import { count, mapOf, object, parsed } from '../shape.js';

/** Counts with every reason, of one file or of many together. */
export interface ValueCounts {
  reports: number;
  levels: number;
  /** Places in the source that may hold a value. `fields` = `rows` + all of `dropped`. */
  fields: number;
  rows: number;
  /** Fields that made no row, by reason. */
  dropped: Map<string, number>;
  /** What else was counted, by reason; not a part of `fields`. */
  noted: Map<string, number>;
}

/** Counts with nothing in them. */
export function noCounts(): ValueCounts {
  return { reports: 0, levels: 0, fields: 0, rows: 0, dropped: new Map(), noted: new Map() };
}

const NUMBERS = ['reports', 'levels', 'fields', 'rows'] as const;

/**
 * The counts in the attribute `harvest_counts`; null where it is missing, is something else, or holds rows and reports alone (one
 * file of `--split year`).
 */
export function parseCounts(json: string): ValueCounts | null {
  const counts = parsed(json, COUNTS);
  if (counts === undefined) return null;
  const { reports, levels, fields, rows, dropped, noted } = counts;
  return {
    ...{ reports, levels, fields, rows },
    dropped: new Map(Object.entries(dropped)),
    noted: new Map(Object.entries(noted)),
  };
}

/** Counts as they stand in a report of a run. */
export interface PlainCounts {
  reports: number;
  levels: number;
  fields: number;
  rows: number;
  dropped: Readonly<Record<string, number>>;
  noted: Readonly<Record<string, number>>;
}

const COUNTS = object<PlainCounts>({
  reports: count,
  levels: count,
  fields: count,
  rows: count,
  dropped: mapOf(count),
  noted: mapOf(count),
});

/** Adds `from` to `into`. */
export function addCounts(into: ValueCounts, from: ValueCounts | PlainCounts): void {
  for (const name of NUMBERS) into[name] += from[name];
  addReasons(into.dropped, from.dropped);
  addReasons(into.noted, from.noted);
}

function addReasons(
  into: Map<string, number>,
  from: ReadonlyMap<string, number> | Readonly<Record<string, number>>,
): void {
  for (const [reason, n] of from instanceof Map ? from : Object.entries(from))
    into.set(reason, (into.get(reason) ?? 0) + n);
}

/** The sum over all reasons. */
export function sumOf(reasons: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const n of reasons.values()) sum += n;
  return sum;
}
