/** `harvest explain FILE [OBSERVATION_ID]`. */
import { defineCommand } from '../command.js';

export const explain = defineCommand({
  positionals: {
    file: { type: 'string', demandOption: true, describe: 'a station file' },
    observation: {
      type: 'string',
      describe: 'an observation_id, such as 20150601113000-00-000017',
    },
  },
  options: {
    time: {
      type: 'string',
      requiresArg: true,
      describe:
        'in place of an id, as for show; with --pressure, --height or --variable: all observations that fit',
    },
    pressure: { type: 'string', requiresArg: true, describe: 'of the level: 85000 (Pa) or 850hPa' },
    height: {
      type: 'string',
      requiresArg: true,
      describe: 'of the level: metres above sea level, of levels that have no pressure',
    },
    variable: {
      type: 'string',
      requiresArg: true,
      describe: 'a code of observed_variable, or a name such as temperature',
    },
    sources: {
      type: 'string',
      requiresArg: true,
      describe:
        'folder with the source files [default: <workdir>/sources/<dataset>, beside <workdir>/output]',
    },
    workdir: {
      type: 'string',
      requiresArg: true,
      describe: 'work folder whose sources/ has the source files',
    },
    feedback: {
      type: 'string',
      requiresArg: true,
      describe: 'shows this group of feedback [default: the first group with departures]',
    },
    json: { type: 'boolean', default: false },
  },
  handler: async (words) => await (await import('../explain.js')).explainCommand(words),
});
