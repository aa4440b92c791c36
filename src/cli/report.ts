/** `harvest report`: the report of the last run of each dataset, of one file, or of the shards of a harvest together; as a page too. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import type { StoredReport } from '../run/reports/json.js';
import { latestReports, mergedReports, readReport, saveReport } from '../run/reports/stored.js';
import { writeMessages } from './messages.js';
import { reportTable, reportTroubles } from './report-text.js';

export interface ReportWords {
  /** A report, or a folder of outputs. */
  file?: string | undefined;
  /** The output folder with the reports of shards, or its folder `reports`. */
  merge?: string | undefined;
  /** ISO 8601. */
  since?: string | undefined;
  workdir: string;
  output?: string | undefined;
  json: boolean;
  /** The file for a page of the folder, '' for the usual one. */
  html?: string | undefined;
  /** The group of feedback that the page lists. */
  feedback?: string | undefined;
}

/**
 * Prints; the exit code is that of the run, of several the largest.
 *
 * @throws UsageError where there is no report, StorageError, InputError for a file that is no report
 */
export async function reportCommand(words: ReportWords): Promise<number> {
  if (words.html !== undefined) return await page(words, words.html);
  if (words.feedback !== undefined)
    throw new UsageError('USAGE', '--feedback is for the page of a folder: it goes with --html');
  const reports = await reportsOf(words);
  if (words.json) {
    process.stdout.write(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`);
  } else {
    for (const report of reports) {
      const shards = report.missing_shards?.join(', ');
      process.stdout.write(`${report.dataset}, ${report.run}\n${reportTable(report)}`);
      if (shards !== undefined) writeMessages(`no report of shard ${shards}\n`);
      writeMessages(reportTroubles(report));
    }
  }
  return Math.max(...reports.map(({ exit_code }) => exit_code));
}

async function page(
  { file, merge, since, workdir, output, feedback, json }: ReportWords,
  html: string,
): Promise<number> {
  if (merge !== undefined || since !== undefined)
    throw new UsageError(
      'USAGE',
      '--html is for a folder of station files, --merge and --since for reports of shards',
      {
        hint: 'Merge first, then make the page: it shows the merged report.',
      },
    );
  const target = file ?? output ?? join(workdir, 'output');
  return await (await import('./report-html.js')).reportPage({ target, html, feedback, json });
}

async function reportsOf({ file, merge, since, workdir, output }: ReportWords): Promise<StoredReport[]> {
  if (merge !== undefined)
    return await merged(existsSync(join(merge, 'reports')) ? join(merge, 'reports') : merge, since);
  const isFolder = file !== undefined && statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  if (file !== undefined && !isFolder) return [await readReport(file)];
  const folder = join(file ?? output ?? join(workdir, 'output'), 'reports');
  const latest = await latestReports(folder);
  if (latest.size > 0) return [...latest.values()];
  throw new UsageError('NO_REPORTS', `there are no reports in ${folder}`, {
    file: folder,
    hint: 'Name the work folder with --workdir, or a report file; --html shows station files without reports too.',
  });
}

/** The newest harvest in shards of each dataset, joined and stored beside its parts. */
async function merged(folder: string, since: string | undefined): Promise<StoredReport[]> {
  // Without a zone it is UTC, as everywhere.
  const time =
    since === undefined
      ? null
      : new Date(/T.*(?:Z|[+-]\d\d:?\d\d)$|^[\d-]+$/.test(since) ? since : `${since.replace(' ', 'T')}Z`);
  if (time !== null && Number.isNaN(time.getTime()))
    throw new UsageError('NOT_A_DATE', `--since ${since} is not a time`, {
      hint: 'Write it as 2026-11-21T03:17:00Z.',
    });
  const results = await mergedReports(folder, time);
  if (results.length === 0)
    throw new UsageError('NO_REPORTS', `there are no reports of shards in ${folder}`, {
      file: folder,
      hint: 'Harvest with --shard 1/4 to 4/4 first, and name the folder of the outputs.',
    });
  for (const result of results) await saveReport(folder, result);
  return results;
}
