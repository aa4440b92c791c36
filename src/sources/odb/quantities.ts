/** What the numbers of the database mean: varno (which quantity), datum_status (what the assimilation made of it). */
import { OBSERVED_VARIABLE, QUALITY, type Quantity, type SourceEncodings } from '../../records/variables.js';
import type { QuantityName } from '../quantity-reasons.js';

/** One quantity that the database may hold. */
interface OdbQuantity {
  varno: number;
  quantity: Quantity;
  /** Name in the counters. */
  name: QuantityName;
  /** Values at 2 m or 10 m and at the ground: they need no vertical coordinate. */
  surface: boolean;
  /** Limits that no value can pass by the definition of the quantity; not a quality control. */
  low: number;
  high: number;
}

const FASTEST_WIND = 1000;
/** Just above absolute zero. */
const COLDEST = 0.001;
/** -999 m is how the archives that were keyed from paper mark a missing height; the lowest dry land is at -430 m. */
const LOWEST_GEOPOTENTIAL = -9790;
const HIGHEST = 1e9;

/** The quantities by varno, in the order of the counters. */
export const QUANTITIES: readonly OdbQuantity[] = [
  upperAir(1, 'geopotentialHeight', 'geopotential_height', LOWEST_GEOPOTENTIAL, HIGHEST),
  upperAir(2, 'airTemperature', 'air_temperature', COLDEST, HIGHEST),
  upperAir(3, 'eastwardWind', 'eastward_wind', -FASTEST_WIND, FASTEST_WIND),
  upperAir(4, 'northwardWind', 'northward_wind', -FASTEST_WIND, FASTEST_WIND),
  upperAir(7, 'specificHumidity', 'specific_humidity', 0, 1),
  upperAir(29, 'relativeHumidity', 'relative_humidity', 0, HIGHEST),
  upperAir(59, 'dewPoint', 'dew_point', COLDEST, HIGHEST),
  upperAir(111, 'windFromDirection', 'wind_from_direction', 0, 360),
  upperAir(112, 'windSpeed', 'wind_speed', 0, FASTEST_WIND),
  atSurface(39, 'airTemperatureSurface', 'air_temperature_surface', COLDEST, HIGHEST),
  atSurface(40, 'dewPointTemperatureSurface', 'dew_point_surface', COLDEST, HIGHEST),
  atSurface(41, 'eastwardWindSurface', 'eastward_wind_surface', -FASTEST_WIND, FASTEST_WIND),
  atSurface(42, 'northwardWindSurface', 'northward_wind_surface', -FASTEST_WIND, FASTEST_WIND),
  atSurface(58, 'relativeHumiditySurface', 'relative_humidity_surface', 0, HIGHEST),
  atSurface(110, 'airPressureSurface', 'air_pressure_surface', 1, HIGHEST),
];

/** Codes of `observed_variable` by varno. */
export const VARIABLES: ReadonlyMap<number, number> = new Map(
  QUANTITIES.map(({ varno, quantity }) => [varno, OBSERVED_VARIABLE[quantity]]),
);

/** Units of the database: SI, geopotential in m2 s-2, relative humidity as a fraction. The format states no steps. */
export const ENCODINGS: SourceEncodings = {
  geopotentialHeight: { unit: 'm2/s2', precision: Number.NaN },
  airTemperature: { unit: 'K', precision: Number.NaN },
  eastwardWind: { unit: 'm/s', precision: Number.NaN },
  northwardWind: { unit: 'm/s', precision: Number.NaN },
  specificHumidity: { unit: 'kg/kg', precision: Number.NaN },
  relativeHumidity: { unit: 'fraction', precision: Number.NaN },
  dewPoint: { unit: 'K', precision: Number.NaN },
  windFromDirection: { unit: 'degree', precision: Number.NaN },
  windSpeed: { unit: 'm/s', precision: Number.NaN },
  airTemperatureSurface: { unit: 'K', precision: Number.NaN },
  dewPointTemperatureSurface: { unit: 'K', precision: Number.NaN },
  eastwardWindSurface: { unit: 'm/s', precision: Number.NaN },
  northwardWindSurface: { unit: 'm/s', precision: Number.NaN },
  relativeHumiditySurface: { unit: 'fraction', precision: Number.NaN },
  airPressureSurface: { unit: 'Pa', precision: Number.NaN },
};

/** Index into `QUANTITIES` by varno; -1 where the varno is none of these. */
export const QUANTITY_OF_VARNO = Int8Array.from({ length: 256 }, (_, varno) =>
  QUANTITIES.findIndex((entry) => entry.varno === varno),
);
/** By index into `QUANTITIES`: the code of `observed_variable`, whether it is of the surface, and the limits. */
export const VARIABLE = Int16Array.from(QUANTITIES, ({ quantity }) => OBSERVED_VARIABLE[quantity]);
export const IS_SURFACE = Uint8Array.from(QUANTITIES, ({ surface }) => (surface ? 1 : 0));
export const LOW = Float64Array.from(QUANTITIES, ({ low }) => low);
export const HIGH = Float64Array.from(QUANTITIES, ({ high }) => high);
/** Index into `QUANTITIES` of the geopotential. */
export const GEOPOTENTIAL = QUANTITIES.findIndex(({ quantity }) => quantity === 'geopotentialHeight');

const ACTIVE = 1;
const REJECTED = 4;
const BLACKLISTED = 8;

/**
 * Quality by `datum_status@body`, a field of bits: 1 active, 2 passive, 4 rejected, 8 blacklisted, 16 emissivity only. A
 * datum may have several: blacklisted goes before rejected (4 and 8 stand together in most blacklisted data), and both go
 * before active. Passive, missing and without a bit: not checked.
 */
export function qualityOf(datumStatus: number): number {
  const bits = datumStatus | 0;
  if ((bits & BLACKLISTED) !== 0) return QUALITY.blacklisted;
  if ((bits & REJECTED) !== 0) return QUALITY.failed;
  return (bits & ACTIVE) !== 0 ? QUALITY.passed : QUALITY.notChecked;
}

function upperAir(
  varno: number,
  quantity: Quantity,
  name: QuantityName,
  low: number,
  high: number,
): OdbQuantity {
  return { varno, quantity, name, surface: false, low, high };
}

function atSurface(
  varno: number,
  quantity: Quantity,
  name: QuantityName,
  low: number,
  high: number,
): OdbQuantity {
  return { varno, quantity, name, surface: true, low, high };
}
