/** Departures from a reanalysis or a forecast: mean, standard deviation and number by pressure layer of a whole station, or the values of a launch. */
import { InputError } from '../errors.js';
import {
  type DepartureColumn,
  departureColumn,
  type FeedbackGroup,
  feedbackGroup,
  feedbackGroups,
} from '../reading/feedback-groups.js';
import type { Launch } from '../reading/launch.js';
import type { StationContents } from '../reading/station.js';
import { feedbackTitle } from '../records/feedback-attributes.js';
import { OBSERVED_VARIABLE as V } from '../records/variables.js';
import { LAYERS, layerOf } from './layers.js';
import { rowBlocks } from './row-blocks.js';
import { isLeftOut, isPressure } from './sounding.js';

export type Background = 'first-guess' | 'analysis';

/** Departures at one pressure. */
export interface DepartureLevel {
  /** Pa: of the level, or the mandatory level of the layer. */
  pressure: number;
  mean: number;
  /** Of a sample; NaN for a single value. */
  deviation: number;
  count: number;
}

/** Departures of a variable, in its CDM unit, by falling pressure. */
export interface DepartureProfile {
  code: number;
  levels: DepartureLevel[];
}

export interface Departures {
  background: Background;
  /** The group of feedback that they are of. */
  group?: string;
  /** What that is, such as `ERA5, main stream`, where the file has several groups. */
  of?: string;
  profiles: DepartureProfile[];
  /**
   * Departures of values that failed quality control, were blacklisted or repeat a level, and that nothing else is shown for: not of a
   * humidity whose other form is shown at the level.
   */
  leftOut: number;
}

/** The variables that are shown. */
const SHOWN: readonly number[] = [
  V.airTemperature,
  V.relativeHumidity,
  V.specificHumidity,
  V.eastwardWind,
  V.northwardWind,
];

/** The forms of humidity that reports have beside each other. */
function isHumidity(code: number): boolean {
  return code === V.relativeHumidity || code === V.specificHumidity;
}

/**
 * Statistics over all launches of a file.
 *
 * @param withFailed also values that failed quality control
 * @param feedback the group that they are of; without it the first one that has departures
 * @throws InputError (`NO_DEPARTURES`) for a file without feedback, or whose feedback has no such departures
 */
export async function stationDepartures(
  station: StationContents,
  background: Background,
  withFailed: boolean,
  feedback: FeedbackGroup | undefined = feedbackGroup(station),
): Promise<Departures> {
  const { group, name, scale } = assertFeedback(station, background, feedback);
  const sums = new Map(SHOWN.map((code) => [code, LAYERS.map(() => ({ count: 0, mean: 0, squares: 0 }))]));
  let leftOut = 0;
  // Rows of a level follow each other by rising code.
  let level = { z: Number.NaN, code: 0, hasHumidity: false, refused: 0 };
  const endLevel = (): void => {
    if (!level.hasHumidity) leftOut += level.refused;
  };
  const columns = {
    variable: ['observations_table', 'observed_variable'],
    zType: ['observations_table', 'z_coordinate_type'],
    z: ['observations_table', 'z_coordinate'],
    quality: ['observations_table', 'quality_flag'],
    departure: [group, name],
  } as const;
  for await (const { rows, columns: of } of rowBlocks(station, columns)) {
    for (let i = 0; i < rows; i++) {
      const departure = of.departure[i] as number;
      if (Number.isNaN(departure)) continue;
      const code = of.variable[i] as number;
      const z = of.z[i] as number;
      const sum = sums.get(code)?.[layerOf(of.zType[i] as number, z)];
      if (sum === undefined) continue;
      if (z !== level.z || code <= level.code) {
        endLevel();
        level = { z, code, hasHumidity: false, refused: 0 };
      }
      level.code = code;
      if (!isShown(departure, of.quality[i] as number, withFailed)) {
        if (isHumidity(code)) level.refused++;
        else leftOut++;
        continue;
      }
      if (isHumidity(code)) level.hasHumidity = true;
      // Welford (1962): exact for long series of small numbers.
      const value = departure * scale(code);
      sum.count++;
      const before = value - sum.mean;
      sum.mean += before / sum.count;
      sum.squares += before * (value - sum.mean);
    }
  }
  endLevel();
  const profiles = [...sums].map(([code, layers]) => ({
    code,
    levels: layers
      .map(({ count, mean, squares }, layer) => ({
        pressure: (LAYERS[layer] as number) * 100,
        mean,
        deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN,
        count,
      }))
      .filter(({ count }) => count > 0),
  }));
  return assertAny(station, { background, ...groupOf(station, group), profiles, leftOut });
}

