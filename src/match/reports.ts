/** Rows of header_table and profile_configuration, one per report, gathered while the station streams by. */

import { civilTime } from '../calendar.js';
import type { Sounding, SourcePlace } from '../records/sounding.js';
import { OBSERVED_VARIABLE, TIME_QUALITY } from '../records/variables.js';
import { NumberList } from './number-list.js';
import { arrayText, type ColumnValues, type DerivedColumn, type TableData } from './table-data.js';

/** Codes of `station_type`; unknown, which is written as missing, where a report has neither wind nor temperature nor humidity. */
const STATION_TYPE = { radiosonde: 0, pilotBalloon: 1, unknown: -1 } as const;
/** CDM `report_type` 1: radiosonde profile. */
const REPORT_TYPE_RADIOSONDE = 1;
/** CDM `duplicate_status` 4: unchecked. */
const DUPLICATES_UNCHECKED = 4;
const QUALITY_NOT_CHECKED = 2;
const CRS_WGS84 = 0;
const DURATION_INSTANTANEOUS = 0;
const PROFILE_ATMOSPHERIC = 0;
const NO_OPTIONAL_DATA = 0;
/** CDM `meaning_of_time_stamp` 1: beginning, here the launch. */
export const MEANING_BEGINNING = 1;

const WIND: ReadonlySet<number> = new Set([
  OBSERVED_VARIABLE.windFromDirection,
  OBSERVED_VARIABLE.windSpeed,
  OBSERVED_VARIABLE.eastwardWind,
  OBSERVED_VARIABLE.northwardWind,
]);
const THERMODYNAMIC: ReadonlySet<number> = new Set([
  OBSERVED_VARIABLE.airTemperature,
  OBSERVED_VARIABLE.dewPoint,
  OBSERVED_VARIABLE.dewPointDepression,
  OBSERVED_VARIABLE.relativeHumidity,
  OBSERVED_VARIABLE.specificHumidity,
]);

/** What a report adds to the columns. */
export interface ReportEntry {
  sounding: Sounding;
  /** Number of the report among those of its record time. */
  collision: number;
  /** True when the record time is that of the beginning: the launch, or the first level of a descent. */
  timeIsBeginning: boolean;
  /** Codes of the variables that have a row in this report. */
  variables: readonly number[];
  stationRecordNumber: number;
}

/** What is equal for all reports of the station; NaN and '' are missing. */
export interface StationOfReports {
  primaryId: string;
  primaryScheme: number;
  stationName: string;
  platformType: number;
  /** Metres above sea level, for reports that do not give it. */
  elevation: number;
  /** Id of the report at a time, and how long it is in bytes. */
  reportId(time: number, collision: number): string;
  reportIdWidth: number;
  /** By input file. */
  sourceIds: readonly string[];
}

export interface ReportTables {
  add(entry: ReportEntry): void;
  /** True when every report so far with any wind, temperature or humidity is a pilot balloon's; false without reports. */
  isPilotStation(): boolean;
  tables(station: StationOfReports): { header_table: TableData; profile_configuration: TableData };
}

/** Pilot balloon: wind and no temperature or humidity. */
function stationTypeOf(variables: readonly number[]): number {
  let wind = false;
  for (const variable of variables) {
    if (THERMODYNAMIC.has(variable)) return STATION_TYPE.radiosonde;
    if (WIND.has(variable)) wind = true;
  }
  return wind ? STATION_TYPE.pilotBalloon : STATION_TYPE.unknown;
}

/** Precision of the report's time in seconds, by its time quality. */
function timeAccuracy(quality: number): number {
  if (quality === TIME_QUALITY.second) return 1;
  if (quality === TIME_QUALITY.minute) return 60;
  return quality === TIME_QUALITY.hour ? 3600 : Number.NaN;
}

