/** Counts and skips of one dataset: the names of reasons begin with it. */
import { count, type Tally } from '../../records/tally.js';
import * as skips from '../skips.js';
import { nameOf, type OdbCode } from './reasons.js';
import { type Declaration, describeDeclaration, type OtherReportKind } from './report-kinds.js';

/** Where the reader counts: the names of reasons begin with the dataset. */
export interface SkipContext extends skips.SkipContext {
  readonly dataset: string;
}

/** A context for one file. */
export function skipContext(dataset: string, path: string, tally: Tally): SkipContext {
  return { dataset, path, tally, listed: new Map() };
}

/** Counts something that was changed, moved or odd; `reason` is named without the dataset. */
export function note(context: SkipContext, reason: OdbCode, n = 1): void {
  count(context.tally.noted, nameOf(context.dataset, reason), n);
}

/** Counts a skipped part of the input and lists it, with the byte where it begins; `reason` is named without the dataset. */
export function skip(context: SkipContext, reason: OdbCode, byteOffset: number, detail: string): void {
  skips.skip(context, nameOf(context.dataset, reason), byteOffset, detail);
}

/** Lists the first case of `reason` (and `key`) in the file; the caller counts. */
export function listOnce(
  context: SkipContext,
  reason: OdbCode,
  byteOffset: number,
  detail: string,
  key = '',
): void {
  skips.listOnce(context, nameOf(context.dataset, reason), key, byteOffset, detail);
}

/** Reports that are no soundings, of one kind. */
export interface OtherReports {
  kind: OtherReportKind;
  declaration: Declaration;
  stationId: string;
  /** First byte of the first of them in the file. */
  offset: number;
  count: number;
}

/** Counts reports that are no soundings by their kind, `<dataset>.report.<kind>`, and lists the first one of its codes in the file. */
export function skipOthers(context: SkipContext, others: OtherReports): void {
  const { kind, declaration, stationId, offset, count: n } = others;
  const reason: OdbCode = `report.${kind.name}`;
  note(context, reason, n);
  const codes = describeDeclaration(declaration);
  const detail = `no sounding: ${codes}, station ${stationId} (the first of its kind in the file; all are counted)`;
  listOnce(context, reason, offset, detail, codes);
}
