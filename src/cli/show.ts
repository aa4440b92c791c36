/** `harvest show FILE`: the launches of a station, or those of a time as tables. */
import { UsageError } from '../errors.js';
import { feedbackGroup, feedbackGroups } from '../reading/feedback-groups.js';
import { type Heights, withGeopotentialHeights } from '../reading/heights.js';
import type { Launch } from '../reading/launch.js';
import { levelsMarked } from '../reading/level-choice.js';
import { openStation } from '../reading/open.js';
import { readLaunch } from '../reading/read-launch.js';
import { noSignificance, saysSignificance, significanceMask } from '../reading/significance.js';
import type { StationContents } from '../reading/station.js';
import { feedbackTitle } from '../records/feedback-attributes.js';
import { reportsAt } from './launch-choice.js';
import { launchesAsCsv, launchesAsJson } from './launch-data.js';
import { listAsJson, listOfLaunches } from './launch-list.js';
import { launchTable } from './launch-table.js';
import { parsePeriod } from './period.js';
import { wordsOf } from './word-list.js';

export interface ShowWords {
  file: string;
  /** A time, or `first` or `last`. */
  time?: string | undefined;
  /** For the list of launches. */
  from?: string | undefined;
  to?: string | undefined;
  /** Kinds of levels, with commas between them; of a launch. */
  levels?: string | undefined;
  heights?: Heights | undefined;
  /** Group of feedback; of a launch. */
  feedback?: string | undefined;
  csv: boolean;
  json: boolean;
}

/** @throws UsageError, (`NO_LAUNCH` too), InputError (not a station file, damaged), StorageError */
export async function show(words: ShowWords): Promise<string> {
  if (words.csv && words.json) throw new UsageError('USAGE', '--csv and --json do not go together');
  if (words.time !== undefined && (words.from !== undefined || words.to !== undefined))
    throw new UsageError('USAGE', '--from and --to choose from the list of launches; --time shows one');
  if (words.csv && words.time === undefined)
    throw new UsageError('USAGE', '--csv needs --time', { hint: 'harvest export writes whole stations.' });
  if (words.time === undefined && (words.levels !== undefined || words.heights !== undefined))
    throw new UsageError('USAGE', '--levels and --heights are of a launch: they go with --time', {
      hint: 'harvest export takes them for whole stations.',
    });
  if (words.time === undefined && words.feedback !== undefined)
    throw new UsageError('USAGE', '--feedback is of a launch: it goes with --time', {
      hint: 'harvest export takes it for whole stations.',
    });
  const mask = significanceMask(wordsOf(words.levels));
  const station = await openStation(words.file);
  try {
    if (mask !== null && !(await saysSignificance(station))) throw noSignificance([words.file]);
    if (words.time !== undefined) return await showLaunches(station, words.time, mask, words);
    const period = parsePeriod(words.from, words.to);
    return words.json ? await listAsJson(station, period) : await listOfLaunches(station, period);
  } finally {
    station.close();
  }
}

async function showLaunches(
  station: StationContents,
  time: string,
  mask: number | null,
  { csv, json, heights, feedback }: Pick<ShowWords, 'csv' | 'json' | 'heights' | 'feedback'>,
): Promise<string> {
  const group = feedbackGroup(station, feedback);
  const shown: { launch: Launch; levels: number }[] = [];
  for (const report of await reportsAt(station, time)) {
    const whole = await readLaunch(station, report, group);
    const launch = heights === 'geopotential' ? withGeopotentialHeights(whole) : whole;
    shown.push({ launch: mask === null ? launch : levelsMarked(launch, mask), levels: whole.levels });
  }
  const launches = shown.map(({ launch }) => launch);
  if (csv) return launchesAsCsv(launches);
  if (json) return launchesAsJson(station, launches, group);
  const isOneOfSeveral = feedbackGroups(station.contents).length > 1;
  const of = group !== undefined && isOneOfSeveral ? feedbackTitle(group) : '';
  return shown.map(({ launch, levels }) => launchTable(station, launch, levels, of)).join('\n');
}
