/**
 * One writer per work folder, or one per shard: a file that names its holder. Taking it is making the file, complete and at
 * once, by a hard link that fails where the name is taken. The lock of a process that ended without releasing it is removed
 * by the next one that wants it; nothing is ever needed by hand.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../disk/folder.js';
import { asStorageError, isSystemError, LockError } from '../../errors.js';
import {
  type Attempt,
  bury,
  examine,
  type Found,
  look,
  namesWith,
  pathOf,
  place,
  readSmall,
  SUFFIX,
  textOf,
} from './file.js';
import { HEARTBEAT_MS, type LockHolder, parseHolder, thisHolder } from './holder.js';

export interface LockOptions {
  /** `main` excludes every other; `shard-2-of-4` excludes `main`, itself, and the shards of another number. */
  scope: string;
  /** What the lock guards, for messages: `the work folder data`. */
  what: string;
  /** How often the lock is renewed (ms). */
  heartbeatMs?: number;
}

/** A lock that is held. */
export interface Lock {
  /** Removes the lock, if it is still this one. Any number of calls. @throws StorageError */
  release(): Promise<void>;
}

const SCOPE = /^(?:main|shard-[1-9]\d*-of-([1-9]\d*))$/;
/** Looks at a conflicting lock, and the pause between them: time enough for its taker to see this one and withdraw. */
const LOOKS = 6;
const PAUSE_MS = 50;
/** Somebody else removes a dead lock meanwhile: it takes milliseconds, unless that process is stopped. */
const MAX_TRIES = 100;

/**
 * Takes the lock, also from a holder that is dead: on this machine a process that runs no more (also where another one has
 * its number by now), or from before the machine was started; anywhere else one that has not renewed its lock for two
 * minutes by the clock of the file server. A file that names no holder (empty, damaged) counts as dead after two minutes too:
 * before that it may be one that is being written where the file system has no hard links.
 * @param folder made where it is missing
 * @throws LockError `LOCK_HELD` where another process holds it; StorageError where the folder cannot be written
 */
export async function acquireLock(folder: string, options: LockOptions): Promise<Lock> {
  const { scope, what, heartbeatMs = HEARTBEAT_MS } = options;
  if (!SCOPE.test(scope)) throw new TypeError(`${scope} is not the scope of a lock`);
  try {
    await makeFolder(folder);
    const self = await thisHolder(randomUUID());
    const temporary = join(folder, `${scope}.${self.token}.tmp`);
    const attempt: Attempt = { folder, scope, self, temporary };
    try {
      await writeTemporary(attempt);
      // Those who hold a lock for long need not see this one come and go.
      await excludeOthers(attempt, what, false);
      await makeLock(attempt, what);
      const path = pathOf(folder, scope);
      const lock = await holdLock(path, self, heartbeatMs).catch(async (error: unknown) => {
        await rm(path, { force: true });
        throw error;
      });
      try {
        await excludeOthers(attempt, what, true);
        await sweep(attempt);
      } catch (error) {
        await lock.release();
        throw error;
      }
      return lock;
    } finally {
      await rm(temporary, { force: true });
    }
  } catch (error) {
    throw asStorageError(error, 'cannot take the lock in', folder);
  }
}

/** Writes the file of this attempt. Another process may just remove the folder, which it had made for its lock alone. */
async function writeTemporary({ folder, temporary, self }: Attempt): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await writeFile(temporary, textOf(self), { flag: 'wx', flush: true });
      return;
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'ENOENT' || tries === LOOKS) throw error;
      await makeFolder(folder);
    }
  }
}

/** Makes the lock file, when the name is free or its holder dead. */
async function makeLock(attempt: Attempt, what: string): Promise<void> {
  const path = pathOf(attempt.folder, attempt.scope);
  for (let tries = 1; !(await place(attempt, path)); tries++) {
    const found = await look(attempt, attempt.scope);
    // Released in between.
    if (found === undefined) continue;
    if (!found.dead || tries > MAX_TRIES) throw held(what, found);
    if (!(await bury(attempt, found))) await sleep(PAUSE_MS);
  }
}

