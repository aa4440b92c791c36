/** Telling exports of an observation database by their first bytes, and naming what came instead. */
import { type ForeignRule, nameForeign } from '../foreign.js';
import { HEAD_LENGTH } from '../head.js';
import type { Recognition } from '../source.js';
import { isOdb2 } from './odb2.js';
import { indexOfFrame } from './odb2-window.js';
import { headerNames } from './text-head.js';

const LF = 0x0a;
const NAME = /^[A-Za-z_][\w.]*(?:@\w+)?$/;
/** One of these names, or a name with a table, among names separated by tabs: nothing else begins like that. */
const TELLING = /^[A-Za-z_][\w.]*@\w+$|^(?:statid|varno|obsvalue|vertco_type|vertco_reference_1)$/;
/** A name of every header line that can be of use. */
const SEARCHED = 'varno';
/** Nine values or more, numbers and texts in quotes, among them an id: rows without a header line. */
const ROW = /^(?: *(?:NULL|-?\d[\d.eE+-]*|'[^'\t]*') *(?:\t|$)){9,}$/;

const OTHERS: readonly ForeignRule[] = [
  ...(
    [
      [',', 'commas'],
      [';', 'semicolons'],
      ['|', 'bars'],
      ['', 'other separators than tabs'],
    ] as const
  ).map(
    ([separator, words]): ForeignRule => [
      `a table of observations with ${words} between its columns: export it with tabs, as odc sql does without -delimiter`,
      (line) => /@(?:hdr|body)\b/.test(line) && !line.includes('\t') && line.includes(separator),
    ],
  ),
  [
    'rows of an observation database without the names of their columns: export them without -T',
    (line) => ROW.test(line) && line.includes("'"),
  ],
];

/** Whether this is ODB-2 or the text export of an observation database. */
export function recognise(head: Uint8Array): Recognition {
  if (isOdb2(head)) return { fits: true };
  const names = namesIn(head.subarray(0, HEAD_LENGTH));
  if (!isTelling(names)) return nameForeign(head, OTHERS);
  const odd = names.findIndex((name) => !NAME.test(name));
  if (odd < 0) return { fits: true };
  const name = JSON.stringify(names[odd]?.slice(0, 40));
  return {
    fits: false,
    saw: `a table of observations whose column ${odd + 1} is called ${name}, which is no name: select it with "as" and a name`,
  };
}

/** Where the first frame of ODB-2 begins in the bytes, or the first line with the names of columns; -1 for neither. */
export function search(bytes: Uint8Array): number {
  const frame = indexOfFrame(bytes, 0);
  const header = indexOfHeader(frame < 0 ? bytes : bytes.subarray(0, frame));
  return header < 0 ? frame : header;
}

function indexOfHeader(bytes: Uint8Array): number {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = all.indexOf(SEARCHED); at >= 0; ) {
    const start = all.lastIndexOf(LF, at) + 1;
    if (isTelling(namesIn(all.subarray(start, start + HEAD_LENGTH)))) return start;
    const end = all.indexOf(LF, at);
    at = end < 0 ? -1 : all.indexOf(SEARCHED, end);
  }
  return -1;
}

/** The names in the first line; of a line that is cut off, without the last one, which may be cut off, too. */
function namesIn(bytes: Uint8Array): string[] {
  const end = bytes.indexOf(LF);
  const names = headerNames(bytes.subarray(0, end < 0 ? bytes.length : end));
  return end < 0 && bytes.length === HEAD_LENGTH ? names.slice(0, -1) : names;
}

function isTelling(names: readonly string[]): boolean {
  return names.length > 1 && names.some((name) => TELLING.test(name));
}
