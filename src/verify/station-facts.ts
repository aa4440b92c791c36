/**
 * What header_table and station_configuration say of the station alike, as src/match writes them: one name, one kind of platform, one
 * scheme of ids for all reports (but for the platform of those that move), and for each row of station_configuration the position of its reports.
 */
import { isSame } from '../numbers.js';
import type { SourceFacts } from '../sources/facts.js';
import { PLATFORM } from '../sources/identity.js';
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';
import type { Reports } from './reports.js';
import { boxOf } from './stations.js';

const HEADER = 'header_table';
const STATION = 'station_configuration';

/** A station list and the reports may differ by a move of the station, in degrees. */
const FARTHEST_MOVE = 10;

/** @param facts of the source; undefined for a dataset that is not known */
export async function checkStationFacts(
  view: FileView,
  reports: Reports,
  facts: SourceFacts | undefined,
): Promise<void> {
  const name = await checkNames(view);
  await checkPositions(view, reports, name);
  await checkAlike(view, 'platform_type', 'platform_type', (type) => OF_REPORTS.has(type));
  await checkAlike(view, 'primary_station_id_scheme', 'primary_id_scheme', () => false);
  if (facts?.heightFromList === true) await checkHeights(view);
  await checkSecondary(view);
}

/** The name of the station, '' for none: that which the title has too, where the rows do not agree. */
async function checkNames(view: FileView): Promise<string> {
  const columns = [
    [STATION, 'station', (await view.texts(STATION, 'station_name')) ?? []],
    [HEADER, 'header', (await view.texts(HEADER, 'station_name')) ?? []],
  ] as const;
  const title = view.attribute('title');
  const names = new Set(columns.flatMap(([, , texts]) => texts));
  const [first] = names;
  if (first === undefined) return '';
  const name = [...names].find((one) => titleOf(view, one) === title) ?? first;
  for (const [table, kind, texts] of columns)
    for (const [row, text] of texts.entries())
      if (text !== name)
        view.findings.add(
          kind,
          { table, variable: 'station_name', row },
          () => `${quoted(text)}, but the station is called ${quoted(name)} elsewhere`,
        );
  if (title !== '' && titleOf(view, name) !== title)
    view.findings.add(
      'attribute',
      { variable: 'title' },
      () => `${quoted(title)} is not that of the station ${quoted(name)} of the dataset`,
    );
  return name;
}

/** As `globalAttributes` of src/output makes it. */
function titleOf({ attribute }: FileView, name: string): string {
  const id = attribute('primary_station_id');
  const station = name === '' ? id : `${name} (${id})`;
  return `Radiosonde and pilot balloon soundings of station ${station} from ${attribute('source')}`;
}

interface Position {
  latitude: number;
  longitude: number;
}

/** A mobile station has a row per position of its reports; another one is where it reported last, or where a list has it. */
async function checkPositions(view: FileView, reports: Reports, name: string): Promise<void> {
  const numbers = await view.numbers(STATION, 'record_number');
  const latitude = await view.numbers(STATION, 'latitude');
  const longitude = await view.numbers(STATION, 'longitude');
  if (numbers === undefined || latitude === undefined || longitude === undefined) return;
  const expected = positionsOf(reports);
  for (const [row, number] of numbers.entries()) {
    const position = expected.get(number);
    if (position === undefined) continue;
    const stated = { latitude: latitude[row] as number, longitude: longitude[row] as number };
    const isListed = numbers.length === 1 && name !== '' && !Number.isNaN(stated.latitude);
    if (isListed) checkListed(view, reports, stated);
    for (const variable of ['latitude', 'longitude'] as const) {
      if (isSame(stated[variable], position[variable]) || (isListed && isPlace(variable, stated))) continue;
      view.findings.add(
        'station',
        { table: STATION, variable, row },
        () => `${stated[variable]}, but the reports have ${position[variable]}`,
      );
    }
  }
}

