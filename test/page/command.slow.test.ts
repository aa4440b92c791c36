/** `harvest report --html` as it is typed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../cli/built.js';
import { harvestFolder } from './folders.js';

it('harvest report --html takes a file, standard output, or nothing', async () => {
  const { path } = await harvestFolder(2);
  const run = (...words: string[]) => runCli(['report', ...words], { cwd: join(path, '..') });
  const plain = await run('--html');
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  const page = readFileSync(join(path, 'report.html'), 'utf8');
  expect(page).toContain('Looked at on 2023-11-14 22:13 UTC.');
  const [piped, joined, named, mistaken, twice] = await Promise.all([
    run('--html', '-'),
    run(path, '--html=-'),
    run('output', '--html', 'page.html'),
    run('--html', 'output'),
    run('--html', 'a', '--html', 'b'),
  ]);
  expect([piped.stdout, joined.stdout]).toEqual([page, page]);
  expect(named.stdout).toBe('page.html: 2 files of 1 dataset, 2 stations, 0 troubles\n');
  expect(readFileSync(join(path, '..', 'page.html'), 'utf8')).toBe(page);
  expect([mistaken.code, twice.code]).toEqual([2, 2]);
  expect(mistaken.stderr).toContain('harvest report output --html');
});
