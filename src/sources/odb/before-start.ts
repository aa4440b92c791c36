/** What stands before the header of a text export, or before the first frame of ODB-2: none of it is data, and all of it is counted. */
import { note, type SkipContext, skip } from './skips.js';

const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const TAB = 0x09;
const HASH = 0x23;

/** What comes before the beginning of a file that is of the format. */
export interface BeforeStart {
  binary: boolean;
  /** The bytes; none where the file begins with what it is. */
  before: Uint8Array;
}

/** Counts blank lines and comments (`#`) as such; anything else before the beginning is a skip. */
export function countBeforeStart(context: SkipContext, { binary, before }: BeforeStart): void {
  if (before.length === 0) return;
  if (binary) {
    skip(context, 'frame.preceded', 0, `${before.length} bytes before the first frame are none of ODB-2`);
    return;
  }
  let other = -1;
  for (let at = 0; at < before.length; ) {
    const found = before.indexOf(LF, at);
    const end = found < 0 ? before.length : found;
    const isPassed = before[at] === HASH || isBlank(before, at, end);
    if (!isPassed && other < 0) other = at;
    at = end + 1;
  }
  const lines = linesIn(before);
  if (other < 0) note(context, 'line.before-header', lines);
  else
    skip(context, 'line.before-header', other, `${lines} lines before the one with the names of the columns`);
}

/** Number of line ends. */
export function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== BLANK && bytes[i] !== TAB && bytes[i] !== CR) return false;
  return true;
}
