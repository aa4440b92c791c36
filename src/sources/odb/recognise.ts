/** Telling exports of an observation database by their first bytes, and naming what came instead. */
import { type ForeignRule, nameForeign } from '../foreign.js';
import { HEAD_LENGTH } from '../head.js';
import type { Recognition } from '../source.js';
import { isOdb2 } from './odb2.js';
import { headerNames } from './text-head.js';

const LF = 0x0a;
const NAME = /^[A-Za-z_]\w*(?:@\w+)?$/;
/** One of these names, or a name with a table, among names separated by tabs: nothing else begins like that. */
const TELLING = /@|^(?:statid|varno|obsvalue|vertco_type|vertco_reference_1)$/;

const OTHERS: readonly ForeignRule[] = [
  [
    'a table of observations with other separators than tabs',
    (line) => /@(?:hdr|body)\b/.test(line) && !line.includes('\t'),
  ],
];

/** Whether this is ODB-2 or the text export of an observation database. */
export function recognise(head: Uint8Array): Recognition {
  return isOdb2(head) || isTextExport(head) ? { fits: true } : nameForeign(head, OTHERS);
}

function isTextExport(head: Uint8Array): boolean {
  const part = head.subarray(0, HEAD_LENGTH);
  const end = part.indexOf(LF);
  const names = headerNames(part.subarray(0, end < 0 ? part.length : end));
  // A name may be cut where the head ends.
  const whole = end < 0 && part.length === HEAD_LENGTH ? names.slice(0, -1) : names;
  return (
    whole.length > 1 && whole.every((name) => NAME.test(name)) && whole.some((name) => TELLING.test(name))
  );
}
