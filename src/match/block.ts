/**
 * A block of rows of observations_table on its way to the station file.
 *
 * Few of its columns differ from row to row. What is equal for a whole report is held once per report, what follows from the
 * variable and its quality once for each pair of them that occurs, and only measurements row by row: neither the match
 * nor the compression then touches a column that says nothing new.
 */

/** Rows in a block: the chunk of the station file, so that a full block is a full chunk of every column. */
export const BLOCK_ROWS = 16_384;

/** Elements that are equal for all rows of a report, and the arrays that hold one value per piece of a report. */
const BY_PIECE = {
  report_id: Uint8Array,
  source_id: Uint8Array,
  sensor_id: Uint8Array,
  date_time: BigInt64Array,
  date_time_meaning: Int32Array,
} as const;

/** Elements that change from level to level, or less often. */
const IN_RUNS = {
  longitude: Float64Array,
  latitude: Float64Array,
  z_coordinate: Float32Array,
  z_coordinate_type: Int32Array,
  z_coordinate_method: Int32Array,
  elapsed_time: Float32Array,
  level_significance: Int32Array,
  advanced_feedback: Int32Array,
  advanced_assimilation_feedback: Int32Array,
} as const;

/** Elements that follow from the variable and the quality of a row. */
const BY_CODE = {
  observed_variable: Int32Array,
  units: Int32Array,
  conversion_flag: Int32Array,
  quality_flag: Int32Array,
  numerical_precision: Float32Array,
  original_precision: Float32Array,
  original_units: Int32Array,
  conversion_method: Int32Array,
} as const;

/** Elements with a value of their own in every row. */
const BY_ROW = {
  observation_value: Float32Array,
  original_value: Float32Array,
} as const;

type Arrays<Kinds extends Record<string, new (length: number) => object>> = {
  [E in keyof Kinds]: InstanceType<Kinds[E]>;
};

type RunValues = Int32Array | Float32Array | Float64Array;

/** `values[i]` holds for `lengths[i]` rows; the first `count` of them are in use. */
export interface Runs<Values extends RunValues = RunValues> {
  values: Values;
  lengths: Int32Array;
  count: number;
}

/** Widths of the fixed-width texts of the block, in bytes. */
export interface TextWidths {
  observation_id: number;
  report_id: number;
  source_id: number;
  sensor_id: number;
}

/** One value per code, for each of the elements; the first `count` codes of the station have been given so far. */
export type CodeValues = Arrays<typeof BY_CODE> & { count: number };

/** @param codes codes that a station can need */
export function createCodeValues(codes: number): CodeValues {
  return { count: 0, ...arraysOf(BY_CODE, () => codes) };
}

export interface ObservationBlock {
  /** Rows in use. */
  rows: number;
  /** Pieces of reports in use: a report goes on in the next block where this one is full. */
  pieces: number;
  /** Rows of each piece. */
  lengths: Int32Array;
  /** Number of the first row of each piece in its report. */
  firstNumbers: Int32Array;
  /** What the observation ids of a piece begin with; the number of the row follows. Fixed width. */
  idPrefixes: Uint8Array;
  byPiece: Arrays<typeof BY_PIECE>;
  inRuns: { [E in keyof typeof IN_RUNS]: Runs<InstanceType<(typeof IN_RUNS)[E]>> };
  /** One code per row. */
  codes: Uint16Array;
  byCode: CodeValues;
  byRow: Arrays<typeof BY_ROW>;
}

/** Where a block holds an element: as texts that count, or under one of its four properties. */
export type BlockPlace =
  | { by: 'count' }
  | { by: 'piece'; element: keyof typeof BY_PIECE }
  | { by: 'run'; element: keyof typeof IN_RUNS }
  | { by: 'code'; element: keyof typeof BY_CODE }
  | { by: 'row'; element: keyof typeof BY_ROW };

/** Where a block holds the element of this name; undefined for elements that do not vary from row to row. */
export function blockPlace(name: string): BlockPlace | undefined {
  if (name === 'observation_id') return { by: 'count' };
  if (isKeyOf(BY_PIECE, name)) return { by: 'piece', element: name };
  if (isKeyOf(IN_RUNS, name)) return { by: 'run', element: name };
  if (isKeyOf(BY_CODE, name)) return { by: 'code', element: name };
  return isKeyOf(BY_ROW, name) ? { by: 'row', element: name } : undefined;
}

function isKeyOf<Kinds extends object>(kinds: Kinds, name: string): name is keyof Kinds & string {
  return Object.hasOwn(kinds, name);
}

/** An empty block. */
export function createBlock(widths: TextWidths, prefixWidth: number, byCode: CodeValues): ObservationBlock {
  const texts: Readonly<Record<string, number>> = { ...widths };
  return {
    rows: 0,
    pieces: 0,
    lengths: new Int32Array(BLOCK_ROWS),
    firstNumbers: new Int32Array(BLOCK_ROWS),
    idPrefixes: new Uint8Array(BLOCK_ROWS * prefixWidth),
    byPiece: arraysOf(BY_PIECE, (name) => BLOCK_ROWS * (texts[name] ?? 1)),
    inRuns: Object.fromEntries(
      Object.entries(IN_RUNS).map(([name, kind]) => [
        name,
        { values: new kind(BLOCK_ROWS), lengths: new Int32Array(BLOCK_ROWS), count: 0 },
      ]),
    ) as ObservationBlock['inRuns'],
    codes: new Uint16Array(BLOCK_ROWS),
    byCode,
    byRow: arraysOf(BY_ROW, () => BLOCK_ROWS),
  };
}

function arraysOf<Kinds extends Record<string, new (length: number) => object>>(
  kinds: Kinds,
  lengthOf: (name: string) => number,
): Arrays<Kinds> {
  const arrays = Object.entries(kinds).map(([name, kind]) => [name, new kind(lengthOf(name))]);
  return Object.fromEntries(arrays) as Arrays<Kinds>;
}

/** Makes the block empty; its codes stay. */
export function clearBlock(block: ObservationBlock): void {
  block.rows = 0;
  block.pieces = 0;
  for (const runs of Object.values(block.inRuns)) runs.count = 0;
}

/** Adds `length` rows of `value`, to the last run where that has it already (bit by bit, but any NaN is equal to another). */
export function addRun(runs: Runs, value: number, length: number): void {
  const { values, lengths, count } = runs;
  const kept = values instanceof Float32Array ? Math.fround(value) : value;
  if (count > 0 && Object.is(values[count - 1], kept)) {
    lengths[count - 1]! += length;
    return;
  }
  values[count] = value;
  lengths[count] = length;
  runs.count++;
}
