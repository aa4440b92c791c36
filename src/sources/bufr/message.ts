/** BUFR messages in a stream of bytes, and the header of one message (sections 0 to 3). */
import { ByteWindow } from './byte-window.js';
import { bufrError } from './error.js';
import { createGap, type Gap, type MessageDamage, type ScanListener } from './gap.js';
import { rdbSubtypeOf } from './rdb-key.js';
import { contradictionIn, sectionsOf } from './sections.js';
import { editionOf, looksLikeMessage, SECTION_0, SHORTEST, statedLength } from './start.js';

export type { MessageDamage };

export interface ScanOptions extends ScanListener {
  /** Offsets of the wanted messages; all where absent. The scan ends with the last of them. */
  parts?: ReadonlySet<number>;
  signal?: AbortSignal;
}

/** A message and its offset in the stream. The bytes are a copy of their own. */
export interface Message {
  offset: number;
  bytes: Uint8Array;
}

const LETTERS = 4;
const END = Buffer.from('7777', 'latin1');

/**
 * The complete messages of a stream, in order. What lies between them (headers of the Global Telecommunication System,
 * padding, texts with the word BUFR in them) is passed over. A message with an impossible length, without its end or whose
 * sections end elsewhere costs itself alone: it is reported, and the search goes on four bytes after its beginning. Memory is bounded by the largest
 * length that a message can state (16 MiB).
 *
 * @throws whatever the stream throws, and the reason of the signal once it is aborted
 */
export async function* scanMessages(
  chunks: AsyncIterable<Uint8Array>,
  options: ScanOptions,
): AsyncGenerator<Message> {
  const { parts, signal } = options;
  let last = parts === undefined ? Number.POSITIVE_INFINITY : -1;
  for (const offset of parts ?? []) last = Math.max(last, offset);
  const isWanted = ({ offset }: Message): boolean => parts?.has(offset) ?? true;
  const window = new ByteWindow();
  const gap = createGap(options);
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    window.append(chunk);
    for (const found of messagesIn(window, false, gap)) {
      if (isWanted(found)) yield copyOf(found);
      if (found.offset >= last) return;
    }
    if (window.offset > last || gap.isTooLong(window.offset)) return;
    window.keep();
  }
  for (const found of messagesIn(window, true, gap)) if (isWanted(found)) yield copyOf(found);
  gap.end(window.offset + window.bytes.length);
}

function copyOf({ offset, bytes }: Message): Message {
  return { offset, bytes: new Uint8Array(bytes) };
}

/** Views of the complete messages in the window until more bytes are needed (or, at the end, nothing is left). */
function* messagesIn(window: ByteWindow, atEnd: boolean, gap: Gap): Generator<Message> {
  for (;;) {
    const start = window.bytes.indexOf('BUFR', 0, 'latin1');
    if (start < 0) {
      // The first letters of the next message may be the last bytes of this chunk.
      window.drop(Math.max(0, window.bytes.length - 3));
      return;
    }
    window.drop(start);
    const { bytes, offset } = window;
    const length = bytes.length < SECTION_0 ? SECTION_0 : statedLength(bytes);
    const framed = isFramed(bytes, length);
    const contradiction = framed ? contradictionOf(bytes, length) : null;
    if (framed && contradiction === null) {
      gap.message(offset, offset + length);
      yield { offset, bytes: bytes.subarray(0, length) };
      window.drop(length);
      continue;
    }
    const short = bytes.length < SECTION_0 || length > bytes.length;
    if (short && !atEnd) return;
    if (framed || looksLikeMessage(bytes))
      gap.damage({ byteOffset: offset, ...damageOf(bytes, length, contradiction, gap.path) });
    window.drop(LETTERS);
  }
}

/** What is wrong with a message that is not whole. */
function damageOf(
  bytes: Buffer,
  length: number,
  contradiction: string | null,
  path: string,
): Pick<MessageDamage, 'reason' | 'detail'> {
  if (contradiction !== null) return { reason: 'length', detail: contradiction };
  if (bytes.length < SECTION_0 || length > bytes.length)
    return {
      reason: 'truncated',
      detail: `${path} ends ${bytes.length} bytes after the beginning of the message`,
    };
  const stated = `the message states a length of ${length} bytes`;
  if (length < shortestOf(bytes)) return { reason: 'length', detail: stated };
  return { reason: 'no-end', detail: `${stated}, but does not end with 7777 there` };
}

/** Whether there is a `7777` where a message of this length has to end. */
function isFramed(bytes: Buffer, length: number): boolean {
  if (length > bytes.length || length < shortestOf(bytes)) return false;
  return bytes.compare(END, 0, END.length, length - END.length, length) === 0;
}

/**
 * How the sections of a message from its letters to its `7777` contradict its length, null where they do not. Those of editions
 * 0 and 1 are its length, and those of unknown editions are unknown.
 */
function contradictionOf(bytes: Buffer, length: number): string | null {
  const edition = editionOf(bytes);
  return edition < 2 || edition > 4 ? null : contradictionIn(bytes.subarray(0, length));
}

/** Editions 0 and 1 have no length in section 0. */
function shortestOf(bytes: Buffer): number {
  return editionOf(bytes) < 2 ? SHORTEST - LETTERS : SHORTEST;
}

