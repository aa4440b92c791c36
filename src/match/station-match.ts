/** From soundings in order to the rows of a station's tables. */
import type { SourceDescriptor } from '../records/descriptor.js';
import { createLevelSorter } from '../records/levels.js';
import { generalReason } from '../records/reasons.js';
import type { RecordTime, Sounding } from '../records/sounding.js';
import type { StationEntry, StationIdentity } from '../records/station.js';
import { count, type Tally } from '../records/tally.js';
import type { SourceEncodings } from '../records/variables.js';
import { BLOCK_ROWS, type ObservationBlock } from './block.js';
import { coordinateRules, type Profile } from './conventions.js';
import { createFeedbackRows, type FeedbackColumns, type FeedbackRows } from './feedback-rows.js';
import { createReportIds, MAX_ROWS_IN_REPORT } from './ids.js';
import { createObservationRows } from './observations.js';
import { createReportTables, MEANING_BEGINNING } from './reports.js';
import type { StationSchema } from './schema.js';
import { createSensorTable, SENSOR_ID_WIDTH, sensorId } from './sensors.js';
import { type SourceFileIdentity, sourceConfiguration } from './source-files.js';
import { createStationTable, type StationExtent } from './station.js';
import { INT_MISSING, type TableData } from './table-data.js';

export interface StationMatchOptions {
  descriptor: SourceDescriptor;
  encodings: SourceEncodings;
  stationId: string;
  identity: StationIdentity;
  entry: StationEntry | undefined;
  files: readonly SourceFileIdentity[];
  schema: StationSchema;
  profile: Profile;
  recordTime: RecordTime;
  tally: Tally;
  /** Takes the rows of the block and as many of the feedback groups; the arrays are used again after it returns. */
  append: (block: ObservationBlock, feedback: readonly FeedbackColumns[]) => void;
}

/** The record index: record n is the rows `index[n]` to `index[n] + size[n]` of observations_table, all at `timestamp[n]`. */
export interface Records {
  timestamp: number[];
  index: number[];
  size: number[];
}

export interface MatchedStation {
  reports: number;
  rows: number;
  records: Records;
  extent: StationExtent;
  tables: ReadonlyMap<string, TableData>;
}

export interface StationMatch {
  /** Adds soundings in file order. */
  add(sounding: Sounding, collision: number): void;
  finish(): MatchedStation;
}

export function createStationMatch(options: StationMatchOptions): StationMatch {
  const { descriptor, encodings, stationId, identity, entry, files, schema, profile, recordTime, tally } =
    options;
  const feedbackRows = feedbackRowsOf(schema);
  const { sourceIds, widths } = schema;
  const encodedSourceIds = sourceIds.map((id) => Buffer.from(id));
  const idsOf = createReportIds(descriptor.id, stationId);
  const observationRows = createObservationRows(encodings, profile, widths, feedbackRows, (block) =>
    options.append(block, feedbackRows?.groups ?? []),
  );
  const sensorIdOf = createSensorIds();
  const sensorTable = createSensorTable();
  const reportTables = createReportTables();
  const stationTable = createStationTable(identity, entry);
  const sorter = createLevelSorter(coordinateRules(profile).map(({ scale }) => scale));
  const records: Records = { timestamp: [], index: [], size: [] };
  const allVariables = new Set<number>();
  let rowsSoFar = 0;

  const openRecord = (time: number): number => {
    const last = records.timestamp.length - 1;
    if (records.timestamp[last] === time) return last;
    records.timestamp.push(time);
    records.index.push(rowsSoFar);
    records.size.push(0);
    return last + 1;
  };

  return {
    add(sounding, collision) {
      const { reports, index, time } = sounding;
      const ordered = sorter.order(sounding);
      count(tally.dropped, generalReason(descriptor.id, 'row.exact-duplicate'), ordered.duplicates);
      assertRowCount(ordered.length, time);
      const ids = idsOf(time, collision);
      const inputFile = reports.inputFile[index]!;
      const latitude = reports.latitude[index]!;
      const longitude = reports.longitude[index]!;
      const keyedOnLaunch = recordTime === 'launch' || Number.isNaN(reports.nominalTime[index]);
      const begin = reports.beginTime[index]!;
      const timeIsBeginning =
        keyedOnLaunch && time === (Number.isNaN(begin) ? reports.launchTime[index] : begin);
      const sondeType = reports.sondeType[index]!;
      sensorTable.add(sondeType, time);
      const record = openRecord(time);
      records.size[record] = records.size[record]! + ordered.length;
      rowsSoFar += ordered.length;
      const variables = observationRows.add(sounding, ordered, {
        time,
        timeMeaning: timeIsBeginning ? MEANING_BEGINNING : INT_MISSING,
        latitude,
        longitude,
        reportId: ids.reportBytes,
        sourceId: encodedSourceIds[inputFile]!,
        sensorId: sensorIdOf(sondeType),
        observationIdPrefix: ids.observationPrefixBytes,
      });
      for (const variable of variables) allVariables.add(variable);
      reportTables.add({
        sounding,
        collision,
        timeIsBeginning,
        variables,
        stationRecordNumber: stationTable.add(latitude, longitude, time),
      });
    },
    finish() {
      observationRows.finish();
      const isPilot = reportTables.isPilotStation();
      const fixed = entry !== undefined && !entry.mobile;
      const perReport = reportTables.tables({
        primaryId: identity.primaryId,
        primaryScheme: identity.primaryScheme,
        stationName: entry?.name ?? '',
        platformType: identity.platformType ?? Number.NaN,
        elevation: fixed ? entry.elevation : Number.NaN,
        reportId: (time, collision) => idsOf(time, collision).report,
        reportIdWidth: widths.report_id,
        sourceIds,
      });
      return {
        reports: perReport.header_table.rows,
        rows: rowsSoFar,
        records,
        extent: stationTable.extent,
        tables: new Map<string, TableData>([
          ['header_table', perReport.header_table],
          [
            'station_configuration',
            stationTable.table({ stationType: isPilot ? 1 : 0, variables: allVariables }),
          ],
          ['source_configuration', sourceConfiguration(descriptor, files, descriptor.homepage)],
          ['profile_configuration', perReport.profile_configuration],
          ['sensor_configuration', sensorTable.table()],
        ]),
      };
    },
  };
}

function feedbackRowsOf({ feedbackGroups, feedback }: StationSchema): FeedbackRows | null {
  return feedback && createFeedbackRows(feedbackGroups, feedback.descriptors, feedback.columns, BLOCK_ROWS);
}

/** Makes sensor ids of fixed width; most reports have the sonde type of the one before. */
function createSensorIds(): (sondeType: number) => Uint8Array {
  let last = -1;
  let bytes = new Uint8Array(SENSOR_ID_WIDTH);
  return (sondeType) => {
    if (sondeType !== last) {
      bytes = new Uint8Array(SENSOR_ID_WIDTH);
      bytes.set(Buffer.from(sensorId(sondeType)));
      last = sondeType;
    }
    return bytes;
  };
}

function assertRowCount(rows: number, time: number): void {
  if (rows > MAX_ROWS_IN_REPORT) throw new RangeError(`${rows} rows in the report of ${time} s since 1900`);
}
