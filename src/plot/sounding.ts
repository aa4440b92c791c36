/** What a launch gives a diagram: curves of temperature and dew point over pressure, winds, and how heights go with pressures. */
import { sum } from 'd3-array';
import { dewPointFromSpecificHumidity } from '../atmosphere/humidity.js';
import type { Sounding } from '../atmosphere/parcel.js';
import { standardHeight, standardPressure } from '../atmosphere/standard.js';
import { withGeopotentialHeights } from '../reading/heights.js';
import type { Launch } from '../reading/launch.js';
import { type Profile, profileOf, type Quantity } from '../reading/profile.js';
import { QUALITY } from '../records/variables.js';

/** A point of a curve: pressure in Pa, value in the unit of the curve. */
export interface Point {
  pressure: number;
  value: number;
}

/** Wind at a level; geopotential height in gpm, NaN where unknown. */
export interface Wind {
  pressure: number;
  height: number;
  /** m/s, and degrees it comes from. */
  speed: number;
  direction: number;
}

export interface LaunchCurves {
  /** By falling pressure, K. */
  temperature: Point[];
  dewPoint: Point[];
  winds: Wind[];
  /** Levels with a temperature, for parcels. */
  sounding: Sounding;
  /** Geopotential height in gpm of a pressure in Pa, from the heights of the launch or of the standard atmosphere. */
  heightAt(pressurePa: number): number;
  heightsAre: 'of the launch' | 'of the standard atmosphere';
  /** True where geometric heights of the launch were computed as geopotential ones: all heights of a chart are of one kind. */
  hasHeightsFromGeometric: boolean;
  /** Winds at a geometric height alone, which have no place in the curves because their latitude is unknown. */
  windsWithoutLatitude: number;
  /** True where levels without a pressure got one from their height. */
  hasPressuresFromHeights: boolean;
  /**
   * Levels times quantities (temperature, dew point, wind) without a place in the curves because their values failed the archive's
   * quality control, repeat a level or are none of this Earth. A quantity that another form of it gives instead is not among them.
   */
  leftOut: number;
}

/** What can be measured at all: K, m/s, degrees, gpm and Pa. Other values would leave no room for these. */
const RANGE = {
  temperature: [100, 400],
  speed: [0, 300],
  direction: [0, 360],
  height: [-1000, 100_000],
  pressure: [10, 120_000],
} as const;

/** Heights farther than this (m) from the standard atmosphere are no heights of their pressure. */
const MOST_SHIFT = 3000;

/** Whether a balloon can have been at this pressure in Pa. */
export function isPressure(pressurePa: number): boolean {
  return isWithin(pressurePa, RANGE.pressure);
}

const LEFT_OUT: ReadonlySet<number> = new Set([QUALITY.failed, QUALITY.blacklisted, QUALITY.duplicate]);

/** Whether charts leave out a value with this `quality_flag`: failed, blacklisted, or the repetition of a level. */
export function isLeftOut(quality: number): boolean {
  return LEFT_OUT.has(quality);
}

/**
 * @param launch of any kind: without temperature, without pressure, without anything
 * @param withFailed also values that failed quality control
 */
export function curvesOf(launch: Launch, withFailed: boolean): LaunchCurves {
  const converted = withGeopotentialHeights(launch);
  const { isHeightComputed } = converted;
  const profile = withinRange(profileOf(converted));
  const temperature = accepted(profile.temperature, RANGE.temperature, withFailed);
  const dewPoint = dewPoints(profile, withFailed);
  const speed = accepted(profile.windSpeed, RANGE.speed, withFailed);
  const direction = accepted(profile.windFromDirection, RANGE.direction, withFailed);
  const wind = {
    values: speed.values.map((value, i) => value + (direction.values[i] as number)),
    // A speed without a direction, or the other way round, is no wind that could be shown.
    isRefused: speed.isRefused.map(
      (refused, i) =>
        (refused || (direction.isRefused[i] as boolean)) &&
        Number.isFinite(profile.windSpeed.values[i]) &&
        Number.isFinite(profile.windFromDirection.values[i]),
    ),
  };
  const relation = relationOf(profile);
  const pressure = profile.pressure.map((p, i) =>
    Number.isNaN(p) ? relation.pressureAt(profile.height[i] as number) : p,
  );
  const curve = (values: Float64Array): Point[] =>
    falling(Array.from(pressure, (p, i) => ({ pressure: p, value: values[i] as number })));
  const warm = curve(temperature.values);
  const moist = new Map(curve(dewPoint.values).map((point) => [point.pressure, point.value]));
  return {
    temperature: warm,
    dewPoint: curve(dewPoint.values),
    winds: falling(
      Array.from(pressure, (p, i) => ({
        pressure: p,
        height: profile.height[i] as number,
        speed: speed.values[i] as number,
        direction: direction.values[i] as number,
        value: wind.values[i] as number,
      })),
      (wind) => (Number.isFinite(wind.pressure) ? wind.pressure : -wind.height),
    ),
    sounding: {
      pressure: warm.map((point) => point.pressure),
      temperature: warm.map(({ value }) => value),
      dewPoint: warm.map((point) => moist.get(point.pressure) ?? Number.NaN),
    },
    heightAt: relation.heightAt,
    heightsAre: relation.isOwn ? 'of the launch' : 'of the standard atmosphere',
    hasHeightsFromGeometric: isHeightComputed.some(
      (computed, i) => computed === 1 && hasValue(i, [temperature.values, speed.values]),
    ),
    windsWithoutLatitude: wind.values.filter(
      (value, i) =>
        Number.isFinite(value) &&
        !Number.isFinite(pressure[i]) &&
        !Number.isFinite(profile.height[i]) &&
        Number.isFinite(profile.geometricHeight[i]),
    ).length,
    hasPressuresFromHeights: profile.pressure.some(
      (p, i) =>
        Number.isNaN(p) && Number.isFinite(pressure[i]) && hasValue(i, [temperature.values, speed.values]),
    ),
    leftOut: sum([temperature, dewPoint, wind], leftOutOf),
  };
}

