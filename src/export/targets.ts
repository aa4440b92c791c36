/** Which files an export reads and which it writes. */
import { realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { UsageError } from '../errors.js';

export type Format = 'parquet' | 'arrow' | 'csv';

/** Standard output, as it is given on the command line. */
export const STDOUT = '-';

const EXTENSIONS = new Map<string, Format>([
  ['.parquet', 'parquet'],
  ['.pq', 'parquet'],
  ['.arrow', 'arrow'],
  ['.feather', 'arrow'],
  ['.ipc', 'arrow'],
  ['.arrows', 'arrow'],
  ['.csv', 'csv'],
]);

/** One file to write: of which table, from which files. */
export interface Target {
  readonly path: string;
  readonly table: string;
  readonly inputs: readonly string[];
}

export interface Plan {
  readonly format: Format;
  readonly gzip: boolean;
  /** Arrow as a stream of messages, for `-` and `.arrows`. */
  readonly stream: boolean;
  /** Folder that is to hold the targets; null where the output is a file. */
  readonly folder: string | null;
  readonly targets: readonly Target[];
}

/** What is asked for, as far as it says where things go. */
export interface Placement {
  readonly output: string;
  readonly format: Format | undefined;
  readonly gzip: boolean;
  /** In a folder: one file per table, with all stations, instead of one per station and table. */
  readonly merge: boolean;
}

/**
 * A file takes one table of all stations. A folder takes a file `<station>_<dataset>_<table>` for each station and table. An output
 * is a folder where one is there or its name ends in `/`; else it is a file, and its name or `format` says of which format. Throws
 * `UsageError`.
 */
export async function planTargets(
  { output, format, gzip, merge }: Placement,
  inputs: readonly string[],
  tables: readonly string[],
): Promise<Plan> {
  if (output === '')
    throw new UsageError('USAGE', '--output has no name', {
      hint: 'Give a file, a folder, or - for standard output.',
    });
  const isFolder = output !== STDOUT && (await isFolderOutput(output));
  const chosen = format ?? (isFolder ? 'parquet' : formatOf(output));
  const compress = gzip || (!isFolder && output.endsWith('.gz'));
  if (compress && chosen !== 'csv')
    throw new UsageError('NO_GZIP', `${chosen} is not compressed as a whole`, {
      hint: 'Choose the compression of its pages with --compression.',
    });
  const plan = { format: chosen, gzip: compress, stream: output === STDOUT || output.endsWith('.arrows') };
  if (!isFolder) {
    if (tables.length > 1)
      throw new UsageError('SEVERAL_TABLES', `${output} takes one table, not ${tables.length}`, {
        hint: 'Give a folder, such as --output tables/.',
      });
    const targets = tables.map((table) => ({ path: output, table, inputs }));
    await assertNoInput(targets, inputs);
    return { ...plan, folder: null, targets };
  }
  const extension = `.${chosen}${compress ? '.gz' : ''}`;
  const targets = tables.flatMap((table): Target[] =>
    merge
      ? [{ path: join(output, `${table}${extension}`), table, inputs }]
      : inputs.map((input) => ({
          path: join(output, `${stemOf(input)}_${table}${extension}`),
          table,
          inputs: [input],
        })),
  );
  assertDistinct(targets);
  await assertNoInput(targets, inputs);
  return { ...plan, folder: output, targets };
}

function formatOf(output: string): Format {
  if (output === STDOUT) return 'csv';
  const format = EXTENSIONS.get(extname(output.replace(/\.gz$/, '')).toLowerCase());
  if (format !== undefined) return format;
  throw new UsageError('UNKNOWN_FORMAT', `the name ${output} does not say a format`, {
    hint: `Give --format, a name that ends in ${[...EXTENSIONS.keys()].join(', ')} or .csv.gz, or for a folder a / at the end.`,
  });
}

async function isFolderOutput(output: string): Promise<boolean> {
  if (output.endsWith('/')) return true;
  return (await stat(output).catch(() => undefined))?.isDirectory() ?? false;
}

/** `0-20000-0-11035_igra2` of `0-20000-0-11035_igra2_harvested.nc`. */
function stemOf(input: string): string {
  return basename(input).replace(/\.nc$/, '').replace('_harvested', '');
}

/** Also by a symbolic link. */
async function assertNoInput(targets: readonly Target[], inputs: readonly string[]): Promise<void> {
  const read = new Set<string>();
  for (const input of inputs) read.add(await realpath(input).catch(() => input));
  for (const { path } of targets) {
    const place = await realpath(path).catch(() => null);
    if (place !== null && read.has(place))
      throw new UsageError('OUTPUT_IS_INPUT', `${path} is the file that is exported`, {
        hint: 'Give another --output.',
      });
  }
}

function assertDistinct(targets: readonly Target[]): void {
  const seen = new Map<string, string>();
  for (const { path, inputs } of targets) {
    const [input = ''] = inputs;
    const other = seen.get(path);
    if (other !== undefined)
      throw new UsageError('SAME_NAME', `${other} and ${input} would both become ${path}`, {
        hint: 'Export them to different folders, or into one file with --merge.',
      });
    seen.set(path, input);
  }
}
