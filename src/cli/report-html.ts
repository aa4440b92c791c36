/** `harvest report DIR --html`: the page of a folder of station files, or of one run, or the data of it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWholeFile } from '../disk/whole-file.js';
import { EXIT, UsageError } from '../errors.js';
import { collectFolder, collectRun } from '../page/collect.js';
import type { FolderOverview } from '../page/overview.js';
import { overviewAsJson } from '../page/overview-json.js';
import { renderPage } from '../page/page.js';
import { counted, printable, writeMessages } from './messages.js';

export interface PageWords {
  /** A folder, or the report of a run. */
  target: string;
  /** Where the page goes: '' is `report.html` in the folder or `<run>.html` beside the report, `-` standard output. */
  html: string;
  /** The group of feedback that is listed; all of them without it. */
  feedback?: string | undefined;
  /** Prints the data in place of the page, and writes no file. */
  json: boolean;
}

const DEFAULT_NAME = 'report.html';
const PROGRESS_INTERVAL_MS = 2000;
/** The end of the year 9999. */
const LAST_EPOCH = 253_402_300_799;

/**
 * Writes the page, as a whole or not at all; resolves to 0, or to 3 where station files cannot be read, which the page lists.
 *
 * @throws UsageError, StorageError
 */
export async function reportPage({ target, html, feedback, json }: PageWords): Promise<number> {
  if (json && html !== '')
    throw new UsageError('USAGE', 'with --json no page is written: --html takes no file then', {
      hint: 'Leave one of them out.',
    });
  const isFolder = await isThereAFolder(target);
  const usual = isFolder ? join(target, DEFAULT_NAME) : `${target.replace(/\.json$/, '')}.html`;
  const path = html === '' ? usual : html;
  // `--html DIR` is meant as `DIR --html`.
  if (!json && html !== '-' && (await isThereAFolder(path)))
    throw new UsageError('USAGE', `${path} is a folder: --html takes the file for the page of ${target}`, {
      file: path,
      hint: `For the page of ${path}: harvest report ${path} --html`,
    });
  if (!json && html !== '' && html !== '-' && !/\.html?$/i.test(path))
    throw new UsageError(
      'USAGE',
      `${path} does not end in .html: --html takes the file for the page of ${target}`,
      {
        file: path,
        hint: `For the page of ${path}: harvest report ${path} --html`,
      },
    );
  const collect = isFolder ? collectFolder : collectRun;
  const overview = await collect(target, {
    made: madeAt(),
    ...(feedback !== undefined && { feedback }),
    progress: progressOn(process.stderr),
  });
  if (json) process.stdout.write(`${JSON.stringify(overviewAsJson(overview), null, 2)}\n`);
  else if (html === '-') process.stdout.write(await renderPage(overview));
  else {
    await writeWholeFile(path, await renderPage(overview));
    process.stdout.write(`${printable(path)}: ${describe(overview)}\n`);
  }
  const unreadable = overview.troubles.filter(({ kind }) => kind === 'unreadable station file');
  for (const { subject, message } of unreadable.slice(0, 20))
    writeMessages(`${printable(`warning: ${subject}: ${message}`)}\n`);
  if (unreadable.length > 20) writeMessages(`and ${unreadable.length - 20} more that cannot be read\n`);
  return unreadable.length > 0 ? EXIT.skippedInput : EXIT.ok;
}

function describe({ stations, files, datasets, troubles }: FolderOverview): string {
  return `${counted(files.length, 'file')} of ${counted(datasets.length, 'dataset')}, ${counted(new Set(stations.map(({ id }) => id)).size, 'station')}, ${counted(troubles.length, 'trouble')}`;
}

/** Of the environment where it is set, so that the same folder gives the same page. */
function madeAt(): string {
  const epoch = Number(process.env.SOURCE_DATE_EPOCH || Number.NaN);
  const time = epoch >= 0 && epoch <= LAST_EPOCH ? epoch * 1000 : Date.now();
  return new Date(time).toISOString();
}

async function isThereAFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function progressOn(stream: NodeJS.WriteStream): (done: number, of: number) => void {
  let shown = Date.now();
  return (done, of) => {
    if (stream.isTTY !== true || Date.now() - shown < PROGRESS_INTERVAL_MS) return;
    shown = Date.now();
    stream.write(`looking at files: ${done} of ${of}\n`);
  };
}
