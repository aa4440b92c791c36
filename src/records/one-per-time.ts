/** One report for each record time, for readers that take the row of the header from the number of the record. */
import type { FeedbackColumn } from './feedback.js';
import { withRowsOf } from './launches.js';
import { generalReason } from './reasons.js';
import type { Sounding } from './sounding.js';
import { count, type Tally } from './tally.js';

/**
 * The soundings, those of one time as one: the fullest of them (the first of several) with the rows of the others added to its
 * own. How many went under its header is in `otherReports`, and counted as `<dataset>.report.under-one-header`.
 */
export async function* onePerTime(
  groups: AsyncIterable<Sounding[]>,
  feedback: readonly FeedbackColumn[],
  dataset: string,
  tally: Tally,
): AsyncGenerator<Sounding[]> {
  let atOneTime: Sounding[] = [];
  const settle = (): Sounding[] => {
    const [fullest, ...others] = atOneTime.toSorted((a, b) => b.rowCount - a.rowCount);
    if (fullest === undefined || others.length === 0) return atOneTime;
    count(tally.noted, generalReason(dataset, 'report.under-one-header'), others.length);
    const one = others.reduce((report, other) => withRowsOf(report, other, feedback), fullest);
    return [{ ...one, otherReports: others.length }];
  };
  for await (const group of groups) {
    const ready: Sounding[] = [];
    for (const sounding of group) {
      if (atOneTime.length > 0 && atOneTime[0]?.time !== sounding.time) {
        ready.push(...settle());
        atOneTime = [];
      }
      atOneTime.push(sounding);
    }
    if (ready.length > 0) yield ready;
  }
  yield settle();
}
