/** `--tables` values that would be an option, a command, another transport or a credential if git or a shell saw them. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeGitRecorder, makeRepository } from '../cdm/git-support.js';
import { type Outcome, runCli } from '../cli/built.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { leftovers, stationFiles } from '../faults/harvest-process.js';

const HASH = '0123456789abcdef0123456789abcdef01234567';
const SECRET = 'pw-secret';
const USAGE = 2;
const NETWORK = 4;
const TABLES = 8;

const space = createWorkspace();
const input = space.write('in/a.txt', stationBytes('AAM00000001', 1));
/** Nothing may ever make this file. */
const canary = space.path('canary');
const touch = space.path('touch.sh');
writeFileSync(touch, `#!/bin/sh\ntouch '${canary}'\n`);
chmodSync(touch, 0o755);

/** A repository whose every configured command and hook would make the canary. */
const repository = makeRepository(space.path('repository'));
space.write('repository/README', 'no tables');
repository.commit('first');
for (const name of [
  'core.fsmonitor',
  'core.sshCommand',
  'core.pager',
  'core.editor',
  'uploadpack.packObjectsHook',
])
  repository.git('config', name, touch);
mkdirSync(join(repository.folder, '.git', 'hooks'), { recursive: true });
for (const name of ['post-checkout', 'pre-auto-gc', 'reference-transaction', 'post-index-change'])
  writeFileSync(join(repository.folder, '.git', 'hooks', name), `#!/bin/sh\n${touch}\n`, { mode: 0o755 });

const CASES: readonly (readonly [name: string, value: string, exitCode: number])[] = [
  ['an option with a command', `--upload-pack=${touch}`, USAGE],
  ['an option with a command and a blank', `--upload-pack=touch ${canary}`, USAGE],
  ['an option behind a name', `glamod@--upload-pack=${touch}`, USAGE],
  ['an option behind a URL', `https://example.org/t@--upload-pack=${touch}`, USAGE],
  ['a remote helper', `ext::sh -c touch% ${canary}`, USAGE],
  ['a remote helper behind a name', `glamod@ext::sh -c touch% ${canary}`, USAGE],
  ['a file URL', repository.url, USAGE],
  ['a file URL with a commit', `${repository.url}@${HASH}`, USAGE],
  ['a short option', '-u', USAGE],
  ['a line end', `glamod@${HASH}\n--upload-pack=${touch}`, USAGE],
  ['a line end in a URL', `https://example.org/t\n--upload-pack=${touch}`, USAGE],
  ['an escape sequence', 'glamod\u001b]0;x\u0007', USAGE],
  ['39 hexadecimal digits', `glamod@${HASH.slice(1)}`, USAGE],
  ['a branch named --', 'glamod@--branch', USAGE],
  ['a refspec', 'glamod@+refs/heads/*:refs/heads/*', USAGE],
  ['a user and a password', `https://user:${SECRET}@127.0.0.1/x`, USAGE],
  ['a token and a commit', `https://${SECRET}@127.0.0.1/x@${HASH}`, USAGE],
  ['a password in another scheme', `ftp://user:${SECRET}@127.0.0.1/x`, USAGE],
  ['a path upwards as a commit', 'https://example.org/x.git@../../y', USAGE],
  ['a path upwards as a name', 'https://example.org/..', USAGE],
  ['ssh in short', 'git@example.org:x', USAGE],
  ['ssh with an option as host', `ssh://-oProxyCommand=${touch}/x`, USAGE],
  ['plain http', 'http://127.0.0.1/x', USAGE],
  ['the git protocol', 'git://127.0.0.1/x', USAGE],
  ['a command substitution', `$(${touch})`, USAGE],
  ['a command in backquotes', `\`${touch}\``, USAGE],
  ['a pipe', `|${touch}`, USAGE],
  ['a host that does not answer', `https://127.0.0.1:1/x@${HASH}`, NETWORK],
  ['a repository without tables, as a folder', repository.folder, TABLES],
];
let ran = 0;

afterAll(() => {
  console.log(`hostile-tables: ${ran} cases`);
  expect(ran).toBe(CASES.length);
  expect(ran).toBeGreaterThanOrEqual(10);
});

describe('a hostile --tables value', () => {
  it.each(CASES)(
    '%s: the right exit code, and nothing is run, written or repeated',
    async (_, value, code) => {
      const root = space.path(`case${ran++}`);
      mkdirSync(join(root, 'home'), { recursive: true });
      const recorder = makeGitRecorder(join(root, 'recorder'));
      const workdir = join(root, 'work');
      // What a user's machine may hold: the program must not hand it to git.
      const env = {
        PATH: recorder.path,
        HOME: join(root, 'home'),
        GIT_SSH_COMMAND: touch,
        GIT_EXTERNAL_DIFF: touch,
        GIT_ASKPASS: touch,
        GIT_PROXY_COMMAND: touch,
        GIT_ALLOW_PROTOCOL: 'file:ext:ssh:http:git',
      };
      const tables = `--tables=${value}`;
      const outcomes = await Promise.all([
        runCli(
          [
            '--source',
            'igra2',
            tables,
            '--workdir',
            workdir,
            '--output',
            join(workdir, 'output'),
            '--input',
            input,
          ],
          { env, cwd: join(root, 'home') },
        ),
        runCli(['tables', 'list', tables, '--workdir', `${workdir}-list`], { env, cwd: join(root, 'home') }),
      ]);
      for (const outcome of outcomes) expectRefusal(outcome, code);
      expect(existsSync(canary)).toBe(false);
      expect(stationFiles(root)).toEqual({});
      expect(leftovers(root)).toEqual([]);
      const calls = recorder.calls();
      if (code !== NETWORK) expect(calls).toEqual([]);
      for (const call of calls) expect(call).not.toMatch(/--upload-pack|ext::|file:/);
    },
  );
});

function expectRefusal({ code, stdout, stderr }: Outcome, expected: number): void {
  expect(code, stderr).toBe(expected);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^harvest: .* \[[A-Z_]+\]$/m);
  expect(stderr).not.toMatch(/unexpected error|^ {4}at /m);
  expect(stderr).not.toContain(SECRET);
  expect(stderr).not.toMatch(/(?!\n)\p{Cc}/u);
}
