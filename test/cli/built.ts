/**
 * The command line as it is built for the package, for tests that start it as a process of its own. The build lies in a
 * cache folder whose name holds the state of `src`, so that a test never runs code older than the one beside it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project, without a slash at the end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** What the build finds beside its `dist`. */
const BESIDE_DIST = ['package.json', 'sources', 'cdm-tables'];

/** Paths of all files below a folder that end in `end`, sorted. */
export function filesBelow(folder: string, end = ''): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const ONE_DAY_MS = 86_400_000;

let entryPoint: string | undefined;

/** Path of the built `cli/index.js`. */
export function builtCli(): string {
  entryPoint ??= build();
  return entryPoint;
}

function build(): string {
  const hash = createHash('sha256');
  for (const path of filesBelow(join(ROOT, 'src'))) hash.update(path).update(readFileSync(path));
  const cache = join(ROOT, 'node_modules', '.cache', 'harvest-cli');
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  const entry = join(folder, 'dist', 'cli', 'index.js');
  if (existsSync(entry)) return entry;
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const old = join(cache, name);
    if (Date.now() - statSync(old).mtimeMs > ONE_DAY_MS) rmSync(old, { recursive: true, force: true });
  }
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  const compiler = join(ROOT, 'node_modules', '.bin', 'tsc');
  execFileSync(compiler, ['-p', 'tsconfig.build.json', '--outDir', join(unfinished, 'dist')], { cwd: ROOT });
  for (const name of BESIDE_DIST) symlinkSync(join(ROOT, name), join(unfinished, name));
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another test file was faster.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(entry)) throw error;
  }
  return entry;
}

/** What a finished process left. */
export interface Outcome {
  /** Exit code; null after a signal. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  /** Standard input; closed at once where it is not given. */
  input?: Uint8Array;
  /** Leaves standard input open: nothing comes, and it does not end. */
  openInput?: boolean;
  env?: Readonly<Record<string, string>>;
  /** Shell command to run first in the same process, such as `ulimit -f 8`. */
  before?: string;
  /** Called with the process as soon as it is started. */
  started?: (child: ChildProcess) => void;
}

/** Runs `harvest` with these words. */
export function runCli(words: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const command = [process.execPath, builtCli(), ...words];
  const [program = '', ...rest] =
    options.before === undefined ? command : ['sh', '-c', `${options.before}; exec "$0" "$@"`, ...command];
  const child = spawn(program, rest, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1700000000', ...options.env },
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
  child.stdin.on('error', () => {});
  if (options.openInput !== true) child.stdin.end(options.input);
  options.started?.(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({
        code,
        signal,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
  });
}

/** Runs a harvest of `input` into `output` with the tables of the package; its work folder lies beside the output. */
export function runHarvest(
  input: readonly string[],
  output: string,
  more: readonly string[] = [],
  options: RunOptions = {},
): Promise<Outcome> {
  return runCli(
    [
      ...['--source', 'igra2', '--tables', 'bundled', '--output', output],
      ...(more.includes('--workdir') ? [] : ['--workdir', `${output}.work`]),
      ...more,
      '--input',
      ...input,
    ],
    options,
  );
}

/** Files below a folder by their names inside it, reports of runs aside; none where the folder is missing. Hidden ones are there too. */
export function listing(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return filesBelow(folder)
    .map((path) => path.slice(folder.length + 1))
    .filter((name) => !/^reports\/[^/]+\.json$/.test(name));
}

/** The sha256 of every file below a folder, by name. */
export function hashTree(folder: string): Record<string, string> {
  return Object.fromEntries(
    listing(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}
