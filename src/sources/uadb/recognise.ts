/** Telling UADB soundings by their first bytes, and naming what came instead. */
import { type ForeignRule, firstLine, latin1Head, lineMatches, nameForeign } from '../foreign.js';
import type { Recognition } from '../source.js';
import { searchLine } from '../text/line-search.js';
import { stationIdOf } from './station-id.js';

/** `H`, sounding id, station id, id type, then date, hour, position and number of levels with blanks in between. */
const HEADER_LINE =
  /^H [ -~]{12} (?=.{0,5}\S)([ -~]{6}) ([ \d]\d) .{3} .{5} .{2} .{4} .{2} .{2} .{4} .{2} .{10} .{10} .{6} .{2} .{4}(?: |$)/;

const LETTER_H = 0x48;

/** What is left of a damaged file. */
const OTHERS: readonly ForeignRule[] = [
  ['a UADB header with columns out of place', lineMatches(/^H[ \d-]{13} .{5,6} /)],
  ['UADB levels without a header', lineMatches(/^[ \d]{3}\d [ \d.-]{8} [ \d.-]{8} [ \d.-]{6} [ \d.-]{6} /)],
];

/** Whether these are UADB soundings; other formats are named. */
export function recognise(head: Uint8Array): Recognition {
  return isHeader(firstLine(latin1Head(head))) ? { fits: true } : nameForeign(head, OTHERS);
}

/** Offset of the first header of a sounding, -1 for none. */
export function searchHeader(bytes: Uint8Array): number {
  return searchLine(bytes, LETTER_H, isHeader);
}

function isHeader(line: string): boolean {
  return HEADER_LINE.test(line);
}

/** The station id of the first header; call only where `recognise` says that the format fits. */
export function firstStationId(head: Uint8Array): string {
  const [, identifier = '', idType = ''] = HEADER_LINE.exec(firstLine(latin1Head(head))) ?? [];
  return stationIdOf(identifier.trim(), Number(idType));
}
