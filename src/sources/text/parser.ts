/**
 * The machine that turns lines into reports: what each line is, and the bookkeeping around it. Lines may straddle chunks.
 */
import { InputError } from '../../errors.js';
import type { SoundingBatch } from '../../records/batch.js';
import { createBatchBuilder } from '../../records/builder.js';
import type { Tally } from '../../records/tally.js';
import { listOnce, skip } from '../skips.js';
import { afterByteOrderMark } from './byte-order-mark.js';
import { createLineFeeder, MAX_LINE } from './chunks.js';
import { isPadding } from './columns.js';
import { fieldSlot, WHY } from './counters.js';
import type { ReadOtherLine, TextFormat } from './format.js';
import { createLineDamage } from './line-damage.js';
import type { PassedOver } from './line-search.js';
import { BATCH_CAPACITY, endReport, nameOf, note, type State, startReport } from './reports.js';

const LF = 0x0a;

/** Parses the files of one station one after the other. */
export interface SoundingParser {
  /** Begins a file; `index` is its place among the station's files. */
  startFile(path: string, index: number): void;
  /** Handles what comes before the first header and does not belong to the format; called before the first `feed`. */
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

/** A parser for the soundings of `stationId`; everything is counted in `tally`. */
export function createSoundingParser(format: TextFormat, stationId: string, tally: Tally): SoundingParser {
  const { counters, readLines = handOver } = format;
  const builder = createBatchBuilder({ capacity: BATCH_CAPACITY, significance: true });
  const state: State = {
    format,
    stationId,
    tally,
    batches: [],
    builder,
    slots: counters.create(),
    accepted: counters.create(),
    levels: 0,
    firstRow: 0,
    raw: new Int32Array(format.columns),
    path: '',
    fileIndex: 0,
    base: 0,
    header: null,
    headerOffset: 0,
    skipping: false,
    lines: 0,
    malformed: 0,
    damage: createLineDamage(nameOf(format, 'line.malformed'), format.damageHint),
    listed: new Map(),
  };
  const readOther: ReadOtherLine = (bytes, at) => readOtherLine(bytes, at, state);
  const lines = createLineFeeder(
    (bytes) => readLines(bytes, state, readOther),
    (bytes) => {
      state.base += bytes;
    },
    () => endlessLine(state, 0),
  );

  return {
    startFile(path, index) {
      state.path = path;
      state.fileIndex = index;
      state.base = 0;
      state.skipping = false;
      state.lines = 0;
      state.listed = new Map();
    },
    passOver({ bytes, lines: passedLines, filledLines }) {
      state.base += bytes;
      state.lines += passedLines;
      if (filledLines === 0) return;
      note(state, 'line.unrecognised', filledLines);
      const detail = `the first header begins at byte ${bytes}; ${filledLines} lines before it are none of the format`;
      listOnce(state, nameOf(format, 'line.unrecognised'), '', 0, detail);
    },
    feed: lines.feed,
    endFile() {
      const rest = lines.takeRest();
      if (rest.length > 0) readLastLine(rest, state);
      endReport(state, true);
      counters.commit(state.slots, tally);
      state.accepted.fill(0);
    },
    endStation: () => state.damage.assertUsable(),
    nextBatch: () => state.batches.shift() ?? null,
    lastBatch: () => builder.take(),
  };
}

/** The lines of a format without a hot loop. */
function handOver(bytes: Uint8Array, _sink: unknown, readOther: ReadOtherLine): number {
  let at = 0;
  while (at < bytes.length) {
    const next = readOther(bytes, at);
    if (next < 0) break;
    at = next;
  }
  return at;
}

/** Parses the line at `at`, of any form, and returns where the next one begins; -1 where its end is not there. */
function readOtherLine(bytes: Uint8Array, at: number, state: State): number {
  const afterEmpty = afterEmptyLines(bytes, at);
  if (afterEmpty > at) {
    state.lines += afterEmpty - at;
    return afterEmpty;
  }
  const lineEnd = bytes.indexOf(LF, at);
  if (lineEnd < 0) return -1;
  if (lineEnd - at >= MAX_LINE) throw endlessLine(state, at);
  const start = afterByteOrderMark(bytes, at);
  readLine(bytes, start, lineEnd, state);
  return lineEnd + 1;
}

/** Where the empty lines at `at` end, `at` itself where there are none: files end with any number of them. */
function afterEmptyLines(bytes: Uint8Array, at: number): number {
  let next = at;
  while (next < bytes.length && bytes[next] === LF) next++;
  return next;
}

/** The end of the line without a carriage return, trailing blanks and tabs. */
function trimmedEnd(bytes: Uint8Array, start: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > start && isPadding(bytes[end - 1]!)) end--;
  return end;
}

