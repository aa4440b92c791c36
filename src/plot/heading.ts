/** Titles of charts of one station: who, when, where, from which file. */
import { basename } from 'node:path';
import { minuteText } from '../calendar.js';
import type { LaunchHeader } from '../reading/launch.js';
import { placeText } from '../reading/period.js';
import type { StationContents } from '../reading/station.js';
import { type Drawing, label, legible } from './drawing.js';
import { fitText, textWidth } from './font.js';

/** What a chart says of the file it was made from. */
export interface FileFacts {
  dataset: string;
  /** Without its folder. */
  file: string;
  stationId: string;
  stationName: string;
}

/** Facts of an open file; the name is that of its first station_configuration row. */
export async function factsOf(station: StationContents): Promise<FileFacts> {
  const names = station.tables.get('station_configuration')?.columns.get('station_name');
  const [name = ''] = names === undefined || names.rows === 0 ? [] : await names.texts(0, 1);
  return {
    dataset: station.dataset,
    file: basename(station.path),
    stationId: station.attribute('primary_station_id'),
    stationName: name,
  };
}

/** `Wien (0-20000-0-11035)`, or the id alone. */
export function stationTitle({ stationId, stationName }: FileFacts): string {
  return legible(stationName === '' ? stationId : `${stationName} (${stationId})`);
}

/** `2015-06-30 11:15 UTC, nominal 12:00 UTC; 48.25°N 16.36°E, 198 m` */
export function launchText({
  time,
  nominalTime,
  latitude,
  longitude,
  elevation,
}: Pick<LaunchHeader, 'time' | 'nominalTime' | 'latitude' | 'longitude' | 'elevation'>): string {
  const nominal = nominalTime !== time && Number.isFinite(nominalTime);
  const place = [
    ...(Number.isFinite(latitude) && Number.isFinite(longitude) ? [placeText(latitude, longitude)] : []),
    ...(Number.isFinite(elevation) ? [`${Math.round(elevation)} m`] : []),
  ].join(', ');
  const when = timeText(time) + (nominal ? `, nominal ${timeText(nominalTime)}` : '');
  return place === '' ? when : `${when}; ${place}`;
}

/** `2015-06-30 11:15 UTC` */
export function timeText(seconds: number): string {
  return Number.isFinite(seconds) ? `${minuteText(seconds)} UTC` : 'unknown time';
}

/** Pixels that a heading with one line of subtitle takes, and each line more of it, in font sizes. */
export const HEADING_LINES = 5.9;
export const SUBTITLE_LINE = 1.4;

/** The parts on one line where they fit, else each on a line of its own. */
export function subtitleLines(parts: readonly string[], width: number, fontSize: number): string[] {
  const line = parts.join(', ');
  return textWidth(line, fontSize) <= width - 2 * fontSize ? [line] : [...parts];
}

/** Lines from the upper left: title, what, and the file. */
export function drawHeading(
  chart: Drawing,
  lines: { title: string; subtitle: readonly string[]; facts: FileFacts },
  width: number,
  fontSize: number,
): void {
  const room = width - 2 * fontSize;
  const large = fontSize * 1.35;
  const source = `dataset ${lines.facts.dataset}, file ${lines.facts.file}`;
  label(chart, fontSize, fontSize * 1.5, fitText(lines.title, room, large, true), {
    size: large,
    bold: true,
  });
  for (const [i, text] of lines.subtitle.entries())
    label(chart, fontSize, fontSize * (3.1 + SUBTITLE_LINE * i), fitText(text, room, fontSize), {
      size: fontSize,
    });
  const last = fontSize * (3.1 + SUBTITLE_LINE * lines.subtitle.length);
  label(chart, fontSize, last, fitText(legible(source), room, fontSize), {
    size: fontSize,
    fill: '#444444',
  });
}
