#!/usr/bin/env node
/**
 * The command line: words in, one call into `run/`, text out. Data goes to standard output, messages to standard error.
 * Everything heavy is loaded inside the handlers, so that `--help` costs little more than starting Node.
 */
import yargs from 'yargs';
import { asStorageError, EXIT, exitCodeOf, HarvestError, UsageError } from '../errors.js';
import { VERSION } from '../version.js';
import { harvestOptions } from './harvest-options.js';
import { describeError, writeMessages } from './messages.js';
import { outputCommands } from './output-commands.js';
import { withSettings } from './settings.js';

/** Runs the command line on its words (without `node` and the script's name); resolves to the exit code. */
async function main(given: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const words = withSettings(withStandardStreams(given));
  if (words.includes('--no-color') || words.includes('--no-color=true')) process.env.NO_COLOR = '1';
  const commands = yargs(words)
    .scriptName('harvest')
    .usage('$0 --source <id> [options]\n\nHarvests radiosonde archives into one netCDF-4 file per station.')
    .command(
      '$0',
      'harvest a dataset',
      (y) => harvestOptions(y),
      async (argv) => {
        exitCode = await (await import('./harvest.js')).harvestCommand(argv);
      },
    )
    .command(
      'schedule <cron>',
      'harvest at the times of a cron expression, in one process that is left running',
      (y) =>
        harvestOptions(y)
          .positional('cron', {
            type: 'string',
            demandOption: true,
            describe: 'five fields, such as "17 3 * * *" for every night',
          })
          .option('timezone', {
            type: 'string',
            requiresArg: true,
            describe: 'of the expression, such as Europe/Vienna [default: UTC]',
          }),
      async (argv) => {
        exitCode = await (await import('./schedule.js')).scheduleCommand(argv);
      },
    )
    .command(
      'status',
      'what a work folder holds, how the last runs ended, what is out of date',
      (y) => folderOptions(y).option('json', { type: 'boolean', default: false }),
      async (argv) => {
        print(await (await import('./status.js')).describeStatus(argv));
      },
    )
    .command(
      'report [file]',
      'the report of the last run, of one file, or of the shards of a harvest together; --html: a page of all outputs',
      (y) =>
        folderOptions(y)
          .positional('file', {
            type: 'string',
            describe: 'a report in <output>/reports, or a folder of outputs',
          })
          .option('html', {
            type: 'string',
            describe:
              'writes a page of the station files in the folder to this file, - for standard output [default: <folder>/report.html]',
          })
          .option('merge', {
            type: 'string',
            requiresArg: true,
            describe: 'joins the reports of shards in this folder',
          })
          .option('since', {
            type: 'string',
            requiresArg: true,
            describe: 'with --merge: only reports of shards that were started at this time or later',
          })
          .option('json', {
            type: 'boolean',
            default: false,
            describe: 'the reports as JSON; with --html what the page would show, and no page',
          }),
      async (argv) => {
        exitCode = await (await import('./report.js')).reportCommand(argv);
      },
    )
    .command(
      'sources [id]',
      'what can be harvested: size, licence, how to get it',
      (y) =>
        y
          .positional('id', { type: 'string', describe: 'a dataset' })
          .option('json', { type: 'boolean', default: false }),
      async (argv) => {
        print(await (await import('./sources.js')).describeSources(argv.id, argv.json));
      },
    )
    .command(
      'inspect <file>',
      'what a file holds: format, station, period, counts',
      (y) =>
        y
          .positional('file', {
            type: 'string',
            demandOption: true,
            describe: 'a source file or a station file',
          })
          .option('json', { type: 'boolean', default: false }),
      async (argv) => {
        print(await (await import('./inspect.js')).inspectFile(argv.file, argv.json));
      },
    )
    .command(
      'tables <action> [a] [b]',
      'the Common Data Model tables: list, update, diff A B',
      (y) => tablesOptions(y),
      async (argv) => {
        print(await (await import('./tables-command.js')).tablesCommand(argv));
      },
    );
  const parser = outputCommands(commands, (code) => {
    exitCode = code;
  })
    .parserConfiguration({ 'boolean-negation': false, 'dot-notation': false })
    .strict()
    .check(assertGivenOnce, true)
    .version(VERSION)
    .help()
    .alias('help', 'h')
    .wrap(110)
    .showHelpOnFail(false)
    .fail((message: string | undefined, error: Error | undefined) => {
      // yargs reports wrong words as a text or as an error of its own class, which it does not export.
      if (error !== undefined && (error instanceof HarvestError || error.name !== 'YError')) throw error;
      const text = message ?? error?.message ?? 'wrong usage';
      throw new UsageError('USAGE', text.replace(/\s*\n\s*/g, ' '), { hint: "See 'harvest --help'." });
    });
  await parser.parseAsync();
  return exitCode;
}

/** Options of which the value `-` is standard input or output. */
const STANDARD: ReadonlySet<string> = new Set(['--input', '--html']);

/** yargs takes a `-` for an option without a name: as a value of these options it is written so that it stays one. */
function withStandardStreams(words: readonly string[]): string[] {
  const isStream = (name: string): boolean =>
    STANDARD.has(name) || (name === '--output' && words.includes('export'));
  const result: string[] = [];
  let option = '';
  for (const word of words) {
    if (word.startsWith('--')) option = word;
    if (word === '-' && isStream(option)) {
      if (result[result.length - 1] === option) result.pop();
      result.push(`${option}=-`);
    } else result.push(word);
  }
  return result;
}

/** Words and options that take several values. */
const LISTS: ReadonlySet<string> = new Set(['_', 'input', 'station', 'mirror', 'paths', 'files', 'against']);

/** Options that take one value, given twice: yargs would make a list of them. */
function assertGivenOnce(argv: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(argv)) {
    if (Array.isArray(value) && !LISTS.has(name))
      throw new UsageError('USAGE', `--${name} is given more than once`, { hint: "See 'harvest --help'." });
  }
  return true;
}

function tablesOptions(y: ReturnType<typeof yargs>) {
  return y
    .positional('action', { choices: ['list', 'update', 'diff'] as const, demandOption: true })
    .positional('a', { type: 'string', describe: 'diff: the edition before' })
    .positional('b', { type: 'string', describe: 'diff: the edition after' })
    .option('tables', { type: 'string', default: 'glamod', describe: 'the edition to list or update' })
    .option('workdir', { type: 'string', default: '.', describe: 'folder that holds the cache of editions' })
    .option('offline', { type: 'boolean', default: false, describe: 'do not use the network' })
    .option('json', { type: 'boolean', default: false });
}

function folderOptions(y: ReturnType<typeof yargs>) {
  return y
    .option('workdir', { type: 'string', default: '.', describe: 'folder of the ledger and the outputs' })
    .option('output', {
      type: 'string',
      requiresArg: true,
      describe: 'folder of the station files [default: <workdir>/output]',
    });
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

// A reader that closes the pipe early (`harvest ... | head`) is no error: the harvest and its exit code are what they are.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  const failure = asStorageError(error, 'cannot write', 'standard output');
  writeMessages(describeError(failure));
  process.exit(exitCodeOf(failure));
});
// Where messages cannot be written either, nobody can be told, and the work goes on.
process.stderr.on('error', () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  writeMessages(describeError(error));
  process.exitCode = exitCodeOf(error);
}
