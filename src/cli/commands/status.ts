/** `harvest status`. */
import { defineCommand } from '../command.js';
import { print } from '../print.js';

export const status = defineCommand({
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
    json: { type: 'boolean', default: false },
  },
  handler: async (words) => print(await (await import('../status.js')).describeStatus(words)),
});
