/**
 * Bytes to soundings: lines, reports, and the bookkeeping around them. Lines may straddle chunks; reports never straddle
 * batches. A report is open from its header to the next one (or the end of the file) and only then counted, because only
 * then is it known whether all of it is there.
 */
import { InputError } from '../../errors.js';
import type { SoundingBatch } from '../../records/batch.js';
import { type BatchBuilder, createBatchBuilder } from '../../records/builder.js';
import { count, type Tally } from '../../records/tally.js';
import { listOnce, type SkipContext, skip } from '../skips.js';
import { afterByteOrderMark } from '../text/byte-order-mark.js';
import { createLineDamage, type LineDamage } from '../text/line-damage.js';
import {
  afterEmptyLines,
  createLineFeeder,
  MAX_LINE,
  type ReadOtherLine,
  type SoundingParser,
} from '../text/station.js';
import { LEVEL_WIDTH, MIN_LEVEL_WIDTH } from './columns.js';
import { commitSlots, createSlots } from './counters.js';
import { createHeaderTexts, HEADER_WIDTH, type Header, type HeaderTexts, readHeader } from './header.js';
import { isComplete, readLevel } from './level.js';
import { MAX_LEVELS, readLines } from './lines.js';
import type { LevelSink } from './rows.js';

/** Rows after which a batch is handed out at the next end of a report. */
const BATCH_ROWS = 1 << 15;
/** Room for the report that crosses the mark. */
const BATCH_CAPACITY = BATCH_ROWS + 4096;
/** Reports without a row (everything missing) make a batch full as well. */
const BATCH_REPORTS = 1 << 13;

const LF = 0x0a;
const TAB = 0x09;
const CR = 0x0d;
const BLANK = 0x20;
const HASH = 0x23;
const MINUS = 0x2d;
const NOTHING_USABLE =
  'The file is damaged or was changed: the columns are those of IGRA 2; fetch it again from the archive.';

interface State extends LevelSink, SkipContext {
  readonly stationId: string;
  readonly batches: SoundingBatch[];
  readonly texts: HeaderTexts;
  /** The counters of the file as they were after the last accepted report. */
  readonly accepted: Int32Array;
  fileIndex: number;
  /** Offset in the file of the first byte of the current chunk (or of the carried line). */
  base: number;
  /** The open report, null before the first header and after one that is skipped. */
  header: Header | null;
  headerOffset: number;
  /** Lines that follow are levels of a skipped report. */
  skipping: boolean;
  /** Lines of the file so far, but for the levels of the open report. */
  lines: number;
  /** Levels of the open report that cannot be read. */
  malformed: number;
  readonly damage: LineDamage;
}

/** A parser for the soundings of `stationId`; everything is counted in `tally`. */
export function createSoundingParser(stationId: string, tally: Tally): SoundingParser {
  const builder: BatchBuilder = createBatchBuilder({ capacity: BATCH_CAPACITY, significance: true });
  const state: State = {
    stationId,
    tally,
    batches: [],
    texts: createHeaderTexts(),
    builder,
    slots: createSlots(),
    accepted: createSlots(),
    levels: 0,
    raw: new Int32Array(8),
    path: '',
    fileIndex: 0,
    base: 0,
    header: null,
    headerOffset: 0,
    skipping: false,
    lines: 0,
    malformed: 0,
    damage: createLineDamage('igra2.line.malformed', NOTHING_USABLE),
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
      const detail = `the first header begins at byte ${bytes}; ${filledLines} lines before it are none of the format`;
      count(tally.noted, 'igra2.line.unrecognised', filledLines);
      listOnce(state, 'igra2.line.unrecognised', '', 0, detail);
    },
    feed: lines.feed,
    endFile() {
      const rest = lines.takeRest();
      if (rest.length > 0) readLastLine(rest, state);
      endReport(state, true);
      commitSlots(state.slots, tally);
      state.accepted.fill(0);
    },
    endStation: () => state.damage.assertUsable(),
    nextBatch: () => state.batches.shift() ?? null,
    lastBatch: () => builder.take(),
  };
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
  const end = trimmedEnd(bytes, start, lineEnd);
  if (end - start < MIN_LEVEL_WIDTH && isSparseLevel(bytes, start, lineEnd, state))
    takeLevel(bytes, start, start + LEVEL_WIDTH, state);
  else readLine(bytes, start, end, lineEnd, state);
  return lineEnd + 1;
}

/** A level with all its columns, the last of them blank. */
function isSparseLevel(bytes: Uint8Array, at: number, lineEnd: number, state: State): boolean {
  if (state.header === null || state.levels >= MAX_LEVELS) return false;
  const columns = isPadding(bytes[lineEnd - 1]!) && lineEnd - at > LEVEL_WIDTH ? lineEnd - 1 : lineEnd;
  return columns - at === LEVEL_WIDTH && isComplete(bytes, at, state);
}

function isPadding(byte: number): boolean {
  return byte === BLANK || byte === CR || byte === TAB;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** The end of the line without a carriage return, trailing blanks and tabs. */
function trimmedEnd(bytes: Uint8Array, start: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > start && isPadding(bytes[end - 1]!)) end--;
  return end;
}

/**
 * The end of a level whose padding begins at `end`: its last column where blanks stand in place of its last fields. Fields that
 * are not even blank were cut off.
 */
function levelEnd(bytes: Uint8Array, start: number, end: number, lineEnd: number): number {
  const complete = start + LEVEL_WIDTH;
  if (end - start < MIN_LEVEL_WIDTH || complete > lineEnd) return end;
  for (let i = end; i < complete; i++) if (bytes[i] !== BLANK) return end;
  return Math.max(end, complete);
}

