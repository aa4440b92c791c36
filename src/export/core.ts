/**
 * The core form: an observation is a row, with what header_table and the configuration tables say of its report and station. It is
 * the flat view of the tables that the Copernicus data store serves (CDM-OBS-Core). Its elements have the names of the CDM; where
 * two tables have one of the same name, that of the other table is called `<name>|<table>`, as there. The last ones are extensions:
 * what a height is, what the level is, which way the sounding went. Elements that station files never have (`agency`, `country`, uncertainties, adjustments) are left out.
 */
import { type DepartureColumn, departureColumn, type FeedbackGroup } from '../reading/feedback-groups.js';
import type { StationContents, StationTable } from '../reading/station.js';
import { valueScale } from '../reading/value-units.js';
import {
  type ColumnRows,
  type ColumnType,
  type ExportColumn,
  isTexts,
  plainColumn,
} from '../tabular/table.js';
import type { FormTable } from './form-table.js';
import { pick, rowsOfNumbers } from './rows.js';
import { type Selection, selectedRows } from './selection.js';
import { type StoredColumn, storedColumns } from './stored.js';

type Origin = 'observations_table' | 'header_table' | 'profile_configuration' | 'station_configuration';

/** The elements, in their order: where each is from, and its type where the file has no such column. */
const ELEMENTS: readonly (readonly [name: string, origin: Origin, type: ColumnType])[] = [
  ['primary_station_id', 'header_table', 'text'],
  ['secondary_id', 'station_configuration', 'text'],
  ['station_name', 'header_table', 'text'],
  ['city', 'station_configuration', 'text'],
  ['report_id', 'observations_table', 'text'],
  ['observation_id', 'observations_table', 'text'],
  ['longitude', 'observations_table', 'float64'],
  ['latitude', 'observations_table', 'float64'],
  ['longitude|header_table', 'header_table', 'float64'],
  ['latitude|header_table', 'header_table', 'float64'],
  ['height_of_station_above_sea_level', 'header_table', 'float32'],
  ['report_timestamp', 'header_table', 'timestamp'],
  ['report_meaning_of_timestamp', 'header_table', 'int32'],
  ['report_duration', 'header_table', 'int32'],
  ['actual_time', 'profile_configuration', 'timestamp'],
  ['z_coordinate', 'observations_table', 'float32'],
  ['z_coordinate_type', 'observations_table', 'int32'],
  ['observed_variable', 'observations_table', 'int32'],
  ['units', 'observations_table', 'int32'],
  ['observation_value', 'observations_table', 'float32'],
  ['value_significance', 'observations_table', 'int32'],
  ['quality_flag', 'observations_table', 'int32'],
  ['source_id', 'observations_table', 'text'],
  ['data_policy_licence', 'observations_table', 'int32'],
  ['platform_type', 'header_table', 'int32'],
  ['station_type', 'header_table', 'int32'],
  ['report_type', 'header_table', 'int32'],
  ['profile_id', 'header_table', 'text'],
  ['sensor_id', 'observations_table', 'text'],
  ['exposure_of_sensor', 'observations_table', 'int32'],
  ['spatial_representativeness', 'observations_table', 'int32'],
  ['z_coordinate_method', 'observations_table', 'int32'],
  ['level_significance', 'observations_table', 'int32'],
  ['vertical_direction', 'header_table', 'int32'],
];

/** One element with the column of the file behind it. */
interface CoreColumn {
  readonly column: ExportColumn;
  /** A table, or the departures that the element is. */
  readonly origin: Origin | DepartureColumn;
  readonly stored: StoredColumn | undefined;
}

/** The observations of the selection. With `feedback` the departures of this group follow, in the unit of the value. */
export async function coreTable(
  station: StationContents,
  selection: Selection,
  feedback: FeedbackGroup | undefined,
): Promise<FormTable> {
  const elements = ELEMENTS.map(([name, origin, type]) => coreColumn(station, name, origin, type));
  elements.push(...departureElements(station, feedback));
  const table = station.table('observations_table');
  return {
    columns: elements.map(({ column }) => column),
    async *batches(wanted) {
      const asked = wanted.map((index) => elements[index] as CoreColumn);
      const links = await linksOf(station);
      const whole = new Map<CoreColumn, ColumnRows>();
      for await (const { from, to, keep } of selectedRows(station, table, selection)) {
        const reports = links.reportOf(await table.column('report_id').texts(from, to));
        const codes =
          feedback !== undefined ? await table.column('observed_variable').numbers(from, to) : null;
        const columns: ColumnRows[] = [];
        for (const each of asked) {
          const rows = await elementRows(each, {
            from,
            to,
            reports,
            links,
            whole,
            codes,
            profile: station.profile,
          });
          columns.push(keep === null ? rows : pick(rows, keep));
        }
        yield { rows: keep?.length ?? to - from, columns };
      }
    },
  };
}

