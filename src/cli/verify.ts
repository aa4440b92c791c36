/** `harvest verify FILE|DIR...`: what is wrong with station files, one line per finding. */
import { stat } from 'node:fs/promises';
import { createLogUpdate } from 'log-update';
import { EXIT, exitCodeOf, HarvestError, UsageError } from '../errors.js';
import { stationFilesOf } from '../reading/files.js';
import { errorAsJson } from '../run/error-transfer.js';
import { createVerifier, type Finding, REASONS, type VerifiedFile } from '../verify/index.js';
import { interruptible } from './interrupt.js';
import { counted, describeError, printable, writeMessages } from './messages.js';

export interface VerifyWords {
  paths: string[];
  workdir?: string | undefined;
  sources?: string | undefined;
  against: string[];
  feedback?: string | undefined;
  limit: number;
  json: boolean;
  quiet: boolean;
}

/** A file that could not be read at all. */
interface FailedFile {
  path: string;
  error: HarvestError;
}

const INTERRUPTED = 'interrupted: the files that are listed were verified, the others not\n';

/** @returns the exit code: 8 where anything is wrong, else that of files that could not be read */
export async function verifyCommand(words: VerifyWords): Promise<number> {
  if (!Number.isInteger(words.limit) || words.limit < 1)
    throw new UsageError('NOT_A_NUMBER', '--limit is not a whole number from 1 on', {
      hint: 'For example --limit 5',
    });
  return await interruptible(async (signal) => {
    try {
      return await verifyFiles(words, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      writeMessages(INTERRUPTED);
      return EXIT.interrupted;
    }
  });
}

/** A folder that the user names is there: without it, less would be compared than was asked for. */
async function checkFolders({ workdir, sources }: VerifyWords): Promise<void> {
  for (const [option, folder] of Object.entries({ workdir, sources })) {
    const isFolder = await stat(folder ?? '.').then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder)
      throw new UsageError('NO_FOLDER', `--${option} ${folder} is no folder`, {
        hint: 'Without the option, the folders beside the output are taken.',
      });
  }
}

async function verifyFiles(words: VerifyWords, signal: AbortSignal): Promise<number> {
  await checkFolders(words);
  const paths = await stationFilesOf(words.paths);
  const verifier = createVerifier({
    limit: words.limit,
    ...(words.workdir !== undefined && { workdir: words.workdir }),
    ...(words.sources !== undefined && { sources: words.sources }),
    ...(words.against.length > 0 && { against: words.against }),
    ...(words.feedback !== undefined && { feedback: words.feedback }),
    signal,
  });
  const progress = createProgress(words.quiet);
  const files: VerifiedFile[] = [];
  const failed: FailedFile[] = [];
  for (const [i, path] of paths.entries()) {
    progress.show(`${i + 1} of ${paths.length}: ${path}`);
    try {
      const file = await verifier.verify(path);
      progress.clear();
      files.push(file);
      if (!words.json) print(file);
    } catch (error) {
      progress.clear();
      // A file that cannot be read costs itself.
      if (signal.aborted || !(error instanceof HarvestError) || error instanceof UsageError) throw error;
      failed.push({ path, error });
      if (!words.json) writeMessages(describeError(error, path));
    }
  }
  if (!words.json && !words.quiet) printNotes(files);
  const text = words.json ? JSON.stringify(asJson(files, failed), null, 2) : summary(files, failed);
  process.stdout.write(`${text}\n`);
  if (files.some(({ findings }) => findings.counts.size > 0)) return EXIT.validation;
  const [first] = failed;
  return first === undefined ? EXIT.ok : exitCodeOf(first.error);
}

function print({ path, findings }: VerifiedFile): void {
  for (const finding of findings.kept)
    process.stdout.write(`${printable(`${path}: ${described(finding)}`)}\n`);
  for (const [kind, count] of findings.counts) {
    const more = count - findings.kept.filter((finding) => finding.kind === kind).length;
    if (more > 0) process.stdout.write(`${printable(`${path}: and ${more} more [${kind}]`)}\n`);
  }
}

/** Sources that a note of many files names. */
const NAMES_SHOWN = 3;

/** A note that many files have is one line. */
function printNotes(files: readonly VerifiedFile[]): void {
  const all = files.flatMap(({ path, findings }) => findings.notes.map((note) => ({ path, ...note })));
  const groups = new Map<string, typeof all>();
  for (const note of all) {
    const known = groups.get(note.ofMany);
    if (known === undefined) groups.set(note.ofMany, [note]);
    else known.push(note);
  }
  for (const [ofMany, notes] of groups) {
    const [first] = notes;
    const paths = new Set(notes.map(({ path }) => path));
    const line =
      notes.length === 1 && first !== undefined
        ? `${first.path}: ${first.text}`
        : `${counted(paths.size, 'file')}: ${ofMany}${namesOf(notes.flatMap(({ about }) => about))}`;
    writeMessages(`${printable(`note: ${line}`)}\n`);
  }
}

/** `: "a", "b" and 7 more`. */
function namesOf(about: readonly string[]): string {
  const names = [...new Set(about)];
  if (names.length === 0) return '';
  const more = names.length - NAMES_SHOWN;
  const shown = names.slice(0, NAMES_SHOWN).map((name) => JSON.stringify(name));
  return `: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `observations_table/date_time row 17: what is wrong; why it matters [kind]`. */
function described({ kind, table, variable, row, message }: Finding): string {
  const place = [table, variable].filter((part) => part !== '').join('/');
  const where = [place, row === null ? '' : `row ${row}`].filter((part) => part !== '').join(' ');
  return `${where === '' ? '' : `${where}: `}${message}; ${REASONS[kind]} [${kind}]`;
}

function summary(files: readonly VerifiedFile[], failed: readonly FailedFile[]): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const wrong = files.filter(({ findings }) => findings.counts.size > 0).length;
  const count = files.reduce((sum, file) => sum + totalOf(file), 0);
  const found = count === 0 ? 'nothing wrong' : `${counted(count, 'finding')} in ${counted(wrong, 'file')}`;
  const unread = failed.length === 0 ? '' : `; ${counted(failed.length, 'file')} could not be read`;
  return `${counted(files.length, 'file')}, ${counted(rows, 'row')}: ${found}${unread}`;
}

function totalOf({ findings }: VerifiedFile): number {
  return [...findings.counts.values()].reduce((sum, count) => sum + count, 0);
}

function asJson(files: readonly VerifiedFile[], failed: readonly FailedFile[]): unknown {
  return {
    format: 1,
    findings: files.reduce((sum, file) => sum + totalOf(file), 0),
    files: files.map((file) => ({
      path: file.path,
      rows: file.rows,
      counts: Object.fromEntries(file.findings.counts),
      findings: file.findings.kept.map((finding) => ({ ...finding, why: REASONS[finding.kind] })),
      notes: file.findings.notes.map(({ text }) => text),
    })),
    failed: failed.map(({ path, error }) => ({ path, error: errorAsJson(error) })),
  };
}

/** The file at hand, on a terminal alone. */
function createProgress(quiet: boolean): { show(text: string): void; clear(): void } {
  if (quiet || process.stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  const lines = createLogUpdate(process.stderr);
  return { show: (text) => lines(printable(text)), clear: () => lines.clear() };
}
