/** The commands that look at outputs. Each is one file of this folder, loaded when it is called. */
import type { Argv } from 'yargs';
import { addExport } from './export-options.js';
import { joined } from './word-list.js';

/** Takes the exit code of the command that was called. */
type Ended = (exitCode: number) => void;

/** Adds the commands to the parser. */
export function outputCommands<T>(parser: Argv<T>, ended: Ended): Argv<T> {
  return [addShow, addPlot, addVerify, addExplain, addExport].reduce(
    (commands, add) => add(commands, ended),
    parser,
  );
}

function addShow<T>(parser: Argv<T>): Argv<T> {
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
        .option('levels', {
          type: 'string',
          requiresArg: true,
          coerce: joined,
          describe:
            'with --time: only levels that are any of these: standard (or mandatory), surface, tropopause, max-wind, significant-temperature, significant-humidity, significant-wind, significant, regional, ...',
        })
        .option('heights', {
          choices: ['reported', 'geopotential'] as const,
          describe:
            'with --time: geometric heights as they are, or computed as geopotential heights, too [default: reported]',
        })
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

function addPlot<T>(parser: Argv<T>, ended: Ended): Argv<T> {
  return parser.command(
    'plot <path>',
    'a launch, a station or the stations of a folder as a chart: SVG or PNG',
    (y) =>
      y
        .positional('path', {
          type: 'string',
          demandOption: true,
          describe: 'a station file, or a folder of them',
        })
        .option('kind', {
          choices: ['skewt', 'availability', 'departures', 'map', 'timeline'] as const,
          describe:
            'what to draw: the first three of a file [default: skewt], the others of a folder [default: map]',
        })
        .option('time', {
          type: 'string',
          requiresArg: true,
          describe:
            'skewt, departures: the launch, as for show [default: skewt: the last with temperature; departures: all]',
        })
        .option('output', {
          type: 'string',
          requiresArg: true,
          describe: '.svg or .png file [default: SVG on standard output]',
        })
        .option('width', {
          type: 'number',
          requiresArg: true,
          default: 1000,
          describe: 'pixels, 600 to 6000',
        })
        .option('height', {
          type: 'number',
          requiresArg: true,
          describe: 'pixels, 400 to 6000 [default: what fits]',
        })
        .option('top', {
          type: 'number',
          requiresArg: true,
          describe: 'skewt: pressure at the top, hPa [default: as high as the launch went, at least 100]',
        })
        .option('background', {
          choices: ['first-guess', 'analysis'] as const,
          default: 'first-guess' as const,
          describe: 'departures: from what',
        })
        .option('with-failed', {
          type: 'boolean',
          default: false,
          describe: 'skewt, departures: also values that failed quality control',
        })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'what was drawn, and its numbers (LCL, CAPE, statistics)',
        }),
    async (argv) => {
      ended(await (await import('./plot.js')).plotCommand(argv));
    },
  );
}

function addVerify<T>(parser: Argv<T>, ended: Ended): Argv<T> {
  return parser.command(
    'verify <paths..>',
    'whether station files are whole and say the truth; exit code 8 where they do not',
    (y) => verifyOptions(y),
    async (argv) => {
      ended(await (await import('./verify.js')).verifyCommand(argv));
    },
  );
}

function verifyOptions<T>(y: Argv<T>) {
  return y
    .positional('paths', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'station files, or folders of them',
    })
    .option('workdir', {
      type: 'string',
      requiresArg: true,
      describe: 'folder of the ledger, the tables and the sources [default: the one that a file lies in]',
    })
    .option('sources', {
      type: 'string',
      requiresArg: true,
      describe: 'folder of the source files [default: <workdir>/sources/<dataset>]',
    })
    .option('against', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: 'source files or folders: reads them again and compares every value',
    })
    .option('limit', {
      type: 'number',
      default: 20,
      describe: 'findings of a kind that are listed for each file',
    })
    .option('json', { type: 'boolean', default: false, describe: 'the findings as JSON' })
    .option('quiet', { type: 'boolean', default: false, describe: 'no notes and no progress' });
}

function addExplain<T>(parser: Argv<T>, ended: Ended): Argv<T> {
  return parser.command(
    'explain <file> [observation]',
    'where a value came from: source file, bytes, raw text or bits, conversions, quality marks, feedback',
    (y) =>
      explainOptions(
        stationFile(y).positional('observation', {
          type: 'string',
          describe: 'an observation_id, such as 20150601113000-00-000017',
        }),
      ),
    async (argv) => {
      ended(await (await import('./explain.js')).explainCommand(argv));
    },
  );
}

function explainOptions<T>(y: Argv<T>) {
  return y
    .option('time', {
      type: 'string',
      requiresArg: true,
      describe:
        'in place of an id, as for show; with --pressure, --height or --variable: all observations that fit',
    })
    .option('pressure', { type: 'string', requiresArg: true, describe: 'of the level: 85000 (Pa) or 850hPa' })
    .option('height', {
      type: 'string',
      requiresArg: true,
      describe: 'of the level: metres above sea level, of levels that have no pressure',
    })
    .option('variable', {
      type: 'string',
      requiresArg: true,
      describe: 'a code of observed_variable, or a name such as temperature',
    })
    .option('sources', {
      type: 'string',
      requiresArg: true,
      describe:
        'folder with the source files [default: <workdir>/sources/<dataset>, beside <workdir>/output]',
    })
    .option('workdir', {
      type: 'string',
      requiresArg: true,
      describe: 'work folder whose sources/ has the source files',
    })
    .option('json', { type: 'boolean', default: false });
}

function stationFile<T>(y: Argv<T>) {
  return y.positional('file', { type: 'string', demandOption: true, describe: 'a station file' });
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
