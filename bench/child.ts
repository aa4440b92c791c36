/** Other processes: the built command line with its time and peak memory, the probes that measure compiled code, Python. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from './frame.js';

/** What a process has used. */
export interface Usage {
  wallSeconds: number;
  /** User and system time of all threads. */
  cpuSeconds: number;
  /** Largest resident set as the operating system counts it (VmHWM), MB of 1e6 bytes. */
  peakMegabytes: number;
}

/** The built command line. */
export const CLI = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const USAGE_PROBE = new URL('./probes/usage.mjs', import.meta.url).href;
/** The interpreter that the packages of the operating system belong to. */
const PYTHON = '/usr/bin/python3';
const MAX_OUTPUT = 1e6;

interface Ended {
  wallSeconds: number;
  stdout: string;
}

/** Runs a command and waits for it. Throws when it fails, with what it said. */
async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const started = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => {
    if (stdout.length < MAX_OUTPUT) stdout += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    if (stderr.length < MAX_OUTPUT) stderr += part.toString();
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const wallSeconds = (performance.now() - started) / 1e3;
  if (status === 0) return { wallSeconds, stdout };
  throw new Error(`${[command, ...args].join(' ')} ended with ${status}: ${stderr}`);
}

/** Runs `node <args>`. Throws when it fails. */
export async function measureNode(frame: Frame, args: readonly string[]): Promise<Usage> {
  const folder = mkdtempSync(join(frame.folder, 'usage-'));
  const file = join(folder, 'usage.json');
  const env = { ...process.env, BENCH_USAGE_FILE: file };
  const { wallSeconds } = await run(process.execPath, ['--import', USAGE_PROBE, ...args], env);
  const usage: { cpuMicroseconds: number; peakKilobytes: number } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return {
    wallSeconds,
    cpuSeconds: usage.cpuMicroseconds / 1e6,
    peakMegabytes: (usage.peakKilobytes * 1024) / 1e6,
  };
}

/** A harvest of files at hand. */
export interface HarvestJob {
  source: string;
  /** A file or a folder. */
  input: string;
  /** 1 unless given. */
  workers?: number;
}

/** Harvests with the bundled tables; every run does all its work, as nothing is taken for unchanged. Throws when it fails. */
export async function measureHarvest(
  frame: Frame,
  { source, input, workers = 1 }: HarvestJob,
): Promise<Usage> {
  return await measureNode(frame, [
    CLI,
    ...['--source', source, '--input', input, '--workers', String(workers)],
    ...['--workdir', frame.folder, '--tables', 'bundled', '--quiet', '--force'],
  ]);
}

/** The same several times. */
export async function measureHarvests(frame: Frame, job: HarvestJob, times: number): Promise<Usage[]> {
  const usages: Usage[] = [];
  for (let i = 0; i < times; i++) usages.push(await measureHarvest(frame, job));
  return usages;
}

/** The station file of the one station of a source that was harvested last; `clearOutput` goes before. */
export function stationFile(frame: Frame, source: string): string {
  const folder = join(frame.folder, 'output', source);
  const [name, ...others] = readdirSync(folder).filter((entry) => entry.endsWith('.nc'));
  if (name === undefined || others.length > 0) throw new Error(`one station file was expected in ${folder}`);
  return join(folder, name);
}

/** Removes the station files. */
export function clearOutput(frame: Frame): void {
  rmSync(join(frame.folder, 'output'), { recursive: true, force: true });
}

/** Runs `bench/probes/<name>.mjs` in a plain node, so that what it measures is compiled code, and takes the JSON that it prints. */
export async function runProbe(name: string, args: readonly (string | number)[]): Promise<ProbeResult> {
  const probe = fileURLToPath(new URL(`./probes/${name}.mjs`, import.meta.url));
  const { stdout } = await run(process.execPath, [probe, ...args.map(String)]);
  return JSON.parse(stdout);
}

/** What a probe prints: counts, and seconds of processor time by what took them, one per run. */
export interface ProbeResult {
  counts: Record<string, number>;
  seconds: Record<string, number[]>;
}

/** The seconds of one kind. Throws where the probe has none. */
export function secondsOf({ seconds }: ProbeResult, kind: string): number[] {
  const values = seconds[kind];
  if (values === undefined) throw new Error(`the probe did not measure ${kind}`);
  return values;
}

/** A count. Throws where it is absent or zero: a speed of nothing is no speed. */
export function countOf({ counts }: ProbeResult, kind: string): number {
  const value = counts[kind];
  if (value === undefined || value <= 0) throw new Error(`the probe counted no ${kind}`);
  return value;
}

/** Whether Python can import these modules. */
export function pythonHas(...modules: string[]): boolean {
  return spawnSync(PYTHON, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' }).status === 0;
}

/** Runs `bench/<name>.py` and takes the JSON that it prints. */
export async function runPython(name: string, args: readonly (string | number)[]): Promise<ProbeResult> {
  const script = fileURLToPath(new URL(`./${name}.py`, import.meta.url));
  const { stdout } = await run(PYTHON, [script, ...args.map(String)]);
  return JSON.parse(stdout);
}

/** Processor seconds of a command whose output goes nowhere, once to warm up and then per run. Throws when it fails. */
export function commandSeconds(command: string, args: readonly string[], repeats: number): number[] {
  const childSeconds = (): number => {
    // The shell tells the time of its children to the hundredth of a second.
    const script = 'exec 3>&1; "$0" "$@" >/dev/null 2>&1 || exit 1; times >&3';
    const { status, stdout } = spawnSync('/bin/sh', ['-c', script, command, ...args], { encoding: 'utf8' });
    const [user, system] = [...(stdout.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
    );
    if (status !== 0 || user === undefined || system === undefined)
      throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
    return user + system;
  };
  return Array.from({ length: repeats + 1 }, childSeconds).slice(1);
}
