/** The options of the harvest command. */
import type yargs from 'yargs';

/** The options as they are parsed. */
export interface HarvestWords {
  source?: string | undefined;
  input: string[];
  output?: string | undefined;
  workdir: string;
  station: string[];
  from?: string | undefined;
  to?: string | undefined;
  tables: string;
  offline: boolean;
  profile: 'cdm' | 'cuon';
  recordTime: 'launch' | 'nominal';
  split?: 'year' | undefined;
  stations?: string | undefined;
  workers?: number | undefined;
  shard?: string | undefined;
  force: boolean;
  mirror: string[];
  keepReports: number;
  dryRun: boolean;
  json: boolean;
  quiet: boolean;
  noColor: boolean;
}

export function harvestOptions(y: ReturnType<typeof yargs>) {
  const strings = { type: 'string', array: true, requiresArg: true, default: [] as string[] } as const;
  return y
    .option('source', {
      type: 'string',
      requiresArg: true,
      describe: "the dataset ('harvest sources' lists them), or all",
    })
    .option('input', {
      ...strings,
      describe:
        'files, folders or quoted patterns; - is standard input [default: what is fetched to <workdir>/sources/<dataset>]',
    })
    .option('output', {
      type: 'string',
      requiresArg: true,
      describe: 'folder of the station files [default: <workdir>/output]',
    })
    .option('workdir', {
      type: 'string',
      requiresArg: true,
      default: '.',
      describe: 'folder of downloads, table cache, ledger and outputs',
    })
    .option('station', {
      ...strings,
      describe: "only these stations: the source's id, the WIGOS id or the WMO number",
    })
    .option('stations', {
      type: 'string',
      requiresArg: true,
      describe: 'a file with such ids, the first word of each line',
    })
    .option('from', {
      type: 'string',
      requiresArg: true,
      describe: 'first day or time: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm (UTC)',
    })
    .option('to', { type: 'string', requiresArg: true, describe: 'last day or time, itself included' })
    .option('tables', {
      type: 'string',
      requiresArg: true,
      default: 'glamod',
      describe: 'CDM tables: glamod, cdm-obs, either with @<commit>, bundled, a folder, or a https URL',
    })
    .option('offline', { type: 'boolean', default: false, describe: 'do not use the network' })
    .option('profile', {
      choices: ['cdm', 'cuon'] as const,
      default: 'cdm' as const,
      describe: "conventions: the tables' own, or those of the reference harvester",
    })
    .option('record-time', {
      choices: ['launch', 'nominal'] as const,
      default: 'launch' as const,
      describe: 'the time that keys the records',
    })
    .option('split', { choices: ['year'] as const, describe: 'one file per year' })
    .option('workers', {
      type: 'number',
      requiresArg: true,
      describe: 'stations harvested side by side [default: one per core]',
    })
    .option('shard', {
      type: 'string',
      requiresArg: true,
      describe: 'the I-th of N parts of the stations, for runs on several machines: I/N',
    })
    .option('force', { type: 'boolean', default: false, describe: 'harvest also what has not changed' })
    .option('mirror', {
      ...strings,
      describe: 'fetch from here: <dataset>=<base URL>, in order of preference',
    })
    .option('keep-reports', {
      type: 'number',
      requiresArg: true,
      default: 100,
      describe: 'reports of a dataset that are kept in <output>/reports',
    })
    .option('dry-run', { type: 'boolean', default: false, describe: 'read and count, write no outputs' })
    .option('json', { type: 'boolean', default: false, describe: 'print the report as JSON' })
    .option('quiet', {
      type: 'boolean',
      default: false,
      describe: 'no progress, no table, no warnings: errors only',
    })
    .option('no-color', { type: 'boolean', default: false, describe: 'no colours (NO_COLOR does the same)' })
    .example('$0 --source igra2', 'the whole archive: fetched, harvested, kept up to date by the next run')
    .example('$0 --source igra2 --input AUM00011035-data.txt.zip', 'one station')
    .example(
      "$0 --source igra2 --input 'archive/*.zip' --station 11035 --from 2015",
      'a station of an archive, from 2015 on',
    );
}
