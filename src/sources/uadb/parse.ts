/**
 * Bytes to soundings: lines, reports, and the bookkeeping around them. Lines may straddle chunks; reports never straddle
 * batches. A report is open from its header to the next one (or the end of the file) and only then counted, because only
 * then is it known whether all of it is there.
 */
import { InputError } from '../../errors.js';
import type { SoundingBatch } from '../../records/batch.js';
import { createBatchBuilder } from '../../records/builder.js';
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
import { commitSlots, createSlots, noteSlot } from './counters.js';
import { markDuplicates } from './duplicates.js';
import { createHeaderTexts, HEADER_WIDTH, type Header, type HeaderTexts, readHeader } from './header.js';
import { LEVEL_WIDTH, readLevel } from './level.js';
import { MAX_LEVELS, readLines } from './lines.js';
import { FIELDS, type LevelSink } from './rows.js';

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
const LETTER_H = 0x48;
const NOTHING_USABLE =
  'The file is damaged or was changed: the columns are those of UADB (ds370.1); download it again.';
const DUPLICATE = noteSlot('level-type-4.duplicate');

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
  firstRow: number;
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
  const builder = createBatchBuilder({ capacity: BATCH_CAPACITY, significance: true });
  const state: State = {
    stationId,
    tally,
    batches: [],
    texts: createHeaderTexts(),
    builder,
    slots: createSlots(),
    accepted: createSlots(),
    levels: 0,
    raw: new Int32Array(FIELDS + 1),
    elevation: Number.NaN,
    windsByHeight: { rows: [], others: false },
    path: '',
    fileIndex: 0,
    base: 0,
    header: null,
    headerOffset: 0,
    firstRow: 0,
    skipping: false,
    lines: 0,
    malformed: 0,
    damage: createLineDamage('ncar.line.malformed', NOTHING_USABLE),
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
      count(tally.noted, 'ncar.line.unrecognised', filledLines);
      listOnce(state, 'ncar.line.unrecognised', '', 0, detail);
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
  readLine(bytes, start, trimmedEnd(bytes, start, lineEnd), state);
  return lineEnd + 1;
}

function isPadding(byte: number): boolean {
  return byte === BLANK || byte === CR || byte === TAB;
}

/** Levels begin with the blanks or digits of the level type. */
function mayBeLevel(byte: number): boolean {
  return byte === BLANK || (byte >= 0x30 && byte <= 0x39);
}

/** The end of the line without a carriage return, trailing blanks and tabs. */
function trimmedEnd(bytes: Uint8Array, start: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > start && isPadding(bytes[end - 1]!)) end--;
  return end;
}

/** Any line, with its true end. */
function readLine(bytes: Uint8Array, start: number, end: number, state: State): void {
  if (isLevel(bytes, start, end, state)) {
    const why = readLevel(bytes, start, end, state);
    if (why !== null) {
      state.damage.malformed(state, { ...lineAt(start, state), why });
      state.malformed++;
    }
    state.levels++;
    return;
  }
  if (end > start) {
    const first = bytes[start]!;
    if (first === LETTER_H) startReport(bytes, start, end, state);
    else if (state.skipping && mayBeLevel(first)) count(state.tally.noted, 'ncar.level.of-skipped-report');
    else unrecognisedLine(start, state);
  }
  state.lines++;
}

/** A line in the place of a level of the open report. After the last one that is announced, a longer one may be a header. */
function isLevel(bytes: Uint8Array, start: number, end: number, { header, levels }: State): boolean {
  if (end === start || header === null || !mayBeLevel(bytes[start]!)) return false;
  return levels < header.levels || (end - start <= LEVEL_WIDTH && levels < MAX_LEVELS);
}

/** The number and the place of the line at hand, which is not yet counted. */
function lineAt(start: number, state: State): { line: number; byteOffset: number } {
  return { line: state.lines + state.levels + 1, byteOffset: state.base + start };
}

