/** Fields of lines, as a locator marks them. */

import type { Given, MarkedField } from '../locator.js';
import { type Line, latin1 } from './locate-lines.js';

const BLANK = 0x20;
const TAB = 0x09;
const CR = 0x0d;

/** The field in the columns `from` to `to` (exclusive, from 0) of a line: without the blanks around it, or all of its columns where they are blank. */
export function textField(line: Line, name: string, gives: Given, from: number, to: number): MarkedField {
  let end = Math.min(to, line.bytes.length);
  let start = Math.min(from, end);
  while (start < end && isBlank(line.bytes[start])) start++;
  while (end > start && isBlank(line.bytes[end - 1])) end--;
  const raw = latin1(line.bytes.subarray(start, end));
  if (raw === '') return { name, gives, from: line.from + from, to: line.from + to, raw };
  return { name, gives, from: line.from + start, to: line.from + end, raw };
}

function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB || byte === CR;
}
