/** `harvest tables list|update|diff`. */
import { defineCommand } from '../command.js';
import { print } from '../print.js';

export const tables = defineCommand({
  positionals: {
    action: { choices: ['list', 'update', 'diff'], demandOption: true },
    a: { type: 'string', describe: 'diff: the edition before', offers: ['<editions>'] },
    b: { type: 'string', describe: 'diff: the edition after', offers: ['<editions>'] },
  },
  options: {
    tables: {
      type: 'string',
      default: 'glamod',
      describe: 'the edition to list or update',
      isSetting: true,
      offers: ['<editions>'],
    },
    workdir: {
      type: 'string',
      default: '.',
      describe: 'folder that holds the cache of editions',
      isSetting: true,
    },
    offline: { type: 'boolean', default: false, describe: 'do not use the network', isSetting: true },
    json: { type: 'boolean', default: false },
  },
  handler: async (words) => print(await (await import('../tables-command.js')).tablesCommand(words)),
});