/** A last line without a line end: a level or a header that lacks columns is cut off, and its report with it. */
function readLastLine(bytes: Uint8Array, state: State): void {
  const start = afterByteOrderMark(bytes, 0);
  const end = trimmedEnd(bytes, start, bytes.length);
  if (end === start) return;
  if (bytes[start] === LETTER_H && end - start < HEADER_WIDTH) {
    endReport(state, false);
    skip(state, 'ncar.report.truncated', state.base + start, 'the file ends within the header');
    return;
  }
  if (mayBeLevel(bytes[start]!) && state.header !== null && bytes.length < LEVEL_WIDTH) {
    count(state.tally.noted, 'ncar.level.cut-off');
    return;
  }
  readLine(bytes, start, end, state);
}

function startReport(bytes: Uint8Array, start: number, end: number, state: State): void {
  endReport(state, false);
  const offset = state.base + start;
  const header = readHeader(bytes, start, end, state.texts);
  state.skipping = true;
  if (!header.readable) {
    skip(state, `ncar.${header.reason}`, offset, header.detail);
  } else if (header.id !== state.stationId) {
    // One entry per foreign station, not one per report: a file of the wrong station would list nothing else.
    count(state.tally.noted, 'ncar.report.other-station');
    listOnce(state, 'ncar.report.other-station', header.id, offset, `the report is of station ${header.id}`);
  } else {
    state.skipping = false;
    state.header = header;
    state.headerOffset = offset;
    state.firstRow = state.builder.rowCount;
    state.elevation = header.elevation;
    state.windsByHeight.rows.length = 0;
    state.windsByHeight.others = false;
  }
}

/** Closes the open report: into the batch and the tally, or out of both where the end of the file cuts it. */
function endReport(state: State, atEndOfFile: boolean): void {
  const { header, levels, builder, tally, slots } = state;
  if (header === null) return;
  state.header = null;
  state.damage.readable(levels - state.malformed);
  state.lines += levels;
  state.levels = 0;
  state.malformed = 0;
  if (atEndOfFile && levels < header.levels) {
    builder.dropOpenReport();
    slots.set(state.accepted);
    skip(
      state,
      'ncar.report.truncated',
      state.headerOffset,
      `the file ends after ${levels} of ${header.levels} levels`,
    );
    return;
  }
  slots[DUPLICATE]! += markDuplicates(builder, state.firstRow, state.windsByHeight);
  tally.reports++;
  tally.levels += levels;
  tally.fields += levels * FIELDS;
  state.accepted.set(slots);
  if (levels !== header.levels) count(tally.noted, 'ncar.report.numlev-disagrees');
  for (const note of header.time.notes) count(tally.noted, note);
  for (const note of header.notes) count(tally.noted, note);
  builder.endReport({
    launchTime: Number.NaN,
    nominalTime: header.time.nominalTime,
    dateOnlyTime: header.time.dateOnlyTime,
    timeQuality: header.time.timeQuality,
    latitude: header.latitude,
    longitude: header.longitude,
    inputFile: state.fileIndex,
    byteOffset: state.headerOffset,
    elevation: header.elevation,
    kind: header.kind,
    number: header.number,
    comment: header.comment,
  });
  if (builder.rowCount >= BATCH_ROWS || builder.reportCount >= BATCH_REPORTS) {
    const batch = builder.take();
    if (batch !== null) state.batches.push(batch);
  }
}

/** A line that is neither a header nor a level; a complete report ends there, for what follows may be another one's. */
function unrecognisedLine(start: number, state: State): void {
  const { header, levels, damage } = state;
  const at = lineAt(start, state);
  if (header !== null && levels < header.levels)
    damage.unrecognised(state, { ...at, why: 'it is neither a header nor a level' });
  else if (header !== null) {
    endReport(state, false);
    state.skipping = true;
  }
  count(state.tally.noted, 'ncar.line.unrecognised');
  listOnce(
    state,
    'ncar.line.unrecognised',
    '',
    at.byteOffset,
    `line ${at.line} is neither a header nor a level (the first of the file; all are counted)`,
  );
}

function endlessLine(state: State, at: number): InputError {
  return new InputError(
    'LINE_TOO_LONG',
    `${state.path}: a line of more than ${MAX_LINE} bytes, where a line of UADB has 102 at most`,
    { file: state.path, byteOffset: state.base + at, hint: 'The file is damaged or of another format.' },
  );
}
