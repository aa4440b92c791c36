/** header_table and what goes with it row by row: one entry per report, in memory for the rows of observations_table to be held against. */

import { compactTime, isoTime } from '../calendar.js';
import { boundedElevation, HIGHEST_ELEVATION, LOWEST_ELEVATION } from '../records/bounds.js';
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';
import { isTimeOfSounding } from './ranges.js';

const TABLE = 'header_table';
const PROFILES = 'profile_configuration';
const MEANING_BEGINNING = 1;
const QUARTER_DAY = 21_600;
const [ASCENT, DESCENT] = [0, 1];

/** Seconds since 1900-01-01 of the years 1000 and 10000: years of four digits. */
const FIRST_YEAR = -28_401_235_200;
const LAST_YEAR = 255_611_289_600;

/** The columns of header_table that the rows must agree with; undefined where a column cannot be read. */
export interface Reports {
  readonly count: number;
  readonly ids: readonly string[] | undefined;
  /** Row of header_table by report id. */
  readonly rowOf: ReadonlyMap<string, number>;
  readonly time: Float64Array | undefined;
  readonly latitude: Float64Array | undefined;
  readonly longitude: Float64Array | undefined;
  readonly meaning: Float64Array | undefined;
  readonly stationType: Float64Array | undefined;
  readonly platformType: Float64Array | undefined;
  /** 0 ascent, 1 descent, NaN where the source does not say. */
  readonly verticalDirection: Float64Array | undefined;
  readonly sources: readonly string[] | undefined;
  readonly recordNumber: Float64Array | undefined;
}

export async function readReports(view: FileView): Promise<Reports> {
  const numbers = (name: string): Promise<Float64Array | undefined> => view.numbers(TABLE, name);
  const ids = await view.texts(TABLE, 'report_id');
  const rowOf = new Map<string, number>();
  for (const [row, id] of (ids ?? []).entries()) {
    if (rowOf.has(id))
      view.findings.add(
        'duplicate',
        { table: TABLE, variable: 'report_id', row },
        () => `${quoted(id)} stands twice`,
      );
    else rowOf.set(id, row);
  }
  return {
    count: view.rows(TABLE),
    ids,
    rowOf,
    time: await numbers('report_timestamp'),
    latitude: await numbers('latitude'),
    longitude: await numbers('longitude'),
    meaning: await numbers('report_meaning_of_timestamp'),
    stationType: await numbers('station_type'),
    platformType: await numbers('platform_type'),
    verticalDirection: await numbers('vertical_direction'),
    sources: await view.texts(TABLE, 'source_id'),
    recordNumber: await numbers('station_record_number'),
  };
}

/** The reports in themselves: their order, ids, times and places. */
export async function checkReports(view: FileView, reports: Reports): Promise<void> {
  checkTimes(view, reports);
  checkIds(view, reports);
  checkPlaces(view, reports);
  await checkElevations(view);
  checkDirections(view, reports);
  await checkLinks(view, reports);
  await checkProfiles(view, reports);
}

function checkTimes({ findings }: FileView, { time }: Reports): void {
  for (let row = 0; row < (time?.length ?? 0); row++) {
    const at = time?.[row] as number;
    const place = { table: TABLE, variable: 'report_timestamp', row };
    if (!isTimeOfSounding(at))
      findings.add('range', place, () => `${describeTime(at)} is no time of a sounding`);
    else if (row > 0 && at < (time?.[row - 1] as number))
      findings.add('row-order', place, () => `${isoTime(at)} stands behind a later report`);
  }
}

/** `<dataset>-<station>-<YYYYMMDDhhmmss>-<nn>`; nn counts the reports that share the time. */
function checkIds({ findings, dataset }: FileView, { ids, time }: Reports): void {
  let number = 0;
  for (const [row, id] of (ids ?? []).entries()) {
    const at = time?.[row];
    number = row > 0 && at === time?.[row - 1] ? number + 1 : 0;
    // An impossible time gives no id; the time itself was reported already.
    const end =
      at === undefined || !isTimeOfSounding(at)
        ? ''
        : `-${compactTime(at)}-${String(number).padStart(2, '0')}`;
    if (!id.startsWith(`${dataset}-`) || !id.endsWith(end))
      findings.add(
        'header',
        { table: TABLE, variable: 'report_id', row },
        () => `${quoted(id)} is not ${dataset}-<station>${end}`,
      );
  }
}

