/** How many launches have what, by time and pressure layer. */

import { civilTime } from '../calendar.js';
import type { StationContents } from '../reading/station.js';
import { OBSERVED_VARIABLE as V } from '../records/variables.js';
import { LAYERS, layerOf } from './layers.js';
import { rowBlocks } from './row-blocks.js';
import { yearOf } from './years.js';

/** What a launch may have at a level. */
export const GROUPS = [
  { name: 'temperature', variables: [V.airTemperature, V.airTemperatureSurface] },
  {
    name: 'humidity',
    variables: [
      V.dewPoint,
      V.dewPointDepression,
      V.dewPointTemperatureSurface,
      V.relativeHumidity,
      V.relativeHumiditySurface,
      V.specificHumidity,
    ],
  },
  {
    name: 'wind',
    variables: [
      V.windSpeed,
      V.windFromDirection,
      V.eastwardWind,
      V.northwardWind,
      V.eastwardWindSurface,
      V.northwardWindSurface,
    ],
  },
] as const;

export interface Availability {
  unit: 'month' | 'year';
  /** First bin: a year, or months since year 0. */
  firstBin: number;
  bins: number;
  /** Record times with launches. */
  launches: number;
  /** Of each of `GROUPS`: launches by bin and layer, `bin * LAYERS.length + layer`. */
  counts: Int32Array[];
}

/** Stations with at most so many years are shown by months. */
const MAX_YEARS_OF_MONTHS = 6;

/** Counts the launches (distinct record times) of a file that have a value of a group in a layer, whatever its quality flag. */
export async function countAvailability(station: StationContents): Promise<Availability> {
  const { time, firstRow } = station.records;
  const times = time.filter((seconds) => Number.isFinite(yearOf(seconds)));
  const [first, last] = [civilTime(times[0] ?? 0), civilTime(times[times.length - 1] ?? 0)];
  const unit = last.year - first.year < MAX_YEARS_OF_MONTHS ? 'month' : 'year';
  const binOf = (seconds: number): number => {
    const { year, month } = civilTime(seconds);
    return unit === 'year' ? year : year * 12 + month - 1;
  };
  const firstBin = binOf(times[0] ?? 0);
  const bins = times.length === 0 ? 0 : binOf(times[times.length - 1] ?? 0) - firstBin + 1;
  const counts = GROUPS.map(() => new Int32Array(bins * LAYERS.length));
  // Each launch counts once: the record that was counted last, by group and layer.
  const counted = GROUPS.map(() => new Int32Array(LAYERS.length).fill(-1));
  const groupOf = new Map(
    GROUPS.flatMap(({ variables }, group) => variables.map((code) => [code as number, group])),
  );
  let record = 0;
  let bin = 0;
  let binned = -1;
  const columns = {
    variable: ['observations_table', 'observed_variable'],
    zType: ['observations_table', 'z_coordinate_type'],
    z: ['observations_table', 'z_coordinate'],
  } as const;
  for await (const block of rowBlocks(station, columns)) {
    const { variable, zType, z } = block.columns;
    for (let i = 0; i < block.rows; i++) {
      const row = block.first + i;
      while (record + 1 < firstRow.length && row >= (firstRow[record + 1] as number)) record++;
      const group = groupOf.get(variable[i] as number);
      if (group === undefined) continue;
      const layer = layerOf(zType[i] as number, z[i] as number);
      const seen = counted[group] as Int32Array;
      if (layer < 0 || seen[layer] === record) continue;
      if (binned !== record) {
        const seconds = time[record] as number;
        bin = Number.isFinite(yearOf(seconds)) ? binOf(seconds) - firstBin : -1;
        binned = record;
      }
      if (bin < 0) continue;
      seen[layer] = record;
      const cell = bin * LAYERS.length + layer;
      const count = counts[group] as Int32Array;
      count[cell] = (count[cell] as number) + 1;
    }
  }
  return { unit, firstBin, bins, launches: times.length, counts };
}
