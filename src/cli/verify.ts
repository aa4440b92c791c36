/** `harvest verify FILE|DIR...`: what is wrong with station files, one line per finding. */
import { createLogUpdate } from 'log-update';
import { EXIT } from '../errors.js';
import { stationFilesOf } from '../verify/files.js';
import { createVerifier, type Finding, latestTime, REASONS, type VerifiedFile } from '../verify/index.js';
import { interruptible } from './interrupt.js';
import { printable, writeMessages } from './messages.js';

export interface VerifyWords {
  paths: string[];
  workdir?: string | undefined;
  sources?: string | undefined;
  against: string[];
  limit: number;
  json: boolean;
  quiet: boolean;
}

/** @returns the exit code: 8 where anything is wrong */
export async function verifyCommand(words: VerifyWords): Promise<number> {
  return await interruptible(async (signal) => {
    const paths = await stationFilesOf(words.paths);
    const verifier = createVerifier({
      limit: words.limit,
      ...(words.workdir !== undefined && { workdir: words.workdir }),
      ...(words.sources !== undefined && { sources: words.sources }),
      ...(words.against.length > 0 && { against: words.against }),
      now: latestTime(),
      signal,
    });
    const progress = createProgress(words.quiet);
    const files: VerifiedFile[] = [];
    for (const [i, path] of paths.entries()) {
      progress.show(`${i + 1} of ${paths.length}: ${path}`);
      const file = await verifier.verify(path).finally(() => progress.clear());
      files.push(file);
      if (!words.json) print(file, words.quiet);
    }
    const found = files.filter(({ findings }) => findings.counts.size > 0).length;
    if (words.json) process.stdout.write(`${JSON.stringify(asJson(files), null, 2)}\n`);
    else process.stdout.write(`${summary(files)}\n`);
    return found > 0 ? EXIT.validation : EXIT.ok;
  });
}

function print({ path, findings }: VerifiedFile, quiet: boolean): void {
  for (const finding of findings.kept)
    process.stdout.write(`${printable(`${path}: ${described(finding)}`)}\n`);
  for (const [kind, count] of findings.counts) {
    const more = count - findings.kept.filter((finding) => finding.kind === kind).length;
    if (more > 0) process.stdout.write(`${printable(`${path}: and ${more} more [${kind}]`)}\n`);
  }
  if (!quiet) for (const note of findings.notes) writeMessages(`${printable(`note: ${path}: ${note}`)}\n`);
}

/** `observations_table/date_time row 17: what is wrong; why it matters [kind]`. */
function described({ kind, table, variable, row, message }: Finding): string {
  const place = [table, variable].filter((part) => part !== '').join('/');
  const where = [place, row === null ? '' : `row ${row}`].filter((part) => part !== '').join(' ');
  return `${where === '' ? '' : `${where}: `}${message}; ${REASONS[kind]} [${kind}]`;
}

function summary(files: readonly VerifiedFile[]): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const of = `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${rows} rows`;
  const wrong = files.filter(({ findings }) => findings.counts.size > 0).length;
  const count = files.reduce((sum, file) => sum + totalOf(file), 0);
  return count === 0 ? `${of}: nothing wrong` : `${of}: ${count} findings in ${wrong} of them`;
}

function totalOf({ findings }: VerifiedFile): number {
  return [...findings.counts.values()].reduce((sum, count) => sum + count, 0);
}

function asJson(files: readonly VerifiedFile[]): unknown {
  return {
    format: 1,
    files: files.map((file) => ({
      path: file.path,
      rows: file.rows,
      counts: Object.fromEntries(file.findings.counts),
      findings: file.findings.kept.map((finding) => ({ ...finding, why: REASONS[finding.kind] })),
      notes: file.findings.notes,
    })),
    findings: files.reduce((sum, file) => sum + totalOf(file), 0),
  };
}

/** The file at hand, on a terminal alone. */
function createProgress(quiet: boolean): { show(text: string): void; clear(): void } {
  if (quiet || process.stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  const lines = createLogUpdate(process.stderr);
  return { show: (text) => lines(printable(text)), clear: () => lines.clear() };
}
