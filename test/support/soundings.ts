/**
 * Plausible IGRA 2 stations for the demo, the benchmarks and tests: `makeStation(seed, options)`. The same seed and options
 * give the same soundings everywhere. Level spacing and the share of missing fields are those of real files: significant
 * levels between standard ones, heights mostly at standard levels, winds and temperatures often at different levels.
 */
import { type AirState, type Atmosphere, makeAtmosphere } from './atmosphere.js';
import type { Field, Flag, Igra2Level, Igra2Sounding } from './igra2-encoder.js';
import { createRandom, type Random } from './random.js';

/**
 * `modern`: all six fields and elapsed times at every level, release time; `classic`: standard and significant levels, no
 * elapsed times; `pilot`: winds at standard pressures only; `pilot-by-height`: winds at heights, no pressures.
 */
export type SoundingKind = 'modern' | 'classic' | 'pilot' | 'pilot-by-height';

/** Options of `makeStation`; all have defaults. */
export interface StationOptions {
  /** IGRA id, 11 characters. */
  id?: string;
  /** Degrees. */
  latitude?: number;
  longitude?: number;
  /** Metres above sea level. */
  elevation?: number;
  /** Number of soundings, two per day at 00 and 12 UTC. */
  soundings?: number;
  /** First day. */
  from?: { year: number; month: number; day: number };
  /** Kinds of soundings, one after the other over and over. */
  kinds?: readonly SoundingKind[];
  /** Number of levels of a modern sounding between the surface and the burst. */
  significantLevels?: number;
  /** Share of fields that the archive's quality control has removed. */
  removed?: number;
}

const STANDARD_PA = [
  100_000, 92_500, 85_000, 70_000, 50_000, 40_000, 30_000, 25_000, 20_000, 15_000, 10_000, 7_000, 5_000,
  3_000, 2_000, 1_000,
];
const PILOT_STEP_M = 500;
const ASCENT_MS = 5.2;

/** The soundings of one station. */
export function makeStation(seed: number, options: StationOptions = {}): Igra2Sounding[] {
  const random = createRandom(seed);
  const latitude = options.latitude ?? Math.round(random.between(-70, 70) * 1e4) / 1e4;
  const longitude = options.longitude ?? Math.round(random.between(-180, 180) * 1e4) / 1e4;
  const elevation = options.elevation ?? random.integer(1, 600);
  const kinds = options.kinds ?? (['modern', 'classic', 'pilot', 'pilot-by-height'] as const);
  const from = options.from ?? { year: 1998, month: 2, day: 27 };
  const start = Date.UTC(from.year, from.month - 1, from.day);
  const soundings: Igra2Sounding[] = [];
  for (let i = 0; i < (options.soundings ?? 20); i++) {
    const nominal = new Date(start + i * 12 * 3600 * 1000);
    const kind = kinds[i % kinds.length] ?? 'classic';
    const dayOfYear = (nominal.getTime() - Date.UTC(nominal.getUTCFullYear(), 0, 1)) / 86_400_000;
    const air = makeAtmosphere(random, { latitude, elevation, dayOfYear });
    soundings.push({
      id: options.id ?? `XXM000${String(10_000 + (seed % 80_000)).padStart(5, '0')}`,
      year: nominal.getUTCFullYear(),
      month: nominal.getUTCMonth() + 1,
      day: nominal.getUTCDate(),
      hour: nominal.getUTCHours(),
      release: kind === 'modern' ? releaseBefore(nominal, random.integer(20, 75)) : 9999,
      ...(kind === 'modern' || kind === 'classic' ? { pressureSource: 'ncdc-gts' } : {}),
      ...(kind === 'modern' ? {} : { otherSource: 'ncdc6301' }),
      latitude,
      longitude,
      levels: withRemovals(levelsOf(kind, air, random, options.significantLevels ?? 70), random, options),
    });
  }
  return soundings;
}

/** HHMM of a release some minutes before the nominal time; before 00 UTC that is on the day before. */
function releaseBefore(nominal: Date, minutes: number): number {
  const release = new Date(nominal.getTime() - minutes * 60_000);
  return release.getUTCHours() * 100 + release.getUTCMinutes();
}

