/** Which launches a time on the command line means. */
import { noLaunch, reportsWithin } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { spanOf } from './period.js';

/**
 * Rows of header_table of the launches at a time that a user gave: `first`, `last`, or what a day or a minute spans. Throws
 * `UsageError` for what is no time and where there is no launch (`NO_LAUNCH`).
 */
export async function reportsAt(station: StationContents, time: string): Promise<number[]> {
  const { begin, end } = spanAt(station, time);
  const found = await reportsWithin(station, { from: begin, to: end });
  return found.length > 0 ? found : noLaunch(station, begin, time);
}

function spanAt(station: StationContents, time: string): { begin: number; end: number } {
  if (time !== 'first' && time !== 'last') return spanOf('--time', time);
  const at = station.records.time.at(time === 'first' ? 0 : -1) ?? noLaunch(station, 0, 'any time');
  return { begin: at, end: at + 1 };
}