function checkPlaces({ findings }: FileView, { latitude, longitude }: Reports): void {
  for (const [variable, values, limit] of [
    ['latitude', latitude, 90],
    ['longitude', longitude, 180],
  ] as const)
    for (const [row, value] of (values ?? []).entries())
      if (Math.abs(value) > limit)
        findings.add('range', { table: TABLE, variable, row }, () => `${value} is beyond ${limit} degrees`);
}

/** Heights of the station, which the readers bound. */
async function checkElevations(view: FileView): Promise<void> {
  const variable = 'height_of_station_above_sea_level';
  for (const [row, metres] of ((await view.numbers(TABLE, variable)) ?? []).entries())
    if (!Number.isNaN(metres) && Number.isNaN(boundedElevation(metres)))
      view.findings.add(
        'range',
        { table: TABLE, variable, row },
        () => `${metres} m is not between ${LOWEST_ELEVATION} and ${HIGHEST_ELEVATION}`,
      );
}

function checkDirections({ findings }: FileView, { verticalDirection }: Reports): void {
  for (const [row, code] of (verticalDirection ?? []).entries())
    if (!Number.isNaN(code) && code !== ASCENT && code !== DESCENT)
      findings.add(
        'code',
        { table: TABLE, variable: 'vertical_direction', row },
        () => `${code} is neither ${ASCENT} (ascent) nor ${DESCENT} (descent)`,
      );
}

/** The ids that every report must have; that they lead somewhere is told of each that is there. */
async function checkLinks(view: FileView, { sources }: Reports): Promise<void> {
  const columns = [
    ['source_id', sources],
    ['profile_id', await view.texts(TABLE, 'profile_id')],
    ['primary_station_id', await view.texts(TABLE, 'primary_station_id')],
  ] as const;
  for (const [variable, texts] of columns)
    for (const [row, text] of (texts ?? []).entries())
      if (text === '')
        view.findings.add('foreign-key', { table: TABLE, variable, row }, () => 'the id is missing');
}

/** profile_configuration has the reports in their order, with the launch time and the synoptic hour that header_table implies. */
async function checkProfiles(view: FileView, reports: Reports): Promise<void> {
  const { ids, time, meaning, verticalDirection, count } = reports;
  const { findings } = view;
  const rows = view.rows(PROFILES);
  if (rows !== count) findings.add('header', { table: PROFILES }, () => `${rows} rows for ${count} reports`);
  const profileIds = await view.texts(PROFILES, 'profile_id');
  const named = await view.texts(TABLE, 'profile_id');
  for (const [row, id] of (ids ?? []).entries()) {
    for (const [table, other] of [
      [PROFILES, profileIds],
      [TABLE, named],
    ] as const)
      if (other !== undefined && row < other.length && other[row] !== id)
        findings.add(
          'header',
          { table, variable: 'profile_id', row },
          () => `${quoted(other[row] ?? '')} where the report is ${quoted(id)}`,
        );
  }
  const launch = await view.numbers(PROFILES, 'actual_time');
  const standard = await view.numbers(PROFILES, 'standard_time');
  const nominal = await view.numbers(TABLE, 'nominal_timestamp');
  for (let row = 0; row < Math.min(count, rows); row++) {
    if (
      launch !== undefined &&
      time !== undefined &&
      meaning?.[row] === MEANING_BEGINNING &&
      // A descent begins after the launch: `descents.ts`.
      verticalDirection?.[row] !== DESCENT &&
      launch[row] !== time[row]
    )
      findings.add(
        'header',
        { table: PROFILES, variable: 'actual_time', row },
        () =>
          `launched at ${describeTime(launch[row])}, but the time of the report, ${describeTime(time[row])}, is said to be that of the launch`,
      );
    const code = synopticCode(nominal?.[row] ?? Number.NaN);
    if (nominal !== undefined && standard !== undefined && !Object.is(standard[row], code))
      findings.add(
        'header',
        { table: PROFILES, variable: 'standard_time', row },
        () => `${standard[row]} for the nominal time ${describeTime(nominal[row])}`,
      );
  }
}

/** Code of the CDM table `standard_time` for 00, 06, 12 and 18 UTC, NaN for other times. */
function synopticCode(nominal: number): number {
  const sinceMidnight = ((nominal % 86_400) + 86_400) % 86_400;
  return sinceMidnight % QUARTER_DAY === 0 ? sinceMidnight / QUARTER_DAY : Number.NaN;
}

/** A time of a file for a message, which may be any number. */
export function describeTime(seconds: number | undefined): string {
  if (seconds === undefined || Number.isNaN(seconds)) return 'missing';
  return seconds >= FIRST_YEAR && seconds < LAST_YEAR ? isoTime(seconds) : `${seconds} s since 1900`;
}
