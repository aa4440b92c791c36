/** `harvest report DIR --html` as a command: where the page goes, what it prints, how it ends. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, runCli } from '../cli/built.js';
import { harvestFolder, type OutputFolder, temporaryFolder } from './folders.js';

const report = (words: readonly string[], cwd?: string): Promise<Outcome> =>
  runCli(['report', ...words], cwd === undefined ? {} : { cwd });

describe('harvest report --html', () => {
  let made: OutputFolder;
  beforeAll(async () => {
    made = await harvestFolder(2);
  });

  /** A work folder with a copy of the outputs. */
  function workFolder(): string {
    const folder = temporaryFolder();
    cpSync(made.path, join(folder, 'output'), { recursive: true });
    return folder;
  }

  it('writes the page of the folder, the same one each time, and leaves nothing else', async () => {
    const work = workFolder();
    const first = await report([join(work, 'output'), '--html']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const path = join(work, 'output', 'report.html');
    expect(first.stdout).toBe(`${path}: 2 files of 1 dataset, 2 stations, 0 troubles\n`);
    const page = readFileSync(path, 'utf8');
    expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(page).toContain('Looked at on 2023-11-14 22:13 UTC.');
    // In the current work folder, and on standard output.
    const [again, piped] = await Promise.all([report(['--html'], work), report(['--html', '-'], work)]);
    expect([again.code, piped.code, piped.stderr]).toEqual([0, 0, '']);
    expect(readFileSync(path, 'utf8')).toBe(page);
    expect(piped.stdout).toBe(page);
    expect(readdirSync(join(work, 'output')).sort()).toEqual(['igra2', 'report.html', 'reports']);
  });

  it('writes the page of a run beside its report, prints the data, and ends with 3 where a file is damaged', async () => {
    const work = workFolder();
    const [name = ''] = readdirSync(join(work, 'output', 'reports'));
    const run = await report([join(work, 'output', 'reports', name), '--html']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(work, 'output', 'reports', name.replace('.json', '.html')), 'utf8')).toContain(
      'The run <code>',
    );
    truncateSync(join(work, 'output', 'igra2', '0-20000-0-99001_igra2_harvested.nc'), 5000);
    const data = await report([join(work, 'output'), '--html', '--json']);
    expect(data.code).toBe(3);
    expect(JSON.parse(data.stdout)).toMatchObject({
      datasets: [{ id: 'igra2', files: 1 }],
      troubles: [{ kind: 'unreadable station file', subject: 'igra2/0-20000-0-99001_igra2_harvested.nc' }],
    });
    expect(data.stderr).toMatch(/^warning: 0-20000-0-99001_igra2_harvested\.nc: /);
    expect(existsSync(join(work, 'output', 'report.html'))).toBe(false);
  });

  it('refuses what it cannot do, and writes nothing', async () => {
    const work = workFolder();
    mkdirSync(join(work, 'empty'));
    const outcomes = await Promise.all([
      report(['output', '--html', 'gone/page.html'], work),
      report(['--html', 'output'], work),
      report(['empty', '--html'], work),
      report(['output', '--html', 'page.html', '--json'], work),
      report(['--merge', 'output', '--html'], work),
      report(['nowhere', '--html'], work),
    ]);
    expect(outcomes.map(({ code, stderr }) => [code, /\[(\w+)\]/.exec(stderr)?.[1]])).toEqual([
      [6, 'ENOENT'],
      [2, 'USAGE'],
      [2, 'NO_STATION_FILES'],
      [2, 'USAGE'],
      [2, 'USAGE'],
      [6, 'ENOENT'],
    ]);
    expect(outcomes[1]?.stderr).toContain('harvest report output --html');
    expect(outcomes.map(({ stdout }) => stdout)).toEqual(['', '', '', '', '', '']);
    expect(readdirSync(work).sort()).toEqual(['empty', 'output']);
    expect(readdirSync(join(work, 'output')).sort()).toEqual(['igra2', 'reports']);
  });
});