/** Any line: `end` is where its padding begins, which `lineEnd` ends. */
function readLine(bytes: Uint8Array, start: number, end: number, lineEnd: number, state: State): void {
  if (mayBeLevel(bytes, start, end, state)) {
    takeLevel(bytes, start, levelEnd(bytes, start, end, lineEnd), state);
    return;
  }
  if (end > start) {
    if (bytes[start] === HASH) startReport(bytes, start, end, state);
    else if (state.skipping && isDigit(bytes[start]!))
      count(state.tally.noted, 'igra2.level.of-skipped-report');
    else unrecognisedLine(start, state);
  }
  state.lines++;
}

/** A level begins with its type. Where one has to follow, a line of other numbers is a level out of its columns. */
function mayBeLevel(bytes: Uint8Array, start: number, end: number, { header, levels }: State): boolean {
  if (header === null || levels >= MAX_LEVELS || end === start) return false;
  if (levels >= header.levels) return isDigit(bytes[start]!);
  let first = start;
  while (first < end && bytes[first] === BLANK) first++;
  return first < end && (isDigit(bytes[first]!) || bytes[first] === MINUS);
}

function takeLevel(bytes: Uint8Array, start: number, end: number, state: State): void {
  const why = readLevel(bytes, start, end, state);
  if (why !== null) {
    state.damage.malformed(state, { ...lineAt(start, state), why });
    state.malformed++;
  }
  state.levels++;
}

/** The number and the place of the line at hand, which is not yet counted. */
function lineAt(start: number, state: State): { line: number; byteOffset: number } {
  return { line: state.lines + state.levels + 1, byteOffset: state.base + start };
}

/** A last line without a line end: a level or a header that lacks columns is cut off, and its report with it. */
function readLastLine(bytes: Uint8Array, state: State): void {
  const start = afterByteOrderMark(bytes, 0);
  const end = trimmedEnd(bytes, start, bytes.length);
  if (bytes[start] === HASH && end - start < HEADER_WIDTH) {
    endReport(state, false);
    skip(state, 'igra2.report.truncated', state.base + start, 'the file ends within the header');
    return;
  }
  if (isDigit(bytes[start]!) && state.header !== null && bytes.length < LEVEL_WIDTH) {
    count(state.tally.noted, 'igra2.level.cut-off');
    return;
  }
  readLine(bytes, start, end, bytes.length, state);
}

function startReport(bytes: Uint8Array, start: number, end: number, state: State): void {
  endReport(state, false);
  const offset = state.base + start;
  const header = readHeader(bytes, start, end, state.texts);
  state.skipping = true;
  if (!header.readable) {
    skip(state, `igra2.${header.reason}`, offset, header.detail);
  } else if (header.id !== state.stationId) {
    // One entry per foreign station, not one per report: a file of the wrong station would list nothing else.
    count(state.tally.noted, 'igra2.report.other-station');
    listOnce(state, 'igra2.report.other-station', header.id, offset, `the report is of station ${header.id}`);
  } else {
    state.skipping = false;
    state.header = header;
    state.headerOffset = offset;
  }
}

/** Closes the open report: into the batch and the tally, or out of both where the end of the file cuts it. */
function endReport(state: State, atEndOfFile: boolean): void {
  const { header, levels, builder, tally } = state;
  if (header === null) return;
  state.header = null;
  state.damage.readable(levels - state.malformed);
  state.lines += levels;
  state.levels = 0;
  state.malformed = 0;
  if (atEndOfFile && levels < header.levels) {
    builder.dropOpenReport();
    state.slots.set(state.accepted);
    skip(
      state,
      'igra2.report.truncated',
      state.headerOffset,
      `the file ends after ${levels} of ${header.levels} levels`,
    );
    return;
  }
  tally.reports++;
  tally.levels += levels;
  tally.fields += levels * 6;
  state.accepted.set(state.slots);
  if (levels !== header.levels) count(tally.noted, 'igra2.report.numlev-disagrees');
  for (const note of header.times.notes) count(tally.noted, note);
  if (Number.isNaN(header.latitude) || Number.isNaN(header.longitude))
    count(tally.noted, 'igra2.position.missing');
  const { launchTime, nominalTime, dateOnlyTime, timeQuality } = header.times;
  builder.endReport({
    launchTime,
    nominalTime,
    dateOnlyTime,
    timeQuality,
    latitude: header.latitude,
    longitude: header.longitude,
    inputFile: state.fileIndex,
    byteOffset: state.headerOffset,
    comment: header.comment,
  });
  if (builder.rowCount >= BATCH_ROWS || builder.reportCount >= BATCH_REPORTS) {
    const batch = builder.take();
    if (batch !== null) state.batches.push(batch);
  }
}

function unrecognisedLine(start: number, state: State): void {
  const { header, levels, damage } = state;
  const at = lineAt(start, state);
  if (header !== null && levels < header.levels)
    damage.unrecognised(state, { ...at, why: 'it is neither a header nor a level' });
  else if (header !== null) {
    // It may be a damaged header: the levels after a complete report are then not its own.
    endReport(state, false);
    state.skipping = true;
  }
  count(state.tally.noted, 'igra2.line.unrecognised');
  listOnce(
    state,
    'igra2.line.unrecognised',
    '',
    at.byteOffset,
    `line ${at.line} is neither a header nor a level (the first of the file; all are counted)`,
  );
}

function endlessLine(state: State, at: number): InputError {
  return new InputError(
    'LINE_TOO_LONG',
    `${state.path}: a line of more than ${MAX_LINE} bytes, where a line of IGRA 2 has 71 at most`,
    { file: state.path, byteOffset: state.base + at, hint: 'The file is damaged or of another format.' },
  );
}
