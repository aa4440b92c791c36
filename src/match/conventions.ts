/**
 * The one table that says under which code and unit each quantity is written, for both output profiles.
 *
 * `cdm` is what the CDM tables prescribe (and what the data store's ingester makes of the field's files on read). `cuon`
 * is what the reference harvester writes and its merge step expects: relative humidity as a fraction under a unit code 0
 * that no table holds, geopotential under the code and unit of geopotential height.
 */
import {
  OBSERVED_VARIABLE,
  type Quantity,
  type SourceUnit,
  STANDARD_GRAVITY,
  writtenVariable,
  Z_METHOD,
  Z_TYPE,
} from '../records/variables.js';
import { INT_MISSING } from './table-data.js';

/** Output conventions: correct by the tables, or those of the reference harvester. */
export type Profile = 'cdm' | 'cuon';

/** Codes of the CDM table `units`. */
export const UNITS = {
  metre: 1,
  kelvin: 5,
  pascal: 32,
  degreeCelsius: 60,
  degree: 110,
  percent: 300,
  kilogramPerKilogram: 622,
  geopotentialMetre: 631,
  metrePerSecond: 731,
  squareMetrePerSquareSecond: 762,
  /** Not in the table: what the reference writes for a relative humidity as a fraction. */
  cuonFraction: 0,
} as const;

/** The code of the CDM table `conversion_method` for degC to K. */
export const CELSIUS_TO_KELVIN = 1;

/** The code of the CDM table `conversion_flag`: original and converted value are there. */
export const CONVERTED = 0;
/** The code of the CDM table `conversion_flag`: the original value is in the unit of the CDM. */
export const NOT_CONVERTED = 2;

/** How values of one unit become values of another: `value * scale + offset`. */
interface Conversion {
  scale: number;
  offset: number;
  /** Code of the CDM table `conversion_method`, where it has one. */
  method: number | null;
  /** Code of the CDM table `units` for the source's unit; null where the table has none. */
  originalUnits: number | null;
}

const IDENTITY = null;

/** CDM unit of each quantity. */
const CDM_UNITS: Readonly<Record<Quantity, number>> = {
  airTemperature: UNITS.kelvin,
  dewPoint: UNITS.kelvin,
  dewPointDepression: UNITS.kelvin,
  relativeHumidity: UNITS.percent,
  specificHumidity: UNITS.kilogramPerKilogram,
  geopotentialHeight: UNITS.geopotentialMetre,
  altitude: UNITS.metre,
  geopotential: UNITS.geopotentialMetre,
  windFromDirection: UNITS.degree,
  windSpeed: UNITS.metrePerSecond,
  eastwardWind: UNITS.metrePerSecond,
  northwardWind: UNITS.metrePerSecond,
  airTemperatureSurface: UNITS.kelvin,
  dewPointTemperatureSurface: UNITS.kelvin,
  relativeHumiditySurface: UNITS.percent,
  eastwardWindSurface: UNITS.metrePerSecond,
  northwardWindSurface: UNITS.metrePerSecond,
  airPressureSurface: UNITS.pascal,
};

/** Conversions to the CDM unit, by source unit; a unit that is the CDM's own needs none. */
const CDM_CONVERSIONS: Readonly<Record<SourceUnit, Conversion | typeof IDENTITY>> = {
  K: IDENTITY,
  degC: { scale: 1, offset: 273.15, method: CELSIUS_TO_KELVIN, originalUnits: UNITS.degreeCelsius },
  // A difference of one degree Celsius is a difference of one kelvin: the number stays.
  'degC-difference': IDENTITY,
  percent: IDENTITY,
  // No code of the table means one: a share has no unit.
  fraction: { scale: 100, offset: 0, method: null, originalUnits: null },
  'kg/kg': IDENTITY,
  gpm: IDENTITY,
  m: IDENTITY,
  'm2/s2': {
    scale: 1 / STANDARD_GRAVITY,
    offset: 0,
    method: null,
    originalUnits: UNITS.squareMetrePerSquareSecond,
  },
  degree: IDENTITY,
  'm/s': IDENTITY,
  Pa: IDENTITY,
};

