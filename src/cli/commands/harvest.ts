/** `harvest --source ...`: the harvest itself. */
import { defineCommand } from '../command.js';

const NONE: string[] = [];

/** The options of a harvest, now or at the times of a schedule. */
export const HARVEST_OPTIONS = {
  source: {
    type: 'string',
    requiresArg: true,
    describe: "the dataset ('harvest sources' lists them), or all",
    isSetting: true,
    offers: ['<datasets>', 'all'],
  },
  input: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: NONE,
    describe:
      'files, folders or quoted patterns; - is standard input [default: what is fetched to <workdir>/sources/<dataset>]',
    takesStream: true,
  },
  output: {
    type: 'string',
    requiresArg: true,
    describe: 'folder of the station files [default: <workdir>/output]',
    isSetting: true,
  },
  workdir: {
    type: 'string',
    requiresArg: true,
    default: '.',
    describe: 'folder of downloads, table cache, ledger and outputs',
    isSetting: true,
  },
  station: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: NONE,
    describe: "only these stations: the source's id, the WIGOS id or the WMO number",
  },
  stations: {
    type: 'string',
    requiresArg: true,
    describe: 'a file with such ids, the first word of each line',
  },
  from: {
    type: 'string',
    requiresArg: true,
    describe: 'first day or time: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm (UTC)',
  },
  to: { type: 'string', requiresArg: true, describe: 'last day or time, itself included' },
  tables: {
    type: 'string',
    requiresArg: true,
    default: 'glamod',
    describe: 'CDM tables: glamod, cdm-obs, either with @<commit>, bundled, a folder, or a https URL',
    isSetting: true,
    offers: ['<editions>'],
  },
  offline: { type: 'boolean', default: false, describe: 'do not use the network', isSetting: true },
  profile: {
    choices: ['cdm', 'cuon'],
    default: 'cdm',
    describe: "conventions: the tables' own, or those of the reference harvester",
    isSetting: true,
  },
  'record-time': {
    choices: ['launch', 'nominal'],
    default: 'launch',
    describe: 'the time that keys the records',
    isSetting: true,
  },
  split: { choices: ['year'], describe: 'one file per year', isSetting: true },
  workers: {
    type: 'number',
    requiresArg: true,
    describe: 'stations harvested side by side [default: one per core]',
    isSetting: true,
  },
  shard: {
    type: 'string',
    requiresArg: true,
    describe: 'the I-th of N parts of the stations, for runs on several machines: I/N',
    isSetting: true,
  },
  force: { type: 'boolean', default: false, describe: 'harvest also what has not changed' },
  mirror: {
    type: 'string',
    array: true,
    requiresArg: true,
    default: NONE,
    describe: 'fetch from here: <dataset>=<base URL>, in order of preference',
    isSetting: true,
  },
  'keep-reports': {
    type: 'number',
    requiresArg: true,
    default: 100,
    describe: 'reports of a dataset that are kept in <output>/reports',
    isSetting: true,
  },
  'dry-run': { type: 'boolean', default: false, describe: 'read and count, write no outputs' },
  json: { type: 'boolean', default: false, describe: 'print the report as JSON' },
  quiet: {
    type: 'boolean',
    default: false,
    describe: 'no progress, no table, no warnings: errors only',
    isSetting: true,
  },
  'no-color': {
    type: 'boolean',
    default: false,
    describe: 'no colours (NO_COLOR does the same)',
    isSetting: true,
  },
} as const;

export const HARVEST_EXAMPLES = [
  ['$0 --source igra2', 'the whole archive: fetched, harvested, kept up to date by the next run'],
  ['$0 --source igra2 --input AUM00011035-data.txt.zip', 'one station'],
  [
    "$0 --source igra2 --input 'archive/*.zip' --station 11035 --from 2015",
    'a station of an archive, from 2015 on',
  ],
] as const;

export const harvest = defineCommand({
  options: HARVEST_OPTIONS,
  examples: HARVEST_EXAMPLES,
  handler: async (words) => await (await import('../harvest.js')).harvestCommand(words),
});
