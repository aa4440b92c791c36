/** `harvest report [FILE|DIR]`. */
import { defineCommand } from '../command.js';

export const report = defineCommand({
  positionals: {
    file: {
      type: 'string',
      describe: 'a report in <output>/reports, or a folder of outputs',
    },
  },
  options: {
    workdir: {
      type: 'string',
      default: '.',
      describe: 'folder of the ledger and the outputs',
      isSetting: true,
    },
    output: {
      type: 'string',
      requiresArg: true,
      describe: 'folder of the station files [default: <workdir>/output]',
      isSetting: true,
    },
    html: {
      type: 'string',
      describe:
        'writes a page of the station files in the folder to this file, - for standard output [default: <folder>/report.html]',
      takesStream: true,
    },
    merge: {
      type: 'string',
      requiresArg: true,
      describe: 'joins the reports of shards in this folder',
    },
    since: {
      type: 'string',
      requiresArg: true,
      describe: 'with --merge: only reports of shards that were started at this time or later',
    },
    feedback: {
      type: 'string',
      requiresArg: true,
      describe: 'with --html: lists this group of feedback alone',
    },
    json: {
      type: 'boolean',
      default: false,
      describe: 'the reports as JSON; with --html what the page would show, and no page',
    },
  },
  handler: async (words) => await (await import('../report.js')).reportCommand(words),
});