function hasValue(level: number, columns: readonly Float64Array[]): boolean {
  return columns.some((column) => !Number.isNaN(column[level] as number));
}

/** The profile without coordinates that no balloon has reached. */
function withinRange(profile: Profile): Profile {
  const within = (values: Float64Array, range: readonly [number, number]): Float64Array =>
    values.map((value) => (isWithin(value, range) ? value : Number.NaN));
  return {
    ...profile,
    pressure: within(profile.pressure, RANGE.pressure),
    height: within(profile.height, RANGE.height),
  };
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most;
}

/** Values of the levels, NaN where there is none or none to be shown; refused are those that the launch has. */
interface Accepted {
  values: Float64Array;
  isRefused: boolean[];
}

function accepted(
  { values, quality }: Quantity,
  range: readonly [number, number],
  withFailed: boolean,
): Accepted {
  const isRefused = Array.from(
    values,
    (value, i) =>
      !Number.isNaN(value) && !(isWithin(value, range) && (withFailed || !isLeftOut(quality[i] as number))),
  );
  return { values: values.map((value, i) => (isRefused[i] ? Number.NaN : value)), isRefused };
}

/** Dew points as the profile has them, else from specific humidity. */
function dewPoints(profile: Profile, withFailed: boolean): Accepted {
  const known = accepted(profile.dewPoint, RANGE.temperature, withFailed);
  const specific = accepted(profile.specificHumidity, [0, 0.1], withFailed);
  return {
    values: known.values.map((value, i) =>
      Number.isNaN(value)
        ? dewPointFromSpecificHumidity(profile.pressure[i] as number, specific.values[i] as number)
        : value,
    ),
    isRefused: known.isRefused.map((refused, i) => refused || (specific.isRefused[i] as boolean)),
  };
}

/** Levels where a value was refused and no other form took its place. */
function leftOutOf({ values, isRefused }: Accepted): number {
  return isRefused.filter((refused, i) => refused && Number.isNaN(values[i] as number)).length;
}

/** Points that have a value, by falling pressure; of those at one pressure the first. */
function falling<P extends Point>(points: P[], key: (point: P) => number = ({ pressure }) => pressure): P[] {
  const sorted = points
    .filter((point) => Number.isFinite(point.value) && Number.isFinite(key(point)))
    .sort((a, b) => key(b) - key(a));
  return sorted.filter((point, i) => i === 0 || key(point) !== key(sorted[i - 1] as P));
}

interface Relation {
  heightAt(pressurePa: number): number;
  pressureAt(heightM: number): number;
  isOwn: boolean;
}

/**
 * How heights go with pressures: those of the standard atmosphere, shifted so that they are right at the levels of the launch that
 * have both. Between these the shift is linear in the logarithm of pressure, beyond them it stays.
 */
function relationOf({ pressure, height }: Profile): Relation {
  const known = falling(Array.from(pressure, (p, i) => ({ pressure: p, value: height[i] as number }))).filter(
    (point) => Math.abs(point.value - standardHeight(point.pressure)) < MOST_SHIFT,
  );
  if (known.length < 2) return { heightAt: standardHeight, pressureAt: standardPressure, isOwn: false };
  const logs = known.map((point) => Math.log(point.pressure));
  const shifts = known.map((point) => point.value - standardHeight(point.pressure));
  const shiftAt = (p: number): number => interpolate(Math.log(p), logs, shifts);
  return {
    heightAt: (p) => standardHeight(p) + shiftAt(p),
    pressureAt: (z) => {
      let p = standardPressure(z);
      // The shift hardly changes with height: what is left after three rounds is far below a hectopascal.
      for (let i = 0; i < 3; i++) p = standardPressure(z - shiftAt(p));
      return p;
    },
    isOwn: true,
  };
}

/** Linear between neighbours of falling `xs`, the first or the last of `ys` beyond the ends. */
function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  let [low, high] = [0, xs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) >= x) low = middle;
    else high = middle;
  }
  const [x0, x1] = [xs[low] as number, xs[high] as number];
  const [y0, y1] = [ys[low] as number, ys[high] as number];
  const share = Math.max(0, Math.min(1, (x0 - x) / (x0 - x1)));
  return y0 + (y1 - y0) * share;
}
