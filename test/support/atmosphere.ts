/**
 * A plausible atmosphere over one place at one time, for test data: temperature falls with height up to a tropopause that
 * is high in the tropics and low at the poles; pressure follows from it hydrostatically; humidity decays with height;
 * the wind turns and grows towards a jet at the tropopause.
 */
import type { Random } from './random.js';

/** Conditions at one height. Units in the names. */
export interface AirState {
  heightM: number;
  pressurePa: number;
  temperatureC: number;
  /** Per cent over water, 0 to 100. */
  relativeHumidity: number;
  /** K, not negative. */
  dewPointDepressionK: number;
  /** Degrees from north, 0 to 359. */
  windDirection: number;
  windSpeedMs: number;
}

/** A column of air; heights are metres above sea level. */
export interface Atmosphere {
  tropopauseM: number;
  surface: AirState;
  /** The state at a height at or above the surface. */
  at(heightM: number): AirState;
  /** The height at which the pressure is reached; NaN below the surface. */
  heightOf(pressurePa: number): number;
}

/** Gravity over the gas constant of dry air, K/m. */
const HYDROSTATIC = 9.80665 / 287.05;
const STEP_M = 100;
const TOP_M = 40_000;

/** The atmosphere at a latitude (degrees) on a day of the year, with weather from `random`. */
export function makeAtmosphere(
  random: Random,
  place: { latitude: number; elevation: number; dayOfYear: number },
): Atmosphere {
  const { latitude, elevation, dayOfYear } = place;
  const tilt = Math.abs(latitude) / 90;
  const summer = Math.cos((2 * Math.PI * (dayOfYear - (latitude >= 0 ? 197 : 14))) / 365);
  const seaLevelC = 28 - 45 * tilt ** 1.5 + 14 * tilt * summer + 3 * random.normal();
  const tropopauseM = 16_800 - 8_000 * tilt + 400 * random.normal();
  const lapse = 0.0062 + 0.0003 * random.normal();
  const stratosphere = 0.0004 + 0.001 * (1 - tilt);
  const seaLevelPa = 101_325 + 700 * random.normal();
  const humidityScaleM = random.between(2500, 6000);
  const surfaceHumidity = random.between(45, 95);
  const direction = random.between(0, 360);
  const veer = random.between(-30, 90);
  const jet = random.between(10, 30) + 35 * tilt * (1 - 0.4 * summer);

  const temperatureAt = (z: number): number =>
    z < tropopauseM
      ? seaLevelC - lapse * z
      : seaLevelC - lapse * tropopauseM + stratosphere * (z - tropopauseM);
  const logPressure: number[] = [Math.log(seaLevelPa)];
  for (let i = 1; i * STEP_M <= TOP_M; i++) {
    const middleK = temperatureAt((i - 0.5) * STEP_M) + 273.15;
    logPressure.push((logPressure[i - 1] ?? 0) - (HYDROSTATIC * STEP_M) / middleK);
  }
  const logPressureAt = (z: number): number => {
    const below = Math.min(Math.max(Math.floor(z / STEP_M), 0), logPressure.length - 2);
    const low = logPressure[below] ?? 0;
    return low + ((logPressure[below + 1] ?? 0) - low) * (z / STEP_M - below);
  };
  const at = (z: number): AirState => {
    const temperatureC = temperatureAt(z);
    const decay = Math.exp(-Math.max(0, z - elevation) / humidityScaleM);
    const relativeHumidity = Math.min(100, Math.max(1, surfaceHumidity * decay + 2 + 3 * random.normal()));
    const shear = Math.exp(-(((z - tropopauseM) / 6000) ** 2));
    const turned = direction + (veer * (z - elevation)) / 10_000 + 4 * random.normal();
    return {
      heightM: z,
      pressurePa: Math.exp(logPressureAt(z)),
      temperatureC,
      relativeHumidity,
      dewPointDepressionK: Math.max(0, temperatureC - dewPointC(temperatureC, relativeHumidity)),
      windDirection: ((turned % 360) + 360) % 360,
      windSpeedMs: Math.abs(3 + jet * shear + 1.5 * random.normal()),
    };
  };
  return {
    tropopauseM,
    surface: at(elevation),
    at,
    heightOf(pressurePa) {
      const wanted = Math.log(pressurePa);
      if (wanted > logPressureAt(elevation)) return Number.NaN;
      const above = logPressure.findIndex((log) => log <= wanted);
      if (above <= 0) return Number.NaN;
      const low = logPressure[above - 1] ?? 0;
      return (above - 1 + (wanted - low) / ((logPressure[above] ?? 0) - low)) * STEP_M;
    },
  };
}

/** Dew point by Magnus' formula over water. */
function dewPointC(temperatureC: number, relativeHumidity: number): number {
  const gamma = Math.log(relativeHumidity / 100) + (17.62 * temperatureC) / (243.12 + temperatureC);
  return (243.12 * gamma) / (17.62 - gamma);
}