/** What `cuon` writes instead: unit code and a factor on the CDM value. */
const CUON_OVERRIDES: Readonly<Partial<Record<Quantity, { units: number; factor: number }>>> = {
  relativeHumidity: { units: UNITS.cuonFraction, factor: 0.01 },
  geopotentialHeight: { units: UNITS.geopotentialMetre, factor: STANDARD_GRAVITY },
  geopotential: { units: UNITS.geopotentialMetre, factor: STANDARD_GRAVITY },
};

/** How a kind of vertical coordinate is written; the codes are `INT_MISSING` where there is none. */
export interface CoordinateRule {
  /** Code of the table `z_coordinate_type`. */
  type: number;
  /** Code of the table `z_coordinate_method`. */
  method: number;
  /** Written coordinate = coordinate of the source * scale. */
  scale: number;
}

/** Rows without a coordinate. */
export const NO_COORDINATE: CoordinateRule = { type: INT_MISSING, method: INT_MISSING, scale: 1 };

const COORDINATE_RULES: Readonly<Record<Profile, readonly CoordinateRule[]>> = {
  cdm: makeCoordinateRules('cdm'),
  cuon: makeCoordinateRules('cuon'),
};

/** By kind of coordinate (`Z_TYPE`). The reference writes a geopotential as it is, under a type that no table holds. */
export function coordinateRules(profile: Profile): readonly CoordinateRule[] {
  return COORDINATE_RULES[profile];
}

function makeCoordinateRules(profile: Profile): readonly CoordinateRule[] {
  const height = (method: number): CoordinateRule => ({ type: Z_TYPE.height, method, scale: 1 });
  const rules: CoordinateRule[] = [];
  rules[Z_TYPE.height] = height(Z_METHOD.geopotentialHeight);
  rules[Z_TYPE.pressure] = { type: Z_TYPE.pressure, method: INT_MISSING, scale: 1 };
  rules[Z_TYPE.geopotential] =
    profile === 'cuon'
      ? { type: Z_TYPE.geopotential, method: Z_METHOD.geopotentialHeight, scale: 1 }
      : { type: Z_TYPE.height, method: Z_METHOD.geopotentialHeight, scale: 1 / STANDARD_GRAVITY };
  rules[Z_TYPE.geometricHeight] = height(Z_METHOD.geometric);
  rules[Z_TYPE.heightFromElevation] = height(Z_METHOD.fromElevation);
  return rules;
}

/** How the values of one quantity of one source are written. */
export interface WritingRule {
  observedVariable: number;
  units: number;
  /** Written value = source value * scale + offset. */
  scale: number;
  offset: number;
  conversionFlag: number;
  /** Null where there is none. */
  conversionMethod: number | null;
  originalUnits: number | null;
  /** Reporting step in `units`, and in `originalUnits` where the value was converted; NaN where unknown. */
  numericalPrecision: number;
  originalPrecision: number;
}

/** The rule for a quantity that a source gives in `unit` with reporting step `precision`. */
export function writingRule(
  quantity: Quantity,
  unit: SourceUnit,
  precision: number,
  profile: Profile,
): WritingRule {
  const conversion = CDM_CONVERSIONS[unit];
  const override = profile === 'cuon' ? CUON_OVERRIDES[quantity] : undefined;
  const factor = override?.factor ?? 1;
  const scale = (conversion?.scale ?? 1) * factor;
  return {
    observedVariable: writtenVariable(OBSERVED_VARIABLE[quantity]),
    units: override?.units ?? CDM_UNITS[quantity],
    scale,
    offset: (conversion?.offset ?? 0) * factor,
    conversionFlag: conversion === IDENTITY ? NOT_CONVERTED : CONVERTED,
    conversionMethod: conversion?.method ?? null,
    originalUnits: conversion?.originalUnits ?? null,
    numericalPrecision: precision * scale,
    originalPrecision: conversion === IDENTITY ? Number.NaN : precision,
  };
}
