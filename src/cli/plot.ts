/** `harvest plot PATH`: charts of a station file, or of the stations of a folder, as SVG or PNG. */
import { stat } from 'node:fs/promises';
import { asStorageError, EXIT, UsageError } from '../errors.js';
import { writeChart } from '../plot/write-chart.js';
import { describeError, writeMessages } from './messages.js';
import { type Chart, chartOfFile, chartOfFolder, type PlotOptions } from './plot-charts.js';

/** What there is to plot: of one file, and of a folder. */
export const FILE_KINDS = ['skewt', 'availability', 'departures'] as const;
export const FOLDER_KINDS = ['map', 'timeline'] as const;
export type PlotKind = (typeof FILE_KINDS)[number] | (typeof FOLDER_KINDS)[number];

export interface PlotWords {
  path: string;
  kind?: PlotKind | undefined;
  time?: string | undefined;
  /** `-` or nothing for standard output. */
  output?: string | undefined;
  width: number;
  height?: number | undefined;
  /** hPa */
  top?: number | undefined;
  background: 'first-guess' | 'analysis';
  /** Group of feedback. */
  feedback?: string | undefined;
  withFailed: boolean;
  json: boolean;
}

/** Pixels: a chart has room for its text from the least on, and an image of the most takes 150 MB. */
const WIDTHS = { least: 600, most: 6000 };
const HEIGHTS = { least: 400, most: 6000 };

/**
 * Draws and writes; what was drawn goes to standard error, or as JSON to standard output. The exit code is 3 where files of a folder
 * could not be read.
 *
 * @throws UsageError, InputError, StorageError
 */
export async function plotCommand(words: PlotWords): Promise<number> {
  const options = assertOptions(words);
  const isFolder = await stat(words.path).then(
    (stats) => stats.isDirectory(),
    (error: unknown) => {
      throw asStorageError(error, 'cannot read', words.path);
    },
  );
  const kind = words.kind ?? (isFolder ? 'map' : 'skewt');
  assertKind(kind, isFolder, words);
  const chart = isFolderKind(kind)
    ? await chartOfFolder(words.path, kind, options)
    : await chartOfFile(words.path, kind, options);
  const { output = '-' } = words;
  if (output === '-') process.stdout.write(`${chart.svg}\n`);
  else await writeChart(output, chart.svg);
  for (const failure of chart.failures) writeMessages(describeError(failure));
  if (words.json) process.stdout.write(`${JSON.stringify({ output, kind, ...chart.facts }, null, 2)}\n`);
  else if (output !== '-') writeMessages(`${summary(output, chart)}\n`);
  return chart.failures.length > 0 ? EXIT.skippedInput : EXIT.ok;
}

function isFolderKind(kind: PlotKind): kind is (typeof FOLDER_KINDS)[number] {
  return (FOLDER_KINDS as readonly string[]).includes(kind);
}

function summary(output: string, { remarks }: Chart): string {
  return [`wrote ${output}`, ...remarks].join('; ');
}

function assertKind(kind: PlotKind, isFolder: boolean, words: PlotWords): void {
  if (isFolder && !isFolderKind(kind))
    throw new UsageError('USAGE', `--kind ${kind} is of one station, and ${words.path} is a folder`, {
      hint: `Name a station file, or choose --kind ${FOLDER_KINDS.join(' or ')}.`,
    });
  const given = (name: string, value: unknown, kinds: readonly PlotKind[]): void => {
    if (value !== undefined && value !== false && !kinds.includes(kind))
      throw new UsageError('USAGE', `--${name} goes with --kind ${kinds.join(' or ')}, not ${kind}`);
  };
  given('time', words.time, ['skewt', 'departures']);
  given('top', words.top, ['skewt']);
  given('with-failed', words.withFailed, ['skewt', 'departures']);
  given('feedback', words.feedback, ['departures']);
  given('background', words.background === 'first-guess' ? undefined : words.background, ['departures']);
}

function assertOptions({
  width,
  height,
  top,
  output,
  json,
  time,
  background,
  feedback,
  withFailed,
}: PlotWords): PlotOptions {
  assertPixels('width', width, WIDTHS);
  if (height !== undefined) assertPixels('height', height, HEIGHTS);
  if (top !== undefined && !(top >= 1 && top <= 700))
    throw new UsageError('USAGE', `--top ${top} is not from 1 to 700`, { hint: 'It is a pressure in hPa.' });
  if (output !== undefined && output !== '-' && !/\.(?:svg|png)$/i.test(output))
    throw new UsageError('USAGE', `--output ${output} ends neither in .svg nor in .png`, {
      hint: 'The ending says what to write.',
    });
  const toTerminal = output === undefined && process.stdout.isTTY;
  if (toTerminal || (json && (output ?? '-') === '-'))
    throw new UsageError('USAGE', 'the chart needs a file to go to', {
      hint: 'Add --output chart.svg or chart.png; --output - prints SVG.',
    });
  return {
    width,
    height,
    top: top === undefined ? undefined : top * 100,
    time,
    background,
    feedback,
    withFailed,
  };
}

function assertPixels(name: string, value: number, { least, most }: { least: number; most: number }): void {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    throw new UsageError('USAGE', `--${name} ${value} is not a whole number from ${least} to ${most}`, {
      hint: 'It is in pixels.',
    });
}
