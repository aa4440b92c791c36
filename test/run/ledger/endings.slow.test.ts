/** A ledger whose process is killed in the middle of its puts, and one on a disk that is full. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/errors.js';
import { openLedger, readLedger } from '../../../src/run/ledger/ledger.js';
import { ROOT } from '../../cli/built.js';
import { mountTmpfs, TMPFS_ABSENT, unmountTmpfs } from '../../faults/tmpfs.js';
import { createRandom } from '../../support/random.js';
import { everythingIn, stationRecord } from './records.js';

const root = mkdtempSync(join(tmpdir(), 'harvest-ledger-endings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Puts stations from number `first` on, durably, and says each number once it is there. */
const PROGRAM = `
  import { openLedger } from '${ROOT}/src/run/ledger/ledger.ts';
  import { stationRecord } from '${ROOT}/test/run/ledger/records.ts';
  const [folder, first] = process.argv.slice(1);
  const ledger = await openLedger(folder, 'main');
  for (let i = Number(first); ; i++) {
    await ledger.put('input', String(i), { stamp: { bytes: i, mtimeMs: 0, ctimeMs: 0, inode: 0 }, sha256: '' });
    await ledger.put('station', String(i), stationRecord(i), { durable: true });
    process.stdout.write(i + '\\n');
  }`;

/** Runs the program until it has said this many numbers and a little more, kills it, and gives the last number. */
async function putUntilKilled(
  folder: string,
  first: number,
  count: number,
  delayMs: number,
): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM, folder, String(first)],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  let ending = false;
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
    if (ending || said.split('\n').length <= count) return;
    ending = true;
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  const signal = await new Promise((resolve) => child.on('close', (_code, name) => resolve(name)));
  expect(signal).toBe('SIGKILL');
  const numbers = said.split('\n').slice(0, -1).map(Number);
  expect(numbers).toEqual(numbers.map((_, i) => first + i));
  return first + numbers.length - 1;
}

describe('a ledger whose process is killed', () => {
  it('has every record that was put durably, and one more at most', async () => {
    const random = createRandom(4);
    const folder = join(root, 'killed');
    let next = 0;
    for (let round = 0; round < 4; round++) {
      const last = await putUntilKilled(folder, next, random.integer(1, 60), random.between(0, 5));
      const view = await readLedger(folder);
      const { station, input } = everythingIn(view);
      const count = Object.keys(station).length;
      expect([last + 1, last + 2]).toContain(count);
      expect(Object.keys(input).length).toBeGreaterThanOrEqual(count);
      expect(station).toEqual(
        Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i), stationRecord(i)])),
      );
      next = count;
    }
  });
});

describe.skipIf(TMPFS_ABSENT !== null)(
  `a ledger on a full disk${TMPFS_ABSENT === null ? '' : ` (skipped: ${TMPFS_ABSENT})`}`,
  () => {
    it('says so, keeps every earlier record, and goes on when there is room', async () => {
      const disk = mountTmpfs(64);
      try {
        const ledger = await openLedger(disk, 'main');
        let stored = 0;
        let failure: unknown;
        for (; failure === undefined && stored < 100; stored++)
          failure = await ledger
            .put('station', String(stored), stationRecord(stored), { durable: true })
            .catch((error: unknown) => error);
        stored -= 1;
        expect(stored).toBeGreaterThan(20);
        expect(failure).toBeInstanceOf(StorageError);
        expect(failure).toMatchObject({ code: 'ENOSPC', position: { file: join(disk, 'main.journal') } });
        expect(ledger.get('station', String(stored))).toBeUndefined();
        const earlier = Object.fromEntries(
          Array.from({ length: stored }, (_, i) => [String(i), stationRecord(i)]),
        );
        expect(everythingIn(ledger).station).toEqual(earlier);
        expect(everythingIn(await readLedger(disk)).station).toEqual(earlier);
        // A full disk is no reason to forget what is on it, nor not to start.
        await ledger.close();
        const again = await openLedger(disk, 'main');
        expect(everythingIn(again).station).toEqual(earlier);
        await expect(again.put('station', 'x', stationRecord(1), { durable: true })).rejects.toBeInstanceOf(
          StorageError,
        );
        await again.close();
        expect(readdirSync(disk)).toEqual(['main.journal']);
      } finally {
        unmountTmpfs(disk);
      }
    });

    it('that gets room again takes the next put, which does not join the torn line', async () => {
      const disk = mountTmpfs(64);
      const ballast = join(disk, 'ballast');
      try {
        const ledger = await openLedger(disk, 'main');
        await ledger.put('station', 'a', stationRecord(1), { durable: true });
        const fd = openSync(ballast, 'w');
        expect(() => {
          for (;;) writeSync(fd, Buffer.alloc(4096));
        }).toThrow(/ENOSPC/);
        closeSync(fd);
        await ledger.put('station', 'waiting', stationRecord(2));
        // Of these two, the journal's last block takes the first and a part of the second.
        const long = { ...stationRecord(3), report: { long: 'x'.repeat(5000) } };
        await expect(ledger.put('station', 'b', long, { durable: true })).rejects.toMatchObject({
          code: 'ENOSPC',
        });
        rmSync(ballast);
        await ledger.put('station', 'c', stationRecord(4), { durable: true });
        await ledger.close();
        const view = await readLedger(disk);
        expect(Object.keys(everythingIn(view).station)).toEqual(['a', 'waiting', 'c']);
        expect(view.damagedLines).toBe(1);
      } finally {
        unmountTmpfs(disk);
      }
    });
  },
);
