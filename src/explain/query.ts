/** Which rows of observations_table are meant. */

import { daysSince1900, isDate, isoTime, SECONDS_PER_DAY } from '../calendar.js';
import { UsageError } from '../errors.js';
import { codeNames } from '../reading/codes.js';
import { noLaunch, recordAt, recordOfReport, rowsOfReport } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { STANDARD_GRAVITY, Z_TYPE } from '../records/variables.js';

/** An observation by its id, or those of reports at a level or of a variable. */
export type ObservationQuery = { id: string } | LevelQuery;

export interface LevelQuery {
  /** Rows of header_table. */
  reports: readonly number[];
  /** Pa, or metres above sea level. */
  pressure?: number;
  height?: number;
  /** Code of `observed_variable`. */
  variable?: number;
}

const ID = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})-\d{2}-\d{6}$/;
/** Levels that are named where none is the one asked for. */
const SHOWN = 8;

/** Explanations that one call makes: a page each. */
const MAX_ROWS = 10_000;

/**
 * The rows that are meant, ascending; at least one.
 *
 * @throws UsageError `OBSERVATION_ID` for a text that is no id, `NO_LAUNCH` and `NO_OBSERVATION` where the file has nothing of the
 *   kind, with what is near
 */
export async function findRows(station: StationContents, query: ObservationQuery): Promise<number[]> {
  if ('id' in query) return [await rowOfId(station, query.id)];
  const launches: Launch[] = [];
  const rows: number[] = [];
  for (const report of query.reports) {
    const launch = await launchOf(station, report);
    launches.push(launch);
    rows.push(...rowsIn(launch, query));
    if (rows.length > MAX_ROWS)
      throw new UsageError('TOO_MANY_OBSERVATIONS', `more than ${MAX_ROWS} observations are meant`, {
        hint: 'Give a day or a minute for --time, and a level as well as a variable.',
      });
  }
  if (rows.length === 0) throw await nothing(station, launches, query);
  return rows.sort((a, b) => a - b);
}

async function rowOfId(station: StationContents, id: string): Promise<number> {
  const time = timeOfId(id);
  const { first, count } = recordAt(station, time) ?? noLaunch(station, time, isoTime(time));
  const ids = await station
    .table('observations_table')
    .column('observation_id')
    .texts(first, first + count);
  const row = ids.indexOf(id);
  if (row >= 0) return first + row;
  throw none(station, `observation ${id}`, `Those at this time go from ${ids[0]} to ${ids.at(-1)}.`);
}

function timeOfId(id: string): number {
  const [, ...parts] = ID.exec(id) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (isDate(year, month, day))
    return daysSince1900(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
  throw new UsageError('OBSERVATION_ID', `${JSON.stringify(id)} is no observation_id`, {
    hint: 'An id looks like 20150601113000-00-000017: time of the launch, number of the report, row of the report.',
  });
}

/** The rows of a report, and what tells them apart. */
interface Launch {
  first: number;
  variables: Float64Array;
  types: Float64Array;
  coordinates: Float64Array;
}

async function launchOf(station: StationContents, report: number): Promise<Launch> {
  const header = station.table('header_table');
  const [time = Number.NaN] = await header.column('report_timestamp').numbers(report, report + 1);
  const [id = ''] = await header.column('report_id').texts(report, report + 1);
  const { first, count } = await rowsOfReport(station, recordOfReport(station, report, time), id);
  const numbers = async (name: string): Promise<Float64Array> =>
    await station
      .table('observations_table')
      .column(name)
      .numbers(first, first + count);
  const [variables, types, coordinates] = await Promise.all([
    numbers('observed_variable'),
    numbers('z_coordinate_type'),
    numbers('z_coordinate'),
  ]);
  return { first, variables, types, coordinates };
}

function rowsIn(launch: Launch, query: LevelQuery): number[] {
  const { variable, pressure, height } = query;
  const wanted = pressure ?? height;
  const levels = levelsOf(launch, query);
  const rows: number[] = [];
  for (const [i, code] of launch.variables.entries()) {
    const isMeant = wanted === undefined || isNear(levels[i] as number, wanted, pressure === undefined);
    if ((variable === undefined || code === variable) && isMeant) rows.push(launch.first + i);
  }
  return rows;
}

/** Pressures or heights of the rows, whichever are asked for; NaN where a row has none. */
function levelsOf({ types, coordinates }: Launch, { pressure }: LevelQuery): Float64Array {
  return coordinates.map((z, i) => {
    const type = types[i];
    if (pressure !== undefined) return type === Z_TYPE.pressure ? z : Number.NaN;
    if (type === Z_TYPE.geopotential) return z / STANDARD_GRAVITY;
    return type === Z_TYPE.height ? z : Number.NaN;
  });
}

/** As close as single precision tells numbers apart; heights that were geopotentials, to half a decimetre. */
function isNear(a: number, b: number, isHeight: boolean): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.abs(b) + (isHeight ? 0.05 : 0);
}

async function nothing(
  station: StationContents,
  launches: readonly Launch[],
  query: LevelQuery,
): Promise<UsageError> {
  const { variable, pressure, height } = query;
  const present = new Set(launches.flatMap(({ variables }) => [...variables]));
  if (variable !== undefined && !present.has(variable)) {
    const names = await codeNames(station, 'observed_variable');
    const known = [...present].sort((a, b) => a - b).map((code) => `${code} ${names.get(code) ?? ''}`.trim());
    return none(station, `variable ${variable} in this launch`, `It has ${known.join(', ') || 'no rows'}.`);
  }
  const wanted = pressure ?? height ?? Number.NaN;
  const levels = launches.flatMap((launch) =>
    [...levelsOf(launch, query)].filter(
      (level, i) => !Number.isNaN(level) && (variable ?? launch.variables[i]) === launch.variables[i],
    ),
  );
  const nearest = [...new Set(levels)].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  const hint =
    nearest.length === 0
      ? 'The launch has no level with a coordinate of this kind.'
      : `The levels nearest to ${wanted} are at ${nearest.slice(0, SHOWN).join(', ')}.`;
  return none(station, `such observation at ${wanted} ${pressure === undefined ? 'm' : 'Pa'}`, hint);
}

function none({ path }: StationContents, what: string, hint: string): UsageError {
  return new UsageError('NO_OBSERVATION', `${path} has no ${what}`, { file: path, hint });
}
