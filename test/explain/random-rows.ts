/** Observations picked at random from the station files of a dataset, explained and read again. */
import { explain } from '../../src/explain/index.js';
import { openStation } from '../../src/reading/open.js';
import { filesBelow } from '../cli/built.js';
import { withStation } from '../support/demo/station-view.js';
import { createRandom, type Random } from '../support/random.js';
import { faultsOf } from './reparse.js';

/**
 * What is wrong with the explanations of `observations` rows in all, taken from `reports` reports picked at random over the files
 * below `outputs`.
 */
export async function randomFaults(
  outputs: string,
  sources: string,
  { observations, reports, seed }: { observations: number; reports: number; seed: number },
): Promise<{ explained: number; faults: string[] }> {
  const random = createRandom(seed);
  const files = filesBelow(outputs, '.nc');
  const result = { explained: 0, faults: [] as string[] };
  while (result.explained < observations) {
    const wanted = Math.min(Math.ceil(observations / reports), observations - result.explained);
    const { explained, faults } = await faultsInReport(random.pick(files), sources, random, wanted);
    result.explained += explained;
    result.faults.push(...faults);
  }
  return result;
}

async function faultsInReport(
  path: string,
  sources: string,
  random: Random,
  wanted: number,
): Promise<{ explained: number; faults: string[] }> {
  const station = await openStation(path);
  try {
    const report = random.integer(0, station.table('header_table').rows - 1);
    const file = await explain(station, { reports: [report] }, { sources });
    const picked = Array.from({ length: wanted }, () => random.pick(file.explanations));
    const faults = withStation(path, (view) => picked.flatMap((each) => faultsOf(file, each, view)));
    return { explained: picked.length, faults };
  } finally {
    station.close();
  }
}