/** Any line; `lineEnd` is where its line feed stands, or the file ends. */
function readLine(bytes: Uint8Array, start: number, lineEnd: number, state: State): void {
  const { format, header } = state;
  const end = trimmedEnd(bytes, start, lineEnd);
  if (end > start) {
    if (header !== null && state.levels < format.maxLevels) {
      const levelEnd = format.levelEnd(bytes, start, end, lineEnd, state.levels < header.levels);
      if (levelEnd >= 0) {
        takeLevel(bytes, start, levelEnd, state);
        return;
      }
    }
    const first = bytes[start]!;
    if (first === format.headerByte) startReport(bytes, start, end, state);
    else if (state.skipping && format.beginsLevel(first)) note(state, 'level.of-skipped-report');
    else unrecognisedLine(start, state);
  }
  state.lines++;
}

function takeLevel(bytes: Uint8Array, start: number, end: number, state: State): void {
  const { format, slots, damage } = state;
  const why = format.readLevel(bytes, start, end, state);
  if (why !== null) {
    for (let field = 0; field < format.fields; field++) slots[fieldSlot(field, WHY.unreadable)]!++;
    damage.malformed(state, { ...lineAt(start, state), why });
    state.malformed++;
  }
  state.levels++;
}

/** The number and the place of the line at hand, which is not yet counted. */
function lineAt(start: number, { lines, levels, base }: State): { line: number; byteOffset: number } {
  return { line: lines + levels + 1, byteOffset: base + start };
}

/** A last line without a line end: a level or a header that lacks columns is cut off, and its report with it. */
function readLastLine(bytes: Uint8Array, state: State): void {
  const { format } = state;
  const start = afterByteOrderMark(bytes, 0);
  const end = trimmedEnd(bytes, start, bytes.length);
  if (end === start) return;
  if (bytes[start] === format.headerByte && end - start < format.headerWidth) {
    endReport(state, false);
    skip(state, nameOf(format, 'report.truncated'), state.base + start, 'the file ends within the header');
  } else if (format.beginsLevel(bytes[start]!) && state.header !== null && bytes.length < format.levelWidth)
    note(state, 'level.cut-off');
  else readLine(bytes, start, bytes.length, state);
}

/** A line that is neither a header nor a level; a complete report ends there, for what follows may be another one's. */
function unrecognisedLine(start: number, state: State): void {
  const { format, header, levels, damage } = state;
  const at = lineAt(start, state);
  if (header !== null && levels < header.levels)
    damage.unrecognised(state, { ...at, why: 'it is neither a header nor a level' });
  else if (header !== null) {
    endReport(state, false);
    state.skipping = true;
  }
  note(state, 'line.unrecognised');
  const detail = `line ${at.line} is neither a header nor a level (the first of the file; all are counted)`;
  listOnce(state, nameOf(format, 'line.unrecognised'), '', at.byteOffset, detail);
}

function endlessLine({ path, base, format: { name, maxWidth } }: State, at: number): InputError {
  return new InputError(
    'LINE_TOO_LONG',
    `${path}: a line of more than ${MAX_LINE} bytes, where a line of ${name} has ${maxWidth} at most`,
    { file: path, byteOffset: base + at, hint: 'The file is damaged or of another format.' },
  );
}
