/** `harvest verify FILE|DIR...`. */
import { defineCommand } from '../command.js';

export const verify = defineCommand({
  positionals: {
    paths: {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'station files, or folders of them',
    },
  },
  options: {
    workdir: {
      type: 'string',
      requiresArg: true,
      describe: 'folder of the ledger, the tables and the sources [default: the one that a file lies in]',
    },
    sources: {
      type: 'string',
      requiresArg: true,
      describe: 'folder of the source files [default: <workdir>/sources/<dataset>]',
    },
    against: {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: 'source files or folders: reads them again and compares every value',
    },
    feedback: {
      type: 'string',
      requiresArg: true,
      describe: 'a group of feedback that every file is to have',
    },
    limit: {
      type: 'number',
      default: 20,
      describe: 'findings of a kind that are listed for each file',
    },
    json: { type: 'boolean', default: false, describe: 'the findings as JSON' },
    quiet: { type: 'boolean', default: false, describe: 'no notes and no progress' },
  },
  handler: async (words) => await (await import('../verify.js')).verifyCommand(words),
});
