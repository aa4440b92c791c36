/** Outputs that cannot be written: exit code 6, the reason in words, nothing half done under a final name. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashTree, listing, runHarvest } from '../cli/built.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { mountTmpfs, TMPFS_ABSENT, unmountTmpfs } from './tmpfs.js';

const space = createWorkspace();
const input = space.write('x.txt', stationBytes('USM00072558', 60));
const FILE = 'igra2/0-20000-0-72558_igra2_harvested.nc';

describe.concurrent('an output folder that cannot be made or written', () => {
  it('because a file is in its place, or on the way: exit code 6 and one message that names it', async () => {
    const file = space.write('file', 'precious');
    mkdirSync(space.path('half'));
    space.write('half/igra2', 'precious');
    const outcomes = await Promise.all([
      runHarvest([input], file, ['--quiet']),
      runHarvest([input], join(file, 'below'), ['--quiet', '--workdir', space.path('work')]),
      runHarvest([input], space.path('half'), ['--quiet']),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ code: 6, stdout: '' });
      expect(outcome.stderr).toMatch(
        /^harvest: cannot make the output folder .*(file|half).* \[(ENOTDIR|EEXIST)\]\n {2}\S.*\n$/,
      );
    }
    expect(listing(space.path('half'))).toEqual(['igra2']);
  });

  it.skipIf(process.platform !== 'linux')(
    'because the file system makes no folders (skipped without /proc)',
    async () => {
      const outcome = await runHarvest([input], '/proc/harvest-test/output', [
        '--quiet',
        '--workdir',
        space.path('beside'),
      ]);
      expect(outcome).toMatchObject({ code: 6, stdout: '' });
      expect(outcome.stderr).toMatch(/^harvest: cannot make the output folder \/proc\/harvest-test: /);
    },
  );

  it('because a folder stands where the station file belongs: nothing is left beside it', async () => {
    mkdirSync(space.path('taken', FILE), { recursive: true });
    const outcome = await runHarvest([input], space.path('taken'), ['--quiet']);
    expect(outcome).toMatchObject({ code: 6, stdout: '' });
    expect(outcome.stderr).toContain('0-20000-0-72558_igra2_harvested.nc');
    expect(listing(space.path('taken'))).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'because its mode does not allow it (skipped: root may write anywhere)',
    async () => {
      mkdirSync(space.path('locked'), { mode: 0o500 });
      const outcome = await runHarvest([input], space.path('locked'), ['--quiet']);
      chmodSync(space.path('locked'), 0o700);
      expect(outcome).toMatchObject({ code: 6, stdout: '' });
      expect(outcome.stderr).toMatch(/permission denied \(EACCES\)/);
    },
  );
});

describe.concurrent('a limit on the size of files', () => {
  it('ends like a full disk: exit code 6, the reason, no file, no temporary file', async () => {
    const output = space.path('limited');
    const outcome = await runHarvest([input], output, ['--quiet'], { before: 'ulimit -f 200' });
    expect(outcome).toMatchObject({ code: 6, stdout: '' });
    expect(outcome.stderr).toMatch(/^harvest: .*larger than the limit.*\(EFBIG\) \[EFBIG\]\n {2}\S.*\n$/);
    expect(listing(output)).toEqual([]);
  });
});

describe.skipIf(TMPFS_ABSENT !== null)(
  `a full disk${TMPFS_ABSENT === null ? '' : ` (skipped: ${TMPFS_ABSENT})`}`,
  { concurrent: true },
  () => {
    it.each([4, 100, 300])(
      'of %i KiB: exit code 6, the reason, no file, no temporary file',
      async (kibibytes) => {
        const folder = mountTmpfs(kibibytes);
        try {
          const outcome = await runHarvest([input], folder, ['--quiet']);
          expect(outcome).toMatchObject({ code: 6, stdout: '' });
          expect(outcome.stderr).toMatch(
            /^harvest: .*no space left on the device \(ENOSPC\) \[ENOSPC\]\n {2}Free some space/,
          );
          expect(listing(folder)).toEqual([]);
        } finally {
          unmountTmpfs(folder);
        }
      },
    );

    it('that is full only of the file before: that one stays whole, and the run ends there', async () => {
      const folder = mountTmpfs(800);
      const small = space.write('a.txt', stationBytes('AAM00000001', 2));
      try {
        expect((await runHarvest([small], folder, ['--quiet'])).code).toBe(0);
        const before = hashTree(folder);
        const large = space.write('b.txt', stationBytes('BBM00000002', 1500));
        const outcome = await runHarvest([small, large], folder, ['--quiet']);
        expect(outcome.code).toBe(6);
        expect(outcome.stderr).toMatch(/\[ENOSPC\]/);
        expect(hashTree(folder)).toEqual(before);
      } finally {
        unmountTmpfs(folder);
      }
      expect(existsSync(folder)).toBe(false);
    });
  },
);
