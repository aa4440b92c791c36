/** `harvest export FILE|DIR... --output OUT`: tables of station files as Parquet, Arrow or CSV. */
import { EXIT, UsageError } from '../errors.js';
import { type Exported, type ExportRequest, exportStations, type Form, STDOUT } from '../export/index.js';
import type { Heights } from '../reading/heights.js';
import { ReaderGone } from '../tabular/sink.js';
import { interruptible } from './interrupt.js';
import { printable, writeMessages } from './messages.js';
import { parsePeriod } from './period.js';
import { wordsOf } from './word-list.js';

/** The options as they are parsed. */
export interface ExportWords {
  files: string[];
  output: string;
  format?: ExportRequest['format'];
  form: Form;
  table?: string | undefined;
  variables?: string | undefined;
  columns?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  levels?: string | undefined;
  heights?: Heights | undefined;
  /** A group, '' for the first one with departures. */
  feedback?: string | undefined;
  quality: boolean;
  merge: boolean;
  compression?: ExportRequest['compression'] | undefined;
  units?: ExportRequest['units'] | undefined;
  gzip: boolean;
  json: boolean;
}

/** Resolves to the exit code: 3 where station files could not give what is asked for. */
export async function exportCommand(words: ExportWords): Promise<number> {
  if (words.json && isStdout(words.output))
    throw new UsageError('USAGE', `--json and --output ${words.output} both write to standard output`);
  if (words.output === STDOUT) {
    // What goes wrong with standard output is the error of the export that writes to it.
    process.stdout.removeAllListeners('error').on('error', () => {});
  }
  let leftOut = 0;
  const request: ExportRequest = {
    inputs: words.files,
    output: words.output,
    format: words.format,
    gzip: words.gzip,
    merge: words.merge,
    form: words.form,
    tables: wordsOf(words.table ?? 'observations_table'),
    variables: wordsOf(words.variables),
    columns: wordsOf(words.columns),
    levels: wordsOf(words.levels),
    heights: words.heights ?? 'reported',
    period: parsePeriod(words.from, words.to),
    feedback: words.feedback === '' || (words.feedback ?? false),
    quality: words.quality,
    compression: words.compression,
    units: words.units,
    onNote: ({ text, isLeftOut }) => {
      if (isLeftOut) leftOut++;
      writeMessages(`${isLeftOut ? 'skipped' : 'warning'}: ${printable(text)}\n`);
    },
  };
  return await interruptible(async (signal) => {
    try {
      report(await exportStations(request, signal), words);
      return leftOut > 0 ? EXIT.skippedInput : EXIT.ok;
    } catch (error) {
      if (error instanceof ReaderGone) return EXIT.ok;
      if (!signal.aborted) throw error;
      writeMessages('interrupted: files that were not complete are removed\n');
      return EXIT.interrupted;
    }
  });
}

/** By any of its names. */
function isStdout(output: string): boolean {
  return [STDOUT, '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'].includes(output);
}

function report(files: readonly Exported[], { json, output }: ExportWords): void {
  if (json) process.stdout.write(`${JSON.stringify({ files }, null, 2)}\n`);
  else if (!isStdout(output)) process.stdout.write(files.map((file) => `${describe(file)}\n`).join(''));
}

function describe({ path, table, stations, rows, columns, bytes }: Exported): string {
  const of = stations === 1 ? '' : ` of ${stations} station files`;
  return printable(`${path}  ${table}${of}: ${rows} rows, ${columns} columns, ${inBytes(bytes)}`);
}

function inBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
