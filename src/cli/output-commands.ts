/** The commands that look at outputs. Each is one file of this folder, loaded when it is called. */
import type { Argv } from 'yargs';

/** Adds the commands to the parser; `ended` takes the exit code of the one that was called. */
export function outputCommands<T>(parser: Argv<T>, ended: (exitCode: number) => void): Argv<T> {
  void ended;
  return parser.command(
    'show <file>',
    'the launches of a station file, or with --time one of them as a table',
    (y) =>
      stationFile(y)
        .option('time', {
          type: 'string',
          requiresArg: true,
          describe:
            'YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss], first or last: the launches then, by their own or their nominal time',
        })
        .option('from', { type: 'string', requiresArg: true, describe: 'list launches from here' })
        .option('to', { type: 'string', requiresArg: true, describe: 'to here, included' })
        .option('csv', {
          type: 'boolean',
          default: false,
          describe: 'one line per level, all variables, CDM units',
        })
        .option('json', { type: 'boolean', default: false }),
    async (argv) => {
      print(await (await import('./show.js')).show(argv));
    },
  );
}

function stationFile<T>(y: Argv<T>) {
  return y.positional('file', { type: 'string', demandOption: true, describe: 'a station file' });
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