/** The departures of one launch at its levels, which was read with the same group of feedback. Throws as `stationDepartures`. */
export function launchDepartures(
  station: StationContents,
  launch: Launch,
  background: Background,
  withFailed: boolean,
  feedback: FeedbackGroup | undefined = feedbackGroup(station),
): Departures {
  const { group } = assertFeedback(station, background, feedback);
  const refused: { code: number; level: number }[] = [];
  const humid = new Set<number>();
  const profiles = SHOWN.map((code) => {
    const variable = launch.variables.get(code);
    const departures =
      background === 'analysis' ? variable?.analysisDeparture : variable?.firstGuessDeparture;
    const levels: DepartureLevel[] = [];
    for (const [i, mean] of (departures ?? []).entries()) {
      const pressure = launch.pressure[i] as number;
      if (Number.isNaN(mean) || !isPressure(pressure)) continue;
      if (!isShown(mean, variable?.quality[i] as number, withFailed)) {
        refused.push({ code, level: i });
        continue;
      }
      levels.push({ pressure, mean, deviation: Number.NaN, count: 1 });
      if (isHumidity(code)) humid.add(i);
    }
    return { code, levels: levels.sort((a, b) => b.pressure - a.pressure) };
  });
  const leftOut = refused.filter(({ code, level }) => !(isHumidity(code) && humid.has(level))).length;
  return assertAny(station, { background, ...groupOf(station, group), profiles, leftOut });
}

/** Not of values that failed, and not so large that it is no departure of any quantity. */
function isShown(departure: number, quality: number, withFailed: boolean): boolean {
  return Math.abs(departure) < 1e6 && (withFailed || !isLeftOut(quality));
}

function groupOf({ contents }: StationContents, name: string): Pick<Departures, 'group' | 'of'> {
  const groups = feedbackGroups(contents);
  const found = groups.find((group) => group.name === name);
  return { group: name, ...(found && groups.length > 1 && { of: feedbackTitle(found) }) };
}

/** The column of the departures. */
function assertFeedback(
  station: StationContents,
  background: Background,
  feedback: FeedbackGroup | undefined,
): DepartureColumn {
  const column = departureColumn(feedback, background === 'analysis' ? background : 'first guess');
  if (column?.hasValues !== true) {
    const other = feedback?.departures.find(({ hasValues }) => hasValues)?.from;
    throw new InputError(
      'NO_DEPARTURES',
      `${station.path} has no departures from the ${wordOf(background)}${feedback ? ` in ${feedback.name}` : ''}`,
      {
        file: station.path,
        hint:
          other === undefined
            ? "Some datasets bring them in a group of feedback: 'harvest sources' says which."
            : `There are those from the ${other}: --background ${other.replace(' ', '-')}.`,
      },
    );
  }
  return column;
}

function assertAny(station: StationContents, departures: Departures): Departures {
  if (departures.profiles.some(({ levels }) => levels.length > 0)) return departures;
  const { leftOut, background } = departures;
  throw new InputError(
    'NO_DEPARTURES',
    leftOut > 0
      ? `all ${leftOut} departures from the ${wordOf(background)} are of values that failed quality control`
      : `there are no departures from the ${wordOf(background)} at pressure levels`,
    {
      file: station.path,
      ...(leftOut > 0 && { hint: 'Add --with-failed to show them.' }),
    },
  );
}

/** `first guess`, for texts. */
export function wordOf(background: Background): string {
  return background.replace('-', ' ');
}
