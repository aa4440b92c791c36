/** Rows of header_table and profile_configuration, one per report, gathered while the station streams by. */
import type { Sounding } from '../records/sounding.js';
import { civilTime } from '../records/time.js';
import { OBSERVED_VARIABLE, TIME_QUALITY } from '../records/variables.js';
import type { ColumnValues, TableData } from './table-data.js';

const STATION_TYPE = { radiosonde: 0, pilotBalloon: 1 } as const;
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
  reportId: string;
  sourceId: string;
  /** True when the record time is the launch time. */
  timeIsLaunch: boolean;
  /** Codes of the variables that have a row in this report. */
  variables: readonly number[];
  stationRecordNumber: number;
  /** Where the report stands in its file, and in which further ones. */
  sourceRecordId: string;
}

/** What is equal for all reports of the station; NaN and '' are missing. */
export interface StationOfReports {
  primaryId: string;
  primaryScheme: number;
  stationName: string;
  platformType: number;
  /** Metres above sea level, for reports that do not give it. */
  elevation: number;
}

export interface ReportTables {
  add(entry: ReportEntry): void;
  /** True when every report so far with any wind, temperature or humidity is a pilot balloon's; false without reports. */
  isPilotStation(): boolean;
  tables(station: StationOfReports): { header_table: TableData; profile_configuration: TableData };
}

/** One entry per report; NaN and '' are missing. */
interface ReportColumnsSoFar {
  reportId: string[];
  sourceId: string[];
  sourceRecordId: string[];
  comment: string[];
  stationType: number[];
  stationRecordNumber: number[];
  elevation: number[];
  longitude: number[];
  latitude: number[];
  /** Code of `meaning_of_time_stamp`. */
  meaning: number[];
  /** Record time, nominal time and launch time, seconds since 1900-01-01. */
  timestamp: number[];
  nominal: number[];
  launch: number[];
  /** Seconds. */
  accuracy: number[];
  quality: number[];
  standardTime: number[];
}

/** Pilot balloon: wind and no temperature or humidity. Missing where the report has neither. */
function stationTypeOf(variables: readonly number[]): number {
  let wind = false;
  for (const variable of variables) {
    if (THERMODYNAMIC.has(variable)) return STATION_TYPE.radiosonde;
    if (WIND.has(variable)) wind = true;
  }
  return wind ? STATION_TYPE.pilotBalloon : Number.NaN;
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

export function createReportTables(): ReportTables {
  const columns: ReportColumnsSoFar = {
    reportId: [],
    sourceId: [],
    sourceRecordId: [],
    comment: [],
    stationType: [],
    stationRecordNumber: [],
    elevation: [],
    longitude: [],
    latitude: [],
    meaning: [],
    timestamp: [],
    nominal: [],
    accuracy: [],
    quality: [],
    standardTime: [],
    launch: [],
  };
  let rows = 0;
  let pilotReports = 0;
  let radiosondeReports = 0;
  return {
    add({ sounding, reportId, sourceId, timeIsLaunch, variables, stationRecordNumber, sourceRecordId }) {
      const { reports, index, time } = sounding;
      const nominal = reports.nominalTime[index] as number;
      const launch = reports.launchTime[index] as number;
      const recordedAs = reports.timeQuality[index] as number;
      const quality = timeIsLaunch || Number.isNaN(launch) ? recordedAs : TIME_QUALITY.hour;
      const stationType = stationTypeOf(variables);
      if (stationType === STATION_TYPE.pilotBalloon) pilotReports++;
      else if (stationType === STATION_TYPE.radiosonde) radiosondeReports++;
      rows++;
      columns.reportId.push(reportId);
      columns.sourceId.push(sourceId);
      columns.sourceRecordId.push(sourceRecordId);
      columns.comment.push(reports.comment[index] ?? '');
      columns.stationType.push(stationType);
      columns.stationRecordNumber.push(stationRecordNumber);
      columns.elevation.push(reports.elevation[index] as number);
      columns.longitude.push(reports.longitude[index] as number);
      columns.latitude.push(reports.latitude[index] as number);
      columns.meaning.push(timeIsLaunch ? MEANING_BEGINNING : Number.NaN);
      columns.timestamp.push(time);
      columns.nominal.push(nominal);
      columns.accuracy.push(timeAccuracy(quality));
      columns.quality.push(quality);
      columns.standardTime.push(standardTime(nominal));
      columns.launch.push(launch);
    },
    isPilotStation: () => pilotReports > 0 && radiosondeReports === 0,
    tables(station) {
      const header: [string, ColumnValues][] = [
        ['report_id', columns.reportId],
        ['report_type', REPORT_TYPE_RADIOSONDE],
        ['station_name', station.stationName],
        ['station_type', columns.stationType],
        ['platform_type', station.platformType],
        ['primary_station_id', station.primaryId],
        ['station_record_number', columns.stationRecordNumber],
        ['primary_station_id_scheme', station.primaryScheme],
        ['longitude', columns.longitude],
        ['latitude', columns.latitude],
        ['crs', CRS_WGS84],
        [
          'height_of_station_above_sea_level',
          columns.elevation.map((own) => (Number.isNaN(own) ? station.elevation : own)),
        ],
        ['report_meaning_of_timestamp', columns.meaning],
        ['report_timestamp', columns.timestamp],
        ['nominal_timestamp', columns.nominal],
        ['report_duration', DURATION_INSTANTANEOUS],
        ['report_time_accuracy', columns.accuracy],
        ['report_time_quality', columns.quality],
        ['profile_id', columns.reportId],
        ['report_quality', QUALITY_NOT_CHECKED],
        ['duplicate_status', DUPLICATES_UNCHECKED],
        ['source_id', columns.sourceId],
        ['source_record_id', columns.sourceRecordId],
      ];
      const profile: [string, ColumnValues][] = [
        ['profile_id', columns.reportId],
        ['profile_type', PROFILE_ATMOSPHERIC],
        ['standard_time', columns.standardTime],
        ['actual_time', columns.launch],
        ['comments', columns.comment],
        ['optional_data', NO_OPTIONAL_DATA],
      ];
      return {
        header_table: { rows, columns: new Map(header) },
        profile_configuration: { rows, columns: new Map(profile) },
      };
    },
  };
}
