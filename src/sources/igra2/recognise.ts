/** Telling IGRA 2 soundings by their first bytes, and naming what came instead. */
import { type ForeignRule, firstLine, latin1Head, lineMatches, nameForeign } from '../foreign.js';
import type { Recognition } from '../source.js';

/** `#`, id, date, hour, release time and number of levels in their columns, digits or not. */
const HEADER_LINE = /^#[A-Z0-9-]{11} .{4} .{2} .{2} .{2} .{4} .{4}(?: |$)/i;
const STATION_LINE = /^(?:[A-Z]{2}[A-Z0-9]{9}|\s{11}) +-?\d+\.\d{4} +-?\d+\.\d{4} +-?\d+\.\d/;
/** The real list ends with a line that has nothing but the years and the count. */
const STATION_LINE_WITHOUT_ID = /^\s{72}\d{4} \d{4} +\d+\s*$/;

/** What else the archive has, and what is left of a damaged file. */
const OTHERS: readonly ForeignRule[] = [
  ['IGRA monthly means', lineMatches(/^[A-Z]{2}[A-Z0-9]{9} \d{4} \d{2}(?: +-?\d+)+\s*$/)],
  ['an IGRA station list', (line) => isStationLine(line)],
  ['IGRA levels without a header', lineMatches(/^[1-3][0-2] [ \d-]{5} [ \d-]{6}/)],
];

/** Whether these are IGRA 2 soundings; derived and monthly products, version 1 and other formats are named. */
export function recognise(head: Uint8Array): Recognition {
  const line = firstLine(latin1Head(head));
  if (HEADER_LINE.test(line)) {
    // The derived product has the same first 36 columns, and 20 numbers where the data sources and the position stand.
    return line.length > 100
      ? { fits: false, saw: 'an IGRA derived-parameters file (-drvd.txt)' }
      : { fits: true };
  }
  return nameForeign(head, OTHERS);
}

/** Whether these are the first bytes of the archive's station list. */
export function isStationList(head: Uint8Array): boolean {
  return isStationLine(firstLine(latin1Head(head)));
}

/** The station id of the first header; call only where `recognise` says that the format fits. */
export function firstStationId(head: Uint8Array): string {
  return firstLine(latin1Head(head)).slice(1, 12);
}

function isStationLine(line: string): boolean {
  return STATION_LINE.test(line) || STATION_LINE_WITHOUT_ID.test(line);
}
