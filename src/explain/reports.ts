/** The raw values of a report in each of the source files that hold a part of it. */
import { InputError } from '../errors.js';
import { openInput } from '../fetch/members.js';
import type { StationContents } from '../reading/station.js';
import type { SourceEncodings } from '../records/variables.js';
import type { Datum, Locator, LocatorRequest } from '../sources/locator.js';
import type { Source } from '../sources/source.js';
import { readRows, textIn } from './cdm-rows.js';
import type { ExplainedRow, ExplainedSource } from './explanation.js';
import { type DataIndex, indexData } from './match-row.js';
import {
  type FoundSource,
  findSource,
  howToGet,
  type KnownSource,
  knownSources,
  placesOf,
  type RecordPlace,
  type SourceFolder,
} from './source-file.js';

/** What reading sources takes. */
export interface SourceReader {
  station: StationContents;
  place: SourceFolder;
  /** What was found by looking, by source id: a file is hashed once. */
  found: Map<string, FoundSource>;
  encodings: SourceEncodings;
  identify: Source['identify'];
  /** What reads the sources of the dataset; null where nothing does. */
  locator: Locator | null;
  /** Abbreviations of units by their codes. */
  units: ReadonlyMap<number, string>;
}

/** A report, and what its sources hold of it. */
export interface ReportOfRow {
  /** Its row of header_table; -1 and no elements where there is none. */
  header: ExplainedRow;
  launch: ExplainedRow | null;
  sources: readonly ExplainedSource[];
  /** The raw values, and the `source_id` of the file that each is from. */
  index: DataIndex;
  sourceOf: ReadonlyMap<Datum, string>;
  warnings: readonly string[];
}

/** Reads the report of record time `time` (seconds since 1900-01-01) in its source files. */
export async function openReports(
  reader: SourceReader,
  header: ExplainedRow,
  time: number,
): Promise<ReportOfRow> {
  const { station } = reader;
  const warnings: string[] = [];
  if (header.row < 0) warnings.push('header_table has no report with the report_id of this row');
  const recordId = textIn(header.elements, 'source_record_id');
  const places = placesOf(textIn(header.elements, 'source_id'), recordId);
  if (places.length === 0)
    warnings.push(`source_record_id ${JSON.stringify(recordId)} does not say where the report begins`);
  const known = await knownSources(station);
  const sources: { source: ExplainedSource; data: readonly Datum[] }[] = [];
  for (const place of places) {
    const file = known.get(place.sourceId);
    if (file === undefined) warnings.push(`source_configuration has no ${place.sourceId}`);
    else sources.push(await openSource(reader, file, place, requestOf(reader, place, time), warnings));
  }
  const sourceOf = new Map(sources.flatMap(({ source, data }) => data.map((datum) => [datum, source.id])));
  const index = indexData(sourceOf.keys(), reader.encodings, station.profile);
  return {
    header,
    launch: await launchOf(station, header),
    sources: sources.map(({ source }) => source),
    index,
    sourceOf,
    warnings,
  };
}

/** The tables have one row per report each, in the same order. */
async function launchOf(station: StationContents, header: ExplainedRow): Promise<ExplainedRow | null> {
  const table = 'profile_configuration';
  if (header.row < 0 || header.row >= (station.tables.get(table)?.rows ?? 0)) return null;
  const [elements = []] = await readRows(station, table, [header.row]);
  const isSame = textIn(elements, 'profile_id') === textIn(header.elements, 'profile_id');
  return isSame ? { table, row: header.row, elements } : null;
}

function requestOf(
  { station, identify }: SourceReader,
  { byteOffset }: RecordPlace,
  time: number,
): LocatorRequest {
  const nominalFirst = station.attribute('record_time') === 'nominal';
  return {
    offset: byteOffset,
    isStation: (id) => identify(id).primaryId === station.attribute('primary_station_id'),
    isTime({ launchTime, nominalTime, dateOnlyTime, beginTime = Number.NaN }) {
      const beginning = Number.isNaN(beginTime) ? launchTime : beginTime;
      const times = nominalFirst ? [nominalTime, beginning] : [beginning, nominalTime];
      return time === [...times, dateOnlyTime].find((each) => !Number.isNaN(each));
    },
  };
}

async function openSource(
  reader: SourceReader,
  file: KnownSource,
  { byteOffset }: RecordPlace,
  request: LocatorRequest,
  warnings: string[],
): Promise<{ source: ExplainedSource; data: readonly Datum[] }> {
  const { station, place } = reader;
  const found = reader.found.get(file.id) ?? (await findSource(file, reader.place));
  reader.found.set(file.id, found);
  const source: ExplainedSource = {
    ...file,
    ...found,
    content: null,
    byteOffset,
    report: null,
    howToGet: '',
  };
  const { path, state } = found;
  if (path === null) {
    warnings.push(
      `${file.name} is not below ${place.folder}: only what the station file itself tells is shown`,
    );
    return {
      source: {
        ...source,
        howToGet: await howToGet(station.dataset, station.attribute('primary_station_id')),
      },
      data: [],
    };
  }
  if (state === 'changed')
    warnings.push(
      `${path} is another file than the one that was harvested: its sha256 is not ${file.sha256}; harvest again, or give the folder of the old file with --sources`,
    );
  try {
    const input = await openInput(path);
    const report = await reader.locator?.(input, request);
    if (report === undefined) warnings.push(`nothing here reads the sources of ${station.dataset}`);
    if (report === null)
      warnings.push(
        `${path}: no report of the station with the time of this one begins at byte ${byteOffset}`,
      );
    if (report === null || report === undefined)
      return { source: { ...source, content: input.name }, data: [] };
    const { from, to, head, line, data } = report;
    return { source: { ...source, content: input.name, report: { from, to, head, line } }, data };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    warnings.push(`${path} cannot be read: ${error.message}`);
    return { source, data: [] };
  }
}
