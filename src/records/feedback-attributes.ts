/**
 * The attributes by which a group of feedback in a station file says what it is. They are written by `output`, held against the
 * descriptor by `verify`, and read by `reading/feedback-groups.ts` alone.
 */
import type { DepartureKind, FeedbackDescriptor } from './descriptor.js';

/** Names of groups of feedback: a file has sixty other groups, which need not be looked into. */
export const FEEDBACK_NAME = /^[a-z][a-z0-9_]*fb$/;

/** Names of the attributes of the group. */
export const OF_GROUP = {
  /** The reanalysis or the collection of forecasts. */
  of: 'feedback_of',
  /** Its run, stream or collection of inputs; absent where it is not known. */
  run: 'feedback_run',
  /** What is subtracted from what: always `DEPARTURES`. */
  departures: 'departures',
  /** What departures are in: one of `DEPARTURE_UNITS`. */
  units: 'departure_units',
  /** Names of the columns of departures, with blanks between them; absent where there are none. */
  columns: 'departure_columns',
} as const;

/** Names of the attributes of its columns. */
export const OF_COLUMN = {
  /** What a departure is from: a `DepartureKind`. */
  from: 'departure_from',
  /** The column that tells the unit: a name of the group, or `<table>/<name>`. */
  unitsFrom: 'units_from',
  /** Codes of `observed_variable` whose departures are in another unit than that of the CDM. */
  scaledVariables: 'cdm_scale_variables',
  /** What makes each of these one in the unit of the CDM. */
  scales: 'cdm_scale_factors',
} as const;

/** How all departures are counted. */
export const DEPARTURES = 'observation minus model';

/** Departures are in the unit of the value beside them, or in that of the source, with factors to that of the CDM. */
export const DEPARTURE_UNITS = ['observation', 'source'] as const;

/** Texts and lists of numbers. */
export type FeedbackAttributes = Record<string, string | Int32Array | Float64Array>;

/**
 * The attributes of a group.
 *
 * @param names of its columns, as they are in the file
 */
export function attributesOfGroup(
  descriptor: FeedbackDescriptor,
  names: readonly string[],
): FeedbackAttributes {
  const { of, run } = descriptor;
  const columns = names.filter((name) => departureKind(descriptor, name) !== undefined);
  return {
    [OF_GROUP.of]: of,
    ...(run !== '' && { [OF_GROUP.run]: run }),
    [OF_GROUP.departures]: DEPARTURES,
    [OF_GROUP.units]: 'source',
    ...(columns.length > 0 && { [OF_GROUP.columns]: columns.join(' ') }),
  };
}

/**
 * The attributes of a column that say more than its definition; {} for most columns.
 *
 * @param names of the columns of the group
 */
export function attributesOfColumn(
  descriptor: FeedbackDescriptor,
  name: string,
  names: readonly string[],
): FeedbackAttributes {
  const from = departureKind(descriptor, name);
  const unitsFrom = inGroup(named(descriptor.unitsFrom, name), names);
  const scales = Object.entries(descriptor.scales);
  return {
    ...(from !== undefined && { long_name: `observation minus ${from}`, [OF_COLUMN.from]: from }),
    ...(unitsFrom !== undefined && { [OF_COLUMN.unitsFrom]: unitsFrom }),
    ...(from !== undefined &&
      scales.length > 0 && {
        [OF_COLUMN.scaledVariables]: Int32Array.from(scales, ([code]) => Number(code)),
        [OF_COLUMN.scales]: Float64Array.from(scales, ([, scale]) => scale),
      }),
  };
}

/** What the model is in a column of departures; undefined for another column. */
export function departureKind({ departures }: FeedbackDescriptor, name: string): DepartureKind | undefined {
  return named(departures, name);
}

/** What is said of a column: by its name, or by that without the table of the database, which an export may leave away. */
function named<T>(of: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(of, name)) return of[name];
  return Object.entries(of).find(([each]) => baseName(each) === name)?.[1];
}

/** The name that a column has in the group; undefined where it is not there. */
function inGroup(column: string | undefined, names: readonly string[]): string | undefined {
  if (column === undefined || names.includes(column)) return column;
  return names.find((name) => name === baseName(column));
}

/** The name without the ODB table that a column may be qualified with. */
export function baseName(name: string): string {
  return name.split('@', 1)[0] ?? name;
}

/** What a group is of, in words: `ERA5, main stream`; its name where the file does not say. */
export function feedbackTitle({ name, of, run }: { name: string; of: string; run: string }): string {
  return [of === '' ? name : of, run].filter(Boolean).join(', ');
}