function levelsOf(kind: SoundingKind, air: Atmosphere, random: Random, significant: number): Igra2Level[] {
  if (kind === 'pilot-by-height') return pilotByHeight(air, random);
  const surfaceM = air.surface.heightM;
  const burstM = random.between(20_000, 33_000);
  const standard = STANDARD_PA.map((pressure) => ({ pressure, height: air.heightOf(pressure) }))
    .filter(({ height }) => height < burstM)
    .map(({ pressure, height }) => level(air.at(height), 1, 0, kind, random, surfaceM, pressure));
  if (kind === 'pilot') return standard.slice(0, random.integer(2, 10));
  const more = kind === 'modern' ? significant : Math.ceil(significant / 3);
  const between = Array.from({ length: more }, () =>
    level(air.at(random.between(surfaceM + 50, burstM)), 2, 0, kind, random, surfaceM),
  );
  const ground = level(air.surface, 2, 1, kind, random, surfaceM);
  const tropopause = level(air.at(air.tropopauseM), 2, 2, kind, random, surfaceM);
  const seen = new Set<Field>();
  return [ground, ...standard, ...between, tropopause]
    .sort((a, b) => Number(b.pressure) - Number(a.pressure))
    .filter(({ pressure }) => !seen.has(pressure) && seen.add(pressure));
}

function level(
  air: AirState,
  type: 1 | 2,
  subtype: 0 | 1 | 2,
  kind: SoundingKind,
  random: Random,
  surfaceM: number,
  pressure = Math.round(air.pressurePa),
): Igra2Level {
  const all = kind === 'modern';
  const thermo = all || (kind === 'classic' && (type === 1 || random.chance(0.6)));
  const wind = all || kind === 'pilot' || type === 1 || !thermo || random.chance(0.4);
  const height = all || (kind === 'classic' && type === 1) ? Math.round(air.heightM) : null;
  const flag: Flag = random.chance(0.95) ? 'B' : random.chance(0.7) ? 'A' : ' ';
  return {
    type,
    subtype,
    elapsed: all ? Math.round((air.heightM - surfaceM) / ASCENT_MS) : null,
    pressure,
    pressureFlag: subtype === 1 ? 'B' : ' ',
    height,
    heightFlag: height === null ? ' ' : flag,
    temperature: thermo ? Math.round(air.temperatureC * 10) : null,
    temperatureFlag: thermo ? flag : ' ',
    relativeHumidity: all ? Math.round(air.relativeHumidity * 10) : null,
    dewPointDepression: thermo ? Math.round(air.dewPointDepressionK * 10) : null,
    windDirection: wind ? Math.round(air.windDirection) : null,
    windSpeed: wind ? Math.round(air.windSpeedMs * 10) : null,
  };
}

function pilotByHeight(air: Atmosphere, random: Random): Igra2Level[] {
  const levels: Igra2Level[] = [];
  const top = random.between(2000, 14_000);
  for (let height = air.surface.heightM; height < top; ) {
    const state = air.at(height);
    levels.push({
      type: 3,
      subtype: levels.length === 0 ? 1 : 0,
      elapsed: null,
      pressure: null,
      height: Math.round(height),
      temperature: null,
      relativeHumidity: null,
      dewPointDepression: null,
      windDirection: Math.round(state.windDirection),
      windSpeed: Math.round(state.windSpeedMs * 10),
    });
    height = (Math.floor(height / PILOT_STEP_M) + 1) * PILOT_STEP_M;
  }
  return levels;
}

function withRemovals(levels: Igra2Level[], random: Random, options: StationOptions): Igra2Level[] {
  const share = options.removed ?? 0.0005;
  const remove = (field: Field): Field => (field !== null && random.chance(share) ? 'removed' : field);
  return levels.map((entry) => ({
    ...entry,
    temperature: remove(entry.temperature),
    relativeHumidity: remove(entry.relativeHumidity),
    windSpeed: remove(entry.windSpeed),
  }));
}

/** A few short soundings with temperatures, for what is tried at every byte of a file. */
export function shortSoundings(seed: number, options: StationOptions = {}): Igra2Sounding[] {
  const soundings = makeStation(seed, { soundings: 3, significantLevels: 0, kinds: ['classic'], ...options });
  return soundings.map((sounding) => ({ ...sounding, levels: sounding.levels.slice(0, 4) }));
}
