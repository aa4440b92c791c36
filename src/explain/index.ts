/**
 * Explaining an observation: from a row of a station file back to the bytes of the source that it came from. The file says in which
 * input file and at which byte a report begins; from there the raw bytes are read again, by locators that share no loop with the
 * readers (`Source.locator`), and `match-row.ts` finds the value that became the row. So an
 * explanation is a check as well: what the bytes give has to be what the file holds.
 */
import { codeNames } from '../reading/codes.js';
import { type FeedbackGroup, feedbackGroup, feedbackGroups } from '../reading/feedback-groups.js';
import { findReports } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { sources } from '../sources/registry.js';
import { type RowElement, readRows, textIn } from './cdm-rows.js';
import type { ExplainedFeedback, ExplainedFile, ExplainedRow, Explanation } from './explanation.js';
import { explainPlaces } from './places.js';
import { findRows, type ObservationQuery } from './query.js';
import { openReports, type ReportOfRow, type SourceReader } from './reports.js';
import { type SourceFolder, sourcesBeside } from './source-file.js';

export type { ExplainedFile } from './explanation.js';
export type { ObservationQuery } from './query.js';
export { sourcesOf } from './source-file.js';
export { explanationLines } from './text.js';

/** Where source files are looked for. */
export interface ExplainOptions {
  /** A folder, with all its subfolders; without it, where a harvest keeps the sources of the station file. */
  sources?: string;
  /** The group of feedback that is shown; without it the first one with departures. */
  feedback?: string;
}

/**
 * Explains the rows of a station file that are meant.
 *
 * @throws what `findRows` throws for rows that are not there, UsageError `NO_FEEDBACK` for a group that is not there, and StorageError where a source file is there and cannot be read; one
 *   that is missing, damaged or another one by now is a warning
 */
export async function explain(
  station: StationContents,
  query: ObservationQuery,
  options: ExplainOptions = {},
): Promise<ExplainedFile> {
  const place: SourceFolder = {
    folder: options.sources ?? sourcesBeside(station.path, station.dataset),
    isGiven: options.sources !== undefined,
  };
  return {
    file: station.path,
    dataset: station.dataset,
    stationId: station.attribute('primary_station_id'),
    profile: station.profile,
    feedbackGroups: feedbackGroups(station.contents).map(({ name }) => name),
    explanations: await explainRows(station, await findRows(station, query), {
      place,
      shown: feedbackGroup(station, options.feedback),
    }),
  };
}

async function explainRows(
  station: StationContents,
  rows: readonly number[],
  { place, shown }: { place: SourceFolder; shown: FeedbackGroup | undefined },
): Promise<Explanation[]> {
  const source = await sources.get(station.dataset)?.();
  // By the feedback of the dataset a value is found in its source, whatever is shown.
  const groups = ((await source?.describe())?.feedback ?? [])
    .map(({ group }) => group)
    .filter((group) => station.tables.has(group));
  const elements = await readRows(station, 'observations_table', rows);
  const feedback = await Promise.all(groups.map((group) => readRows(station, group, rows)));
  const shownFeedback = await readFeedback(station, shown, rows);
  const reader: SourceReader = {
    station,
    place,
    found: new Map(),
    encodings: source?.encodings ?? {},
    identify: source?.identify ?? nobody,
    locator: (await source?.locator?.()) ?? null,
    units: await codeNames(station, 'units', 'abbreviation'),
  };
  const reports = new Map<string, ReportOfRow>();
  const explanations: Explanation[] = [];
  for (const [i, row] of rows.entries()) {
    const observation: ExplainedRow = { table: 'observations_table', row, elements: elements[i] ?? [] };
    const reportId = textIn(observation.elements, 'report_id');
    const report = reports.get(reportId) ?? (await reportOf(reader, observation, reportId));
    reports.set(reportId, report);
    const ofGroups = groups.map(
      (table, g): ExplainedRow => ({ table, row, elements: feedback[g]?.[i] ?? [] }),
    );
    const { places, warnings } = explainPlaces(report, reader, observation.elements, ofGroups);
    explanations.push({
      observationId: textIn(observation.elements, 'observation_id'),
      observation,
      report: report.header,
      launch: report.launch,
      sources: report.sources,
      places,
      feedback: shownFeedback[i] ?? [],
      warnings: [...report.warnings, ...warnings],
    });
  }
  return explanations;
}

/** For each row what the group has of it, departures with their kind in words. */
async function readFeedback(
  station: StationContents,
  group: FeedbackGroup | undefined,
  rows: readonly number[],
): Promise<ExplainedFeedback[][]> {
  if (group === undefined) return [];
  const { name: table, of, run, departures } = group;
  const kinds = new Map(departures.map(({ name, from }) => [name, `observation minus ${from}`]));
  const found = await readRows(station, table, rows);
  return found.map((all, i) => {
    const elements = all.map((each) => ({ ...each, meaning: each.meaning || (kinds.get(each.name) ?? '') }));
    return [{ table, row: rows[i] ?? -1, of, run, elements }];
  });
}

/** The report of a row, with its raw values in each of the source files. */
async function reportOf(reader: SourceReader, { row }: ExplainedRow, reportId: string): Promise<ReportOfRow> {
  const { station } = reader;
  const [time = Number.NaN] = await station
    .table('observations_table')
    .column('date_time')
    .numbers(row, row + 1);
  const rows = await findReports(station, time);
  const headers = await readRows(station, 'header_table', rows);
  const at = headers.findIndex((elements) => textIn(elements, 'report_id') === reportId);
  const header: ExplainedRow = {
    table: 'header_table',
    row: rows[at] ?? -1,
    elements: headers[at] ?? noElements,
  };
  return await openReports(reader, header, time);
}

/** Of a dataset that this version does not know, nothing is read. */
const nobody: SourceReader['identify'] = (primaryId) => ({
  primaryId,
  primaryScheme: 0,
  secondaryId: null,
  secondaryScheme: 0,
  platformType: null,
});

const noElements: readonly RowElement[] = [];
