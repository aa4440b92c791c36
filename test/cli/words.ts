/** Words of the command line as the harvest command gets them, without a process. */
import yargs from 'yargs';
import { type HarvestWords, harvestOptions } from '../../src/cli/harvest-options.js';

/** Options that are not among the words have their defaults. */
export function harvestWords(words: readonly string[]): HarvestWords {
  return harvestOptions(yargs([...words]))
    .exitProcess(false)
    .parseSync();
}
