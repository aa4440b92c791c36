/** `harvest export` as a process: what it prints, standard output, readers that go away, a full device, Ctrl-C. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtCli, runCli } from '../cli/built.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { exported, stored } from './exports.js';

const space = createWorkspace();
let file = '';
beforeAll(async () => {
  file = join(await demoOutputs(), 'output', 'igra2', '0-20000-0-99003_igra2_harvested.nc');
  builtCli();
});

/** Of the shell, with the words of `harvest` in `$HARVEST` and the station file in `$FILE`. */
function shell(script: string): { status: number | null; stdout: Buffer; stderr: string } {
  const env = { ...process.env, HARVEST: `${process.execPath} ${builtCli()}`, FILE: file };
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', script], {
    env,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr: stderr.toString() };
}

describe('harvest export', () => {
  it('says what it has written', async () => {
    const path = space.path('a.parquet');
    const words = ['export', file, '--output', path, '--columns', 'report_id,date_time', '--json'];
    const { stdout, stderr, code } = await runCli(words);
    expect([code, stderr]).toEqual([0, '']);
    const rows = stored(file).report_id?.length;
    expect(JSON.parse(stdout)).toEqual({
      files: [
        {
          ...{ path, table: 'observations_table', format: 'parquet', stations: 1, rows, columns: 2 },
          bytes: readFileSync(path).length,
        },
      ],
    });
  });

  it('writes to standard output and nothing else there: CSV, a stream of Arrow', async () => {
    const csv = space.path('same.csv');
    await exported([file], csv, { units: 'none' });
    const { status, stdout } = shell('$HARVEST export $FILE --output -');
    expect(status).toBe(0);
    expect(stdout.equals(readFileSync(csv))).toBe(true);
    const arrow = shell('$HARVEST export $FILE --output=- --format arrow').stdout;
    expect(tableFromIPC(arrow).numRows).toBe(stored(file).report_id?.length);
  });

  it('is done when the reader of its output has had enough', () => {
    const { status, stdout, stderr } = shell('$HARVEST export $FILE $FILE --output - | head -n 2');
    expect(stdout.toString().split('\n')[0]).toMatch(/^observation_id,report_id,/);
    expect([status, stderr]).toEqual([0, '']);
  });

  it('is done when the reader of a pipe has had enough, by whatever name the pipe goes', () => {
    const stdout = shell('$HARVEST export $(dirname $FILE) --output /dev/stdout --format csv | head -n 2');
    const named = shell(
      `mkfifo ${space.path('pipe.csv')} && cd ${space.folder} && { head -n 2 pipe.csv & } && $HARVEST export $(dirname $FILE) --output pipe.csv`,
    );
    for (const { status, stderr, stdout: lines } of [stdout, named]) {
      expect([status, stderr]).toEqual([0, '']);
      expect(lines.toString()).toMatch(/^dataset,primary_station_id,.*\nigra2,[^\n]*\n$/);
    }
  });

  it('has nothing but the table in /dev/stdout', () => {
    const { stdout } = shell('$HARVEST export $FILE --output /dev/stdout --format csv | cat');
    expect(stdout.equals(shell('$HARVEST export $FILE --output -').stdout)).toBe(true);
  });

  it('refuses words that do not fit, with exit code 2', async () => {
    const cases: [string[], RegExp][] = [
      [['export', file], /Missing required argument: output/],
      [['export', file, '--output', '-', '--json'], /both write to standard output/],
      [['export', file, '--output', '/dev/stdout', '--json'], /both write to standard output/],
      [['export', file, '--output', ''], /--output has no name/],
    ];
    for (const [words, message] of cases) {
      const { code, stderr, stdout } = await runCli(words, { cwd: space.folder });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
    }
  });

  it('meets a full device, with exit code 6', () => {
    const { status, stderr } = shell('$HARVEST export $FILE --output - > /dev/full');
    expect([status, stderr]).toEqual([6, expect.stringContaining('ENOSPC')]);
  });
});

describe('an interrupted export', () => {
  it('leaves nothing', async () => {
    const folder = space.path('interrupted');
    const { code, stderr } = await runCli(
      ['export', join(file, '..', '..'), '--output', `${folder}/`, '--merge', '--form', 'core'],
      {
        started: (child) => {
          const timer = setInterval(() => {
            if (!existsSync(folder) || readdirSync(folder).length === 0) return;
            clearInterval(timer);
            child.kill('SIGINT');
          }, 5);
          child.on('close', () => clearInterval(timer));
        },
      },
    );
    expect([code, stderr]).toEqual([130, expect.stringContaining('interrupted: ')]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
