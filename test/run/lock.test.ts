/** The lock of a work folder: what it excludes, who counts as dead, and what is left when it is released. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { exitCodeOf, LockError } from '../../src/errors.js';
import { isDead, parseHolder, STALE_MS, thisHolder } from '../../src/run/lock/holder.js';
import { acquireLock } from '../../src/run/lock/lock.js';
import { leaveLock, NO_PROCESS, pidIn } from './lock-process.js';

const root = mkdtempSync(join(tmpdir(), 'harvest-lock-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder = '';
let folders = 0;
beforeEach(() => {
  folder = join(root, String(folders++));
});

const LINUX = process.platform === 'linux';
const take = (scope = 'main') => acquireLock(folder, { scope, what: 'the work folder data' });
/** Takes the lock, which names this process from then on, and gives it back. */
async function expectFree(scope = 'main'): Promise<void> {
  const lock = await take(scope);
  expect(pidIn(join(folder, `${scope}.lock`))).toBe(process.pid);
  await lock.release();
}
async function expectHeld(scope = 'main'): Promise<void> {
  await expect(take(scope)).rejects.toMatchObject({ code: 'LOCK_HELD' });
}

describe('a lock', () => {
  it('is a file that names its holder, and is gone when it is released', async () => {
    const lock = await take();
    const path = join(folder, 'main.lock');
    expect(readdirSync(folder)).toEqual(['main.lock']);
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    expect(holder).toMatchObject({ pid: process.pid, host: hostname() });
    expect(Math.abs(Date.parse(String(holder.started)) - Date.now())).toBeLessThan(60_000);
    if (LINUX) {
      expect(holder.boot).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
      // Field 22 of a line whose second field, the name, may hold anything but has no parenthesis here.
      const stat = readFileSync('/proc/self/stat', 'utf8').replace(/\(.*\)/, 'name');
      expect(holder.process).toBe(stat.split(' ')[21]);
    }
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
    await lock.release();
  });

  it('that is held says by whom, since when and what to do, and leads to exit code 7', async () => {
    const lock = await take();
    const error: unknown = await take().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LockError);
    expect(exitCodeOf(error)).toBe(7);
    const { started } = parseHolder(readFileSync(join(folder, 'main.lock'), 'utf8')) ?? {};
    expect(error).toMatchObject({
      code: 'LOCK_HELD',
      message: `the work folder data is in use by process ${process.pid} on ${hostname()} since ${started}`,
      position: { file: join(folder, 'main.lock') },
      hint: expect.stringMatching(/^Wait .*--workdir/),
    });
    expect(readdirSync(folder)).toEqual(['main.lock']);
    await lock.release();
    await expectFree();
  });

  it.each([
    ['main', 'main', true],
    ['main', 'shard-1-of-2', true],
    ['shard-1-of-2', 'main', true],
    ['shard-1-of-2', 'shard-1-of-2', true],
    ['shard-1-of-2', 'shard-2-of-2', false],
    ['shard-1-of-2', 'shard-2-of-3', true],
    ['shard-2-of-3', 'shard-1-of-2', true],
    ['shard-1-of-20', 'shard-1-of-2', true],
  ])('of %s against %s: excluded %s, without a trace', async (first, second, excluded) => {
    const one = await take(first);
    if (excluded) {
      await expectHeld(second);
      expect(readdirSync(folder)).toEqual([`${first}.lock`]);
    } else {
      const two = await take(second);
      expect(readdirSync(folder)).toHaveLength(2);
      await two.release();
    }
    await one.release();
    await expectFree(second);
  });

  it('that another process has taken over is not removed by its former holder', async () => {
    const lock = await take();
    rmSync(join(folder, 'main.lock'));
    const other = await take();
    await lock.release();
    await expectHeld();
    await other.release();
  });

  it('is renewed while it is held, and its new owner is not disturbed by the old heartbeat', async () => {
    const lock = await acquireLock(folder, { scope: 'main', what: 'it', heartbeatMs: 10 });
    const path = join(folder, 'main.lock');
    const old = Math.floor(Date.now() / 1000) - 1000;
    utimesSync(path, old, old);
    for (let i = 0; i < 200 && statSync(path).mtimeMs < Date.now() - 500_000; i++) await sleep(10);
    expect(statSync(path).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    expect(parseHolder(readFileSync(path, 'utf8'))?.pid).toBe(process.pid);

    rmSync(path);
    writeFileSync(path, 'of somebody else');
    utimesSync(path, old, old);
    await sleep(100);
    expect(statSync(path).mtimeMs).toBe(old * 1000);
    expect(readFileSync(path, 'utf8')).toBe('of somebody else');
    await lock.release();
    expect(existsSync(path)).toBe(true);
  });

  it('refuses scopes that are none, and says where a folder cannot be made or a link is in the way', async () => {
    await expect(take('../main')).rejects.toThrow(TypeError);
    await expect(take('shard-0-of-2')).rejects.toThrow(TypeError);
    writeFileSync(folder, '');
    await expect(take()).rejects.toMatchObject({ name: 'StorageError', position: { file: folder } });
    folder = join(root, 'link');
    mkdirSync(folder);
    const target = join(root, 'target');
    writeFileSync(target, 'precious');
    symlinkSync(target, join(folder, 'main.lock'));
    await expect(take()).rejects.toMatchObject({ name: 'StorageError', code: 'ELOOP' });
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(readdirSync(folder)).toEqual(['main.lock']);
  });
});

