/** Which rows of observations_table are meant. */
import { InputError, UsageError } from '../errors.js';
import { codeNames } from '../reading/codes.js';
import { recordAt } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { daysSince1900, isDate, isoTime, SECONDS_PER_DAY } from '../records/time.js';
import { Z_TYPE } from '../records/variables.js';

/** An observation by its id, or by time and level or variable. */
export type ObservationQuery =
  | { id: string }
  | {
      /** Record time, seconds since 1900-01-01. */
      time: number;
      /** Pa, or metres above sea level. */
      pressure?: number;
      height?: number;
      /** Code of `observed_variable`, or a part of its name. */
      variable?: string;
    };

const ID = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})-\d{2}-\d{6}$/;
const SHOWN = 8;

/**
 * The rows that are meant, ascending; at least one.
 *
 * @throws UsageError `OBSERVATION_ID` for a text that is no id, `VARIABLE` for a variable that the launch has not; InputError
 *   `NO_LAUNCH` and `NO_OBSERVATION` where the file has nothing of the kind, with what is near
 */
export async function findRows(station: StationContents, query: ObservationQuery): Promise<number[]> {
  return 'id' in query ? [await rowOfId(station, query.id)] : await rowsAt(station, query);
}

async function rowOfId(station: StationContents, id: string): Promise<number> {
  const { first, count } = recordAt(station, timeOfId(id));
  const ids = await station
    .table('observations_table')
    .column('observation_id')
    .texts(first, first + count);
  const row = ids.indexOf(id);
  if (row >= 0) return first + row;
  throw none(station, `observation ${id}`, `Those of this launch go from ${ids[0]} to ${ids.at(-1)}.`);
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

type ByPlace = Exclude<ObservationQuery, { id: string }>;

async function rowsAt(station: StationContents, query: ByPlace): Promise<number[]> {
  const { time, pressure, height, variable } = query;
  const { first, count } = recordAt(station, time);
  const table = station.table('observations_table');
  const [variables, types, coordinates] = await Promise.all(
    ['observed_variable', 'z_coordinate_type', 'z_coordinate'].map((name) =>
      table.column(name).numbers(first, first + count),
    ),
  );
  const codes = variable === undefined ? null : await codesOf(station, variable, new Set(variables));
  const isLevel = (row: number): boolean => {
    const [wanted, type] = pressure === undefined ? [height, Z_TYPE.height] : [pressure, Z_TYPE.pressure];
    if (wanted === undefined) return true;
    return types?.[row] === type && isNear(coordinates?.[row] ?? Number.NaN, wanted);
  };
  const rows: number[] = [];
  for (let row = 0; row < count; row++)
    if ((codes === null || codes.has(variables?.[row] ?? Number.NaN)) && isLevel(row)) rows.push(first + row);
  if (rows.length > 0) return rows;
  const levels = coordinates?.filter(
    (_, row) => types?.[row] === (pressure === undefined ? Z_TYPE.height : Z_TYPE.pressure),
  );
  throw none(station, `such observation at ${isoTime(time)}`, nearest(levels ?? [], pressure ?? height));
}

/** As close as single precision tells numbers apart. */
function isNear(a: number, b: number): boolean {
  return Math.fround(a) === Math.fround(b);
}

/** The codes that a text means, among those that the launch has. */
async function codesOf(
  station: StationContents,
  text: string,
  present: ReadonlySet<number>,
): Promise<Set<number>> {
  const names = await codeNames(station, 'observed_variable');
  const words = text
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);
  const isMeant = (code: number): boolean => {
    const name = (names.get(code) ?? '').toLowerCase();
    return /^\d+$/.test(text) ? code === Number(text) : words.every((word) => name.includes(word));
  };
  const codes = new Set([...present].filter(isMeant));
  if (codes.size > 0) return codes;
  const known = [...present].sort((a, b) => a - b).map((code) => `${code} ${names.get(code) ?? ''}`.trim());
  throw new UsageError('VARIABLE', `the launch has no variable ${JSON.stringify(text)}`, {
    hint: `It has: ${known.join(', ')}.`,
  });
}

function nearest(levels: ArrayLike<number>, wanted: number | undefined): string {
  if (wanted === undefined) return 'Ask for another time or variable.';
  const distinct = [...new Set(Array.from(levels))].filter((level) => !Number.isNaN(level));
  if (distinct.length === 0) return 'The launch has no level with a coordinate of this kind.';
  distinct.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return `The levels nearest to ${wanted} are at ${distinct.slice(0, SHOWN).join(', ')}.`;
}

function none({ path }: StationContents, what: string, hint: string): InputError {
  return new InputError('NO_OBSERVATION', `${path} has no ${what}`, { file: path, hint });
}
