/** Locks from outside: processes of their own that take them on request, and lock files as others would have left them. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LockHolder, thisHolder } from '../../src/run/lock/holder.js';
import { ROOT } from '../cli/built.js';

/** A process that takes locks. */
export interface LockProcess {
  pid: number;
  /** Tries to take the lock: `held`, or the code and the message of the error. */
  take(folder: string, scope: string): Promise<string>;
  release(): Promise<void>;
  /** Ends it as a power cut would; resolves when the system has forgotten the process. */
  kill(): Promise<void>;
}

const PROGRAM = `
  import { createInterface } from 'node:readline';
  import { acquireLock } from '${ROOT}/src/run/lock/lock.ts';
  let lock;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer = 'done';
    if (request === 'release') await lock.release();
    else if (request !== 'ready') {
      answer = 'held';
      try {
        lock = await acquireLock(request.folder, { scope: request.scope, what: 'the work folder' });
      } catch (error) {
        answer = error.code + ' ' + error.message;
      }
    }
    console.log(answer);
  }`;

/** Starts a process that waits for requests. */
export async function startLockProcess(): Promise<LockProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const ask = async (request: unknown): Promise<string> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    return done === true ? 'ended' : String(value);
  };
  await ask('ready');
  return {
    pid: child.pid ?? 0,
    take: (folder, scope) => ask({ folder, scope }),
    async release() {
      await ask('release');
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/**
 * Writes a lock as another process would have left it; what is not given is as of this process.
 * @param ageMs how long ago it was renewed
 */
export async function leaveLock(
  folder: string,
  scope: string,
  holder: Partial<LockHolder> | string,
  ageMs = 0,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${scope}.lock`);
  const token = `0000-${Math.floor(ageMs)}-${scope.length}`;
  const text =
    typeof holder === 'string' ? holder : JSON.stringify({ ...(await thisHolder(token)), ...holder });
  writeFileSync(path, text);
  const time = Date.now() / 1000 - ageMs / 1000;
  utimesSync(path, time, time);
  return path;
}

/** The process that a lock file names. */
export function pidIn(path: string): number {
  return (JSON.parse(readFileSync(path, 'utf8')) as LockHolder).pid;
}

/** A process number that no process has: the kernel gives none so high. */
export const NO_PROCESS = 2 ** 22 + 1;
