/** Departures of a launch from a reanalysis or a forecast. */
import type { DepartureKind } from '../records/descriptor.js';
import { OBSERVED_VARIABLE as V } from '../records/variables.js';
import type { Launch } from './launch.js';

/** Departures of one variable by level, in its unit; NaN where there is none. */
export interface Departures {
  code: number;
  values: Float64Array;
}

/** Variables whose departures are shown, those at the surface with those of the levels above. */
const SHOWN: readonly (readonly number[])[] = [
  [V.airTemperature, V.airTemperatureSurface],
  [V.relativeHumidity, V.relativeHumiditySurface],
  [V.geopotentialHeight],
  [V.eastwardWind, V.eastwardWindSurface],
  [V.northwardWind, V.northwardWindSurface],
  [V.windSpeed],
];

/** Departures from `background` of the variables that have any; [] in files without feedback. */
export function departuresOf(launch: Launch, background: DepartureKind): Departures[] {
  return SHOWN.flatMap((codes) => {
    const values = new Float64Array(launch.levels).fill(Number.NaN);
    for (const code of codes) {
      const variable = launch.variables.get(code);
      const departures =
        background === 'analysis' ? variable?.analysisDeparture : variable?.firstGuessDeparture;
      for (const [i, value] of (departures ?? []).entries())
        if (Number.isNaN(values[i] as number)) values[i] = value;
    }
    return values.every(Number.isNaN) ? [] : [{ code: codes[0] as number, values }];
  });
}
