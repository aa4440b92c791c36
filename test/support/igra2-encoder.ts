/**
 * Writes IGRA 2 text from typed soundings, column by column as the archive's format description has them. It shares
 * nothing with the reader, so that each is a check of the other.
 */

/** A field in the integers of the format; null is "not observed" (-9999), 'removed' is "removed by quality control" (-8888). */
export type Field = number | null | 'removed';
/** Climatology flag: blank (not checked), A or B (passed). */
export type Flag = ' ' | 'A' | 'B';

/** One level, in the integers of the format. */
export interface Igra2Level {
  /** 1 standard pressure level, 2 other pressure level, 3 level without pressure. */
  type: 1 | 2 | 3;
  /** 0 other, 1 surface, 2 tropopause. */
  subtype: 0 | 1 | 2;
  /** Seconds since launch; written as MMMSS. */
  elapsed: Field;
  /** Pa */
  pressure: Field;
  pressureFlag?: Flag;
  /** Geopotential height, m */
  height: Field;
  heightFlag?: Flag;
  /** 0.1 degC */
  temperature: Field;
  temperatureFlag?: Flag;
  /** 0.1 % */
  relativeHumidity: Field;
  /** 0.1 degC */
  dewPointDepression: Field;
  /** degrees from north */
  windDirection: Field;
  /** 0.1 m/s */
  windSpeed: Field;
}

/** One sounding. */
export interface Igra2Sounding {
  /** Station id, 11 characters. */
  id: string;
  year: number;
  month: number;
  day: number;
  /** Nominal hour 0 to 23, 99 missing. */
  hour: number;
  /** Release time as HHMM (HH99: minute missing), 9999 missing. */
  release: number;
  /** Data source codes, at most 8 characters, '' for none. */
  pressureSource?: string;
  otherSource?: string;
  /** Degrees; null where missing (mobile station without position: -98.8888 and -998.8888). */
  latitude: number | null;
  longitude: number | null;
  levels: readonly Igra2Level[];
  /** What NUMLEV says, where it is not the number of levels. */
  announcedLevels?: number;
}

/** How lines are written. */
export interface Igra2Style {
  lineEnd?: '\n' | '\r\n';
  /** Width of a level line: files of the archive have 51 columns, or 52 with a blank at the end. */
  width?: 51 | 52;
}

/** The soundings as a file of the archive. */
export function encodeIgra2(soundings: readonly Igra2Sounding[], style: Igra2Style = {}): Buffer {
  const lineEnd = style.lineEnd ?? '\n';
  const pad = style.width === 51 ? '' : ' ';
  const lines: string[] = [];
  for (const sounding of soundings) {
    lines.push(headerLine(sounding));
    for (const level of sounding.levels) lines.push(levelLine(level) + pad);
  }
  return Buffer.from(lines.map((line) => line + lineEnd).join(''), 'latin1');
}

/** The header line of a sounding, 71 columns, without line end. */
export function headerLine(s: Igra2Sounding): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return [
    `#${s.id}`,
    String(s.year).padStart(4, '0'),
    two(s.month),
    two(s.day),
    two(s.hour),
    String(s.release).padStart(4, '0'),
    String(s.announcedLevels ?? s.levels.length).padStart(4),
    (s.pressureSource ?? '').padEnd(8),
    (s.otherSource ?? '').padEnd(8),
    String(s.latitude === null ? -988888 : Math.round(s.latitude * 10000)).padStart(7),
    String(s.longitude === null ? -9988888 : Math.round(s.longitude * 10000)).padStart(8),
  ].join(' ');
}

/** A level line, 51 columns, without line end. */
export function levelLine(level: Igra2Level): string {
  const { elapsed } = level;
  const mmmss =
    typeof elapsed === 'number' ? String(Math.floor(elapsed / 60) * 100 + (elapsed % 60)) : number(elapsed);
  return (
    `${level.type}${level.subtype} ${mmmss.padStart(5)} ` +
    `${number(level.pressure).padStart(6)}${level.pressureFlag ?? ' '}` +
    `${number(level.height).padStart(5)}${level.heightFlag ?? ' '}` +
    `${number(level.temperature).padStart(5)}${level.temperatureFlag ?? ' '}` +
    `${number(level.relativeHumidity).padStart(5)} ${number(level.dewPointDepression).padStart(5)} ` +
    `${number(level.windDirection).padStart(5)} ${number(level.windSpeed).padStart(5)}`
  );
}

function number(field: Field): string {
  return field === null ? '-9999' : field === 'removed' ? '-8888' : String(field);
}

/** One line of the station list. */
export interface StationListEntry {
  /** '' writes the blank id that the real list has. */
  id: string;
  /** Degrees; null for a mobile station. */
  latitude: number | null;
  longitude: number | null;
  /** Metres; null unknown. */
  elevation: number | null;
  state?: string;
  name: string;
  firstYear: number;
  lastYear: number;
  soundings: number;
}

/** The archive's station list, `igra2-station-list.txt`. */
export function encodeStationList(entries: readonly StationListEntry[]): Buffer {
  const lines = entries.map((entry) => {
    const mobile = entry.latitude === null;
    return [
      entry.id.padEnd(11),
      (entry.latitude ?? -98.8888).toFixed(4).padStart(8),
      (entry.longitude ?? -998.8888).toFixed(4).padStart(9),
      (entry.elevation ?? (mobile ? -998.8 : -999.9)).toFixed(1).padStart(6),
      (entry.state ?? '').padEnd(2),
      entry.name.slice(0, 30).padEnd(30),
      String(entry.firstYear),
      String(entry.lastYear),
      String(entry.soundings).padStart(6),
    ].join(' ');
  });
  return Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
}
