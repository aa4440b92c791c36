/** Reading one launch: the rows of a report, turned into levels. */
import type { DepartureKind } from '../records/descriptor.js';
import { SIGNIFICANCE_UNKNOWN } from '../records/significance.js';
import { OBSERVED_VARIABLE, STANDARD_GRAVITY, Z_TYPE } from '../records/variables.js';
import { codeNames } from './codes.js';
import {
  type DepartureColumn,
  departureColumn,
  type FeedbackGroup,
  feedbackGroup,
} from './feedback-groups.js';
import { type Coordinate, geometricOf, geopotentialOf } from './heights.js';
import type { Launch, LaunchHeader, LevelVariable } from './launch.js';
import { recordOfReport, rowsOfReport } from './reports.js';
import type { StationContents, StationTable } from './station.js';
import { valueScale, valueUnit } from './value-units.js';

/**
 * The launch of row `report` of header_table. Throws `RangeError` where there is no such row, `InputError` for a file that lacks
 * what it needs (`NOT_A_STATION_FILE`) or is damaged.
 *
 * @param feedback the group that the departures are of; without it the first one with departures
 */
export async function readLaunch(
  station: StationContents,
  report: number,
  feedback: FeedbackGroup | undefined = feedbackGroup(station),
): Promise<Launch> {
  const header = await readHeader(station, report);
  const rows = await readRows(station, header.firstRow, header.rowCount, feedback);
  const { levelOf, starts } = findLevels(rows);
  const levels = starts.length;
  const atLevels = (values: Float64Array) => Float64Array.from(starts, (row) => values[row] as number);
  const zType = Int8Array.from(starts, (row) => zTypeOf(rows, row));
  const zMethod = atLevels(rows.zMethod);
  const stored = atLevels(rows.z);
  const variables = await gather(station, rows, levelOf, levels, header.firstRow);
  const heightsOf = (code: number, ofCoordinate: (coordinate: Coordinate) => number): Float64Array => {
    const values = variables.get(code)?.value;
    return stored.map((z, i) => {
      const height = ofCoordinate({ type: zType[i], method: zMethod[i], z });
      return Number.isNaN(height) ? (values?.[i] ?? Number.NaN) : height;
    });
  };
  return {
    header,
    levels,
    zType: zType.map((type) => (type === Z_TYPE.geopotential ? Z_TYPE.height : type)),
    z: stored.map((value, i) => (zType[i] === Z_TYPE.geopotential ? value / STANDARD_GRAVITY : value)),
    zMethod,
    pressure: stored.map((value, i) => (zType[i] === Z_TYPE.pressure ? value : Number.NaN)),
    height: heightsOf(OBSERVED_VARIABLE.geopotentialHeight, geopotentialOf),
    isHeightComputed: new Uint8Array(levels),
    geometricHeight: heightsOf(OBSERVED_VARIABLE.altitude, geometricOf),
    latitude: atLevels(rows.latitude),
    elapsed: atLevels(rows.elapsed),
    significance: significanceOf(rows, levelOf, levels),
    variables,
  };
}

/** What any row of a level says of it. */
function significanceOf({ significance }: ReportRows, levelOf: Int32Array, levels: number): Int32Array {
  const found = new Int32Array(levels).fill(SIGNIFICANCE_UNKNOWN);
  for (let row = 0; row < levelOf.length; row++) {
    const bits = significance[row] as number;
    const level = levelOf[row] as number;
    if (!Number.isNaN(bits)) found[level] = Math.max(found[level] as number, 0) | bits;
  }
  return found;
}

async function readHeader(station: StationContents, report: number): Promise<LaunchHeader> {
  const headers = station.table('header_table');
  const number = async (table: StationTable, name: string): Promise<number> =>
    (await table.column(name).numbers(report, report + 1))[0] as number;
  const text = async (table: StationTable, name: string): Promise<string> =>
    (await table.column(name).texts(report, report + 1))[0] as string;
  const profiles = station.table('profile_configuration');
  const [reportId, stationId, stationName, comment] = await Promise.all([
    text(headers, 'report_id'),
    text(headers, 'primary_station_id'),
    text(headers, 'station_name'),
    text(profiles, 'comments'),
  ]);
  const [time, nominalTime, launchTime, latitude, longitude, elevation] = await Promise.all([
    number(headers, 'report_timestamp'),
    number(headers, 'nominal_timestamp'),
    number(profiles, 'actual_time'),
    number(headers, 'latitude'),
    number(headers, 'longitude'),
    number(headers, 'height_of_station_above_sea_level'),
  ]);
  // Files of earlier versions lack the column.
  const direction = headers.columns.get('vertical_direction')?.numbers(report, report + 1);
  const [verticalDirection = Number.NaN] = (await direction) ?? [];
  const { record, ...ofRecord } = recordOfReport(station, report, time);
  const { first, count } = await rowsOfReport(station, ofRecord, reportId);
  return {
    reportId,
    report,
    record,
    firstRow: first,
    rowCount: count,
    time,
    nominalTime,
    launchTime,
    verticalDirection,
    latitude,
    longitude,
    elevation,
    stationId,
    stationName,
    comment,
  };
}

