/** Telling IGRA 2 soundings by their first bytes, and naming what came instead. */
import { type ForeignRule, firstLine, latin1Head, lineMatches, nameForeign } from '../foreign.js';
import type { Recognition } from '../source.js';
import { searchLine } from '../text/line-search.js';

/** `#`, id, date, hour, release time and number of levels in their columns, digits or not. */
const HEADER_LINE = /^#[A-Z0-9-]{11} .{4} .{2} .{2} .{2} .{4} .{4}(?: |$)/i;
/** The derived product has the same first 36 columns, and 20 numbers where the data sources and the position stand. */
const DERIVED_LINE = /^.{36} +-?\d+ +-?\d+ +-?\d+ /;
const STATION_LINE = /^(?:[A-Z]{2}[A-Z0-9]{9}|\s{11}) +-?\d+\.\d{4} +-?\d+\.\d{4} +-?\d+\.\d/;
/** The real list ends with a line that has nothing but the years and the count. */
const STATION_LINE_WITHOUT_ID = /^\s{72}\d{4} \d{4} +\d+\s*$/;

const HASH = 0x23;

/** What else the archive has, and what is left of a damaged file. */
const OTHERS: readonly ForeignRule[] = [
  ['an IGRA derived-parameters file (-drvd.txt)', isDerived],
  ['IGRA monthly means', lineMatches(/^[A-Z]{2}[A-Z0-9]{9} \d{4} [ \d]\d(?: +-?\d+)+\s*$/)],
  ['the IGRA station history (igra2-metadata.txt)', lineMatches(/^[A-Z]{2}[A-Z0-9]{9} [ \d]{4}\d \S/)],
  ['an IGRA station list', (line) => isStationLine(line)],
  ['IGRA levels without a header', lineMatches(/^[1-3][0-2] [ \d-]{5} [ \d-]{6}/)],
];

/** Whether these are IGRA 2 soundings; derived and monthly products, version 1 and other formats are named. */
export function recognise(head: Uint8Array): Recognition {
  return isHeader(firstLine(latin1Head(head))) ? { fits: true } : nameForeign(head, OTHERS);
}

/** Offset of the first header of a sounding, -1 for none. */
export function searchHeader(bytes: Uint8Array): number {
  return searchLine(bytes, HASH, isHeader);
}

/** Whether these are the first bytes of the archive's station list: whether a line of it comes before any other of the archive. */
export function isStationList(head: Uint8Array): boolean {
  for (const line of latin1Head(head).split('\n')) {
    if (isStationLine(line)) return true;
    if (HEADER_LINE.test(line)) return false;
  }
  return false;
}

/** The station id of the first header; call only where `recognise` says that the format fits. */
export function firstStationId(head: Uint8Array): string {
  return firstLine(latin1Head(head)).slice(1, 12);
}

function isHeader(line: string): boolean {
  return HEADER_LINE.test(line) && !isDerived(line);
}

function isDerived(line: string): boolean {
  return HEADER_LINE.test(line) && (line.trimEnd().length > 100 || DERIVED_LINE.test(line));
}

function isStationLine(line: string): boolean {
  return STATION_LINE.test(line) || STATION_LINE_WITHOUT_ID.test(line);
}
