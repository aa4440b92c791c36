/** The lock on a file system that has no hard links, as on some memory cards and network shares. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { acquireLock, type Lock } from '../../src/run/lock/lock.js';
import { leaveLock, NO_PROCESS, pidIn } from './lock-process.js';

const refused = vi.hoisted(() => ({ links: 0 }));
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => {
    refused.links += 1;
    const error = new Error('EPERM: operation not permitted, link');
    return Promise.reject(Object.assign(error, { code: 'EPERM', errno: -1 }));
  },
}));

const root = mkdtempSync(join(tmpdir(), 'harvest-lock-without-links-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const take = (folder: string) => acquireLock(folder, { scope: 'main', what: 'the work folder' });

describe('without hard links', () => {
  it('a lock is taken, held and released', async () => {
    const folder = join(root, 'plain');
    const lock = await take(folder);
    expect(refused.links).toBe(1);
    expect(pidIn(join(folder, 'main.lock'))).toBe(process.pid);
    await expect(take(folder)).rejects.toMatchObject({ code: 'LOCK_HELD' });
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('many at once take over from one that is dead: one gets it', async () => {
    const folder = join(root, 'race');
    for (let i = 0; i < 10; i++) {
      await leaveLock(folder, 'main', { pid: NO_PROCESS, token: `0000-000${i}` });
      const attempts = await Promise.allSettled(Array.from({ length: 6 }, () => take(folder)));
      const locks = attempts.flatMap((a): Lock[] => (a.status === 'fulfilled' ? [a.value] : []));
      expect(locks).toHaveLength(1);
      await locks[0]?.release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('a lock that is only being written is not taken over', async () => {
    const folder = join(root, 'half');
    await leaveLock(folder, 'main', '');
    await expect(take(folder)).rejects.toMatchObject({ code: 'LOCK_HELD' });
    writeFileSync(join(folder, 'main.lock'), '{"pid":');
    await expect(take(folder)).rejects.toMatchObject({ code: 'LOCK_HELD' });
  });
});
