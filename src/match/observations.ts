/**
 * Rows of observations_table: the hot half of the match.
 *
 * Rows are gathered into one block of typed arrays, one per varying element, and handed on when the block is full. What is
 * equal for a whole report is laid down with `fill`; what depends only on the variable comes from arrays indexed by its
 * code. No object is made per row.
 */
import type { OrderedRows } from '../records/levels.js';
import type { Sounding } from '../records/sounding.js';
import { OBSERVED_VARIABLE, type Quantity, type SourceEncodings, Z_TYPE } from '../records/variables.js';
import {
  CONVERTED,
  GEOPOTENTIAL_COORDINATE,
  type Profile,
  type WritingRule,
  writingRule,
} from './conventions.js';
import type { FeedbackRows } from './feedback-rows.js';
import { writeObservationIds, writeRepeatedText } from './ids.js';
import { INT_MISSING } from './table-data.js';

/** Rows in a block: the chunk of the station file, so that a full block is a full chunk of every column. */
export const BLOCK_ROWS = 16_384;

/** The varying elements of observations_table and the arrays that hold them. */
const BLOCK_ARRAYS = {
  observation_id: Uint8Array,
  report_id: Uint8Array,
  source_id: Uint8Array,
  sensor_id: Uint8Array,
  date_time: BigInt64Array,
  date_time_meaning: Int32Array,
  longitude: Float64Array,
  latitude: Float64Array,
  z_coordinate: Float32Array,
  z_coordinate_type: Int32Array,
  observed_variable: Int32Array,
  observation_value: Float32Array,
  units: Int32Array,
  conversion_flag: Int32Array,
  quality_flag: Int32Array,
  numerical_precision: Float32Array,
  original_precision: Float32Array,
  original_units: Int32Array,
  original_value: Float32Array,
  conversion_method: Int32Array,
  elapsed_time: Float32Array,
  advanced_feedback: Int32Array,
  advanced_assimilation_feedback: Int32Array,
} as const;

/** Name of a varying element. */
export type BlockElement = keyof typeof BLOCK_ARRAYS;

/** One array per varying element, `BLOCK_ROWS` long; texts are `BLOCK_ROWS` x width bytes. */
export type ObservationBlock = { [E in BlockElement]: InstanceType<(typeof BLOCK_ARRAYS)[E]> };

/** Whether an element of observations_table varies from row to row. */
export function isBlockElement(name: string): name is BlockElement {
  return Object.hasOwn(BLOCK_ARRAYS, name);
}

/** Widths of the fixed-width texts of the block, in bytes. */
export interface TextWidths {
  observation_id: number;
  report_id: number;
  source_id: number;
  sensor_id: number;
}

function createBlock(widths: TextWidths): ObservationBlock {
  const width = (name: string): number =>
    Object.hasOwn(widths, name) ? widths[name as keyof TextWidths] : 1;
  const arrays = Object.entries(BLOCK_ARRAYS).map(([name, kind]) => [
    name,
    new kind(BLOCK_ROWS * width(name)),
  ]);
  return Object.fromEntries(arrays) as ObservationBlock;
}

const RULES = 256;

/** The writing rules as arrays indexed by the source's observed_variable code. */
interface RuleArrays {
  known: Uint8Array;
  observedVariable: Int32Array;
  units: Int32Array;
  scale: Float64Array;
  offset: Float64Array;
  conversionFlag: Int32Array;
  conversionMethod: Int32Array;
  originalUnits: Int32Array;
  numericalPrecision: Float32Array;
  originalPrecision: Float32Array;
}

function ruleArrays(encodings: SourceEncodings, profile: Profile): RuleArrays {
  const arrays: RuleArrays = {
    known: new Uint8Array(RULES),
    observedVariable: new Int32Array(RULES),
    units: new Int32Array(RULES),
    scale: new Float64Array(RULES),
    offset: new Float64Array(RULES),
    conversionFlag: new Int32Array(RULES),
    conversionMethod: new Int32Array(RULES),
    originalUnits: new Int32Array(RULES),
    numericalPrecision: new Float32Array(RULES),
    originalPrecision: new Float32Array(RULES),
  };
  for (const [name, encoding] of Object.entries(encodings)) {
    const quantity = name as Quantity;
    setRule(
      arrays,
      OBSERVED_VARIABLE[quantity],
      writingRule(quantity, encoding.unit, encoding.precision, profile),
    );
  }
  return arrays;
}

function setRule(arrays: RuleArrays, code: number, rule: WritingRule): void {
  arrays.known[code] = 1;
  arrays.observedVariable[code] = rule.observedVariable;
  arrays.units[code] = rule.units;
  arrays.scale[code] = rule.scale;
  arrays.offset[code] = rule.offset;
  arrays.conversionFlag[code] = rule.conversionFlag;
  arrays.conversionMethod[code] = rule.conversionMethod ?? INT_MISSING;
  arrays.originalUnits[code] = rule.originalUnits ?? INT_MISSING;
  arrays.numericalPrecision[code] = rule.numericalPrecision;
  arrays.originalPrecision[code] = rule.originalPrecision;
}

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

