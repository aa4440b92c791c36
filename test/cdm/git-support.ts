import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A local git repository of the test's own making. */
export interface TestRepository {
  folder: string;
  url: string;
  git: (...args: string[]) => string;
  /** Commits everything and returns the full hash. */
  commit: (message: string) => string;
}

let clock = 1_700_000_000;

/** Makes an empty repository; its commits lie a minute apart, so that their order is certain. */
export function makeRepository(folder: string): TestRepository {
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): string => {
    clock += 60;
    return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: `@${clock} +0000`,
        GIT_COMMITTER_DATE: `@${clock} +0000`,
      },
    }).trim();
  };
  git('init', '--quiet');
  return {
    folder,
    url: pathToFileURL(folder).href,
    git,
    commit: (message) => {
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}

/** A program named `git` that notes its arguments and then runs the real one: shows what is started, and what is not. */
export function makeGitRecorder(folder: string): { path: string; calls: () => string[] } {
  const log = join(folder, 'calls.log');
  const bin = join(folder, 'bin');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  mkdirSync(bin, { recursive: true });
  writeFileSync(log, '');
  writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(join(bin, 'git'), 0o755);
  return {
    path: `${bin}:${process.env.PATH ?? ''}`,
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
  };
}
