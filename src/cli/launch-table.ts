/** One launch as a table for the terminal, in the units that people read: hPa, degrees Celsius. */

import { minuteText } from '../calendar.js';
import { departuresOf } from '../reading/departures.js';
import type { Launch } from '../reading/launch.js';
import { placeText } from '../reading/period.js';
import { type Profile, profileOf, type Quantity } from '../reading/profile.js';
import { significanceText } from '../reading/significance.js';
import type { StationContents } from '../reading/station.js';
import type { DepartureKind } from '../records/descriptor.js';
import { QUALITY, OBSERVED_VARIABLE as V } from '../records/variables.js';
import { type Column, texts } from './launch-column.js';
import { coordinateColumns, notesOnHeights } from './launch-heights.js';
import { counted, printable } from './messages.js';

const CELSIUS = 273.15;

/** Code of `vertical_direction`. */
const DESCENT = 1;

/** Marks of values that the archive doubts. */
const MARKS: ReadonlyMap<number, readonly [mark: string, meaning: string]> = new Map([
  [QUALITY.failed, ['!', 'failed the quality control of the archive']],
  [QUALITY.blacklisted, ['x', 'blacklisted']],
  [QUALITY.duplicate, ['=', 'the level repeats another one']],
]);

/**
 * The launch with what the tables say of it, ending in a newline. Columns without a value are left out.
 *
 * @param levelsOfLaunch how many levels the launch has, where only some of them are to be shown
 * @param feedback what the departures are of, '' where that need not be said
 */
