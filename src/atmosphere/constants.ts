/**
 * The physics of a sounding: humidity, adiabats, a lifted parcel, wind, the standard atmosphere. Functions of plain numbers in SI units
 * (Pa, K, kg/kg, m/s, degrees); a missing value is NaN and makes the result NaN.
 */

/** Standard gravity, m s-2: what makes metres of geopotential (WMO-No. 8). */
export const STANDARD_GRAVITY = 9.80665;
/** Kelvin at 0 degC. */
export const ZERO_CELSIUS = 273.15;
/** Gas constant of dry air, J kg-1 K-1 (WMO-No. 188, International Meteorological Tables). */
export const DRY_AIR_GAS_CONSTANT = 287.05;
/** Specific heat of dry air at constant pressure, J kg-1 K-1: 7/2 of the gas constant, as for an ideal diatomic gas. */
export const DRY_AIR_HEAT_CAPACITY = 3.5 * DRY_AIR_GAS_CONSTANT;
/** Gas constant over specific heat of dry air. */
export const KAPPA = DRY_AIR_GAS_CONSTANT / DRY_AIR_HEAT_CAPACITY;
/** Molar mass of water over that of dry air (WMO-No. 8, Annex 4.B). */
export const EPSILON = 0.62198;
/** Latent heat of vaporisation at 0 degC, J/kg (Bolton 1980, eq. 2). */
export const LATENT_HEAT = 2.501e6;
/** Pressure to which potential temperatures refer, Pa. */
export const REFERENCE_PRESSURE = 100_000;