function coreColumn(station: StationContents, name: string, origin: Origin, type: ColumnType): CoreColumn {
  const [element] = name.split('|');
  const stored = storedIn(station, origin, element ?? name);
  return { column: { ...(stored?.column ?? plainColumn(name, type)), name }, origin, stored };
}

function storedIn(station: StationContents, table: string, name: string): StoredColumn | undefined {
  const found = station.tables.get(table);
  return found && storedColumns(station, found).find(({ column }) => column.name === name);
}

/** Those from the first guess, then those from the analysis. */
function departureElements(station: StationContents, feedback: FeedbackGroup | undefined): CoreColumn[] {
  return (['first guess', 'analysis'] as const).flatMap((from) => {
    const origin = departureColumn(feedback, from);
    const stored = origin && storedIn(station, origin.group, origin.name);
    if (origin === undefined || stored === undefined) return [];
    // What the file says of the column's units is of the numbers as they are stored.
    const attributes = new Map([['long_name', `observation minus ${from}`]]);
    const { name: own, description } = stored.column;
    // A table has one column of a name: that of the standard keeps it.
    const name = ELEMENTS.some(([element]) => element === own) ? `${origin.group}/${own}` : own;
    return [{ column: plainColumn(name, 'float32', { description, attributes }), origin, stored }];
  });
}

/** How rows of the tables find each other. */
interface Links {
  /** Row of header_table of each report id; -1 where there is none. */
  reportOf(ids: readonly string[]): Int32Array;
  /** Row of the table for each row of header_table; -1 where there is none. */
  readonly profileOf: Int32Array;
  readonly stationOf: Int32Array;
}

async function linksOf(station: StationContents): Promise<Links> {
  const headers = station.table('header_table');
  const rows = rowByText(await headers.column('report_id').texts());
  const profiles = station.tables.get('profile_configuration');
  const configurations = station.tables.get('station_configuration');
  const profileRows = rowByText((await profiles?.columns.get('profile_id')?.texts()) ?? []);
  const profileIds = (await headers.columns.get('profile_id')?.texts()) ?? [];
  return {
    reportOf(ids) {
      let [id, row] = ['', -1];
      return Int32Array.from(ids, (each) => {
        if (each !== id) [id, row] = [each, rows.get(each) ?? -1];
        return row;
      });
    },
    profileOf: Int32Array.from(profileIds, (id) => profileRows.get(id) ?? -1),
    stationOf: await stationRows(headers, configurations),
  };
}

/** A mobile station has a row for each position: id and record number together make the link. */
async function stationRows(headers: StationTable, stations: StationTable | undefined): Promise<Int32Array> {
  const keys = async (table: StationTable, id: string, number: string): Promise<string[]> => {
    const ids = await table.column(id).texts();
    const numbers = await table.column(number).numbers();
    return ids.map((each, row) => `${each} ${numbers[row]}`);
  };
  const rows = rowByText(stations === undefined ? [] : await keys(stations, 'primary_id', 'record_number'));
  const links = await keys(headers, 'primary_station_id', 'station_record_number');
  return Int32Array.from(links, (key) => rows.get(key) ?? -1);
}

function rowByText(texts: readonly string[]): Map<string, number> {
  return new Map(texts.map((text, row) => [text, row]));
}

interface CoreBlock {
  readonly from: number;
  readonly to: number;
  /** Row of header_table of each row. */
  readonly reports: Int32Array;
  readonly links: Links;
  /** Columns of the small tables, which are read once. */
  readonly whole: Map<CoreColumn, ColumnRows>;
  /** Of the observed variables; null where no departures are exported. */
  readonly codes: Float64Array | null;
  readonly profile: StationContents['profile'];
}

async function elementRows(element: CoreColumn, block: CoreBlock): Promise<ColumnRows> {
  const { stored, origin } = element;
  const { from, to, reports, links, whole } = block;
  if (stored === undefined) return null;
  if (origin === 'observations_table') return await stored.read(from, to);
  if (typeof origin !== 'string') return inUnitOfValue(await stored.read(from, to), origin, block);
  let rows = whole.get(element);
  if (rows === undefined) {
    rows = await readWhole(stored);
    whole.set(element, rows);
  }
  if (origin === 'header_table') return pick(rows, reports);
  const link = origin === 'profile_configuration' ? links.profileOf : links.stationOf;
  return pick(
    rows,
    reports.map((report) => link[report] ?? -1),
  );
}

async function readWhole({ read, rows }: StoredColumn): Promise<ColumnRows> {
  return await read(0, rows);
}

/** Departures may be in the unit of the archive, and stand beside values in the unit of the profile. */
function inUnitOfValue(
  rows: ColumnRows,
  { scale }: DepartureColumn,
  { codes, profile }: CoreBlock,
): ColumnRows {
  if (rows === null || isTexts(rows) || codes === null) return rows;
  const { data, missing } = rows;
  const scaled = Float64Array.from(codes, (code, row) =>
    missing?.[row] === 1 ? Number.NaN : (Number(data[row]) * scale(code)) / valueScale(code, profile),
  );
  return rowsOfNumbers('float32', scaled);
}
