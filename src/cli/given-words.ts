/** What the words say before they are parsed: which command they call, where `-` is a stream, and which options have no value. */
import { type Command, type CommandOption, type ListedCommand, nameOf } from './command.js';
import { HARVEST_OPTIONS } from './commands/harvest.js';
import { COMMANDS } from './commands.js';

const NAMED: ReadonlyMap<string, ListedCommand> = new Map(COMMANDS.map((each) => [nameOf(each), each]));
const HARVEST = NAMED.get('$0')!;

/** Options that may stand before the name of a command without a word after them, whatever the command. */
const FLAGS = new Set(['help', 'version']);

/** The command among the words; a word after an option that takes a value is no command, such as a folder named `sources`. */
export function calledCommand(words: readonly string[]): ListedCommand {
  let option: string | undefined;
  for (const word of words) {
    if (word === '--') break;
    if (word.startsWith('--'))
      option = isFlag(word.slice(2)) || word.includes('=') ? undefined : word.slice(2);
    else if (option === undefined || isOfCommand(option, word)) return NAMED.get(word) ?? HARVEST;
    else if (optionOf(option)?.array !== true) option = undefined;
  }
  return HARVEST;
}

/** Whether a word that follows an option is the command that the option belongs to, for it belongs to no harvest. */
function isOfCommand(option: string, word: string): boolean {
  return optionOf(option) === undefined && NAMED.has(word);
}

function isFlag(name: string): boolean {
  return FLAGS.has(name) || optionOf(name)?.type === 'boolean';
}

function optionOf(name: string): CommandOption | undefined {
  return Object.hasOwn(HARVEST_OPTIONS, name)
    ? HARVEST_OPTIONS[name as keyof typeof HARVEST_OPTIONS]
    : undefined;
}

/**
 * yargs takes a `-` for an option without a name, and any word for the value of the option before it: what is a value is written so
 * that it stays one, and an option without its value as one that is empty.
 */
export function withValues(words: readonly string[], { options }: Command): string[] {
  const result: string[] = [];
  let option = '';
  for (const [i, word] of words.entries()) {
    if (word.startsWith('--')) option = word;
    const form = option === word ? options[word.slice(2)]?.mayLack : undefined;
    if (form?.test(words[i + 1] ?? '') === false) result.push(`${word}=`);
    else if (word === '-' && options[option.slice(2)]?.takesStream === true) {
      if (result[result.length - 1] === option) result.pop();
      result.push(`${option}=-`);
    } else result.push(word);
  }
  return result;
}
