/**
 * The commands, in the order of the help. Adding one: a module in `commands/` and a line here. The list costs nothing: the module
 * of a command is loaded when the command is called, or asked for its help.
 */
import type { ListedCommand } from './command.js';

export const COMMANDS: readonly ListedCommand[] = [
  {
    usage: '$0',
    describe: 'harvest a dataset',
    load: async () => (await import('./commands/harvest.js')).harvest,
  },
  {
    usage: 'schedule <cron>',
    describe: 'harvest at the times of a cron expression, in one process that is left running',
    load: async () => (await import('./commands/schedule.js')).schedule,
  },
  {
    usage: 'status',
    describe: 'what a work folder holds, how the last runs ended, what is out of date',
    load: async () => (await import('./commands/status.js')).status,
  },
  {
    usage: 'report [file]',
    describe:
      'the report of the last run, of one file, or of the shards of a harvest together; --html: a page of all outputs',
    load: async () => (await import('./commands/report.js')).report,
  },
  {
    usage: 'sources [id]',
    describe: 'what can be harvested: size, licence, how to get it',
    load: async () => (await import('./commands/sources.js')).sources,
  },
  {
    usage: 'inspect <file>',
    describe: 'what a file holds: format, station, period, counts',
    load: async () => (await import('./commands/inspect.js')).inspect,
  },
  {
    usage: 'tables <action> [a] [b]',
    describe: 'the Common Data Model tables: list, update, diff A B',
    load: async () => (await import('./commands/tables.js')).tables,
  },
  {
    usage: 'show <file>',
    describe: 'the launches of a station file, or with --time one of them as a table',
    load: async () => (await import('./commands/show.js')).show,
  },
  {
    usage: 'plot <path>',
    describe: 'a launch, a station or the stations of a folder as a chart: SVG or PNG',
    load: async () => (await import('./commands/plot.js')).plot,
  },
  {
    usage: 'verify <paths..>',
    describe: 'whether station files are whole and say the truth; exit code 8 where they do not',
    load: async () => (await import('./commands/verify.js')).verify,
  },
  {
    usage: 'explain <file> [observation]',
    describe:
      'where a value came from: source file, bytes, raw text or bits, conversions, quality marks, feedback',
    load: async () => (await import('./commands/explain.js')).explain,
  },
  {
    usage: 'export <files..>',
    describe: 'tables of station files as Parquet, Arrow or CSV, in long, wide or flat form',
    load: async () => (await import('./commands/export.js')).exportTables,
  },
  {
    usage: 'completion [shell]',
    describe: 'a script that lets bash or zsh complete the words of this command line',
    load: async () => (await import('./commands/completion.js')).completion,
  },
];
