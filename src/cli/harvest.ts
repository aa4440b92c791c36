/** `harvest --source ...`: runs a harvest and prints what it did. */
import { EXIT, exitCodeOf } from '../errors.js';
import { type DatasetOutcome, exitCodeOfAll, harvestAll } from '../run/all.js';
import { errorAsJson } from '../run/error-transfer.js';
import { harvest } from '../run/harvest.js';
import type { RunEvent } from '../run/options.js';
import { exitCodeOfRun, type RunReport, reportAsJson } from '../run/reports/report.js';
import { requestOf } from './harvest-request.js';
import type { HarvestWords } from './harvest-words.js';
import { interruptible } from './interrupt.js';
import { describeError, printable, writeMessages } from './messages.js';
import { createProgress } from './progress.js';
import { reportTable, reportTroubles } from './report-text.js';

const INTERRUPTED =
  'interrupted before the first station: what was fetched is kept; run the same command again to go on\n';

/** @returns the exit code */
export async function harvestCommand(words: HarvestWords): Promise<number> {
  return await interruptible((signal) => harvestOnce(words, signal));
}

/** One harvest, of one dataset or of all, with what it prints. */
export async function harvestOnce(words: HarvestWords, signal: AbortSignal): Promise<number> {
  const progress = createProgress(words.quiet);
  const onEvent = (event: RunEvent): void => {
    progress.event(event);
    if (event.type === 'warning' && !words.quiet) progress.message(printable(`warning: ${event.message}`));
  };
  try {
    const { source, options, mirrors } = await requestOf(words);
    const listening = { ...options, onEvent, signal };
    if (source !== null) {
      const report = await harvest({ ...listening, source, mirrors: mirrors.get(source) ?? [] });
      progress.end();
      if (words.json) writeJson(reportAsJson(report));
      print(report, words);
      return exitCodeOfRun(report);
    }
    const outcomes = await harvestAll(
      listening,
      (dataset) => mirrors.get(dataset) ?? [],
      (outcome) => {
        progress.end();
        printOutcome(outcome, words);
      },
    );
    if (words.json) writeJson(outcomes.map(outcomeAsJson));
    return exitCodeOfAll(outcomes);
  } catch (error) {
    progress.end();
    const interrupted = signal.aborted;
    if (words.json) {
      const exit_code = interrupted ? EXIT.interrupted : exitCodeOf(error);
      const told = !interrupted && error instanceof Error && { error: errorAsJson(error) };
      writeJson({ format: 1, exit_code, interrupted, ...told });
    }
    if (!interrupted) throw error;
    writeMessages(INTERRUPTED);
    return EXIT.interrupted;
  }
}

function printOutcome(outcome: DatasetOutcome, words: HarvestWords): void {
  const { dataset, result } = outcome;
  const isTold = !words.quiet && !words.json;
  if (result === 'report') {
    if (isTold) process.stdout.write(`\n${dataset}\n`);
    print(outcome.report, words);
  } else if (result === 'failed') writeMessages(describeError(outcome.error, dataset));
  else if (result === 'interrupted') writeMessages(INTERRUPTED);
  else if (isTold) process.stdout.write(`\n${printable(`${dataset}: ${outcome.error.message}`)}\n`);
}

/** The report of a dataset, or why there is none. */
function outcomeAsJson(outcome: DatasetOutcome): unknown {
  const { dataset, result } = outcome;
  if (result === 'report') return reportAsJson(outcome.report);
  if (result === 'interrupted') return { format: 1, dataset, exit_code: EXIT.interrupted, interrupted: true };
  const error = errorAsJson(outcome.error);
  return { format: 1, dataset, exit_code: result === 'nothing' ? EXIT.ok : error.exit_code, result, error };
}

/** The table, unless JSON takes its place, and what went wrong. */
function print(report: RunReport, words: HarvestWords): void {
  const stored = reportAsJson(report);
  const isTold = !words.json && !words.quiet && !report.interrupted;
  if (isTold && (report.stations.length > 0 || report.downloads !== null))
    process.stdout.write(reportTable(stored, report.path));
  writeMessages(reportTroubles(stored));
  if (!report.interrupted) return;
  const done = report.stations.filter(({ state }) => state !== 'failed').length;
  writeMessages(
    `interrupted: finished stations are complete (${done} of ${stored.planned}), those in work left no file; run the same command again to go on\n`,
  );
}

function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
