/** Reading the files of a station whose format is lines of text: whole lines out of chunks, batches out of a parser. */
import type { SoundingBatch } from '../../records/batch.js';
import type { BatchBuilder } from '../../records/builder.js';
import type { InputFile, StationInput } from '../../records/input.js';
import { expectBeginning } from '../beginning.js';
import { headFirst } from '../head.js';
import type { OpenOptions, Source } from '../source.js';
import { createPassedOver, type PassedOver } from './line-search.js';

/** Memory stays bounded whatever comes: no line of a sounding format is near this long. */
export const MAX_LINE = 1 << 16;
const LF = 0x0a;

/** How a format of lines is told, and what to say of a file that is not of it. */
export interface LineFormat extends Required<Pick<Source, 'recognise' | 'search'>> {
  /** What is expected, such as `IGRA 2 soundings`. */
  expected: string;
  /** What to give, one sentence. */
  hint: string;
}

/** Parses the files of one station one after the other. */
export interface SoundingParser {
  /** Begins a file; `index` is its place among the station's files. */
  startFile(path: string, index: number): void;
  /** What comes before the first header and is none of the format; called before the first `feed`. */
  passOver(passed: PassedOver): void;
  /** Takes the next bytes of the file; the array is not kept. Throws InputError `LINE_TOO_LONG`. */
  feed(chunk: Uint8Array): void;
  /** Ends the file: closes the last report, or keeps it out where lines are missing. */
  endFile(): void;
  /** Ends the last file of the station. Throws InputError `NO_USABLE_LEVEL`. */
  endStation(): void;
  /** A batch when enough rows have come together, else null; call until null. */
  nextBatch(): SoundingBatch | null;
  /** The rest, null when there is none. */
  lastBatch(): SoundingBatch | null;
}

/**
 * All batches of a station. Each file is checked before its first byte is parsed, and parsed from its first header on.
 *
 * @throws InputError `WRONG_FORMAT`, and what the parser throws
 */
export async function* readTextStation(
  station: StationInput,
  { signal }: OpenOptions,
  parser: SoundingParser,
  format: LineFormat,
): AsyncGenerator<SoundingBatch> {
  for (const [index, file] of station.files.entries()) {
    parser.startFile(file.path, index);
    const passed = createPassedOver();
    let start: number | null = null;
    for await (const chunk of headFirst(file.chunks(signal))) {
      signal?.throwIfAborted();
      start ??= format.recognise(chunk).fits ? 0 : await searchedStart(file, format, signal);
      const before = start - passed.counts.bytes;
      if (before > 0) {
        passed.take(chunk.subarray(0, before));
        if (before > chunk.length) continue;
        parser.passOver(passed.counts);
      }
      parser.feed(before > 0 ? chunk.subarray(before) : chunk);
      for (let batch = parser.nextBatch(); batch !== null; batch = parser.nextBatch()) yield batch;
    }
    parser.endFile();
    for (let batch = parser.nextBatch(); batch !== null; batch = parser.nextBatch()) yield batch;
  }
  parser.endStation();
  const rest = parser.lastBatch();
  if (rest !== null) yield rest;
}

async function searchedStart(
  file: InputFile,
  format: LineFormat,
  signal: AbortSignal | undefined,
): Promise<number> {
  return (await expectBeginning(file, format, { ...format, signal })).start;
}

/** The column of what the levels are, which the builders of line parsers have. */
export function significanceColumn({ observations: { significance } }: BatchBuilder): Int32Array {
  if (significance === null) throw new Error('the builder has no column for the significance of levels');
  return significance;
}

/** Reads the line at `at`, of any form, and returns where the next one begins; -1 where its end is not there. */
export type ReadOtherLine = (bytes: Uint8Array, at: number) => number;

/** Where the empty lines at `at` end, `at` itself where there are none: files end with any number of them. */
export function afterEmptyLines(bytes: Uint8Array, at: number): number {
  let next = at;
  while (next < bytes.length && bytes[next] === LF) next++;
  return next;
}

/** Lines that straddle chunks. */
export interface LineFeeder {
  feed(chunk: Uint8Array): void;
  /** The bytes after the last line end, and forgets them. */
  takeRest(): Uint8Array;
}

/**
 * @param readLines parses all complete lines and returns the number of bytes they take
 * @param moveOn told how many bytes have been parsed, after each call of `readLines`
 * @param endlessLine the error for a line of more than `MAX_LINE` bytes
 */
export function createLineFeeder(
  readLines: (bytes: Uint8Array) => number,
  moveOn: (bytes: number) => void,
  endlessLine: () => Error,
): LineFeeder {
  const carry = new Uint8Array(MAX_LINE);
  let carried = 0;
  const keep = (bytes: Uint8Array): void => {
    if (carried + bytes.length > MAX_LINE) throw endlessLine();
    carry.set(bytes, carried);
    carried += bytes.length;
  };
  return {
    feed(chunk) {
      // Node hands out Buffers; one class of array everywhere keeps the hot loop monomorphic.
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let start = 0;
      if (carried > 0) {
        const lineEnd = bytes.indexOf(LF);
        keep(bytes.subarray(0, lineEnd < 0 ? bytes.length : lineEnd + 1));
        if (lineEnd < 0) return;
        start = lineEnd + 1;
        readLines(carry.subarray(0, carried));
        moveOn(carried);
        carried = 0;
      }
      const rest = start === 0 ? bytes : bytes.subarray(start);
      const done = readLines(rest);
      moveOn(done);
      keep(rest.subarray(done));
    },
    takeRest() {
      const rest = carry.subarray(0, carried);
      carried = 0;
      return rest;
    },
  };
}

/**
 * Texts of header columns, which are nearly always those of the header before: `make` is called only where a byte differs.
 *
 * @param width number of columns
 * @param make the text in the columns from `from` on, of a line that ends at `end`
 */
export function createRecentText(
  width: number,
  make: (bytes: Uint8Array, from: number, end: number) => string,
): (bytes: Uint8Array, from: number, end: number) => string {
  const recent = new Uint8Array(width);
  let known = false;
  let text = '';
  return (bytes, from, end) => {
    if (from + width > end) return make(bytes, from, end);
    let same = known;
    for (let i = 0; i < width; i++) {
      const byte = bytes[from + i]!;
      if (byte !== recent[i]) {
        recent[i] = byte;
        same = false;
      }
    }
    if (!same) text = make(bytes, from, end);
    known = true;
    return text;
  };
}
