/** Launches made up level by level, in the form in which the reading gives them. */
import type { Launch, LaunchHeader, LevelVariable } from '../../src/reading/launch.js';
import { OBSERVED_VARIABLE as V, Z_METHOD, Z_TYPE } from '../../src/records/variables.js';
import { makeAtmosphere } from '../support/atmosphere.js';
import { createRandom } from '../support/random.js';

/** A level; what is left out is missing. Pressure in hPa, height in m, temperatures in degC, speed in m/s. */
export interface LevelValues {
  pressure?: number;
  height?: number;
  temperature?: number;
  dewPoint?: number;
  humidity?: number;
  direction?: number;
  speed?: number;
  /** Geometric height, m. */
  altitude?: number;
  /** Code of the table `quality_flag`, of all values of the level. */
  quality?: number;
}

export function makeLaunch(values: readonly LevelValues[], header: Partial<LaunchHeader> = {}): Launch {
  const column = (value: (level: LevelValues) => number | undefined): Float64Array =>
    Float64Array.from(values, (level) => value(level) ?? Number.NaN);
  const pressure = column((level) => level.pressure && level.pressure * 100);
  const variables = new Map<number, LevelVariable>();
  const add = (code: number, value: (level: LevelValues) => number | undefined): void => {
    const found = column(value);
    if (found.every(Number.isNaN)) return;
    variables.set(code, {
      code,
      name: '',
      unit: '',
      value: found,
      quality: column(({ quality }) => quality ?? 2),
      row: Int32Array.from(values, (_, i) => i),
      firstGuessDeparture: null,
      analysisDeparture: null,
    });
  };
  add(V.windFromDirection, ({ direction }) => direction);
  add(V.windSpeed, ({ speed }) => speed);
  add(V.geopotentialHeight, ({ pressure: p, height }) => (p === undefined ? undefined : height));
  add(V.altitude, ({ pressure: p, altitude }) => (p === undefined ? undefined : altitude));
  add(V.airTemperature, ({ temperature }) => (temperature !== undefined ? temperature + 273.15 : undefined));
  add(V.dewPoint, ({ dewPoint }) => (dewPoint !== undefined ? dewPoint + 273.15 : undefined));
  add(V.relativeHumidity, ({ humidity }) => humidity);
  const height = column(({ height: h }) => h);
  const geometricHeight = column(({ altitude }) => altitude);
  const latitude = header.latitude ?? 48.25;
  return {
    header: {
      reportId: 'igra2-11035-20200101000000-00',
      report: 0,
      record: 0,
      firstRow: 0,
      rowCount: values.length,
      time: 3_786_912_000,
      nominalTime: 3_786_912_000,
      launchTime: Number.NaN,
      verticalDirection: Number.NaN,
      latitude,
      longitude: 16.36,
      elevation: 200,
      stationId: '0-20000-0-11035',
      stationName: 'WIEN',
      comment: '',
      ...header,
    },
    levels: values.length,
    zType: Int8Array.from(values, ({ pressure: p }) => (p === undefined ? Z_TYPE.height : Z_TYPE.pressure)),
    z: pressure.map((p, i) =>
      Number.isNaN(p) ? ((values[i]?.height ?? values[i]?.altitude ?? Number.NaN) as number) : p,
    ),
    zMethod: Float64Array.from(values, ({ pressure: p, height: h }) =>
      p === undefined ? (h === undefined ? Z_METHOD.geometric : Z_METHOD.geopotentialHeight) : Number.NaN,
    ),
    pressure,
    height,
    isHeightComputed: new Uint8Array(values.length),
    geometricHeight,
    latitude: new Float64Array(values.length).fill(latitude),
    significance: new Int32Array(values.length).fill(-1),
    elapsed: column(() => undefined),
    variables,
  };
}

/** Levels of a plausible atmosphere, `count` of them from the ground up to `topM`. */
export function makeLevels(count: number, topM: number, latitude = 48, seed = 1): LevelValues[] {
  const elevation = 200;
  const air = makeAtmosphere(createRandom(seed), { latitude, elevation, dayOfYear: 180 });
  return Array.from({ length: count }, (_, i) => {
    const state = air.at(elevation + ((topM - elevation) * i) / Math.max(count - 1, 1));
    return {
      pressure: state.pressurePa / 100,
      height: state.heightM,
      temperature: state.temperatureC,
      dewPoint: state.temperatureC - state.dewPointDepressionK,
      direction: state.windDirection,
      speed: state.windSpeedMs,
    };
  });
}

export const FACTS = {
  dataset: 'igra2',
  file: '0-20000-0-11035_igra2_harvested.nc',
  stationId: '0-20000-0-11035',
  stationName: 'WIEN/HOHE WARTE',
};