/** Columns of the rows of one report. */
interface ReportRows {
  variable: Float64Array;
  value: Float64Array;
  zType: Float64Array;
  z: Float64Array;
  /** All NaN where the file has no such column. */
  zMethod: Float64Array;
  significance: Float64Array;
  latitude: Float64Array;
  elapsed: Float64Array;
  quality: Float64Array;
  units: Float64Array;
  firstGuess: DepartureRows | null;
  analysis: DepartureRows | null;
}

/** A column of departures, with the factors to the units of the CDM. */
interface DepartureRows {
  values: Float64Array;
  scale: DepartureColumn['scale'];
}

async function readRows(
  station: StationContents,
  first: number,
  count: number,
  group: FeedbackGroup | undefined,
): Promise<ReportRows> {
  const table = station.table('observations_table');
  // Async, so that a column that is missing is a rejection like any other, and leaves none that nobody waits for.
  const numbers = async (name: string) => await table.column(name).numbers(first, first + count);
  const ofLaterVersions = async (name: string) =>
    (await table.columns.get(name)?.numbers(first, first + count)) ??
    new Float64Array(count).fill(Number.NaN);
  const departures = async (from: DepartureKind): Promise<DepartureRows | null> => {
    const column = departureColumn(group, from);
    if (column === undefined) return null;
    return { values: await column.numbers(first, first + count), scale: column.scale };
  };
  const [variable, value, zType, z, latitude, elapsed, quality, units] = await Promise.all([
    numbers('observed_variable'),
    numbers('observation_value'),
    numbers('z_coordinate_type'),
    numbers('z_coordinate'),
    numbers('latitude'),
    numbers('elapsed_time'),
    numbers('quality_flag'),
    numbers('units'),
  ]);
  const [zMethod, significance, firstGuess, analysis] = await Promise.all([
    ofLaterVersions('z_coordinate_method'),
    ofLaterVersions('level_significance'),
    departures('first guess'),
    departures('analysis'),
  ]);
  const coordinates = { zType, z, zMethod, latitude, elapsed, significance };
  return { variable, value, ...coordinates, quality, units, firstGuess, analysis };
}

/** -1 for rows without a coordinate. */
function zTypeOf({ zType, z }: ReportRows, row: number): number {
  return Number.isNaN(z[row] as number) ? -1 : (zType[row] ?? -1);
}

/**
 * The level of each row, and the first row of each level. The rows of one coordinate follow each other, by variable; where one has
 * the same variable several times, its n-th row belongs to the n-th level of that coordinate.
 */
function findLevels(rows: ReportRows): { levelOf: Int32Array; starts: number[] } {
  const { variable, z, zMethod } = rows;
  const levelOf = new Int32Array(variable.length);
  const starts: number[] = [];
  let first = 0;
  let repeats = 0;
  for (let row = 0; row < levelOf.length; row++) {
    const isSame =
      row > 0 &&
      zTypeOf(rows, row) === zTypeOf(rows, row - 1) &&
      Object.is(z[row], z[row - 1]) &&
      Object.is(zMethod[row], zMethod[row - 1]);
    if (!isSame) first = starts.length;
    repeats = isSame && variable[row] === variable[row - 1] ? repeats + 1 : 0;
    const level = first + repeats;
    if (level === starts.length) starts.push(row);
    levelOf[row] = level;
  }
  return { levelOf, starts };
}

async function gather(
  station: StationContents,
  rows: ReportRows,
  levelOf: Int32Array,
  levels: number,
  firstRow: number,
): Promise<ReadonlyMap<number, LevelVariable>> {
  const [names, units] = await Promise.all([
    codeNames(station, 'observed_variable'),
    codeNames(station, 'units', 'abbreviation'),
  ]);
  const missing = () => new Float64Array(levels).fill(Number.NaN);
  const byCode = new Map<number, LevelVariable>();
  for (const code of [...new Set(rows.variable)].sort((a, b) => a - b)) {
    const unit = valueUnit(code, station.profile, rows.units[rows.variable.indexOf(code)] as number);
    byCode.set(code, {
      code,
      name: names.get(code) ?? String(code),
      unit: units.get(unit) ?? '',
      value: missing(),
      quality: missing(),
      row: new Int32Array(levels).fill(-1),
      firstGuessDeparture: rows.firstGuess && missing(),
      analysisDeparture: rows.analysis && missing(),
    });
  }
  for (let row = 0; row < levelOf.length; row++) {
    const level = levelOf[row] as number;
    const code = rows.variable[row] as number;
    const of = byCode.get(code) as LevelVariable;
    of.value[level] = (rows.value[row] as number) * valueScale(code, station.profile);
    of.quality[level] = rows.quality[row] as number;
    of.row[level] = firstRow + row;
    for (const [levels, departures] of [
      [of.firstGuessDeparture, rows.firstGuess],
      [of.analysisDeparture, rows.analysis],
    ] as const)
      if (levels && departures) levels[level] = (departures.values[row] as number) * departures.scale(code);
  }
  return byCode;
}
