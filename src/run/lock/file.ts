/**
 * The files of a lock: made complete and at once, read with the file server's idea of their age, and removed only by one
 * process at a time.
 */
import { constants } from 'node:fs';
import { link, open, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../../errors.js';
import { isDead, type LockHolder, parseHolder, STALE_MS } from './holder.js';

/** One attempt to take a lock. */
export interface Attempt {
  folder: string;
  scope: string;
  self: LockHolder;
  /** A file of this attempt alone, with its holder in it. */
  temporary: string;
}

/** A lock file as it was found. */
export interface Found {
  path: string;
  scope: string;
  /** undefined: no lock that this program wrote. */
  holder: LockHolder | undefined;
  /** Names this file and no later one of the same path. */
  identity: string;
  dead: boolean;
}

/** How the names of locks end. */
export const SUFFIX = '.lock';
/** A holder takes some hundred bytes. */
const MAX_LOCK_BYTES = 64 * 1024;

/** The lock file of a scope. */
export function pathOf(folder: string, scope: string): string {
  return join(folder, scope + SUFFIX);
}

/** What a lock file holds. */
export function textOf(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** Makes a complete file that names this process; false where the path is taken. */
export async function place({ temporary, self }: Attempt, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EEXIST') {
      // A file server may have made the link and lost the answer.
      const [own, other] = await Promise.all([stat(temporary), stat(path).catch(() => undefined)]);
      return own.ino === other?.ino && own.dev === other.dev;
    }
    if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test(error.code ?? '')) throw error;
  }
  // No hard links here: whoever makes the file has it, and writes it afterwards.
  try {
    await writeFile(path, textOf(self), { flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The lock of a scope, if there is one. */
export async function look(attempt: Attempt, scope: string): Promise<Found | undefined> {
  return await examine(attempt, pathOf(attempt.folder, scope), scope);
}

/** Any file of a lock, if it is there. */
export async function examine(
  { self, temporary }: Attempt,
  path: string,
  scope: string,
): Promise<Found | undefined> {
  const now = await serverTime(temporary);
  const file = await readSmall(path);
  if (file === undefined) return undefined;
  const holder = parseHolder(file.text);
  // Clocks that were set back leave times in the future; a living holder soon corrects its own.
  const age = Math.abs(now - file.mtimeMs);
  return {
    path,
    scope,
    holder,
    identity: holder?.token ?? `unknown-${file.inode}-${Math.floor(file.mtimeMs)}`,
    dead: holder === undefined ? age > STALE_MS : await isDead(holder, self, age),
  };
}

/** The time by the clock that dates the files of the folder: it is one for all machines. */
export async function serverTime(temporary: string): Promise<number> {
  await renew(temporary);
  return (await stat(temporary)).mtimeMs;
}

/** Dates the file by the file server's clock: its first byte is written again. */
async function renew(path: string): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    await handle.write('{', 0);
  } finally {
    await handle.close();
  }
}

/** A file of some hundred bytes; the times are milliseconds since 1970. */
export interface SmallFile {
  text: string;
  mtimeMs: number;
  inode: number;
}

/** The beginning of a file; undefined where there is none. What is no regular file has no text. */
export async function readSmall(path: string): Promise<SmallFile | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const { mtimeMs, ino: inode } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_LOCK_BYTES), 0, MAX_LOCK_BYTES, 0);
      return { text: buffer.toString('utf8', 0, bytesRead), mtimeMs, inode };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes the lock of a dead holder. Between seeing that it is dead and removing it, another process may have done so and taken
 * the lock: so only who holds the claim to just this lock may remove it. Claims are numbered, because a claimant may die,
 * too: the claim after a dead one's is free.
 * @returns false where somebody else is at it
 */
export async function bury(attempt: Attempt, { path, scope, identity }: Found): Promise<boolean> {
  const prefix = `${scope}.${identity}.claim-`;
  const last = Math.max(
    0,
    ...(await namesWith(attempt.folder, prefix)).map((name) => Number(name.slice(prefix.length))),
  );
  if (last > 0) {
    const claimant = await examine(attempt, join(attempt.folder, prefix + last), scope);
    if (claimant !== undefined && !claimant.dead) return false;
  }
  if (!(await place(attempt, join(attempt.folder, prefix + (last + 1))))) return false;
  if ((await look(attempt, scope))?.identity === identity) await unlink(path);
  // Whoever makes such a claim from now on finds that the lock is gone.
  for (const name of await namesWith(attempt.folder, prefix))
    await rm(join(attempt.folder, name), { force: true });
  return true;
}

/** Names in the folder that begin so. */
export async function namesWith(folder: string, prefix: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(prefix));
}
