/** Measures a command in a process of its own: wall and processor time, peak memory as the operating system counts it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Usage {
  wallSeconds: number;
  /** User and system time of all threads. */
  cpuSeconds: number;
  peakMegabytes: number;
}

const PROBE = pathToFileURL(new URL('./usage-probe.mjs', import.meta.url).pathname).href;

/** Runs `node <args>` and waits for it. Throws when it fails. */
export function measureNode(args: readonly string[]): Usage {
  const folder = mkdtempSync(join(tmpdir(), 'harvest-bench-'));
  const result = join(folder, 'usage.json');
  const started = process.hrtime.bigint();
  const child = spawnSync(process.execPath, ['--import', PROBE, ...args], {
    env: { ...process.env, BENCH_USAGE_FILE: result },
    encoding: 'utf8',
  });
  const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (child.status !== 0)
    throw new Error(`node ${args.join(' ')} ended with ${child.status}: ${child.stderr}`);
  const usage: { cpuMicroseconds: number; peakKilobytes: number } = JSON.parse(readFileSync(result, 'utf8'));
  rmSync(folder, { recursive: true });
  return { wallSeconds, cpuSeconds: usage.cpuMicroseconds / 1e6, peakMegabytes: usage.peakKilobytes / 1024 };
}

/** Wall time of `node <args>` without the probe, seconds. */
export function startUpSeconds(args: readonly string[]): number {
  const started = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - started) / 1e9;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
