/** What went wrong: files that cannot be read now, and what the last run of each dataset says of its own failures. */
import { basename } from 'node:path';
import type { ErrorJson, SkipJson, StoredReport } from '../run/reports/json.js';

/** Kinds of trouble, the gravest first. */
export const TROUBLE_KINDS = [
  'run ended early',
  'shard without report',
  'unreadable station file',
  'station file gone',
  'station failed',
  'input refused',
  'file not fetched',
  'impossible times',
  'warning',
] as const;

/** One thing that went wrong. */
export interface Trouble {
  kind: (typeof TROUBLE_KINDS)[number];
  /** '' where it cannot be told. */
  dataset: string;
  /** Station, file, shard or run. */
  subject: string;
  message: string;
  /** What can be done about it, '' for nothing. */
  hint: string;
}

/** Parts of inputs that were skipped for one reason, by dataset. */
export interface SkippedParts {
  dataset: string;
  reason: string;
  count: number;
  /** The first of them. */
  examples: SkipJson[];
}

const MAX_EXAMPLES = 20;

/**
 * What the last run of a dataset tells of its failures.
 *
 * @param present names of the station files that are in the folder of the dataset
 */
export function troublesOfRun(report: StoredReport, present: ReadonlySet<string>): Trouble[] {
  const { dataset, run } = report;
  const of = (kind: Trouble['kind'], subject: string, error: ErrorJson): Trouble => ({
    kind,
    dataset,
    subject,
    message: withoutSubject(error.message, subject),
    hint: error.hint ?? '',
  });
  const interrupted = {
    message: 'It was interrupted: stations may be missing.',
    hint: 'Harvest again: what is done stays done.',
    exit_code: 130,
  };
  const unreported = {
    message: 'It left no report: its stations may be missing.',
    hint: 'Harvest this shard again.',
    exit_code: 1,
  };
  const gone = {
    message: 'The last run has written it, and it is not in the folder.',
    hint: 'Harvest again to have it back.',
    exit_code: 1,
  };
  const written = report.stations.flatMap(({ files }) => files);
  return [
    ...(report.error === undefined ? [] : [of('run ended early', run, report.error)]),
    ...(report.interrupted && report.error === undefined ? [of('run ended early', run, interrupted)] : []),
    ...(report.missing_shards ?? []).map((shard) => of('shard without report', `shard ${shard}`, unreported)),
    ...written
      .filter((file) => !present.has(basename(file)))
      .map((file) => of('station file gone', basename(file), gone)),
    ...report.stations.flatMap(({ station, error }) =>
      error === undefined ? [] : [of('station failed', station, error)],
    ),
    ...report.refused.map(({ path, error }) => of('input refused', path, error)),
    ...(report.downloads?.missing ?? []).map(({ name, error }) => of('file not fetched', name, error)),
    ...report.warnings.map((message) => of('warning', run, { message, exit_code: 0 })),
  ];
}

/** Messages of errors begin with the file that they are about, which stands beside them here. */
export function withoutSubject(message: string, subject: string): string {
  return message.startsWith(`${subject}: `) ? message.slice(subject.length + 2) : message;
}

/** The skipped parts of inputs of a run, by reason, most first. */
export function skippedOf(report: StoredReport): SkippedParts[] {
  const parts = new Map<string, SkippedParts>();
  for (const skip of [...report.unassigned.skipped, ...report.stations.flatMap(({ skipped }) => skipped)]) {
    const known = parts.get(skip.reason);
    const part = known ?? { dataset: report.dataset, reason: skip.reason, count: 0, examples: [] };
    if (known === undefined) parts.set(skip.reason, part);
    part.count++;
    if (part.examples.length < MAX_EXAMPLES) part.examples.push(skip);
  }
  return [...parts.values()].sort((a, b) => b.count - a.count);
}