describe('the lock of one that is dead', () => {
  it('is taken over at once: no such process', async () => {
    await leaveLock(folder, 'main', { pid: NO_PROCESS });
    await expectFree();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(LINUX)('is taken over at once: its number belongs to another process by now', async () => {
    await leaveLock(folder, 'main', { pid: process.pid, process: '1' });
    await expectFree();
  });

  it.runIf(LINUX)('is taken over at once: a zombie, whose parent has not asked how it ended', async () => {
    // The shell starts a process and becomes a program that never asks; then the process ends.
    const child = 'until grep -q sleep /proc/$PPID/comm; do :; done';
    const parent = spawn('sh', ['-c', `sh -c '${child}' & echo $!; exec sleep 60`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
      const stat = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8');
      for (let i = 0; i < 200 && !stat().includes(') Z '); i++) await sleep(10);
      expect(stat()).toContain(') Z ');
      const start = stat()
        .replace(/\(.*\)/, 'name')
        .split(' ')[21];
      await leaveLock(folder, 'main', { pid, process: start ?? '' });
      await expectFree();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('of another scope excludes nobody and is removed', async () => {
    await leaveLock(folder, 'shard-1-of-3', { pid: NO_PROCESS });
    await leaveLock(folder, 'shard-2-of-3', { host: 'elsewhere' }, STALE_MS + 1000);
    await expectFree();
    expect(readdirSync(folder)).toEqual([]);
    await leaveLock(folder, 'main', { pid: NO_PROCESS });
    await expectFree('shard-1-of-2');
  });

  it('on another machine, in another container: after two minutes without a heartbeat, not before', async () => {
    for (const holder of [{ host: 'elsewhere' }, { pidNamespace: 'pid:[1]' }, { boot: 'other' }]) {
      await leaveLock(folder, 'main', holder, STALE_MS - 20_000);
      if (!('boot' in holder)) await expectHeld();
      await leaveLock(folder, 'main', holder, STALE_MS + 1000);
      await expectFree();
    }
  });

  it('counts by the clock of the files, also where a clock was set back since', async () => {
    await leaveLock(folder, 'main', { host: 'elsewhere' }, -10 * STALE_MS);
    await expectFree();
  });
});

describe('who counts as dead', () => {
  const here = thisHolder('0000-0000');
  const HOUR = 3_600_000;

  it.runIf(LINUX)('is not this process, however old its lock', async () => {
    const self = await here;
    expect(await isDead(self, self, 10 * HOUR)).toBe(false);
    expect(await isDead({ ...self, process: '1' }, self, 0)).toBe(true);
  });

  it('is a holder from before this machine was started, but not one of its name that renews its lock', async () => {
    const self = await here;
    const other = { ...self, boot: 'another' };
    const seconds = 1000;
    // Renewed 60 s ago, and this machine is up for 50 s: the holder was on it before.
    expect(await isDead(other, self, 60 * seconds, 50 * seconds)).toBe(true);
    // Renewed while this machine was up: another machine of that name.
    expect(await isDead(other, self, 60 * seconds, 70 * seconds)).toBe(false);
    expect(await isDead(other, self, 130 * seconds, 200 * seconds)).toBe(true);
    // Just started: two heartbeats are awaited before one is missed.
    expect(await isDead(other, self, 30 * seconds, 5 * seconds)).toBe(false);
  });

  it('is one whose start is unknown only after two minutes, while a process has its number', async () => {
    const self = await here;
    const other = { ...self, process: null };
    expect(await isDead(other, self, 60_000)).toBe(false);
    expect(await isDead(other, self, STALE_MS + 1)).toBe(true);
    expect(await isDead({ ...other, pid: NO_PROCESS }, self, 0)).toBe(true);
  });
});

describe('a lock file that names nobody', () => {
  it.each([
    ['empty', ''],
    ['cut off', '{"pid": 12, "host": "a'],
    ['binary', '\u0000\u0001\u0002'],
    ['another shape', '{"pid": "12"}'],
    [
      'a token that is a path',
      '{"pid":1,"host":"a","boot":null,"pidNamespace":null,"process":null,"started":"","token":"../../../../x"}',
    ],
    ['large', 'x'.repeat(200_000)],
  ])('(%s) may be one that is being written; after two minutes it is not', async (_, text) => {
    await leaveLock(folder, 'main', text, STALE_MS - 20_000);
    await expect(take()).rejects.toMatchObject({
      code: 'LOCK_HELD',
      message: expect.stringContaining('names no process'),
      hint: expect.stringContaining('two minutes'),
    });
    await leaveLock(folder, 'main', text, STALE_MS + 1000);
    await expectFree();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('what killed attempts leave', () => {
  const DEAD = '0000-0000';
  const age = (name: string): void => {
    const old = Date.now() / 1000 - STALE_MS / 1000 - 10;
    utimesSync(join(folder, name), old, old);
  };

  it('is removed by the next one, and nothing else is', async () => {
    mkdirSync(folder);
    const leftOver = ['main.0000-0000.tmp', 'main.0000-0001.claim-1', 'main.unknown-12-34.claim-2'];
    const others = [
      'main.ts',
      'main.nc.tmp',
      'shard-1-of-2.0000-0000.tmp',
      'notes.lock',
      'main.0000-0002.tmp',
    ];
    for (const name of [...leftOver, ...others]) {
      writeFileSync(join(folder, name), '');
      if (name !== 'main.0000-0002.tmp') age(name);
    }
    await expectFree();
    expect(readdirSync(folder).sort()).toEqual(others.sort());
  });

  it('in the middle of taking over is no hindrance: the claim after a dead one is free, after a living one not', async () => {
    const path = await leaveLock(folder, 'main', { pid: NO_PROCESS, token: DEAD });
    const claim = (n: number, pid: number): Promise<void> =>
      thisHolder(`1111-000${n}`).then((self) =>
        writeFileSync(join(folder, `main.${DEAD}.claim-${n}`), JSON.stringify({ ...self, pid })),
      );
    await claim(1, NO_PROCESS);
    await claim(2, process.pid);
    // The claimant lives (it is this process), and does not go on: the others give up after some seconds.
    const waiting = take();
    await sleep(300);
    expect(pidIn(path)).toBe(NO_PROCESS);
    await claim(2, NO_PROCESS);
    const lock = await waiting;
    expect(readdirSync(folder)).toEqual(['main.lock']);
    await lock.release();
  });
});