/** By record number: the last position with a latitude, else the first one. */
function positionsOf({ recordNumber, latitude, longitude }: Reports): ReadonlyMap<number, Position> {
  const positions = new Map<number, Position>();
  if (latitude === undefined || longitude === undefined) return positions;
  for (const [row, number] of (recordNumber ?? []).entries()) {
    const here = { latitude: latitude[row] as number, longitude: longitude[row] as number };
    if (!positions.has(number) || !Number.isNaN(here.latitude)) positions.set(number, here);
  }
  return positions;
}

function isPlace(variable: keyof Position, stated: Position): boolean {
  return Math.abs(stated[variable]) <= (variable === 'latitude' ? 90 : 180);
}

/** What a list said is not in the file: only that it was another place than that of the soundings can be seen. */
function checkListed({ findings }: FileView, reports: Reports, stated: Position): void {
  const box = boxOf(reports);
  if (box === undefined) return;
  const [south, north] = box.latitude;
  const [west, east] = box.longitude;
  const { latitude, longitude } = stated;
  const isFar = latitude < south - FARTHEST_MOVE || latitude > north + FARTHEST_MOVE;
  const isFarEast =
    (longitude < west - FARTHEST_MOVE || longitude > east + FARTHEST_MOVE) && Math.abs(latitude) < 80;
  if (isFar || isFarEast)
    findings.note(
      `the station list has the station at ${latitude}, ${longitude}, more than ${FARTHEST_MOVE} degrees from all of its reports`,
    );
}

/** A report may say itself that it comes from what moves: a ship, a vehicle, the aircraft that let go a dropsonde. */
const OF_REPORTS: ReadonlySet<number> = new Set([PLATFORM.ship, PLATFORM.landVehicle, PLATFORM.aircraft]);

/**
 * A column of codes is one value in both tables.
 *
 * @param mayDiffer whether a report may have the value as one of its own
 */
async function checkAlike(
  view: FileView,
  inHeader: string,
  inStation: string,
  mayDiffer: (value: number) => boolean,
): Promise<void> {
  const stations = (await view.numbers(STATION, inStation)) ?? [];
  const expected = stations[0];
  if (expected === undefined) return;
  const columns = [
    [STATION, inStation, stations, 'station'],
    [HEADER, inHeader, (await view.numbers(HEADER, inHeader)) ?? [], 'header'],
  ] as const;
  for (const [table, variable, values, kind] of columns)
    for (const [row, value] of values.entries())
      if (!isSame(value, expected) && !(table === HEADER && mayDiffer(value)))
        view.findings.add(
          kind,
          { table, variable, row },
          () => `${shown(value)}, but ${STATION} begins with ${shown(expected)}`,
        );
}

async function checkHeights(view: FileView): Promise<void> {
  const variable = 'height_of_station_above_sea_level';
  const heights = (await view.numbers(HEADER, variable)) ?? [];
  const counts = new Map<number, number>();
  for (const height of heights) counts.set(height, (counts.get(height) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  if (most === undefined) return;
  for (const [row, height] of heights.entries())
    if (!isSame(height, most[0]))
      view.findings.add(
        'header',
        { table: HEADER, variable, row },
        () => `${shown(height)}, but the other reports have ${shown(most[0])}: it is that of the station`,
      );
}

/** The id of the source in station_configuration is that of the attribute. */
async function checkSecondary(view: FileView): Promise<void> {
  const id = view.attribute('source_station_id');
  const expected = id === '' ? '' : `{${id}}`;
  for (const [row, text] of ((await view.texts(STATION, 'secondary_id')) ?? []).entries())
    if (text !== expected)
      view.findings.add(
        'station',
        { table: STATION, variable: 'secondary_id', row },
        () => `${quoted(text)}, but the attribute source_station_id is ${quoted(id)}`,
      );
}

function shown(value: number): string {
  return Number.isNaN(value) ? 'none' : String(value);
}
