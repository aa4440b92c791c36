import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTables } from '../../src/cdm/index.js';
import { parseTablesSpec } from '../../src/cdm/spec.js';
import { exitCodeOf } from '../../src/errors.js';
import { makeGitRecorder } from './git-support.js';

const HASH = '0123456789abcdef0123456789abcdef01234567';

describe('a --tables value', () => {
  it.each([
    ['bundled', { kind: 'bundled' }],
    ['glamod', { kind: 'repository', name: 'glamod', url: 'https://github.com/glamod/common_data_model' }],
    ['cdm-obs', { kind: 'repository', name: 'cdm-obs', url: 'https://github.com/ecmwf-projects/cdm-obs' }],
    [
      `glamod@${HASH}`,
      {
        kind: 'repository',
        name: 'glamod',
        url: 'https://github.com/glamod/common_data_model',
        commit: HASH,
      },
    ],
    [
      'https://example.org/a/tables.git',
      { kind: 'repository', name: 'tables', url: 'https://example.org/a/tables.git' },
    ],
    [`https://example.org/a/tables/@${HASH}`, undefined],
    [
      `https://example.org/a/tables@${HASH}`,
      { kind: 'repository', name: 'tables', url: 'https://example.org/a/tables', commit: HASH },
    ],
    ['./my/tables', { kind: 'folder', folder: './my/tables' }],
    ['/my/tables@home', { kind: 'folder', folder: '/my/tables@home' }],
  ])('%s', (spec, expected) => {
    const parsed = parseTablesSpec(spec);
    if (expected === undefined) expect(parsed).toMatchObject({ name: 'tables', commit: HASH });
    else expect(parsed).toEqual(expected);
  });
});

describe('a hostile --tables value', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['an option with a command', () => `--upload-pack=touch ${folder}/x`],
    ['an option behind a name', () => `glamod@--upload-pack=touch ${folder}/x`],
    ['an option behind a URL', () => `https://example.org/t@--upload-pack=touch`],
    ['a remote helper', () => `ext::sh -c touch% ${folder}/x`],
    ['another remote helper', () => 'fd::17/foo'],
    ['a file URL without permission', () => `file://${folder}`],
    ['a short option', () => '-u'],
    ['a line end', () => `glamod@${HASH}\n--upload-pack=x`],
    ['a line end in a URL', () => 'https://example.org/t\n-x'],
    ['a NUL', () => 'glamod\0'],
    ['39 hexadecimal digits', () => `glamod@${HASH.slice(1)}`],
    ['41 hexadecimal digits', () => `glamod@${HASH}0`],
    ['39 hexadecimal digits behind a URL', () => `https://example.org/t@${HASH.slice(1)}`],
    ['a branch named --', () => 'glamod@--'],
    ['a branch', () => 'glamod@master'],
    ['a range', () => 'glamod@a..b'],
    ['plain http', () => 'http://example.org/tables'],
    ['the git protocol', () => 'git://example.org/tables'],
    ['ssh', () => 'ssh://git@example.org/tables'],
    ['ssh in short', () => 'git@example.org:x'],
    ['credentials', () => 'https://user:pw-secret@example.org/tables'],
    ['a user name', () => `https://token-secret@example.org/tables@${HASH}`],
    ['an upper-case scheme', () => 'FILE:///etc'],
    ['javascript', () => 'javascript://example.org/%0aalert'],
    ['a query', () => 'https://example.org/tables?service=x'],
    ['a fragment', () => 'https://example.org/tables#x'],
    ['a path of dots', () => 'https://example.org/..'],
    ['no path', () => 'https://example.org'],
    ['a half URL', () => 'https://'],
    ['nothing', () => ''],
    ['a word that is no folder', () => 'gla-mod'],
  ])('(%s) is a usage error, starts nothing and writes nothing', async (_name, spec) => {
    const recorder = makeGitRecorder(join(folder, 'r'));
    vi.stubEnv('PATH', recorder.path);
    const cacheDir = join(folder, 'cache');
    const warnings: string[] = [];
    const error: unknown = await openTables(spec(), {
      cacheDir,
      onWarning: (text) => warnings.push(text),
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UsageError', code: 'INVALID_TABLES', hint: expect.any(String) });
    expect(String(error)).not.toContain('secret');
    expect(exitCodeOf(error)).toBe(2);
    expect(recorder.calls()).toEqual([]);
    expect([existsSync(cacheDir), existsSync(join(folder, 'x')), warnings]).toEqual([false, false, []]);
  });
});
