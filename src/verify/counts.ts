/** harvest_counts: the account of what was read, written and left out, against the tables. */
import { count, mapOf, number, object, optional, parsed } from '../shape.js';
import type { FileView } from './file-view.js';

type Numbers = Readonly<Record<string, number>>;

/** What the attribute holds. A file of one year of a station counts its own rows and reports alone. */
interface StatedCounts {
  reports: number;
  rows: number;
  /** Of the whole station: all fields read, and those left out, by reason. */
  account: { fields: number; levels: number; dropped: Numbers; noted: Numbers } | undefined;
}

/** Reports that were read and are no row of header_table, each counted once. */
const NOT_WRITTEN = /\.report\.(?:joined|repeated|under-one-header|outside-period|sent-again)$/;
const OUTSIDE_PERIOD = /\.outside-period$/;
/** Lines of the source that could not be read; earlier versions called them levels. */
const MALFORMED = /\.(?:line|level)\.malformed$/;

/** Undefined where the attribute holds something else. */
function readCounts({ attribute }: FileView): StatedCounts | undefined {
  const stated = parsed(attribute('harvest_counts'), STATED);
  if (stated === undefined) return undefined;
  const { reports, rows, fields, levels, dropped, noted } = stated;
  if (fields === undefined) return { reports, rows, account: undefined };
  if (levels === undefined || dropped === undefined || noted === undefined) return undefined;
  return { reports, rows, account: { fields, levels, dropped, noted } };
}

/** One file of `--split year` has reports and rows alone. */
const STATED = object<{
  reports: number;
  rows: number;
  fields?: number;
  levels?: number;
  dropped?: Record<string, number>;
  noted?: Record<string, number>;
}>({
  reports: number,
  rows: number,
  fields: optional(number),
  levels: optional(number),
  dropped: optional(mapOf(count)),
  noted: optional(mapOf(count)),
});

/** Whether only a part of the soundings was kept, by `--from` or `--to`. */
export function isOfPeriod(view: FileView): boolean {
  return Object.keys(readCounts(view)?.account?.noted ?? {}).some((name) => OUTSIDE_PERIOD.test(name));
}

/** Whether the file holds one year of its station. */
export function isOfYear(view: FileView): boolean {
  const counts = readCounts(view);
  return counts !== undefined && counts.account === undefined;
}

export function checkCounts(view: FileView): void {
  const tell = (message: string): void =>
    view.findings.add('counts', { variable: 'harvest_counts' }, () => message);
  const counts = readCounts(view);
  if (counts === undefined) {
    tell('not the counts of a harvest');
    return;
  }
  const { reports, rows, account } = counts;
  const written = view.rows('observations_table');
  if (rows !== written) tell(`${rows} rows, observations_table has ${written}`);
  const left = account === undefined ? 0 : sumOf(account.noted, NOT_WRITTEN);
  const inTable = view.rows('header_table');
  if (reports - left !== inTable)
    tell(`${reports} reports, of which ${left} were not written; header_table has ${inTable}`);
  if (account === undefined) return;
  const dropped = sumOf(account.dropped, /^/);
  if (rows + dropped !== account.fields)
    tell(`${rows} rows and ${dropped} dropped are not the ${account.fields} fields that were read`);
  checkDamage(view, rows, account);
}

/** Lines that could not be read: damage of the source, which the file holds without them, or nothing of it. */
function checkDamage(
  { findings }: FileView,
  rows: number,
  { fields, levels, dropped, noted }: NonNullable<StatedCounts['account']>,
): void {
  const names = Object.keys(noted).filter((name) => MALFORMED.test(name));
  const lines = sumOf(noted, MALFORMED);
  if (lines === 0) return;
  // A value that is missing was read; earlier versions counted the fields of lines that were not.
  if (rows === 0 && lines >= levels && fields === sumOf(dropped, /\.unreadable$/))
    findings.add(
      'source-damage',
      { variable: 'harvest_counts' },
      () => `none of the ${lines} lines with values could be read (${names.join(', ')})`,
    );
  else
    findings.note(
      `${lines} lines of the source could not be read and are not in the file (${names.join(', ')})`,
      'the sources have lines that could not be read',
      names,
    );
}

function sumOf(counts: Numbers, names: RegExp): number {
  return Object.entries(counts).reduce((sum, [name, count]) => sum + (names.test(name) ? count : 0), 0);
}
