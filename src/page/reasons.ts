/** What the reasons of the counts mean, in the words of the sources and of the steps that count them. */
import { createReasonFinder, type Effect } from '../records/reason.js';
import { GENERAL_REASONS, launchReasons } from '../records/reasons.js';
import { sources } from '../sources/registry.js';

/** One reason in words. */
export interface ReasonMeaning {
  effect: Effect;
  /** One sentence. */
  text: string;
}

/**
 * The meaning of a reason such as `igra2.air_temperature.qa-removed`: dataset, what, why.
 *
 * @param dropped it was counted among the values that made no row
 */
export type MeaningOf = (reason: string, dropped: boolean) => ReasonMeaning;

const UNKNOWN: ReasonMeaning = { effect: 'noted', text: 'This version has no words for this reason.' };

/** Loads the reasons of the datasets; of one that this version does not know there are none. */
export async function loadMeanings(datasets: Iterable<string>): Promise<MeaningOf> {
  const finders = new Map<string, ReturnType<typeof createReasonFinder>>();
  for (const dataset of new Set(datasets)) {
    const source = await sources.get(dataset)?.();
    if (source === undefined) continue;
    const own = await source.reasons();
    finders.set(dataset, createReasonFinder([...GENERAL_REASONS, ...launchReasons(source.launches), ...own]));
  }
  return (reason, dropped) => {
    const [dataset = ''] = reason.split('.', 1);
    const found = finders.get(dataset)?.(reason.slice(dataset.length + 1));
    const meaning = found === undefined ? UNKNOWN : { effect: found.effect, text: found.sentence };
    return dropped ? { ...meaning, effect: 'left out' } : meaning;
  };
}
