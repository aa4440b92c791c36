/** `harvest sources [ID]`. */
import { defineCommand } from '../command.js';
import { print } from '../print.js';

export const sources = defineCommand({
  positionals: {
    id: { type: 'string', describe: 'a dataset', offers: ['<datasets>'] },
  },
  options: {
    json: { type: 'boolean', default: false },
  },
  handler: async ({ id, json }) => print(await (await import('../sources.js')).describeSources(id, json)),
});
