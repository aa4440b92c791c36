/** From the words of the command line to the handler of the command that they name. */
import yargs, { type Argv } from 'yargs';
import { EXIT, HarvestError, UsageError } from '../errors.js';
import { VERSION } from '../version.js';
import type { Command } from './command.js';
import { COMMANDS } from './commands.js';
import { calledCommand, withValues } from './given-words.js';
import { withSettings } from './settings.js';

const SEE_HELP = { hint: "See 'harvest --help'." };

/**
 * Runs the command line on its words (without `node` and the script's name); resolves to the exit code.
 *
 * @throws UsageError for words that do not fit, and what the commands throw
 */
export async function runCommandLine(given: readonly string[]): Promise<number> {
  const called = calledCommand(given);
  const command = await called.load();
  const words = withSettings(withValues(given, command), command);
  if (words.includes('--no-color') || words.includes('--no-color=true')) process.env.NO_COLOR = '1';
  let exitCode: number = EXIT.ok;
  const parser = yargs(words)
    .scriptName('harvest')
    .usage('$0 --source <id> [options]\n\nHarvests radiosonde archives into one netCDF-4 file per station.');
  for (const listed of COMMANDS)
    parser.command(
      listed.usage,
      listed.describe,
      // The parser loses some messages of words that it learns about later: those of the command that is called are there.
      listed === called ? (y) => withWords(y, command) : async (y) => withWords(y, await listed.load()),
      async (argv) => {
        exitCode = await (await listed.load()).handler(argv as never, COMMANDS);
      },
    );
  await parser
    .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false })
    .strict()
    .version(VERSION)
    .help()
    .alias('help', 'h')
    .wrap(110)
    .showHelpOnFail(false)
    .fail(throwUsage)
    .parseAsync();
  return exitCode;
}

/** Adds the words of a command to the parser. */
function withWords(y: Argv, { positionals, options, examples }: Command): Argv {
  for (const [name, positional] of Object.entries(positionals)) y.positional(name, positional);
  y.options(options);
  for (const [call, what] of examples) y.example(call, what);
  const words = { ...positionals, ...options };
  return y.check((argv) => assertGivenOnce(argv, words), false);
}

/** Options that take one value, given twice: yargs would make a list of them. */
function assertGivenOnce(argv: Record<string, unknown>, words: Command['options']): true {
  for (const [name, value] of Object.entries(argv)) {
    if (Array.isArray(value) && name !== '_' && words[name]?.array !== true)
      throw new UsageError('USAGE', `--${name} is given more than once`, SEE_HELP);
  }
  return true;
}

/** yargs reports wrong words as a text or as an error of its own class, which it does not export. */
function throwUsage(message: string | undefined, error: Error | undefined): never {
  if (error !== undefined && (error instanceof HarvestError || error.name !== 'YError')) throw error;
  const text = message ?? error?.message ?? 'wrong usage';
  throw new UsageError('USAGE', text.replace(/\s*\n\s*/g, ' '), SEE_HELP);
}
