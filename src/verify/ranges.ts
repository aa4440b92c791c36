/**
 * Values that cannot be, and values that no atmosphere has, in the units of the files. Nothing passes what a quantity is by definition:
 * such a value is damage, or in another unit. Archives do hold numbers far beyond every record of the Earth (WMO: 184 to 330 K at
 * the ground, 142 K in the mesosphere, 108 330 Pa, gusts of 113 m/s), which a harvest keeps as they are: these limits are wide, they
 * are no quality control, and what passes them is a note.
 */

import { daysSince1900, SECONDS_PER_DAY } from '../calendar.js';
import { FIRST_YEAR, LAST_YEAR } from '../records/bounds.js';
import { STANDARD_GRAVITY, OBSERVED_VARIABLE as V } from '../records/variables.js';

type Limits = readonly [low: number, high: number];

/** What a value can be by definition, and what atmospheres have. */
export interface ValueLimits {
  readonly possible: Limits;
  readonly likely: Limits;
}

const ANY: Limits = [-Number.MAX_VALUE, Number.MAX_VALUE];
const FROM_ZERO: Limits = [0, Number.MAX_VALUE];
/** Nothing that is measured has no pressure at all. */
const ABOVE_ZERO: Limits = [Number.MIN_VALUE, Number.MAX_VALUE];

/** Up to where rockets measure. */
const LEVEL_PRESSURE: Limits = [0.001, 120_000];

const TEMPERATURE: ValueLimits = { possible: FROM_ZERO, likely: [90, 400] };
/** Balloons reach 50 km, rockets 100; archives have values far beyond only by mistake. */
const HEIGHT: ValueLimits = { possible: ANY, likely: [-1000, 120_000] };
/** Reports of supersaturation, and of sensors that ran away. */
const HUMIDITY: ValueLimits = { possible: FROM_ZERO, likely: [0, 200] };
const WIND: ValueLimits = { possible: ANY, likely: [-300, 300] };

const CDM: ReadonlyMap<number, ValueLimits> = new Map<number, ValueLimits>([
  [V.airTemperature, TEMPERATURE],
  [V.dewPoint, TEMPERATURE],
  [V.dewPointDepression, { possible: ANY, likely: [-1, 150] }],
  [V.relativeHumidity, HUMIDITY],
  [V.specificHumidity, { possible: [0, 1], likely: [0, 0.1] }],
  [V.geopotentialHeight, HEIGHT],
  [V.altitude, HEIGHT],
  [V.windFromDirection, { possible: [0, 360], likely: [0, 360] }],
  [V.windSpeed, { possible: FROM_ZERO, likely: [0, 300] }],
  [V.eastwardWind, WIND],
  [V.northwardWind, WIND],
  [V.airTemperatureSurface, TEMPERATURE],
  [V.dewPointTemperatureSurface, TEMPERATURE],
  [V.relativeHumiditySurface, HUMIDITY],
  [V.eastwardWindSurface, WIND],
  [V.northwardWindSurface, WIND],
  [V.airPressureSurface, { possible: ABOVE_ZERO, likely: [30_000, 120_000] }],
]);

const GEOPOTENTIAL: ValueLimits = {
  possible: ANY,
  likely: [HEIGHT.likely[0] * STANDARD_GRAVITY, HEIGHT.likely[1] * STANDARD_GRAVITY],
};

/** By observed_variable, as the profile writes it. */
export function valueLimits(profile: 'cdm' | 'cuon'): ReadonlyMap<number, ValueLimits> {
  if (profile === 'cdm') return CDM;
  return new Map([
    ...CDM,
    [V.relativeHumidity, { possible: FROM_ZERO, likely: [0, 2] }],
    [V.geopotentialHeight, GEOPOTENTIAL],
  ]);
}

/** Vertical coordinates by `z_coordinate_type`: metres, Pa, m2 s-2. */
export const COORDINATE_LIMITS: readonly ValueLimits[] = [
  HEIGHT,
  { possible: ABOVE_ZERO, likely: LEVEL_PRESSURE },
  GEOPOTENTIAL,
];

/** Seconds since launch: no balloon flies for a day; some archives count from before the launch. */
export const ELAPSED_LIMITS: ValueLimits = { possible: [-7200, Number.MAX_VALUE], likely: [-7200, 86_400] };

/** All bits of `level_significance`: 18, as in BUFR flag table 0 08 042. */
export const SIGNIFICANCE_LIMITS: Limits = [0, 2 ** 18 - 1];

/** Seconds since 1900-01-01. A launch may be on the day before or after the date of its report. */
const FIRST_TIME = (daysSince1900(FIRST_YEAR, 1, 1) - 1) * SECONDS_PER_DAY;
const END_OF_TIME = (daysSince1900(LAST_YEAR + 1, 1, 1) + 1) * SECONDS_PER_DAY;

/** Whether a sounding can be of the time, seconds since 1900-01-01: its year is one that is read. */
export function isTimeOfSounding(seconds: number | bigint): boolean {
  return seconds >= FIRST_TIME && seconds < END_OF_TIME;
}
