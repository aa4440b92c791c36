/** A harvest of all datasets, one after the other: what cannot be harvested of one does not keep the others from it. */
import { EXIT, exitCodeOf, HarvestError, LockError, StorageError, UsageError } from '../errors.js';
import { sources } from '../sources/registry.js';
import { harvest } from './harvest.js';
import type { HarvestOptions } from './options.js';
import { exitCodeOfRun, type RunReport } from './reports/report.js';

/** What became of one dataset. */
export type DatasetOutcome =
  | { dataset: string; result: 'report'; report: RunReport }
  /** It could not begin. */
  | { dataset: string; result: 'failed'; error: HarvestError }
  /** There is nothing of it here. */
  | { dataset: string; result: 'nothing'; error: HarvestError }
  /** The signal came before its first station. */
  | { dataset: string; result: 'interrupted' };

/** Exit codes, the one that matters most first. */
const WEIGHT: readonly number[] = [
  EXIT.interrupted,
  EXIT.unexpected,
  EXIT.lockHeld,
  EXIT.storage,
  EXIT.usage,
  EXIT.validation,
  EXIT.network,
  EXIT.corruptInput,
  EXIT.skippedInput,
  EXIT.ok,
];

/**
 * Harvests every dataset of which there is something: files under `<workdir>/sources/<dataset>/`, or an archive that can be fetched.
 *
 * Ends with the dataset in which the signal comes, or the disk fails.
 *
 * @throws LockError, StorageError of the work folder
 */
export async function harvestAll(
  options: Omit<HarvestOptions, 'source' | 'mirrors'>,
  mirrorsOf: (dataset: string) => readonly string[],
  onDataset: (outcome: DatasetOutcome) => void,
): Promise<DatasetOutcome[]> {
  const outcomes: DatasetOutcome[] = [];
  for (const dataset of sources.keys()) {
    const outcome = await harvestOne({ ...options, source: dataset, mirrors: mirrorsOf(dataset) });
    outcomes.push(outcome);
    onDataset(outcome);
    if (options.signal?.aborted === true) break;
    if (outcome.result === 'report' && outcome.report.error instanceof StorageError) break;
  }
  return outcomes;
}

async function harvestOne(options: HarvestOptions): Promise<DatasetOutcome> {
  const dataset = options.source;
  try {
    return { dataset, result: 'report', report: await harvest(options) };
  } catch (error) {
    if (options.signal?.aborted === true) return { dataset, result: 'interrupted' };
    if (!(error instanceof HarvestError) || error instanceof LockError || error instanceof StorageError)
      throw error;
    // A station that one archive does not know may be in another.
    if (error instanceof UsageError && ['NO_INPUT', 'UNKNOWN_STATION'].includes(error.code))
      return { dataset, result: 'nothing', error };
    return { dataset, result: 'failed', error };
  }
}

/** The exit code of all together: that of the dataset that fared worst; 2 where there was nothing of any. */
export function exitCodeOfAll(outcomes: readonly DatasetOutcome[]): number {
  const codes = outcomes.flatMap((outcome) => {
    if (outcome.result === 'report') return [exitCodeOfRun(outcome.report)];
    if (outcome.result === 'interrupted') return [EXIT.interrupted];
    return outcome.result === 'failed' ? [exitCodeOf(outcome.error)] : [];
  });
  return WEIGHT.find((code) => codes.includes(code)) ?? EXIT.usage;
}
