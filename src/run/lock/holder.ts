/** Who holds a lock, and whether that process still lives. */
import { readFile, readlink } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { number, object, orNull, parsed, text, textLike } from '../../shape.js';

/**
 * A process, told apart from every other one, also from a later one with the same number and from one in another container
 * or on another machine of the same name. null where the system does not say.
 */
export interface LockHolder {
  pid: number;
  host: string;
  /** Changes with every start of the machine. */
  boot: string | null;
  /** The set of processes in which `pid` is a number: containers have their own. */
  pidNamespace: string | null;
  /** Start of the process, in clock ticks since the start of the machine. */
  process: string | null;
  /** When the lock was taken, ISO 8601. */
  started: string;
  /** Of this lock and no other. */
  token: string;
}

/** A lock on another machine that was not renewed for so long is a dead one's (ms). */
export const STALE_MS = 120_000;
/** How often a lock is renewed (ms). */
export const HEARTBEAT_MS = 20_000;

/** This process as the holder of a lock that it takes now. */
export async function thisHolder(token: string): Promise<LockHolder> {
  return {
    pid: process.pid,
    host: hostname(),
    boot: await readFile('/proc/sys/kernel/random/boot_id', 'latin1').then(
      (text) => text.trim(),
      () => null,
    ),
    pidNamespace: await readlink('/proc/self/ns/pid').catch(() => null),
    process: (await processState(process.pid)).start,
    started: new Date().toISOString(),
    token,
  };
}

/** The holder that a lock file names; undefined where it is empty, cut off or something else. */
export function parseHolder(json: string): LockHolder | undefined {
  const holder = parsed(json, HOLDER);
  return holder !== undefined && Number.isSafeInteger(holder.pid) && holder.pid > 0 ? holder : undefined;
}

const HOLDER = object<LockHolder>({
  pid: number,
  host: text,
  boot: orNull(text),
  pidNamespace: orNull(text),
  process: orNull(text),
  started: text,
  // The token is a part of file names.
  token: textLike(/^[0-9a-f-]{8,64}$/),
});

/**
 * Whether the process that a lock names is gone.
 * @param self the process that asks
 * @param age milliseconds since the lock was renewed, both by the clock of the file server
 */
export async function isDead(
  holder: LockHolder,
  self: LockHolder,
  age: number,
  uptimeMs: number = uptime() * 1000,
): Promise<boolean> {
  if (age > STALE_MS && !isSameMachine(holder, self)) return true;
  if (holder.host === self.host && holder.boot !== self.boot) {
    // The same machine before it was started again, or another one of the same name: only that one renews its lock while
    // this machine is up.
    return age > uptimeMs && age > 2 * HEARTBEAT_MS;
  }
  if (!isSameMachine(holder, self)) return false;
  const { exists, start } = await processState(holder.pid);
  if (!exists) return true;
  if (start !== null && holder.process !== null) return start !== holder.process;
  // A process of that number there is, but whether it is the holder cannot be seen.
  return age > STALE_MS;
}

function isSameMachine(holder: LockHolder, self: LockHolder): boolean {
  return holder.host === self.host && holder.boot === self.boot && holder.pidNamespace === self.pidNamespace;
}

/** Whether a process of this machine runs, and since when; `start` is null where the system does not say. */
export async function processState(pid: number): Promise<{ exists: boolean; start: string | null }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  if (stat !== null) {
    // proc(5): the second field is the name in parentheses, which may hold blanks and parentheses; then comes field 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie does nothing any more: its parent has not asked for its exit code.
    const ended = /^[ZXx]/.test(fields[0] ?? '');
    return { exists: !ended, start: fields[22 - 3] ?? null };
  }
  try {
    process.kill(pid, 0);
    return { exists: true, start: null };
  } catch (error) {
    // EPERM: there is one, of another user.
    return { exists: (error as NodeJS.ErrnoException).code === 'EPERM', start: null };
  }
}
