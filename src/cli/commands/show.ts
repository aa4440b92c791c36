/** `harvest show FILE`. */
import { defineCommand } from '../command.js';
import { print } from '../print.js';
import { joined } from '../word-list.js';

export const show = defineCommand({
  positionals: {
    file: { type: 'string', demandOption: true, describe: 'a station file' },
  },
  options: {
    time: {
      type: 'string',
      requiresArg: true,
      describe:
        'YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss], first or last: the launches then, by their own or their nominal time',
    },
    from: { type: 'string', requiresArg: true, describe: 'list launches from here' },
    to: { type: 'string', requiresArg: true, describe: 'to here, included' },
    levels: {
      type: 'string',
      requiresArg: true,
      coerce: joined,
      describe:
        'with --time: only levels that are any of these: standard (or mandatory), surface, tropopause, max-wind, significant-temperature, significant-humidity, significant-wind, significant, regional, ...',
      offers: ['<levels>'],
    },
    heights: {
      choices: ['reported', 'geopotential'],
      describe:
        'with --time: geometric heights as they are, or computed as geopotential heights, too [default: reported]',
    },
    feedback: {
      type: 'string',
      requiresArg: true,
      describe:
        'with --time: departures of this group of feedback [default: the first group with departures]',
    },
    csv: {
      type: 'boolean',
      default: false,
      describe: 'one line per level, all variables, CDM units',
    },
    json: { type: 'boolean', default: false },
  },
  handler: async (words) => print(await (await import('../show.js')).show(words)),
});