/**
 * @param feedback what lays down the rows of the feedback groups beside these; null in sources without feedback
 * @param onBlock takes the first `rows` rows of the block; the arrays are used again after it returns
 */
export function createObservationRows(
  encodings: SourceEncodings,
  profile: Profile,
  widths: TextWidths,
  feedback: FeedbackRows | null,
  onBlock: (block: ObservationBlock, rows: number) => void,
): ObservationRows {
  const block = createBlock(widths);
  const rules = ruleArrays(encodings, profile);
  const geopotential = GEOPOTENTIAL_COORDINATE[profile];
  const seen = new Uint8Array(RULES);
  let used = 0;
  const handOn = (): void => {
    if (used > 0) onBlock(block, used);
    used = 0;
  };
  return {
    add(sounding, rows, report) {
      seen.fill(0);
      for (let done = 0; done < rows.length; ) {
        const count = Math.min(rows.length - done, BLOCK_ROWS - used);
        fillReportColumns(block, used, count, report, done);
        fillPositions(block, used, count, report, sounding, rows.indices, done);
        fillRowColumns(block, used, count, sounding, rows.indices, done, rules, seen, geopotential);
        if (feedback !== null) {
          feedback.fill(used, count, sounding, rows.indices, done);
          const present = feedback.present.subarray(used, used + count);
          block.advanced_feedback.set(present, used);
          block.advanced_assimilation_feedback.set(present, used);
        }
        used += count;
        done += count;
        if (used === BLOCK_ROWS) handOn();
      }
      const variables: number[] = [];
      for (let code = 0; code < RULES; code++)
        if (seen[code] === 1) variables.push(rules.observedVariable[code] as number);
      return variables;
    },
    finish: handOn,
  };
}

function fillReportColumns(
  block: ObservationBlock,
  at: number,
  count: number,
  report: ReportOfRows,
  firstNumber: number,
): void {
  const end = at + count;
  writeObservationIds(block.observation_id, at, count, report.observationIdPrefix, firstNumber);
  writeRepeatedText(block.report_id, at, count, report.reportId);
  writeRepeatedText(block.source_id, at, count, report.sourceId);
  block.date_time.fill(BigInt(report.time), at, end);
  block.date_time_meaning.fill(report.timeMeaning, at, end);
  writeRepeatedText(block.sensor_id, at, count, report.sensorId);
}

/** The position of the level where it has one, else that of the report. */
function fillPositions(
  block: ObservationBlock,
  at: number,
  count: number,
  report: ReportOfRows,
  sounding: Sounding,
  indices: Int32Array,
  firstIndex: number,
): void {
  block.longitude.fill(report.longitude, at, at + count);
  block.latitude.fill(report.latitude, at, at + count);
  const { latitude, longitude } = sounding.observations;
  if (latitude === null || longitude === null) return;
  for (let i = 0; i < count; i++) {
    const row = indices[firstIndex + i] as number;
    const north = latitude[row] as number;
    const east = longitude[row] as number;
    if (Number.isNaN(north) || Number.isNaN(east)) continue;
    block.latitude[at + i] = north;
    block.longitude[at + i] = east;
  }
}

/** The only loop per row: straight-line gathers between typed arrays of fixed kinds, which the compiler keeps unboxed. */
function fillRowColumns(
  block: ObservationBlock,
  at: number,
  count: number,
  sounding: Sounding,
  indices: Int32Array,
  firstIndex: number,
  rules: RuleArrays,
  seen: Uint8Array,
  geopotential: { type: number; scale: number },
): void {
  const { observedVariable, value, zCoordinate, zType, elapsed, quality } = sounding.observations;
  for (let i = 0; i < count; i++) {
    const row = indices[firstIndex + i] as number;
    const out = at + i;
    const code = observedVariable[row] as number;
    if (rules.known[code] !== 1)
      throw new RangeError(`observed_variable ${code} is not among the source's encodings`);
    seen[code] = 1;
    const original = value[row] as number;
    const type = zType[row] as number;
    if (type === Z_TYPE.geopotential) {
      block.z_coordinate[out] = (zCoordinate[row] as number) * geopotential.scale;
      block.z_coordinate_type[out] = geopotential.type;
    } else {
      block.z_coordinate[out] = zCoordinate[row] as number;
      block.z_coordinate_type[out] = type < 0 ? INT_MISSING : type;
    }
    block.observed_variable[out] = rules.observedVariable[code] as number;
    block.observation_value[out] = original * (rules.scale[code] as number) + (rules.offset[code] as number);
    block.units[out] = rules.units[code] as number;
    const flag = rules.conversionFlag[code] as number;
    block.conversion_flag[out] = flag;
    block.quality_flag[out] = quality[row] as number;
    block.numerical_precision[out] = rules.numericalPrecision[code] as number;
    block.original_precision[out] = rules.originalPrecision[code] as number;
    block.original_units[out] = rules.originalUnits[code] as number;
    block.original_value[out] = flag === CONVERTED ? original : Number.NaN;
    block.conversion_method[out] = rules.conversionMethod[code] as number;
    block.elapsed_time[out] = elapsed[row] as number;
  }
}
