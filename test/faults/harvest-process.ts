/** Harvests as processes of their own in a work folder of their own, and what they leave there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hashTree, listing, type Outcome, type RunOptions, runCli } from '../cli/built.js';

/** Exit codes that the run documentation names for runs that are not interrupted; 1 is the one for faults of the program. */
export const DOCUMENTED_EXIT_CODES: readonly (number | null)[] = [0, 2, 3, 4, 5, 6, 7, 8];

/** A harvest to be run. */
export interface HarvestCase {
  workdir: string;
  /** `<workdir>/output` unless given. */
  output?: string;
  input: readonly string[];
  source?: string;
  /** Further words. */
  more?: readonly string[];
  /** True unless given: errors only. */
  quiet?: boolean;
}

/** Runs a harvest; one that has not ended after `limitMs` is killed, which its outcome shows as a signal. */
export async function runCase(
  {
    workdir,
    output = join(workdir, 'output'),
    input,
    source = 'igra2',
    more = [],
    quiet = true,
  }: HarvestCase,
  options: RunOptions & { limitMs?: number } = {},
): Promise<Outcome> {
  const { limitMs = 60_000, started, ...rest } = options;
  let timer: NodeJS.Timeout | undefined;
  const words = ['--source', source, '--tables', 'bundled', '--workdir', workdir, '--output', output];
  if (quiet) words.push('--quiet');
  try {
    return await runCli([...words, ...more, '--input', ...input], {
      ...rest,
      started: (child) => {
        timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
        started?.(child);
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The sha256 of every station file below a folder, by name: what stands under a final name. */
export function stationFiles(folder: string): Record<string, string> {
  const entries = Object.entries(hashTree(folder)).filter(([name]) => /(^|\/)[^./][^/]*\.nc$/.test(name));
  return Object.fromEntries(entries);
}

/** Temporary and unfinished files below a folder that the next run must have removed. */
export function leftovers(folder: string): string[] {
  return listing(folder).filter((name) => /\.(tmp|part|lock)$|(^|\/)\.[^/]*\.nc|\.claim-\d+$/.test(name));
}

/** A call of a process that was counted. */
export interface CountedCall {
  thread: string;
  kind: string;
  number: string;
  name: string;
  path: string;
}

/** The environment in which a process counts its calls, or fails one (`<thread>:<kind>:<number>:<code>`). */
export function failing(what: string, log: string): Record<string, string> {
  const preload = pathToFileURL(fileURLToPath(new URL('./fail-calls.mjs', import.meta.url))).href;
  return { NODE_OPTIONS: `--import ${preload}`, FAIL_CALL: what, FAIL_CALL_LOG: log };
}

/** What a process in that environment has noted; nothing where the call did not come. */
export function callsNoted(log: string): CountedCall[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [thread = '', kind = '', number = '', name = '', path = ''] = line.split('\t');
      return { thread, kind, number, name, path };
    });
}
