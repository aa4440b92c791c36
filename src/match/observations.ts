/**
 * Rows of observations_table: the hot half of the match.
 *
 * Rows are gathered into one block, which is handed on when it is full. What is equal for a whole report is set down once; what
 * depends only on variable and quality becomes a code. No object is made per row.
 */
import { isSame } from '../numbers.js';
import type { OrderedRows } from '../records/levels.js';
import { SIGNIFICANCE_UNKNOWN } from '../records/significance.js';
import type { Sounding } from '../records/sounding.js';
import type { SourceEncodings } from '../records/variables.js';
import {
  addRun,
  BLOCK_ROWS,
  clearBlock,
  createBlock,
  type ObservationBlock,
  type TextWidths,
} from './block.js';
import { type CoordinateRule, coordinateRules, NO_COORDINATE, type Profile } from './conventions.js';
import type { FeedbackRows } from './feedback-rows.js';
import { OBSERVATION_ID_PREFIX_WIDTH } from './ids.js';
import { createRules, pairIndex, type Rules } from './rules.js';
import { INT_MISSING } from './table-data.js';

/** What is equal for all rows of one report. */
export interface ReportOfRows {
  /** Record time, seconds since 1900-01-01. */
  time: number;
  /** Code of `meaning_of_time_stamp`, or `INT_MISSING`. */
  timeMeaning: number;
  latitude: number;
  longitude: number;
  reportId: Uint8Array;
  sourceId: Uint8Array;
  /** `SENSOR_ID_WIDTH` bytes, all NUL where the sensor is unknown. */
  sensorId: Uint8Array;
  observationIdPrefix: Uint8Array;
}

export interface ObservationRows {
  /**
   * Adds the rows of a sounding; calls `onBlock` each time a block is full.
   * @returns the observed_variable codes that have a row
   */
  add(sounding: Sounding, rows: OrderedRows, report: ReportOfRows): number[];
  /** Hands on what is left. */
  finish(): void;
}

/** Rows `first` to `first + count` of a sounding in the order of the file, and where in the block they go. */
interface Piece {
  sounding: Sounding;
  indices: Int32Array;
  first: number;
  count: number;
  at: number;
}

/**
 * @param feedback what lays down the rows of the feedback groups beside these; null in sources without feedback
 * @param onBlock takes the block; its arrays are used again after it returns
 */
export function createObservationRows(
  encodings: SourceEncodings,
  profile: Profile,
  widths: TextWidths,
  feedback: FeedbackRows | null,
  onBlock: (block: ObservationBlock) => void,
): ObservationRows {
  const rules = createRules(encodings, profile);
  const block = createBlock(widths, OBSERVATION_ID_PREFIX_WIDTH, rules.values);
  const coordinates = coordinateRules(profile);
  const seen = new Uint8Array(256);
  const handOn = (): void => {
    if (block.rows > 0) onBlock(block);
    clearBlock(block);
  };
  return {
    add(sounding, { indices, length }, report) {
      seen.fill(0);
      for (let first = 0; first < length; ) {
        const at = block.rows;
        const count = Math.min(length - first, BLOCK_ROWS - at);
        const piece = { sounding, indices, first, count, at };
        addPiece(block, piece, report);
        addPositions(block, piece, report);
        addLevels(block, piece, coordinates);
        fillRows(block, piece, rules, seen);
        if (feedback !== null) {
          feedback.fill(at, count, sounding, indices, first);
          addFlags(block, feedback.present, at, count);
        }
        block.rows += count;
        first += count;
        if (block.rows === BLOCK_ROWS) handOn();
      }
      const variables: number[] = [];
      for (let variable = 0; variable < seen.length; variable++)
        if (seen[variable] === 1) variables.push(rules.written(variable));
      return variables;
    },
    finish: handOn,
  };
}