/** Keeps the lock file renewed, by a handle: it never touches what another process may have put in its place. */
async function holdLock(path: string, self: LockHolder, heartbeatMs: number): Promise<Lock> {
  const handle = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  const renew = async (): Promise<void> => {
    await handle.write('{', 0);
    await handle.datasync();
  };
  let beat: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // A disk that fails now may serve the next time; the work itself will say what is wrong with it.
    beat = renew().catch(() => undefined);
  }, heartbeatMs);
  timer.unref();
  let released: Promise<void> | undefined;
  const release = async (): Promise<void> => {
    clearInterval(timer);
    await beat;
    await handle.close().catch(() => undefined);
    const file = await readSmall(path);
    if (file !== undefined && parseHolder(file.text)?.token === self.token) await rm(path, { force: true });
  };
  return {
    async release() {
      released ??= release().catch((error: unknown) => {
        throw asStorageError(error, 'cannot release the lock', path);
      });
      await released;
    },
  };
}

/**
 * @param settle whether both may have made their locks at the same time: then one withdraws, and the other waits for that
 * @throws LockError where a living process holds a lock that this one excludes
 */
async function excludeOthers(attempt: Attempt, what: string, settle: boolean): Promise<void> {
  for (const name of await readdir(attempt.folder)) {
    const other = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : '';
    if (!SCOPE.test(other) || !conflict(attempt.scope, other)) continue;
    const looks = settle && rank(attempt.scope) < rank(other) ? LOOKS : 1;
    for (let i = 1; ; i++) {
      const found = await look(attempt, other);
      if (found === undefined) break;
      if (found.dead) {
        await bury(attempt, found);
        break;
      }
      if (i === looks) throw held(what, found);
      await sleep(PAUSE_MS);
    }
  }
}

/** How many shards the scope's run has; 0 for a run that is not cut. */
function rank(scope: string): number {
  return Number(SCOPE.exec(scope)?.[1] ?? 0);
}

function conflict(scope: string, other: string): boolean {
  return scope !== other && (scope === 'main' || rank(scope) !== rank(other));
}

const LEFT_OVER = /^\.(?:[0-9a-f-]{8,64}\.tmp|(?:[0-9a-f-]{8,64}|unknown-\d+-\d+)\.claim-\d+)$/;

/**
 * Removes what attempts left that were killed: of processes that are gone at once, of others after two minutes. Others' claims to
 * locks of this scope mean nothing any more: it is held.
 */
async function sweep(attempt: Attempt): Promise<void> {
  for (const name of await namesWith(attempt.folder, `${attempt.scope}.`)) {
    const path = join(attempt.folder, name);
    if (!LEFT_OVER.test(name.slice(attempt.scope.length)) || path === attempt.temporary) continue;
    if ((await examine(attempt, path, attempt.scope))?.dead === true) await rm(path, { force: true });
  }
}

function held(what: string, { path, scope, holder }: Found): LockError {
  if (holder === undefined) {
    return new LockError('LOCK_HELD', `${what} is locked by a file that names no process`, {
      file: path,
      hint: 'If no other run is under way, run the same command again in two minutes.',
    });
  }
  const part = scope === 'main' ? '' : ` (${scope})`;
  return new LockError(
    'LOCK_HELD',
    `${what} is in use by process ${holder.pid} on ${holder.host} since ${holder.started}${part}`,
    {
      file: path,
      hint: 'Wait until it has ended, or use another --workdir. The lock of a process that was killed is taken over, from another machine after two minutes.',
    },
  );
}

/** Who holds locks in a folder, as far as the files say; none where there is no folder. */
export async function lockHolders(folder: string): Promise<{ scope: string; holder: LockHolder }[]> {
  const names = await readdir(folder).catch(() => []);
  const holders: { scope: string; holder: LockHolder }[] = [];
  for (const name of names) {
    const scope = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : '';
    const file = SCOPE.test(scope) ? await readSmall(join(folder, name)).catch(() => undefined) : undefined;
    const holder = file === undefined ? undefined : parseHolder(file.text);
    if (holder !== undefined) holders.push({ scope, holder });
  }
  return holders;
}
