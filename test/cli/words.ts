/** Words of the command line as the harvest command gets them, without a process. */
import yargs from 'yargs';
import { HARVEST_OPTIONS } from '../../src/cli/commands/harvest.js';
import type { HarvestWords } from '../../src/cli/harvest-words.js';

/** Options that are not among the words have their defaults. */
export function harvestWords(words: readonly string[]): HarvestWords {
  return yargs([...words])
    .options(HARVEST_OPTIONS)
    .exitProcess(false)
    .parseSync();
}
