/** Elements with what decoding needs at hand, and how a raw number becomes a physical value. */
import { allOnes } from './bits.js';
import { bufrError, digits } from './error.js';
import type { Element } from './subset.js';

/** No real element comes near; beyond, powers of ten and widths would leave the range of numbers. */
const MAX_SCALE = 100;
const MAX_NUMBER_WIDTH = 256;
const MAX_TEXT_WIDTH = 1 << 16;
/** Wider numbers do not fit a double, so that "all ones" cannot be told from its value. */
export const EXACT_WIDTH = 53;

/** An element with its scale as a factor and its missing value as a number. */
export interface CodedElement extends Element {
  /** Class X of the descriptor; beyond 99 for operators. */
  class: number;
  /** The raw number that means missing; NaN where none does, and for numbers wider than `EXACT_WIDTH`. */
  missing: number;
  /** False for counts of repetitions, data present indicators and associated fields: all ones is a value there. */
  canBeMissing: boolean;
  /** 10 to the power of the absolute scale. */
  power: number;
}

/** Data present indicator. */
export const DATA_PRESENT = 31031;
/** How associated fields (operator 204) are numbered; no table holds this descriptor. */
export const ASSOCIATED_FIELD = 999_999;
/**
 * What counts or flags has no missing value: all bits set are 255 repetitions of 031001, 1 of 031000. 031021, the meaning of an
 * associated field, is a code table and has one (63).
 */
const NEVER_MISSING = new Set([31000, 31001, 31002, 31011, 31012, DATA_PRESENT, ASSOCIATED_FIELD]);

/** @throws InputError `BUFR_OPERATOR` where operators led to an impossible width or scale */
export function codedElement(element: Element): CodedElement {
  const { descriptor, name, unit, kind, scale, reference, width } = element;
  const widest = kind === 'text' ? MAX_TEXT_WIDTH : MAX_NUMBER_WIDTH;
  if (width < 0 || width > widest || Math.abs(scale) > MAX_SCALE)
    throw bufrError(
      'BUFR_OPERATOR',
      `operators give descriptor ${digits(descriptor)} a width of ${width} bits and a scale of ${scale}`,
      descriptor,
    );
  const canBeMissing = !NEVER_MISSING.has(descriptor);
  return {
    descriptor,
    name,
    unit,
    kind,
    scale,
    reference,
    width,
    class: Math.floor(descriptor / 1000),
    missing: canBeMissing && width <= EXACT_WIDTH ? allOnes(width) : Number.NaN,
    canBeMissing,
    power: 10 ** Math.abs(scale),
  };
}

/** The physical value of a raw number that is not missing. */
export function physical(raw: number, element: CodedElement): number {
  const value = raw + element.reference;
  // Dividing rounds once, where a factor such as 0.1 would be rounded itself.
  if (element.scale > 0) return value / element.power;
  return element.scale === 0 ? value : value * element.power;
}
