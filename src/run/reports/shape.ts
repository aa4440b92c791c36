/** Whether a value read from a file has the shape of a stored report: every field that merging and tables rely on. */
import type { StoredReport } from './json.js';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const flag: Check = (value) => typeof value === 'boolean';
const time: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const anything: Check = isObject;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const object =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
const counts: Check = (value) => isObject(value) && Object.values(value).every(number);

const ERROR = object({ message: text, exit_code: number, code: optional(text), hint: optional(text) });
const SKIP = object({ file: text, byteOffset: number, reason: text, detail: text });
const COUNTS = {
  reports: number,
  levels: number,
  fields: number,
  rows: number,
  dropped: counts,
  noted: counts,
};
const STATES: ReadonlySet<unknown> = new Set(['done', 'unchanged', 'empty', 'failed']);

const STATION = object({
  station: text,
  primary_station_id: text,
  state: (value) => STATES.has(value),
  files: listOf(text),
  reports: number,
  bytes: number,
  input_bytes: number,
  first: orNull(text),
  last: orNull(text),
  counts: object(COUNTS),
  skipped: listOf(SKIP),
  error: optional(ERROR),
});

const REPORT = object({
  format: (value) => value === 1,
  run: text,
  version: text,
  started: time,
  finished: time,
  exit_code: number,
  interrupted: flag,
  error: optional(ERROR),
  shard: orNull(object({ index: number, of: number })),
  missing_shards: optional(listOf(number)),
  dataset: text,
  profile: text,
  options: anything,
  tables: object({ name: text, repository: text, commit: text, sha256: text }),
  dry_run: flag,
  downloads: orNull(
    object({
      listed: number,
      fetched: number,
      unchanged: number,
      bytes: number,
      missing: listOf(object({ name: text, error: ERROR })),
      withdrawn: listOf(text),
    }),
  ),
  station_list: object({ stations: number, noted: counts }),
  planned: number,
  stations: listOf(STATION),
  unassigned: object({ noted: counts, skipped: listOf(SKIP) }),
  refused: listOf(object({ path: text, error: ERROR })),
  warnings: listOf(text),
  totals: object({ ...COUNTS, skipped: number }),
});

/** True for a report of format 1. Fields that it does not know are let through. */
export function isStoredReport(value: unknown): value is StoredReport {
  return REPORT(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
