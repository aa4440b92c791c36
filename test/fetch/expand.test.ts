import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { expandInputs } from '../../src/fetch/members.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'expand-test-'));
  await mkdir(join(folder, 'sub/deep'), { recursive: true });
  await mkdir(join(folder, '.hidden'));
  const files = [
    'b.txt',
    'a.txt',
    'B.txt',
    'a[1].txt',
    'half.txt.part',
    'x.TMP',
    '.secret',
    '.hidden/f',
    'sub/c.gz',
    'sub/deep/d.zip',
  ];
  for (const file of files) await writeFile(join(folder, file), 'x');
  await symlink(join(folder, 'a.txt'), join(folder, 'link.txt'));
  await symlink(folder, join(folder, 'sub/loop'));
  await symlink(join(folder, 'gone'), join(folder, 'sub/dangling'));
});
afterAll(() => rm(folder, { recursive: true }));

const expand = async (...paths: string[]): Promise<string[]> =>
  (await expandInputs(paths.map((path) => join(folder, path)))).map((path) => relative(folder, path));

describe('input paths', () => {
  it('a folder is all of its files and subfolders, sorted by code unit, hidden and unfinished ones left out', async () => {
    // link.txt is a.txt once more.
    expect(await expand('.')).toEqual(['B.txt', 'a.txt', 'a[1].txt', 'b.txt', 'sub/c.gz', 'sub/deep/d.zip']);
  });

  it('a file is itself, whatever its name, and once however often it is named', async () => {
    expect(await expand('b.txt', 'a.txt', './b.txt', 'link.txt', 'a[1].txt')).toEqual([
      'a.txt',
      'a[1].txt',
      'b.txt',
    ]);
    expect(await expand('half.txt.part', '.secret')).toEqual(['.secret', 'half.txt.part']);
  });

  it.each([
    ['*.txt', ['B.txt', 'a.txt', 'a[1].txt', 'b.txt']],
    ['?.txt', ['B.txt', 'a.txt', 'b.txt']],
    ['a*', ['a.txt', 'a[1].txt']],
    ['*[1]*', ['a[1].txt']],
    ['s*', ['sub/c.gz', 'sub/deep/d.zip']],
    ['.s*', ['.secret']],
    ['sub/deep/*.z?p', ['sub/deep/d.zip']],
  ])('the pattern %s', async (pattern, files) => {
    expect(await expand(pattern)).toEqual(files);
  });

  it.each(['missing', 'missing/x', '*.nothing', 'missing/*', 'a.txt/x'])(
    '%s is a storage error that names it',
    async (path) => {
      const error = await expand(path).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StorageError);
      expect(String(error)).toContain(join(folder, path.replace(/\/\*$/, '')));
    },
  );
});