/** Code of the CDM table `standard_time` for 00, 06, 12 and 18 UTC. */
function standardTime(nominal: number): number {
  if (Number.isNaN(nominal)) return Number.NaN;
  const { hour, minute, second } = civilTime(nominal);
  return hour % 6 === 0 && minute === 0 && second === 0 ? hour / 6 : Number.NaN;
}

/**
 * What is kept of every report until the end, one entry each: no text that can be made of something else. All other columns
 * follow from these.
 */
function createReportList() {
  return {
    time: new NumberList(Float64Array),
    nominal: new NumberList(Float64Array),
    launch: new NumberList(Float64Array),
    latitude: new NumberList(Float64Array),
    longitude: new NumberList(Float64Array),
    elevation: new NumberList(Float64Array),
    byteOffset: new NumberList(Float64Array),
    inputFile: new NumberList(Int32Array),
    stationRecordNumber: new NumberList(Int32Array),
    comment: new NumberList(Int32Array),
    collision: new NumberList(Int8Array),
    timeIsBeginning: new NumberList(Int8Array),
    timeQuality: new NumberList(Int8Array),
    stationType: new NumberList(Int8Array),
    platformType: new NumberList(Int8Array),
    verticalDirection: new NumberList(Int8Array),
  };
}

export function createReportTables(): ReportTables {
  const list = createReportList();
  /** The distinct comments, and their places among them. */
  const comments: string[] = [];
  const placeOf = new Map<string, number>();
  /** Further places in the input of reports that were joined from several. */
  const alsoIn = new Map<number, readonly SourcePlace[]>();
  /** How many reports of the same time have no header of their own. */
  const otherReports = new Map<number, number>();
  let pilotReports = 0;
  let radiosondeReports = 0;
  const placeOfComment = (text: string): number => {
    const place = placeOf.get(text) ?? comments.push(text) - 1;
    placeOf.set(text, place);
    return place;
  };
  return {
    add({ sounding, collision, timeIsBeginning, variables, stationRecordNumber }) {
      const { reports, index, time } = sounding;
      const launch = reports.launchTime[index]!;
      const recordedAs = reports.timeQuality[index]!;
      const stationType = stationTypeOf(variables);
      if (stationType === STATION_TYPE.pilotBalloon) pilotReports++;
      else if (stationType === STATION_TYPE.radiosonde) radiosondeReports++;
      if (sounding.alsoIn !== undefined) alsoIn.set(list.time.length, sounding.alsoIn);
      if (sounding.otherReports !== undefined) otherReports.set(list.time.length, sounding.otherReports);
      list.time.push(time);
      list.nominal.push(reports.nominalTime[index]!);
      list.launch.push(launch);
      list.latitude.push(reports.latitude[index]!);
      list.longitude.push(reports.longitude[index]!);
      list.elevation.push(reports.elevation[index]!);
      list.byteOffset.push(reports.byteOffset[index]!);
      list.inputFile.push(reports.inputFile[index]!);
      list.stationRecordNumber.push(stationRecordNumber);
      list.comment.push(placeOfComment(reports.comment[index] ?? ''));
      list.collision.push(collision);
      list.timeIsBeginning.push(timeIsBeginning ? 1 : 0);
      list.timeQuality.push(timeIsBeginning || Number.isNaN(launch) ? recordedAs : TIME_QUALITY.hour);
      list.stationType.push(stationType);
      list.platformType.push(reports.platformType[index]!);
      list.verticalDirection.push(reports.verticalDirection[index]!);
    },
    isPilotStation: () => pilotReports > 0 && radiosondeReports === 0,
    tables(station) {
      const rows = list.time.length;
      const { sourceIds } = station;
      const numbers = (value: (row: number) => number): DerivedColumn => ({ value, width: 1 });
      const texts = (value: (row: number) => string): DerivedColumn => ({
        value,
        width: longest(value, rows),
      });
      const reportIds: DerivedColumn = {
        value: (row) => station.reportId(list.time.at(row), list.collision.at(row)),
        width: station.reportIdWidth,
      };
      const sourceIdOf = (file: number): string => sourceIds[file]!;
      const header: [string, ColumnValues][] = [
        ['report_id', reportIds],
        ['report_type', REPORT_TYPE_RADIOSONDE],
        ['station_name', station.stationName],
        ['station_type', numbers((row) => missingBelowZero(list.stationType.at(row)))],
        [
          'platform_type',
          numbers((row) =>
            list.platformType.at(row) < 0 ? station.platformType : list.platformType.at(row),
          ),
        ],
        ['primary_station_id', station.primaryId],
        ['station_record_number', numbers((row) => list.stationRecordNumber.at(row))],
        ['primary_station_id_scheme', station.primaryScheme],
        ['longitude', numbers((row) => list.longitude.at(row))],
        ['latitude', numbers((row) => list.latitude.at(row))],
        ['crs', CRS_WGS84],
        [
          'height_of_station_above_sea_level',
          numbers((row) =>
            Number.isNaN(list.elevation.at(row)) ? station.elevation : list.elevation.at(row),
          ),
        ],
        [
          'report_meaning_of_timestamp',
          numbers((row) => (list.timeIsBeginning.at(row) === 1 ? MEANING_BEGINNING : Number.NaN)),
        ],
        ['report_timestamp', numbers((row) => list.time.at(row))],
        ['nominal_timestamp', numbers((row) => list.nominal.at(row))],
        ['vertical_direction', numbers((row) => missingBelowZero(list.verticalDirection.at(row)))],
        ['report_duration', DURATION_INSTANTANEOUS],
        ['report_time_accuracy', numbers((row) => timeAccuracy(list.timeQuality.at(row)))],
        ['report_time_quality', numbers((row) => list.timeQuality.at(row))],
        ['profile_id', reportIds],
        ['report_quality', QUALITY_NOT_CHECKED],
        ['duplicate_status', DUPLICATES_UNCHECKED],
        [
          'duplicates',
          otherReports.size === 0
            ? ''
            : texts((row) => arrayText(idsUnder(list.time.at(row), otherReports.get(row) ?? 0, station))),
        ],
        ['source_id', texts((row) => sourceIdOf(list.inputFile.at(row)))],
        [
          'source_record_id',
          texts((row) => sourceRecordId(list.byteOffset.at(row), alsoIn.get(row), sourceIdOf)),
        ],
      ];
      const profile: [string, ColumnValues][] = [
        ['profile_id', reportIds],
        ['profile_type', PROFILE_ATMOSPHERIC],
        ['standard_time', numbers((row) => standardTime(list.nominal.at(row)))],
        ['actual_time', numbers((row) => list.launch.at(row))],
        ['comments', texts((row) => comments[list.comment.at(row)]!)],
        ['optional_data', NO_OPTIONAL_DATA],
      ];
      return {
        header_table: { rows, columns: new Map(header) },
        profile_configuration: { rows, columns: new Map(profile) },
      };
    },
  };
}

/** The ids that reports of one time would have if they were not under the header of another. */
function idsUnder(time: number, reports: number, { reportId }: StationOfReports): string[] {
  return Array.from({ length: reports }, (_, i) => reportId(time, i + 1));
}

/** `byte <offset>` in the report's own file; of a report joined from several, also the other files and places. */
function sourceRecordId(
  byteOffset: number,
  alsoIn: readonly SourcePlace[] | undefined,
  sourceIdOf: (file: number) => string,
): string {
  const own = `byte ${byteOffset}`;
  if (alsoIn === undefined) return own;
  return [own, ...alsoIn.map((place) => `${sourceIdOf(place.inputFile)} byte ${place.byteOffset}`)].join(
    '; ',
  );
}

function missingBelowZero(code: number): number {
  return code < 0 ? Number.NaN : code;
}

/** Bytes of the longest text, at least 1. */
function longest(value: (row: number) => string, rows: number): number {
  let width = 1;
  for (let row = 0; row < rows; row++) width = Math.max(width, Buffer.byteLength(value(row)));
  return width;
}
