/** The export command and its options. */
import type { Argv } from 'yargs';
import { joined } from './word-list.js';

/** Adds the command to the parser; `ended` takes its exit code. */
export function addExport<T>(parser: Argv<T>, ended: (exitCode: number) => void): Argv<T> {
  return parser.command(
    'export <files..>',
    'tables of station files as Parquet, Arrow or CSV, in long, wide or flat form',
    exportOptions,
    async (argv) => {
      ended(await (await import('./export.js')).exportCommand(argv));
    },
  );
}

function exportOptions<T>(y: Argv<T>) {
  return y
    .positional('files', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'station files, or folders of them',
    })
    .option('output', {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe:
        'a file (.parquet, .pq, .arrow, .feather, .ipc, .arrows, .csv, .csv.gz) for one table of all stations; a folder (there already, or ending in /) for a file per station and table; - is standard output',
    })
    .option('format', {
      choices: ['parquet', 'arrow', 'csv'] as const,
      describe: 'if the name of the output does not say it [default: parquet in a folder, csv for -]',
    })
    .option('form', {
      choices: ['long', 'wide', 'core'] as const,
      default: 'long' as const,
      describe:
        'long: the rows of the table; wide: a row per level, a column per variable; core: the flat CDM-OBS-Core view',
    })
    .option('table', {
      type: 'string',
      requiresArg: true,
      describe: 'tables of the long form, with commas between them [default: observations_table]',
    })
    .option('variables', {
      type: 'string',
      requiresArg: true,
      describe: 'only these: codes or names, such as temperature,wind_speed,138',
    })
    .option('columns', { type: 'string', requiresArg: true, describe: 'only these, in this order' })
    .option('from', {
      type: 'string',
      requiresArg: true,
      describe: 'only records from here on: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm (UTC)',
    })
    .option('to', { type: 'string', requiresArg: true, describe: 'to here, included' })
    .option('levels', {
      type: 'string',
      requiresArg: true,
      coerce: joined,
      describe:
        'only levels that are any of these: standard (or mandatory), surface, tropopause, max-wind, significant-temperature, significant-humidity, significant-wind, significant, regional, ...',
    })
    .option('heights', {
      choices: ['reported', 'geopotential'] as const,
      describe:
        'wide: geometric heights as they are, or computed as geopotential heights, too [default: reported]',
    })
    .option('feedback', {
      type: 'boolean',
      default: false,
      describe: 'with what the reanalysis says: all columns in long form, else the departures',
    })
    .option('quality', { type: 'boolean', default: false, describe: 'wide: with a quality flag per value' })
    .option('merge', {
      type: 'boolean',
      default: false,
      describe: 'in a folder: one file per table, with all stations',
    })
    .option('compression', {
      choices: ['snappy', 'gzip', 'zstd', 'none'] as const,
      describe: 'of Parquet pages [default: snappy]',
    })
    .option('gzip', { type: 'boolean', default: false, describe: 'CSV compressed' })
    .option('units', {
      choices: ['sidecar', 'header', 'none'] as const,
      describe: 'of CSV: in <output>-metadata.json, in the titles, or nowhere [default: sidecar]',
    })
    .option('json', { type: 'boolean', default: false, describe: 'say what was written as JSON' });
}
