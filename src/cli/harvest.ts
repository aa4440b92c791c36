/** `harvest --source ...`: runs a harvest and prints what it did. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { asStorageError, EXIT, UsageError } from '../errors.js';
import { type DatasetOutcome, exitCodeOfAll, harvestAll } from '../run/all.js';
import { harvest } from '../run/harvest.js';
import type { HarvestOptions } from '../run/options.js';
import { exitCodeOfRun, type RunReport, reportAsJson } from '../run/report.js';
import { parseShard } from '../run/shard.js';
import { sources } from '../sources/registry.js';
import type { HarvestWords } from './harvest-options.js';
import { interruptible } from './interrupt.js';
import { describeError, printable, writeMessages } from './messages.js';
import { parsePeriod } from './period.js';
import { createProgress, type Progress } from './progress.js';
import { reportTable, reportTroubles } from './report-text.js';

const ALL = 'all';

/** @returns the exit code */
export async function harvestCommand(words: HarvestWords): Promise<number> {
  return await interruptible((signal) => harvestOnce(words, signal));
}

/** One harvest, of one dataset or of all, with what it prints. */
export async function harvestOnce(words: HarvestWords, signal: AbortSignal): Promise<number> {
  const { source } = words;
  if (source === undefined) {
    throw new UsageError('NO_SOURCE', 'which dataset? --source is missing', {
      hint: "'harvest sources' lists the datasets, 'harvest --help' the options.",
    });
  }
  const mirrors = parseMirrors(words.mirror);
  const progress = createProgress(words.quiet);
  const options = await optionsOf(words, progress, signal);
  try {
    if (source !== ALL) {
      const report = await harvest({ ...options, source, mirrors: mirrors.get(source) ?? [] });
      progress.end();
      print(report, words);
      return exitCodeOfRun(report);
    }
    if (words.input.length > 0) {
      throw new UsageError(
        'INPUT_OF_ALL',
        '--input belongs to one dataset, and --source all is all of them',
        {
          hint: 'Put the files of each dataset under <workdir>/sources/<dataset>/.',
        },
      );
    }
    const outcomes = await harvestAll(
      options,
      (dataset) => mirrors.get(dataset) ?? [],
      (outcome) => {
        progress.end();
        if (!words.json) printOutcome(outcome, words);
      },
    );
    if (words.json)
      writeJson(outcomes.flatMap((outcome) => ('report' in outcome ? [reportAsJson(outcome.report)] : [])));
    return exitCodeOfAll(outcomes);
  } catch (error) {
    progress.end();
    if (!signal.aborted) throw error;
    writeMessages(
      'interrupted before the first station: what was fetched is kept; run the same command again to go on\n',
    );
    return EXIT.interrupted;
  }
}

async function optionsOf(
  words: HarvestWords,
  progress: Progress,
  signal: AbortSignal,
): Promise<Omit<HarvestOptions, 'source' | 'mirrors'>> {
  return {
    input: words.input,
    workdir: words.workdir,
    output: resolve(words.output ?? join(words.workdir, 'output')),
    station:
      words.stations === undefined
        ? words.station
        : [...words.station, ...(await readStations(words.stations))],
    ...parsePeriod(words.from, words.to),
    tables: words.tables,
    offline: words.offline,
    profile: words.profile,
    recordTime: words.recordTime,
    splitByYear: words.split === 'year',
    dryRun: words.dryRun,
    workers: words.workers === undefined ? null : positive('--workers', words.workers),
    shard: words.shard === undefined ? null : parseShard(words.shard),
    force: words.force,
    keepReports: positive('--keep-reports', words.keepReports),
    onEvent: (event) => {
      progress.event(event);
      if (event.type === 'warning' && !words.quiet) progress.message(printable(`warning: ${event.message}`));
    },
    signal,
  };
}

function positive(option: string, value: number): number {
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new UsageError('NOT_A_NUMBER', `${option} is not a number from 1 to 10000`, {
    hint: `For example ${option} 4`,
  });
}

/** `igra2=https://...`, several times, by dataset. */
function parseMirrors(texts: readonly string[]): Map<string, string[]> {
  const mirrors = new Map<string, string[]>();
  for (const text of texts) {
    const [, dataset = '', url = ''] = /^([a-z0-9_]+)=(.+)$/.exec(text) ?? [];
    if (!sources.has(dataset)) {
      // The address may hold a password: it is not repeated.
      throw new UsageError('BAD_MIRROR', '--mirror: it does not begin with a dataset and =', {
        hint: `Write --mirror igra2=https://mirror.example.org/igra2/; datasets: ${[...sources.keys()].sort().join(', ')}.`,
      });
    }
    mirrors.set(dataset, [...(mirrors.get(dataset) ?? []), url]);
  }
  return mirrors;
}

/** The first word of each line; lines that begin with # are comments. */
async function readStations(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw asStorageError(error, 'cannot read', path);
  });
  const ids = text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((id) => id !== '' && !id.startsWith('#'));
  if (ids.length > 0) return ids;
  throw new UsageError('NO_STATIONS', `${path} names no station`, {
    file: path,
    hint: 'Write one id per line.',
  });
}

function printOutcome(outcome: DatasetOutcome, words: HarvestWords): void {
  if ('report' in outcome) {
    if (!words.quiet) process.stdout.write(`\n${outcome.dataset}\n`);
    print(outcome.report, words);
  } else if ('error' in outcome) writeMessages(describeError(outcome.error, outcome.dataset));
  else if (!words.quiet)
    process.stdout.write(`\n${printable(`${outcome.dataset}: ${outcome.nothing.message}`)}\n`);
}

function print(report: RunReport, words: HarvestWords): void {
  const stored = reportAsJson(report);
  if (words.json) writeJson(stored);
  else if (!words.quiet && !report.interrupted && (report.stations.length > 0 || report.downloads !== null))
    process.stdout.write(reportTable(stored, report.path));
  writeMessages(reportTroubles(stored));
  if (!report.interrupted) return;
  const done = report.stations.filter(({ state }) => state !== 'failed').length;
  writeMessages(
    `interrupted: finished stations are complete (${done}), those in work left no file; run the same command again to go on\n`,
  );
}

function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
