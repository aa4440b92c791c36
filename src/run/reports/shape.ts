/** Whether a value read from a file has the shape of a stored report: every field that merging and tables rely on. */
import type { Skip } from '../../records/tally.js';
import {
  fields,
  flag,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  optional,
  orNull,
  type Shape,
  text,
  timeText,
} from '../../shape.js';
import type { CountsJson, DownloadsJson, ErrorJson, StationJson, StoredReport } from './json.js';

const ERROR = object<ErrorJson>({
  code: optional(text),
  message: text,
  file: optional(text),
  byteOffset: optional(number),
  line: optional(number),
  field: optional(text),
  hint: optional(text),
  stack: optional(text),
  exit_code: number,
});
const SKIP = object<Skip>({ file: text, byteOffset: number, reason: text, detail: text });
const COUNTS = {
  reports: number,
  levels: number,
  fields: number,
  rows: number,
  dropped: mapOf(number),
  noted: mapOf(number),
};

const STATION = object<StationJson>({
  station: text,
  primary_station_id: text,
  state: oneOf('done', 'unchanged', 'empty', 'failed'),
  files: listOf(text),
  reports: number,
  bytes: number,
  input_bytes: number,
  first: orNull(text),
  last: orNull(text),
  counts: object<CountsJson>(COUNTS),
  skipped: listOf(SKIP),
  error: optional(ERROR),
});

/** True for the report of a station. */
export const isStationJson: Shape<StationJson> = STATION;

/** True for a report of format 1. Fields that it does not know are let through. */
export const isStoredReport: Shape<StoredReport> = object<StoredReport>({
  format: oneOf(1),
  run: text,
  version: text,
  started: timeText,
  finished: timeText,
  exit_code: number,
  interrupted: flag,
  error: optional(ERROR),
  shard: orNull(object({ index: number, of: number })),
  missing_shards: optional(listOf(number)),
  dataset: text,
  profile: text,
  options: fields,
  tables: object({ name: text, repository: text, commit: text, sha256: text }),
  dry_run: flag,
  downloads: orNull(
    object<DownloadsJson>({
      listed: number,
      fetched: number,
      unchanged: number,
      bytes: number,
      missing: listOf(object({ name: text, error: ERROR })),
      withdrawn: listOf(text),
    }),
  ),
  station_list: object({ stations: number, noted: mapOf(number) }),
  planned: number,
  stations: listOf(STATION),
  unassigned: object({ noted: mapOf(number), skipped: listOf(SKIP) }),
  refused: listOf(object({ path: text, error: ERROR })),
  warnings: listOf(text),
  totals: object({ ...COUNTS, skipped: number }),
});
