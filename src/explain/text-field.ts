/** Fields of lines, and numbers as the conversions show them. */

import { shortFloat32 } from '../numbers.js';
import type { Given, MarkedField, Step } from './datum.js';
import { type Line, latin1 } from './lines.js';

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

/** A step with a number of as many digits as it needs. */
export function step(value: number | string, unit: string): Step {
  return { value: typeof value === 'string' ? value : shortest(value), unit };
}

/** Decimals that a double shows once the noise of one or two roundings is left out. */
const SIGNIFICANT = 12;

/** A number without the noise of binary fractions: 257.84999999999997 is 257.85, and so is the nearest number of single precision. */
export function shortest(value: number): string {
  if (!Number.isInteger(value) && Math.fround(value) === value) return shortFloat32(value);
  return String(Number(value.toPrecision(SIGNIFICANT)));
}
