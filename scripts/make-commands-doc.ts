/**
 * Makes `docs/commands.md` of what the commands say of their words: `npx tsx scripts/make-commands-doc.ts`.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CommandOption,
  type CommandPositional,
  type ListedCommand,
  nameOf,
} from '../src/cli/command.js';
import { HARVEST_OPTIONS } from '../src/cli/commands/harvest.js';
import { COMMANDS } from '../src/cli/commands.js';

const HEAD = `# Commands

Every command with its words, as \`harvest <command> --help\` prints them. Made by \`npx tsx scripts/make-commands-doc.ts\` of the
commands themselves. [README](../README.md) says what they are for.

\`harvest completion bash\` prints a script that completes commands, options and their values. One line in \`~/.bashrc\`, or with
\`zsh\` for \`bash\` in \`~/.zshrc\`, loads it in every shell; a folder with \`harvest\` must be on the \`PATH\`, as after
\`npm install -g\`:

\`\`\`
source <(harvest completion bash)
\`\`\`
`;

/** The page. */
export async function makeCommandsDoc(commands: readonly ListedCommand[] = COMMANDS): Promise<string> {
  const sections: string[] = [];
  for (const listed of commands) {
    const { positionals, options, examples } = await listed.load();
    const isHarvest = nameOf(listed) === '$0';
    const isShared = (option: CommandOption): boolean =>
      !isHarvest && Object.values<CommandOption>(HARVEST_OPTIONS).includes(option);
    const own = Object.entries(options).filter(([, option]) => !isShared(option));
    const rows = [
      ...Object.entries(positionals).map(([name, word]) => row(`\`${name.toUpperCase()}\``, word)),
      ...own.map(([name, option]) => row(`\`--${name}\``, option)),
    ];
    const title = isHarvest ? 'harvest' : `harvest ${nameOf(listed)}`;
    sections.push(
      `\n## ${title}\n\n\`${isHarvest ? 'harvest --source <id> [options]' : `harvest ${listed.usage}`}\`: ${listed.describe}\n\n`,
      rows.length === 0
        ? ''
        : `| word | values | default | what |\n| --- | --- | --- | --- |\n${rows.join('')}`,
      own.length < Object.keys(options).length ? '\nAll options of a harvest, too.\n' : '',
      examples.length === 0 || !isHarvest
        ? ''
        : `\n\`\`\`\n${examples.map(([call, what]) => `${call.replace('$0', 'harvest')}   # ${what}\n`).join('')}\`\`\`\n`,
    );
  }
  return HEAD + sections.join('');
}

function row(name: string, word: CommandOption | CommandPositional): string {
  const { describe = '', choices } = word;
  const values = choices?.map((choice) => `\`${choice}\``).join(', ') ?? typeName(word);
  return `| ${name} | ${values} | ${defaultText(word)} | ${describe.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |\n`;
}

function typeName({ type, array }: CommandOption | CommandPositional): string {
  if (type === 'boolean') return '';
  return `${type === 'number' ? 'a number' : 'text'}${array === true ? ', several' : ''}`;
}

function defaultText(word: CommandOption | CommandPositional): string {
  if (word.demandOption === true) return 'required';
  const { default: value } = word;
  const isNone = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
  return isNone ? '' : `\`${value}\``;
}

const [, script = ''] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  const target = fileURLToPath(new URL('../docs/commands.md', import.meta.url));
  await writeFile(target, await makeCommandsDoc());
}
