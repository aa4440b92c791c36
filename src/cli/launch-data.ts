/** Launches as CSV and JSON: every variable that the file has, in the units of the CDM, one entry per level. */

import { isoTime } from '../calendar.js';
import { shortFloat32 } from '../numbers.js';
import type { FeedbackGroup } from '../reading/feedback-groups.js';
import type { Launch, LevelVariable } from '../reading/launch.js';
import { significanceText } from '../reading/significance.js';
import type { StationContents } from '../reading/station.js';
import { variableName } from '../reading/variables.js';
import { quoted } from '../tabular/csv.js';

/** One line per level; a column per variable, its quality flag and its departures. Missing values are empty. */
export function launchesAsCsv(launches: readonly Launch[]): string {
  const columns = [...new Set(launches.flatMap((launch) => columnsOf(launch).map(({ name }) => name)))];
  const head = ['report_id', 'date_time', ...OF_LEVELS, ...columns];
  const lines = launches.flatMap((launch) => {
    const byName = new Map(columnsOf(launch).map(({ name, values }) => [name, values]));
    const { pressure, height, geometricHeight, elapsed, significance } = launch;
    return Array.from({ length: launch.levels }, (_, level) =>
      [
        quoted(launch.header.reportId),
        isoTime(launch.header.time),
        ...[pressure, height, geometricHeight, elapsed].map((values) => cell(values[level])),
        ...significanceCells(significance[level]!),
        ...columns.map((name) => cell(byName.get(name)?.[level])),
      ].join(','),
    );
  });
  return `${[head.join(','), ...lines].join('\n')}\n`;
}

/** Columns that say where a level is, and what it is. */
const OF_LEVELS = [
  'pressure',
  'height',
  'geometric_height',
  'elapsed_time',
  'level_significance',
  'significance',
];

/** The bits and the words. */
function significanceCells(bits: number): [string, string] {
  return bits < 0 ? ['', ''] : [String(bits), significanceText(bits)];
}

/** One object per launch, with arrays over its levels; missing values are null. Departures are of the group `feedback`. */
export function launchesAsJson(
  station: StationContents,
  launches: readonly Launch[],
  feedback?: FeedbackGroup,
): string {
  return JSON.stringify(
    launches.map((launch) => ({
      dataset: station.dataset,
      ...headerOf(launch),
      ...(feedback && { feedback: { group: feedback.name, of: feedback.of, run: feedback.run } }),
      levels: launch.levels,
      pressure: { unit: 'Pa', values: plain(launch.pressure) },
      height: { unit: 'gpm', values: plain(launch.height) },
      geometric_height: { unit: 'm', values: plain(launch.geometricHeight) },
      elapsed_time: { unit: 's', values: plain(launch.elapsed) },
      level_significance: {
        values: Array.from(launch.significance, (bits) => (bits < 0 ? null : bits)),
        words: Array.from(launch.significance, (bits) => (bits < 0 ? null : significanceText(bits))),
      },
      variables: Object.fromEntries(
        [...launch.variables.values()].map((variable) => [variableName(variable.code), variableOf(variable)]),
      ),
    })),
    null,
    1,
  );
}

function headerOf({ header }: Launch): Record<string, unknown> {
  const time = (seconds: number): string | null => (Number.isNaN(seconds) ? null : isoTime(seconds));
  const number = (value: number): number | null => (Number.isNaN(value) ? null : tidied(value));
  return {
    primary_station_id: header.stationId,
    station_name: header.stationName,
    report_id: header.reportId,
    time: time(header.time),
    nominal_time: time(header.nominalTime),
    launch_time: time(header.launchTime),
    vertical_direction: number(header.verticalDirection),
    latitude: number(header.latitude),
    longitude: number(header.longitude),
    elevation: number(header.elevation),
    comment: header.comment,
    first_row: header.firstRow,
    rows: header.rowCount,
  };
}

function variableOf(variable: LevelVariable): Record<string, unknown> {
  const { code, unit, value, quality, firstGuessDeparture, analysisDeparture } = variable;
  return {
    observed_variable: code,
    unit,
    values: plain(value),
    quality_flag: plain(quality),
    ...(firstGuessDeparture && { first_guess_departure: plain(firstGuessDeparture) }),
    ...(analysisDeparture && { analysis_departure: plain(analysisDeparture) }),
  };
}

interface Column {
  name: string;
  values: Float64Array;
}

function columnsOf({ variables }: Launch): Column[] {
  return [...variables.values()].flatMap((variable) => {
    const name = variableName(variable.code);
    const { value, quality, firstGuessDeparture, analysisDeparture } = variable;
    return [
      { name, values: value },
      { name: `${name}_quality_flag`, values: quality },
      ...(firstGuessDeparture
        ? [{ name: `${name}_first_guess_departure`, values: firstGuessDeparture }]
        : []),
      ...(analysisDeparture ? [{ name: `${name}_analysis_departure`, values: analysisDeparture }] : []),
    ];
  });
}

/** A position is stored with 64 bits, and may come from an archive that has 32: then it is the shortest decimal for these. */
function tidied(value: number): number {
  return Math.fround(value) === value ? shortest(value) : value;
}

/** Values are stored as 32-bit floats: the shortest decimal that is the same number. */
function shortest(value: number): number {
  return Number(shortFloat32(Math.fround(value)));
}

function plain(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : shortest(value)));
}

function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(shortest(value));
}