/** Sections 0 to 3 of a message. */
export interface MessageHeader {
  edition: number;
  masterTable: number;
  centre: number;
  subCentre: number;
  /** Table A. */
  category: number;
  /** International subcategory, null before edition 4. */
  subCategory: number | null;
  localSubCategory: number;
  /** ECMWF's subtype in section 2, null without one. */
  rdbSubtype: number | null;
  masterVersion: number;
  localVersion: number;
  /** Four digits; before edition 4 by the rule of `fullYear`. The data section often states the year as well. */
  year: number;
  /** The two digits that editions 2 and 3 have (1 to 100), null in edition 4. */
  yearOfCentury: number | null;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 0 before edition 4. */
  second: number;
  subsetCount: number;
  observed: boolean;
  compressed: boolean;
  /** F XX YYY as decimal numbers. */
  descriptors: number[];
  /** Bounds of the content of section 2, null without one. */
  section2: { start: number; end: number } | null;
  /** Bounds of the content of section 4. */
  data: { start: number; end: number };
}

/**
 * Reads sections 0 to 3 of a whole message and checks the lengths of all sections.
 *
 * @throws InputError `BUFR_EDITION`, `BUFR_LENGTH`
 */
export function readHeader(message: Uint8Array): MessageHeader {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.length);
  const edition = bytes[7] ?? 0;
  if (edition < 2 || edition > 4)
    throw bufrError('BUFR_EDITION', `edition ${edition} of BUFR (editions 2 to 4 are read)`);
  if (bytes.length < SHORTEST || bytes.readUIntBE(4, 3) !== bytes.length)
    throw bufrError('BUFR_LENGTH', `the message has ${bytes.length} bytes, not what its section 0 states`);
  const { section1, section2, section3, section4 } = sectionsOf(bytes);
  const start = section1.start;
  const kind = bytes[section3.start + 6]!;
  return {
    edition,
    masterTable: bytes[start + 3]!,
    rdbSubtype: section2 && rdbSubtypeOf(bytes.subarray(section2.start + 4, section2.end)),
    ...(edition === 4 ? identification4(bytes, start) : identification3(bytes, start, edition)),
    subsetCount: bytes.readUInt16BE(section3.start + 4),
    observed: (kind & 0x80) !== 0,
    compressed: (kind & 0x40) !== 0,
    descriptors: readDescriptors(bytes, section3.start + 7, section3.end),
    section2: section2 && { start: section2.start + 4, end: section2.end },
    data: { start: section4.start + 4, end: section4.end },
  };
}

/** The part of the header that section 1 holds and that differs between the editions. */
type Identification = Pick<
  MessageHeader,
  | 'centre'
  | 'subCentre'
  | 'category'
  | 'subCategory'
  | 'localSubCategory'
  | 'masterVersion'
  | 'localVersion'
  | 'year'
  | 'yearOfCentury'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
>;

function identification4(bytes: Buffer, start: number): Identification {
  return {
    centre: bytes.readUInt16BE(start + 4),
    subCentre: bytes.readUInt16BE(start + 6),
    category: bytes[start + 10]!,
    subCategory: bytes[start + 11]!,
    localSubCategory: bytes[start + 12]!,
    masterVersion: bytes[start + 13]!,
    localVersion: bytes[start + 14]!,
    year: bytes.readUInt16BE(start + 15),
    yearOfCentury: null,
    month: bytes[start + 17]!,
    day: bytes[start + 18]!,
    hour: bytes[start + 19]!,
    minute: bytes[start + 20]!,
    second: bytes[start + 21]!,
  };
}

function identification3(bytes: Buffer, start: number, edition: number): Identification {
  const yearOfCentury = bytes[start + 12]!;
  return {
    // Edition 2 has a centre of two octets, edition 3 gave the first of them to the subcentre.
    centre: edition === 3 ? bytes[start + 5]! : bytes.readUInt16BE(start + 4),
    subCentre: edition === 3 ? bytes[start + 4]! : 0,
    category: bytes[start + 8]!,
    subCategory: null,
    localSubCategory: bytes[start + 9]!,
    masterVersion: bytes[start + 10]!,
    localVersion: bytes[start + 11]!,
    year: fullYear(yearOfCentury),
    yearOfCentury,
    month: bytes[start + 13]!,
    day: bytes[start + 14]!,
    hour: bytes[start + 15]!,
    minute: bytes[start + 16]!,
    second: 0,
  };
}

/**
 * Four digits for a year of century. The manual counts it from 1 to 100, so that 2000 is year 100 of the twentieth century;
 * some centres write 0 for 2000. The window is 1940 to 2039: reanalyses have put soundings since the 1940s into BUFR, and
 * edition 3 is out of use.
 */
function fullYear(yearOfCentury: number): number {
  if (yearOfCentury > 100) return yearOfCentury;
  return yearOfCentury >= 40 ? 1900 + yearOfCentury : 2000 + yearOfCentury;
}

/** Two bits F, six bits X, eight bits Y each; an odd octet at the end is padding. */
function readDescriptors(bytes: Buffer, start: number, end: number): number[] {
  const descriptors: number[] = [];
  for (let at = start; at + 1 < end; at += 2) {
    const word = bytes.readUInt16BE(at);
    descriptors.push((word >> 14) * 100_000 + ((word >> 8) & 63) * 1000 + (word & 255));
  }
  return descriptors;
}
