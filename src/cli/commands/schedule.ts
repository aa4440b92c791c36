/** `harvest schedule "CRON"`. */
import { defineCommand } from '../command.js';
import { HARVEST_EXAMPLES, HARVEST_OPTIONS } from './harvest.js';

export const schedule = defineCommand({
  positionals: {
    cron: {
      type: 'string',
      demandOption: true,
      describe: 'five fields, such as "17 3 * * *" for every night',
    },
  },
  options: {
    ...HARVEST_OPTIONS,
    timezone: {
      type: 'string',
      requiresArg: true,
      describe: 'of the expression, such as Europe/Vienna [default: UTC]',
    },
  },
  examples: HARVEST_EXAMPLES,
  handler: async (words) => await (await import('../schedule.js')).scheduleCommand(words),
});