/** What is equal for the whole report. */
function addPiece(block: ObservationBlock, { first, count }: Piece, report: ReportOfRows): void {
  const { byPiece } = block;
  const piece = block.pieces++;
  block.lengths[piece] = count;
  block.firstNumbers[piece] = first;
  block.idPrefixes.set(report.observationIdPrefix, piece * report.observationIdPrefix.length);
  byPiece.report_id.set(report.reportId, piece * report.reportId.length);
  byPiece.source_id.set(report.sourceId, piece * report.sourceId.length);
  byPiece.sensor_id.set(report.sensorId, piece * report.sensorId.length);
  byPiece.date_time[piece] = BigInt(report.time);
  byPiece.date_time_meaning[piece] = report.timeMeaning;
}

/** The position of the level where it has one, else that of the report. */
function addPositions({ inRuns }: ObservationBlock, piece: Piece, report: ReportOfRows): void {
  const { sounding, indices, first, count } = piece;
  const { latitude, longitude } = sounding.observations;
  if (latitude === null || longitude === null) {
    addRun(inRuns.latitude, report.latitude, count);
    addRun(inRuns.longitude, report.longitude, count);
    return;
  }
  for (let i = 0; i < count; i++) {
    const row = indices[first + i]!;
    const north = latitude[row]!;
    const east = longitude[row]!;
    const known = !Number.isNaN(north) && !Number.isNaN(east);
    addRun(inRuns.latitude, known ? north : report.latitude, 1);
    addRun(inRuns.longitude, known ? east : report.longitude, 1);
  }
}

/** Whether rows have feedback. */
function addFlags({ inRuns }: ObservationBlock, present: Int32Array, at: number, count: number): void {
  for (let row = at; row < at + count; ) {
    const flag = present[row]!;
    let end = row + 1;
    while (end < at + count && present[end] === flag) end++;
    addRun(inRuns.advanced_feedback, flag, end - row);
    addRun(inRuns.advanced_assimilation_feedback, flag, end - row);
    row = end;
  }
}

/** The loop for what differs from row to row: straight-line gathers between typed arrays of fixed kinds, which the compiler keeps unboxed. */
function fillRows(
  block: ObservationBlock,
  { sounding, indices, first, count, at }: Piece,
  rules: Rules,
  seen: Uint8Array,
): void {
  const { observedVariable, value, quality } = sounding.observations;
  const { observation_value, original_value } = block.byRow;
  const { codes } = block;
  for (let i = 0; i < count; i++) {
    const row = indices[first + i]!;
    const out = at + i;
    const variable = observedVariable[row]!;
    const code = rules.codes[pairIndex(variable, quality[row]!)]!;
    codes[out] = code > 0 ? code - 1 : rules.addCode(variable, quality[row]!);
    seen[variable] = 1;
    const original = value[row]!;
    observation_value[out] = original * rules.scale[variable]! + rules.offset[variable]!;
    original_value[out] = rules.converted[variable] === 1 ? original : Number.NaN;
  }
}

/** What is equal for all rows of a level. */
function addLevels(
  { inRuns }: ObservationBlock,
  { sounding, indices, first, count }: Piece,
  coordinates: readonly CoordinateRule[],
): void {
  const { zCoordinate, zType, elapsed, significance } = sounding.observations;
  for (let i = 0; i < count; ) {
    const row = indices[first + i]!;
    const z = zCoordinate[row]!;
    const type = zType[row]!;
    const time = elapsed[row]!;
    const kind = significance === null ? SIGNIFICANCE_UNKNOWN : significance[row]!;
    let end = i + 1;
    for (; end < count; end++) {
      const next = indices[first + end]!;
      if (zCoordinate[next] !== z || zType[next] !== type || !isSame(elapsed[next]!, time)) break;
      if (significance !== null && significance[next] !== kind) break;
    }
    const rule = coordinates[type] ?? NO_COORDINATE;
    addRun(inRuns.z_coordinate, z * rule.scale, end - i);
    addRun(inRuns.z_coordinate_type, rule.type, end - i);
    addRun(inRuns.z_coordinate_method, rule.method, end - i);
    addRun(inRuns.elapsed_time, time, end - i);
    addRun(inRuns.level_significance, kind < 0 ? INT_MISSING : kind, end - i);
    i = end;
  }
}
