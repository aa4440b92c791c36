/** Two processes in one work folder, and stale locks: exactly one has the lock, and nothing is ever needed by hand. */
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STALE_MS } from '../../src/run/lock/holder.js';
import { acquireLock, type Lock } from '../../src/run/lock/lock.js';
import { type LockProcess, leaveLock, NO_PROCESS, pidIn, startLockProcess } from '../run/lock-process.js';
import { MATRIX_FACTOR } from '../support/matrix.js';

const root = mkdtempSync(join(tmpdir(), 'harvest-locks-'));
const RACES = 20 * MATRIX_FACTOR;
const LINUX = process.platform === 'linux';

let one: LockProcess;
let two: LockProcess;
let cases = 0;
let folder = '';
beforeAll(async () => {
  [one, two] = await Promise.all([startLockProcess(), startLockProcess()]);
});
beforeEach(() => {
  folder = join(root, String(cases++));
});
afterAll(async () => {
  await Promise.all([one.kill(), two.kill()]);
  rmSync(root, { recursive: true, force: true });
  console.log(`locks: ${cases} cases`);
  expect(cases).toBe(LINUX ? 18 : 16);
});

/** Both processes want a lock at once: exactly one gets it, the other is told who has it, and nothing else is left. */
async function race(scopes: readonly [string, string], prepare?: () => Promise<unknown>): Promise<void> {
  const wins = [0, 0];
  for (let i = 0; i < RACES; i++) {
    await prepare?.();
    const answers = await Promise.all([one.take(folder, scopes[0]), two.take(folder, scopes[1])]);
    const winner = answers.indexOf('held');
    expect(answers[1 - winner], answers.join('; ')).toMatch(
      /^LOCK_HELD the work folder is in use by process /,
    );
    wins[winner] = (wins[winner] ?? 0) + 1;
    expect(readdirSync(folder)).toEqual([`${scopes[winner]}.lock`]);
    expect(pidIn(join(folder, `${scopes[winner]}.lock`))).toBe([one, two][winner]?.pid);
    await [one, two][winner]?.release();
    expect(readdirSync(folder)).toEqual([]);
  }
  expect((wins[0] ?? 0) + (wins[1] ?? 0)).toBe(RACES);
}

/** The lock can be had, by a process of its own, and nothing is left afterwards. */
async function expectFree(scope = 'main'): Promise<void> {
  expect(await two.take(folder, scope)).toBe('held');
  expect(readdirSync(folder)).toContain(`${scope}.lock`);
  expect(pidIn(join(folder, `${scope}.lock`))).toBe(two.pid);
  await two.release();
}
async function expectHeld(scope = 'main', by: string | number = ''): Promise<void> {
  expect(await two.take(folder, scope)).toMatch(
    new RegExp(`^LOCK_HELD the work folder is in use by process ${by}`),
  );
}

describe('two processes at once', () => {
  it('want the whole folder: one gets it', () => race(['main', 'main']));
  it('want the same shard: one gets it', () => race(['shard-3-of-4', 'shard-3-of-4']));
  it('want the folder and a shard: one gets it', () => race(['main', 'shard-1-of-4']));
  it('want shards of different numbers: one gets it', () => race(['shard-1-of-4', 'shard-1-of-8']));
  it('want different shards of one number: both get theirs', async () => {
    for (let i = 0; i < RACES; i++) {
      const answers = await Promise.all([one.take(folder, 'shard-1-of-4'), two.take(folder, 'shard-2-of-4')]);
      expect(answers).toEqual(['held', 'held']);
      await Promise.all([one.release(), two.release()]);
    }
  });
  it('take over from one that is dead: one gets it', () =>
    race(['main', 'main'], () => leaveLock(folder, 'main', { pid: NO_PROCESS })));
  it('take over a lock file that is garbage: one gets it', () =>
    race(['main', 'main'], () => leaveLock(folder, 'main', 'garbage', 2 * STALE_MS)));
});

