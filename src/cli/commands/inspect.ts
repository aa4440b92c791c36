/** `harvest inspect FILE`. */
import { defineCommand } from '../command.js';
import { print } from '../print.js';

export const inspect = defineCommand({
  positionals: {
    file: {
      type: 'string',
      demandOption: true,
      describe: 'a source file or a station file',
    },
  },
  options: {
    json: { type: 'boolean', default: false },
  },
  handler: async ({ file, json }) => print(await (await import('../inspect.js')).inspectFile(file, json)),
});
