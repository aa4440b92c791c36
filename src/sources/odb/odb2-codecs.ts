/**
 * The codecs of ODB-2: how the values of a column stand in the rows of a frame. Rules of the format's reference and of the
 * library `odc` 1.x, whose names these are.
 */
import type { FeedbackKind } from '../../records/feedback.js';

/** Column types of the format. */
export const TYPE = { integer: 1, real: 2, string: 3, bitfield: 4, double: 5 } as const;

/** How values stand in the rows. */
export type Codec = keyof typeof WIDTHS;

/** Bytes of a value in a row, by codec. */
const WIDTHS = {
  /** Every value is the column's minimum. */
  constant: 0,
  /** One byte to be added to the minimum; 255 is missing. */
  constant_or_missing: 1,
  real_constant_or_missing: 1,
  int8: 1,
  int8_missing: 1,
  /** Two bytes to be added to the minimum; 65535 is missing in `int16_missing`. */
  int16: 2,
  int16_missing: 2,
  int32: 4,
  /** Single precision with a missing value of its own: the smallest normal number, or the largest one negated. */
  short_real: 4,
  short_real2: 4,
  long_real: 8,
  /** Up to eight bytes of text in the place of the minimum. */
  constant_string: 0,
  long_constant_string: 0,
  /** Place in the column's table of texts. */
  int8_string: 1,
  int16_string: 2,
  /** Eight bytes of text. */
  chars: 8,
} as const;

const TEXT_CODECS: ReadonlySet<Codec> = new Set([
  'constant_string',
  'long_constant_string',
  'int8_string',
  'int16_string',
  'chars',
]);
/** What the integer codecs can add to the minimum; the constant ones add 0 by their writers' convention. */
const SPANS: Readonly<Partial<Record<Codec, number>>> = {
  constant: 0,
  constant_or_missing: 0,
  int8: 0xff,
  int8_missing: 0xfe,
  int16: 0xffff,
  int16_missing: 0xfffe,
};
const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** The codec of that name; undefined where the format has none. */
export function codecNamed(name: string): Codec | undefined {
  return isCodec(name) ? name : undefined;
}

function isCodec(name: string): name is Codec {
  return Object.hasOwn(WIDTHS, name);
}

/** Bytes of one value in a row. */
export function widthOf(codec: Codec): number {
  return WIDTHS[codec];
}

/** True for a codec whose values are texts. */
export function isTextCodec(codec: Codec): boolean {
  return TEXT_CODECS.has(codec);
}

/**
 * The kind of a column's values. A column is 'int' or 'real' only where its codec can give nothing else, so that no value
 * has to be altered: integers that are added to a fraction, or reals written in double precision, are 'double'.
 *
 * @param min the minimum in the column's header, to which the integer codecs add
 * @param missing the column's missing value, which says nothing of the others (a minimum is that where all are missing)
 */
export function kindOf(type: number, codec: Codec, min: number, missing: number): FeedbackKind {
  if (type === TYPE.string) return 'text';
  if (type === TYPE.double) return 'double';
  if (type === TYPE.real) {
    const constant = codec === 'constant' || codec === 'real_constant_or_missing';
    const single = codec === 'short_real' || codec === 'short_real2';
    return single || (constant && (min === missing || Math.fround(min) === min)) ? 'real' : 'double';
  }
  if (codec === 'int32') return 'int';
  const span = SPANS[codec];
  if (span === undefined) return 'double';
  const whole = min === missing || (Number.isInteger(min) && min >= INT32_MIN && min + span <= INT32_MAX);
  return whole ? 'int' : 'double';
}