it('many at once take over from one that is dead, in any order of their steps: one gets it', async () => {
  for (let i = 0; i < RACES; i++) {
    await leaveLock(folder, 'main', { pid: NO_PROCESS, token: `0000-${String(i).padStart(4, '0')}` });
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, () => acquireLock(folder, { scope: 'main', what: 'the work folder' })),
    );
    const locks = attempts.flatMap((a): Lock[] => (a.status === 'fulfilled' ? [a.value] : []));
    const codes = attempts.flatMap((a) =>
      a.status === 'rejected' ? [(a.reason as { code: string }).code] : [],
    );
    expect(locks).toHaveLength(1);
    expect(codes).toEqual(Array(7).fill('LOCK_HELD'));
    await locks[0]?.release();
    expect(readdirSync(folder)).toEqual([]);
  }
});

describe('a lock that is held', () => {
  it('by a process that lives: however old the lock is, it is not taken over', async () => {
    expect(await one.take(folder, 'main')).toBe('held');
    utimesSync(join(folder, 'main.lock'), 0, 0);
    await expectHeld('main', one.pid);
    await expectHeld('shard-1-of-2', one.pid);
    await one.release();
    await expectFree();
  });

  it('by a shard: the folder and shards of another number are excluded, its fellows are not', async () => {
    expect(await one.take(folder, 'shard-1-of-2')).toBe('held');
    await expectHeld('main', one.pid);
    await expectHeld('shard-1-of-2', one.pid);
    await expectHeld('shard-2-of-3', one.pid);
    await expectFree('shard-2-of-2');
    await one.release();
    await expectFree();
  });

  it('by a process that is killed: free at once, whole folder and shard', async () => {
    for (const scope of ['main', 'shard-1-of-2']) {
      const victim = await startLockProcess();
      expect(await victim.take(folder, scope)).toBe('held');
      await expectHeld(scope, victim.pid);
      await victim.kill();
      expect(readdirSync(folder)).toEqual([`${scope}.lock`]);
      await expectFree('main');
      expect(readdirSync(folder)).toEqual([]);
    }
  });
});

describe('a lock that was left', () => {
  it('by a process that is no more: free', async () => {
    await leaveLock(folder, 'main', { pid: NO_PROCESS });
    await expectFree();
  });

  it.runIf(LINUX)('by a process whose number another one has by now: free', async () => {
    await leaveLock(folder, 'main', { pid: one.pid, process: '1' });
    await expectFree();
  });

  it.runIf(LINUX)(
    'on this machine before it was started again: free, though a process has the number',
    async () => {
      await leaveLock(folder, 'main', { pid: one.pid, boot: 'before' }, STALE_MS + 1000);
      await expectFree();
    },
  );

  it('on another machine that renews it: held', async () => {
    await leaveLock(folder, 'main', { host: 'elsewhere', pid: NO_PROCESS }, STALE_MS / 2);
    await expectHeld('main', `${NO_PROCESS} on elsewhere`);
  });

  it('on another machine that has not renewed it for two minutes: free', async () => {
    await leaveLock(folder, 'main', { host: 'elsewhere', pid: one.pid }, STALE_MS + 1000);
    await expectFree();
  });

  it('in another container of the same name and process number: held while it is renewed, then free', async () => {
    await leaveLock(folder, 'main', { pidNamespace: 'pid:[1]', pid: one.pid }, STALE_MS / 2);
    await expectHeld('main', one.pid);
    await leaveLock(folder, 'main', { pidNamespace: 'pid:[1]', pid: one.pid }, STALE_MS + 1000);
    await expectFree();
  });

  it('as garbage or empty: held for two minutes at most, then free', async () => {
    for (const text of ['', 'garbage', '{"pid":']) {
      await leaveLock(folder, 'main', text, STALE_MS / 2);
      expect(await two.take(folder, 'main')).toMatch(/^LOCK_HELD .* names no process$/);
      await leaveLock(folder, 'main', text, STALE_MS + 1000);
      await expectFree();
    }
  });
});
