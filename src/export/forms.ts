/** The three forms in which the observations of a station file can be exported. */
import { type FeedbackGroup, findFeedback } from '../reading/feedback-groups.js';
import type { Heights } from '../reading/heights.js';
import type { StationContents } from '../reading/station.js';
import { coreTable } from './core.js';
import type { FormTable } from './form-table.js';
import { longTable } from './long.js';
import type { Selection } from './selection.js';
import { wideTable } from './wide.js';

/**
 * `long`: a row of the station file is a row. `wide`: a level is a row, with a column for each variable. `core`: an observation is
 * a row, with what the other tables say of it: the flat view of the data store (CDM-OBS-Core).
 */
export type Form = 'long' | 'wide' | 'core';

/** What of a station file is exported, and how. */
export interface FormOptions {
  readonly form: Form;
  /** Of the station file; `observations_table` for `wide` and `core`. */
  readonly table: string;
  readonly selection: Selection;
  /** With what a reanalysis or forecast made of the observations: of this group; true for the first one with departures. */
  readonly feedback: boolean | string;
  /** `wide`: with the quality flag of each value. */
  readonly quality: boolean;
  /** `wide`: whether geometric heights are to be geopotential ones, too. */
  readonly heights: Heights;
}

/** Throws `UsageError` where the file has not what is asked for, `InputError` where it is damaged. */
export async function tableInForm(station: StationContents, options: FormOptions): Promise<FormTable> {
  const { form, table, selection, quality, heights } = options;
  const feedback = chosenFeedback(station, options.feedback);
  switch (form) {
    case 'long':
      return longTable(station, table, selection, table === 'observations_table' ? feedback : undefined);
    case 'wide':
      return await wideTable(station, selection, {
        feedback,
        hasDepartures: options.feedback !== false,
        quality,
        heights,
      });
    case 'core':
      return await coreTable(station, selection, feedback);
  }
}

/** The group of feedback that is asked for; undefined where none is, or the file has it not. */
export function chosenFeedback(
  station: StationContents,
  feedback: FormOptions['feedback'],
): FeedbackGroup | undefined {
  if (feedback === false) return undefined;
  return findFeedback(station, feedback === true ? '' : feedback);
}
