/** `harvest completion [bash|zsh]`. */
import { defineCommand } from '../command.js';
import { print } from '../print.js';

export const completion = defineCommand({
  positionals: {
    shell: {
      choices: ['bash', 'zsh'],
      default: 'bash',
      describe: 'for which shell: in its start file, source <(harvest completion bash)',
    },
  },
  options: {},
  handler: async ({ shell }, commands) =>
    print(await (await import('../completion.js')).completionScript(shell, commands)),
});
