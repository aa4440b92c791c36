/** The header of a frame: its columns, their codecs and tables of texts. Everything is checked before it is believed. */
import { createHash } from 'node:crypto';
import type { FeedbackKind } from '../../records/feedback.js';
import { type Codec, codecNamed, isTextCodec, kindOf, TYPE, widthOf } from './odb2-codecs.js';
import { HeaderCursor } from './odb2-cursor.js';
import { type FramePlace, frameFault } from './odb2-fault.js';
import { fixedText, textOf } from './odb2-text.js';

/** One group of bits of a bitfield column, the lowest first. */
export interface BitGroup {
  name: string;
  size: number;
}

/** A column as its header describes it. */
export interface Odb2Column {
  name: string;
  kind: FeedbackKind;
  codec: Codec;
  /** What the integer codecs add to; the value of the constant ones. */
  min: number;
  /** The value that stands for a missing one; NaN where none does. */
  missing: number;
  /** What a missing value is read as: NaN, but 0 in a bitfield, where the format's missing value is "no bit set". */
  missingAs: number;
  /** The table of texts of `int8_string` and `int16_string`, the text of the constant ones, none otherwise. */
  texts: readonly string[];
  /** The meaning of the bits; values stay whole numbers. */
  bits: readonly BitGroup[];
}

/** What stands before the header proper. */
export interface FramePrefix {
  littleEndian: boolean;
  /** Bytes of the header proper, which follows. */
  headerLength: number;
  /** MD5 of the header proper, hexadecimal. */
  digest: string;
}

/** The header proper. */
export interface FrameHeader {
  rowCount: number;
  /** Bytes of the rows, which follow. */
  dataLength: number;
  columns: readonly Odb2Column[];
  /** Free texts such as `encoder`. */
  properties: ReadonlyMap<string, string>;
}

/** Bytes of magic number, byte order, version, digest and header length. */
export const PREFIX_LENGTH = 57;
const DIGEST_LENGTH = 32;
const MAX_HEADER = 64 * 2 ** 20;
const MAX_DATA = 2 ** 30;
const MAX_COLUMNS = 5000;
/** Bytes of the shortest column: two empty names, type, four numbers of the codec. */
const MIN_COLUMN = 40;
const MIN_TABLE_ENTRY = 12;
const MARKER = 2;

/** Reads the first `PREFIX_LENGTH` bytes of a frame, magic number included. Throws InputError. */
export function readPrefix(bytes: Uint8Array, place: FramePlace): FramePrefix {
  const littleEndian = bytes[5] === 1;
  const cursor = new HeaderCursor(bytes, 5, littleEndian, place);
  if (cursor.int32() !== 1) throw frameFault('FRAME_DAMAGED', 'its byte order is neither of the two', place);
  const major = cursor.int32();
  const minor = cursor.int32();
  // Minor versions 4 and 5 have one layout; earlier ones are refused by the format's own library.
  if (major !== 0 || minor < 4 || minor > 5)
    throw frameFault('FRAME_VERSION', `it is of version ${major}.${minor}; read are 0.4 and 0.5`, place);
  if (cursor.int32() !== DIGEST_LENGTH) throw frameFault('FRAME_DAMAGED', 'it has no digest', place);
  const digest = Buffer.from(cursor.bytes(DIGEST_LENGTH)).toString('latin1');
  const headerLength = cursor.int32();
  if (headerLength < 0 || headerLength > MAX_HEADER)
    throw frameFault('FRAME_DAMAGED', `it gives its header ${headerLength} bytes`, place);
  return { littleEndian, headerLength, digest };
}

