/**
 * Values that no atmosphere has, in the units of the files. The limits are wide: they are to find damage and wrong units, and are
 * no quality control of soundings. Records of the Earth (WMO): 184 to 330 K at the ground, 142 K in the mesosphere,
 * 108 330 Pa, gusts of 113 m/s; jet streams near 130 m/s.
 */
import { OBSERVED_VARIABLE as V } from '../records/variables.js';

type Limits = readonly [low: number, high: number];

const TEMPERATURE: Limits = [90, 400];
/** Balloons reach 50 km, rockets 100; archives have values far beyond only by mistake. */
const HEIGHT: Limits = [-1000, 120_000];
/** Reports of supersaturation, and of sensors that ran away. */
const HUMIDITY: Limits = [0, 200];
const WIND: Limits = [-300, 300];
const STANDARD_GRAVITY = 9.80665;

const CDM: ReadonlyMap<number, Limits> = new Map<number, Limits>([
  [V.airTemperature, TEMPERATURE],
  [V.dewPoint, TEMPERATURE],
  [V.dewPointDepression, [-1, 150]],
  [V.relativeHumidity, HUMIDITY],
  [V.specificHumidity, [0, 0.1]],
  [V.geopotentialHeight, HEIGHT],
  [V.windFromDirection, [0, 360]],
  [V.windSpeed, [0, 300]],
  [V.eastwardWind, WIND],
  [V.northwardWind, WIND],
  [V.airTemperatureSurface, TEMPERATURE],
  [V.dewPointTemperatureSurface, TEMPERATURE],
  [V.relativeHumiditySurface, HUMIDITY],
  [V.eastwardWindSurface, WIND],
  [V.northwardWindSurface, WIND],
  [V.airPressureSurface, [30_000, 120_000]],
]);

/** By observed_variable, as the profile writes it. */
export function valueLimits(profile: 'cdm' | 'cuon'): ReadonlyMap<number, Limits> {
  if (profile === 'cdm') return CDM;
  return new Map([
    ...CDM,
    [V.relativeHumidity, [0, 2]],
    [V.geopotentialHeight, [HEIGHT[0] * STANDARD_GRAVITY, HEIGHT[1] * STANDARD_GRAVITY]],
  ]);
}

/** Vertical coordinates by `z_coordinate_type`: metres, Pa, m2 s-2. Nothing that is measured has no pressure at all. */
export const COORDINATE_LIMITS: readonly Limits[] = [
  HEIGHT,
  [Number.MIN_VALUE, 120_000],
  [HEIGHT[0] * STANDARD_GRAVITY, HEIGHT[1] * STANDARD_GRAVITY],
];

/** Seconds since launch: a balloon that is up for a day is none; some archives count from before the launch. */
export const ELAPSED_LIMITS: Limits = [-7200, 86_400];
