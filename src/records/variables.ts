/**
 * The quantities that a reader may put into a batch, by their code in the CDM table `observed_variable`, and the units in
 * which a source may give them. Readers hand over the physical value in the source's own unit; the match converts.
 */

/** Quantities by the code of the CDM table `observed_variable`: the upper-air (profile) codes and the surface codes. */
export const OBSERVED_VARIABLE = {
  dewPointDepression: 34,
  dewPointTemperatureSurface: 36,
  relativeHumiditySurface: 38,
  specificHumidity: 39,
  airPressureSurface: 57,
  airTemperatureSurface: 85,
  eastwardWindSurface: 104,
  northwardWindSurface: 105,
  windFromDirection: 106,
  windSpeed: 107,
  geopotentialHeight: 117,
  /** Geometric height of a level in m above sea level. Geopotential height is another quantity and has the code above. */
  altitude: 125,
  airTemperature: 126,
  dewPoint: 137,
  relativeHumidity: 138,
  eastwardWind: 139,
  northwardWind: 140,
  /**
   * Geopotential beside geopotential height, for sources that give now one and now the other. No code of the table: it is
   * written as geopotential height (117), and stands at its place in the order of rows.
   */
  geopotential: 200,
} as const;

/** The code of the table `observed_variable` under which a quantity of the batch is written. */
export function writtenVariable(code: number): number {
  return code === OBSERVED_VARIABLE.geopotential ? OBSERVED_VARIABLE.geopotentialHeight : code;
}

/** A quantity by its name in `OBSERVED_VARIABLE`. */
export type Quantity = keyof typeof OBSERVED_VARIABLE;

/** Units in which sources give their values. `degC-difference` is a temperature difference, which needs no offset. */
export type SourceUnit =
  | 'K'
  | 'degC'
  | 'degC-difference'
  | 'percent'
  | 'fraction'
  | 'kg/kg'
  | 'gpm'
  | 'm'
  | 'm2/s2'
  | 'degree'
  | 'm/s'
  | 'Pa';

/** How a source encodes one quantity: the unit of `value` in the batch, and the reporting step of the format in that unit. */
export interface QuantityEncoding {
  unit: SourceUnit;
  /** Smallest step of the format, in `unit`; NaN where the format does not say. */
  precision: number;
}

/** The encodings of every quantity that a source can give. */
export type SourceEncodings = Readonly<Partial<Record<Quantity, QuantityEncoding>>>;

/**
 * Kinds of vertical coordinates. 0 and 1 are the codes of the CDM table `z_coordinate_type` with the radiosonde extension; the
 * others are heights as well, which the match writes as type 0 and tells apart in `z_coordinate_method`:
 * `height` is a geopotential height (gpm), `geopotential` the same in m2 s-2, `geometricHeight` in m above sea level,
 * `heightFromElevation` the elevation of the station (m) and a reported height above it.
 */
export const Z_TYPE = {
  height: 0,
  pressure: 1,
  geopotential: 2,
  geometricHeight: 3,
  heightFromElevation: 4,
} as const;

/** Codes of the table `z_coordinate_method`, from the extension: what a height that is a vertical coordinate is. */
export const Z_METHOD = {
  /** Reported as geopotential height (gpm), or as geopotential. */
  geopotentialHeight: 1,
  /** Reported in metres above sea level. Near the equator at 30 km it is 210 m more than the geopotential height. */
  geometric: 2,
  /** Elevation of the station and a height reported above it. */
  fromElevation: 3,
} as const;

/** Codes of the CDM table `quality_flag`. */
export const QUALITY = { passed: 0, failed: 1, notChecked: 2, blacklisted: 6, duplicate: 100 } as const;

/** Codes of the CDM table `time_quality` for the precision of a report's time. */
export const TIME_QUALITY = { second: 0, minute: 1, hour: 2, dateOnly: 3 } as const;

/** Standard gravity, m s-2: geopotential (m2 s-2) = geopotential height (gpm) x this. WMO-No. 8. */
export const STANDARD_GRAVITY = 9.80665;