export function launchTable(
  station: StationContents,
  launch: Launch,
  levelsOfLaunch: number = launch.levels,
  feedback = '',
): string {
  const columns = [
    ...coordinateColumns(launch),
    ...observed(profileOf(launch)),
    ...departures(launch),
    significance(launch),
  ].filter(({ cells }) => cells.some((text) => text.trim() !== ''));
  const widths = columns.map(({ title, unit, cells }) =>
    Math.max(title.length, unit.length, ...cells.map(({ length }) => length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (columns[i]?.isText === true ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  const rows = Array.from({ length: launch.levels }, (_, level) =>
    line(columns.map(({ cells }) => cells[level]!)),
  );
  const body =
    columns.length === 0
      ? [launch.levels < levelsOfLaunch ? '(no such levels)' : '(no values)']
      : [line(columns.map(({ title }) => title)), line(columns.map(({ unit }) => unit)), ...rows];
  const lines = [
    ...headLines(station, launch, levelsOfLaunch),
    '',
    ...body,
    ...legend(columns, notesOnHeights(launch), feedback),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function headLines(station: StationContents, { header, levels }: Launch, levelsOfLaunch: number): string[] {
  const { latitude, longitude, elevation, stationName, stationId } = header;
  const minute = (time: number): string => `${minuteText(time)} UTC`;
  const name = stationName === '' ? stationId : `${stationName} (${stationId})`;
  return [
    `${name}, ${station.dataset}`,
    [
      ...(Number.isNaN(header.launchTime) ? [] : [`launch ${minute(header.launchTime)}`]),
      ...(header.verticalDirection === DESCENT ? [`descent from ${minute(header.time)}`] : []),
      ...(Number.isNaN(header.nominalTime) ? [] : [`nominal ${minute(header.nominalTime)}`]),
      ...(Number.isNaN(header.launchTime) && Number.isNaN(header.nominalTime)
        ? [`record ${minute(header.time)}`]
        : []),
      ...(Number.isNaN(latitude) || Number.isNaN(longitude) ? [] : [placeText(latitude, longitude)]),
      ...(Number.isNaN(elevation) ? [] : [`${Math.round(elevation)} m`]),
    ].join(', '),
    [
      `report ${header.reportId}: ${counted(header.rowCount, 'value')} at ${counted(levelsOfLaunch, 'level')}`,
      ...(levels < levelsOfLaunch ? [`${levels} of the levels shown`] : []),
      ...(header.rowCount > 0 ? [`rows ${header.firstRow} to ${header.firstRow + header.rowCount - 1}`] : []),
      ...(header.comment === '' ? [] : [header.comment]),
    ].join('; '),
  ];
}

function significance(launch: Launch): Column {
  return {
    title: 'level',
    unit: '',
    cells: Array.from(launch.significance, significanceText),
    isText: true,
  };
}

function observed(profile: Profile): Column[] {
  const { temperature, dewPoint, relativeHumidity, specificHumidity } = profile;
  const { windFromDirection, windSpeed } = profile;
  const isDry = [...dewPoint.values, ...relativeHumidity.values].every(Number.isNaN);
  return [
    marked('T', '°C', temperature, (t) => fixed(t - CELSIUS, 1)),
    marked('Td', '°C', dewPoint, (t) => fixed(t - CELSIUS, 1), profile.isDewPointComputed),
    marked('RH', '%', relativeHumidity, (share) => share.toFixed(0)),
    ...(isDry ? [marked('q', 'g/kg', specificHumidity, (q) => (q * 1000).toFixed(3))] : []),
    marked('dir', '°', windFromDirection, (direction) => direction.toFixed(0)),
    marked('speed', 'm/s', windSpeed, (speed) => speed.toFixed(1)),
  ];
}

/** Of the first guess where the file has such, else of the analysis. */
function departures(launch: Launch): Column[] {
  const background: DepartureKind =
    departuresOf(launch, 'first guess').length > 0 ? 'first guess' : 'analysis';
  const against = background === 'first guess' ? 'o-b' : 'o-a';
  return departuresOf(launch, background).map(({ code, values }) => {
    const [title, unit, digits] = DEPARTURE_TITLES.get(code) ?? [String(code), '', 2];
    return {
      title: `${title} ${against}`,
      unit,
      cells: texts(values, (value) => signed(value, digits)),
    };
  });
}

const DEPARTURE_TITLES: ReadonlyMap<number, readonly [title: string, unit: string, digits: number]> = new Map(
  [
    [V.airTemperature, ['T', 'K', 1]],
    [V.relativeHumidity, ['RH', '%', 0]],
    [V.geopotentialHeight, ['z', 'gpm', 0]],
    [V.eastwardWind, ['u', 'm/s', 1]],
    [V.northwardWind, ['v', 'm/s', 1]],
    [V.windSpeed, ['speed', 'm/s', 1]],
  ],
);

/** Without the sign of a zero. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return Number(text) > 0 ? `+${text}` : text;
}

const COMPUTED = '~';

/** Every cell ends in its mark or a blank, so that the numbers stand below each other. */
function marked(
  title: string,
  unit: string,
  { values, quality }: Quantity,
  format: (value: number) => string,
  isComputed?: Uint8Array,
): Column {
  const cells = texts(values, format).map((text, i) =>
    text === '' ? '' : text + (MARKS.get(quality[i]!)?.[0] ?? (isComputed?.[i] === 1 ? COMPUTED : ' ')),
  );
  return { title: `${title} `, unit: `${unit} `, cells };
}

function legend(columns: readonly Column[], notes: readonly string[], feedback: string): string[] {
  const used = [...MARKS.values()].filter(([mark]) =>
    columns.some(({ cells }) => cells.some((text) => text.endsWith(mark))),
  );
  const lines = used.map(([mark, meaning]) => `${mark} ${meaning}`);
  lines.push(...notes);
  if (columns.some(({ cells }) => cells.some((text) => text.endsWith(COMPUTED))))
    lines.push(`${COMPUTED} computed from the relative humidity`);
  const against = columns.find(({ title }) => / o-[ab]$/.test(title))?.title.slice(-3);
  if (against !== undefined) {
    const of = feedback === '' ? '' : ` of ${feedback}`;
    lines.push(`${against}: observation minus ${against === 'o-b' ? 'first guess' : 'analysis'}${of}`);
  }
  return lines.length === 0 ? [] : ['', ...lines];
}
