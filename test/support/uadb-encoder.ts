/**
 * Writes UADB text, column by column as the format's description has them. It shares nothing with the reader, so that each
 * is a check of the other. `encodeUadb` writes soundings of `makeStation` as the two files that the archive has of a station.
 */
import type { Field, Igra2Level, Igra2Sounding } from './igra2-encoder.js';

/** One level, in the units of the format times ten, but for the direction; null is missing. */
export interface UadbLevel {
  /** 1 surface, 2 mandatory, 3 significant, 4 wind by height, 5 wind by pressure, 6 maximum wind, 7 tropopause, ... */
  type: number;
  /** 0.1 hPa */
  pressure: number | null;
  /** 0.1 m */
  height: number | null;
  /** 0.1 degC */
  temperature: number | null;
  /** 0.1 % */
  relativeHumidity: number | null;
  /** degrees from north */
  windDirection: number | null;
  /** 0.1 m/s */
  windSpeed: number | null;
}

/** One sounding. */
export interface UadbSounding {
  /** Sounding id. */
  number: number;
  /** Station identifier, at most 6 characters, and its type (1: WMO number). */
  station: string;
  idType: number;
  source?: number;
  dateFlag?: number;
  year: number;
  month: number;
  day: number;
  /** HHMM; 99 where the hour or the minute is unknown. */
  hour: number;
  locationFlag?: number;
  /** Degrees north, degrees east from 0 to 360; null missing. */
  latitude: number | null;
  longitude: number | null;
  /** Metres above sea level; null missing. */
  elevation: number | null;
  soundingType?: number;
  levels: readonly UadbLevel[];
  /** What NUMLEV says, where it is not the number of levels. */
  announcedLevels?: number;
}

/** Which of the two files of a station. */
export type UadbKind = 'trhc' | 'windc';

/** The soundings as a file of the archive. */
export function encodeUadbSoundings(
  soundings: readonly UadbSounding[],
  lineEnd: '\n' | '\r\n' = '\n',
): Buffer {
  const lines: string[] = [];
  for (const sounding of soundings) {
    lines.push(uadbHeader(sounding));
    for (const level of sounding.levels) lines.push(uadbLevel(level));
  }
  return Buffer.from(lines.map((line) => line + lineEnd).join(''), 'latin1');
}

/** The header line of a sounding, 102 columns, without line end. */
export function uadbHeader(s: UadbSounding): string {
  const column = (value: number | string, width: number): string => String(value).padStart(width);
  const degrees = (value: number | null): string => (value ?? -999).toFixed(4).padStart(10);
  return [
    'H',
    column(s.number, 12),
    column(s.station, 6),
    column(s.idType, 2),
    column(s.source ?? 27, 3),
    ' 2.40',
    column(s.dateFlag ?? 1, 2),
    column(s.year, 4),
    column(s.month, 2),
    column(s.day, 2),
    column(s.hour, 4),
    column(s.locationFlag ?? 1, 2),
    degrees(s.latitude),
    degrees(s.longitude),
    column(s.elevation ?? -999, 6),
    column(s.soundingType ?? 3, 2),
    column(s.announcedLevels ?? s.levels.length, 4),
    '   3.3.0',
  ].join(' ');
}

/** A level line, 50 columns, without line end. */
export function uadbLevel(level: UadbLevel): string {
  // By whole numbers: the tenths digit is the last one.
  const decimal = (value: number | null, missing: string, width: number): string => {
    if (value === null) return missing.padStart(width);
    const digits = String(Math.abs(value)).padStart(2, '0');
    return `${value < 0 ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`.padStart(width);
  };
  return [
    String(level.type).padStart(4),
    decimal(level.pressure, '-99999.0', 8),
    decimal(level.height, '-99999.0', 8),
    decimal(level.temperature, '-999.0', 6),
    decimal(level.relativeHumidity, '-999.0', 6),
    String(level.windDirection ?? -999).padStart(6),
    decimal(level.windSpeed, '-999.0', 6),
  ].join(' ');
}

/**
 * Soundings of `makeStation` as one of the two files of the station: `trhc` has those with temperatures, all of their
 * levels; `windc` those with winds, and of their levels what concerns the wind. Pressures are rounded to 0.1 hPa, release
 * times and dew points are not part of the format. The station is the WMO number that the id ends in.
 */
export function encodeUadb(soundings: readonly Igra2Sounding[], options: { kind: UadbKind }): Buffer {
  return encodeUadbSoundings(uadbSoundings(soundings, options.kind));
}

/** The same as soundings. */
export function uadbSoundings(soundings: readonly Igra2Sounding[], kind: UadbKind): UadbSounding[] {
  return soundings.flatMap((sounding, i) => {
    const levels = sounding.levels.map(uadbLevelOf);
    const kept =
      kind === 'trhc'
        ? levels.some(({ temperature }) => temperature !== null)
          ? levels
          : []
        : levels.filter(({ windSpeed }) => windSpeed !== null).map(withoutThermodynamics);
    if (kept.length === 0) return [];
    const ground = sounding.levels.find(({ subtype }) => subtype === 1)?.height;
    const { longitude } = sounding;
    return [
      {
        number: 5_000_000 + i,
        station: sounding.id.slice(-5),
        idType: 1,
        year: sounding.year,
        month: sounding.month,
        day: sounding.day,
        hour: sounding.hour === 99 ? 9999 : sounding.hour * 100,
        latitude: sounding.latitude,
        longitude: longitude !== null && longitude < 0 ? longitude + 360 : longitude,
        elevation: typeof ground === 'number' ? ground : null,
        levels: kept,
      },
    ];
  });
}

function withoutThermodynamics(level: UadbLevel): UadbLevel {
  return { ...level, temperature: null, relativeHumidity: null };
}

function uadbLevelOf(level: Igra2Level): UadbLevel {
  const number = (field: Field, scale = 1): number | null =>
    typeof field === 'number' ? Math.round(field * scale) : null;
  return {
    type: levelType(level),
    pressure: number(level.pressure, 0.1),
    height: number(level.height, 10),
    temperature: number(level.temperature),
    relativeHumidity: number(level.relativeHumidity),
    windDirection: number(level.windDirection),
    windSpeed: number(level.windSpeed),
  };
}

function levelType({ type, subtype, temperature }: Igra2Level): number {
  if (subtype === 1) return 1;
  if (subtype === 2) return 7;
  if (type === 1) return 2;
  if (type === 3) return 4;
  return temperature === null ? 5 : 3;
}
