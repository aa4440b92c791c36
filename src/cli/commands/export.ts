/** `harvest export FILE|DIR... --output OUT`. */
import { FEEDBACK_NAME } from '../../records/feedback-attributes.js';
import { defineCommand } from '../command.js';
import { joined } from '../word-list.js';

export const exportTables = defineCommand({
  positionals: {
    files: {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'station files, or folders of them',
    },
  },
  options: {
    output: {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe:
        'a file (.parquet, .pq, .arrow, .feather, .ipc, .arrows, .csv, .csv.gz) for one table of all stations; a folder (there already, or ending in /) for a file per station and table; - is standard output',
      takesStream: true,
    },
    format: {
      choices: ['parquet', 'arrow', 'csv'],
      describe: 'if the name of the output does not say it [default: parquet in a folder, csv for -]',
    },
    form: {
      choices: ['long', 'wide', 'core'],
      default: 'long',
      describe:
        'long: the rows of the table; wide: a row per level, a column per variable; core: the flat CDM-OBS-Core view',
    },
    table: {
      type: 'string',
      requiresArg: true,
      describe: 'tables of the long form, with commas between them [default: observations_table]',
    },
    variables: {
      type: 'string',
      requiresArg: true,
      describe: 'only these: codes or names, such as temperature,wind_speed,138',
    },
    columns: { type: 'string', requiresArg: true, describe: 'only these, in this order' },
    from: {
      type: 'string',
      requiresArg: true,
      describe: 'only records from here on: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm (UTC)',
    },
    to: { type: 'string', requiresArg: true, describe: 'to here, included' },
    levels: {
      type: 'string',
      requiresArg: true,
      coerce: joined,
      describe:
        'only levels that are any of these: standard (or mandatory), surface, tropopause, max-wind, significant-temperature, significant-humidity, significant-wind, significant, regional, ...',
      offers: ['<levels>'],
    },
    heights: {
      choices: ['reported', 'geopotential'],
      describe:
        'wide: geometric heights as they are, or computed as geopotential heights, too [default: reported]',
    },
    feedback: {
      type: 'string',
      mayLack: FEEDBACK_NAME,
      describe:
        'with what a reanalysis or forecast says, a group such as era5fb: all columns in long form, else the departures [without a name: the first group with departures]',
    },
    quality: { type: 'boolean', default: false, describe: 'wide: with a quality flag per value' },
    merge: {
      type: 'boolean',
      default: false,
      describe: 'in a folder: one file per table, with all stations',
    },
    compression: {
      choices: ['snappy', 'gzip', 'zstd', 'none'],
      describe: 'of Parquet pages [default: snappy]',
    },
    gzip: { type: 'boolean', default: false, describe: 'CSV compressed' },
    units: {
      choices: ['sidecar', 'header', 'none'],
      describe: 'of CSV: in <output>-metadata.json, in the titles, or nowhere [default: sidecar]',
    },
    json: { type: 'boolean', default: false, describe: 'say what was written as JSON' },
  },
  handler: async (words) => await (await import('../export.js')).exportCommand(words),
});
