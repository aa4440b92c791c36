/** Soundings that an archive holds more than once, every value, time and place the same: one of them stays. */
import { generalReason } from './reasons.js';
import { compareContent, release, type Sounding } from './sounding.js';
import { count, type Tally } from './tally.js';

/**
 * The soundings without those that say the same as the one before them, in one file or in two: archives overlap (the file of
 * the current year repeats the end of the file of all years), and bulletins are sent twice. Equal soundings follow each other
 * within a group, because they are sorted by time and then by content. They are counted as `<dataset>.report.repeated`, their
 * rows as `<dataset>.row.repeated`.
 */
export async function* withoutRepeats(
  groups: AsyncIterable<Sounding[]>,
  dataset: string,
  tally: Tally,
): AsyncGenerator<Sounding[]> {
  for await (const group of groups) {
    const kept: Sounding[] = [];
    for (const sounding of group) {
      const last = kept.at(-1);
      if (last === undefined || sounding.time !== last.time || compareContent(sounding, last) !== 0) {
        kept.push(sounding);
        continue;
      }
      count(tally.noted, generalReason(dataset, 'report.repeated'));
      count(tally.dropped, generalReason(dataset, 'row.repeated'), sounding.rowCount);
      release(sounding);
    }
    if (kept.length > 0) yield kept;
  }
}