/** Reads the header proper. Throws InputError where its digest differs or its contents cannot be. */
export function readHeader(bytes: Uint8Array, prefix: FramePrefix, place: FramePlace): FrameHeader {
  if (createHash('md5').update(bytes).digest('hex') !== prefix.digest)
    throw frameFault('FRAME_DAMAGED', 'the digest of its header differs', place);
  const cursor = new HeaderCursor(bytes, 0, prefix.littleEndian, place);
  const dataLength = cursor.int64();
  cursor.int64();
  const rowCount = cursor.int64();
  if (dataLength < 0 || dataLength > MAX_DATA)
    throw frameFault(
      'FRAME_TOO_LARGE',
      `it gives its rows ${dataLength} bytes, the limit is ${MAX_DATA}`,
      place,
    );
  if (rowCount < 0 || rowCount * MARKER > dataLength)
    throw frameFault('FRAME_DAMAGED', `it cannot hold ${rowCount} rows in ${dataLength} bytes`, place);
  const flags = cursor.count(8, 'flags');
  cursor.bytes(8 * flags);
  const properties = new Map<string, string>();
  for (let left = cursor.count(8, 'properties'); left > 0; left--)
    properties.set(cursor.text(), cursor.text());
  const count = cursor.count(MIN_COLUMN, 'columns');
  if (count > MAX_COLUMNS)
    throw frameFault('FRAME_TOO_LARGE', `it has ${count} columns, the limit is ${MAX_COLUMNS}`, place);
  const columns = Array.from({ length: count }, () => readColumn(cursor, place));
  return { rowCount, dataLength, columns, properties };
}

function readColumn(cursor: HeaderCursor, place: FramePlace): Odb2Column {
  const name = cursor.text();
  const type = cursor.int32();
  const bits = type === TYPE.bitfield ? readBits(cursor) : [];
  const codecName = cursor.text();
  const codec = codecNamed(codecName);
  if (codec === undefined)
    throw frameFault('CODEC_UNKNOWN', `the column ${name} has the codec ${codecName}`, {
      ...place,
      field: name,
    });
  if (type < TYPE.integer || type > TYPE.double || isTextCodec(codec) !== (type === TYPE.string))
    throw frameFault('FRAME_DAMAGED', `the column ${name} of type ${type} has the codec ${codecName}`, place);
  // Whether any value is missing: the values tell.
  cursor.int32();
  const inPlaceOfMin = cursor.peek(8);
  const min = cursor.float64();
  cursor.float64();
  const declared = cursor.float64();
  const noBits = type === TYPE.bitfield && declared === 0;
  return {
    name,
    kind: kindOf(type, codec, min, declared),
    codec,
    min,
    missing: noBits ? Number.NaN : declared,
    missingAs: noBits ? 0 : Number.NaN,
    texts: readTexts(cursor, codec, inPlaceOfMin),
    bits,
  };
}

function readBits(cursor: HeaderCursor): BitGroup[] {
  const names = Array.from({ length: cursor.count(4, 'bit groups') }, () => cursor.text());
  const sizes = Array.from({ length: cursor.count(4, 'bit groups') }, () => cursor.int32());
  return sizes.map((size, i) => ({ name: names[i] ?? '', size }));
}

function readTexts(cursor: HeaderCursor, codec: Codec, inPlaceOfMin: Uint8Array): string[] {
  // The bytes of a text are in order whatever the byte order of the frame.
  if (codec === 'constant_string') return [fixedText(inPlaceOfMin)];
  if (codec === 'long_constant_string') return [textOf(cursor.counted())];
  if (codec !== 'int8_string' && codec !== 'int16_string' && codec !== 'chars') return [];
  const count = cursor.count(MIN_TABLE_ENTRY, 'texts');
  const texts = new Array<string>(count).fill('');
  for (let i = 0; i < count; i++) {
    const text = textOf(cursor.counted());
    cursor.int32();
    const place = cursor.int32();
    if (place < 0 || place >= count) throw cursor.fault(`a text has the place ${place} of ${count}`);
    texts[place] = text;
  }
  return texts;
}

/** Bytes before each column in a row that names all of them, and, last, of the whole row. */
export function rowLayout(columns: readonly Odb2Column[]): Int32Array {
  const layout = new Int32Array(columns.length + 1);
  for (const [i, { codec }] of columns.entries()) layout[i + 1] = (layout[i] ?? 0) + widthOf(codec);
  return layout;
}
