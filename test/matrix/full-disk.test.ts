/** Disks that fill up at any stage of a harvest: the reason, exit code 6, only whole files; with room again, all of them. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStructure } from '../../src/netcdf4/index.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { leftovers, runCase, stationFiles } from '../faults/harvest-process.js';
import { mountTmpfs, TMPFS_ABSENT, unmountTmpfs } from '../faults/tmpfs.js';

const SIZES_KIB = [4, 8, 32, 64, 128, 256, 512, 768, 1024, 1536];
const ROOM_KIB = 65_536;

const space = createWorkspace();
const stations = ['AAM00000001', 'BBM00000002', 'CCM00000003', 'DDM00000004'];
for (const [i, id] of stations.entries()) space.write(`in/${id}.txt`, stationBytes(id, 150, i));
const input = [space.path('in')];
let expected: Record<string, string>;
let ran = 0;

beforeAll(async () => {
  const output = space.path('undisturbed', 'output');
  expect((await runCase({ workdir: space.path('undisturbed'), output, input })).code).toBe(0);
  expected = stationFiles(output);
  expect(Object.keys(expected)).toHaveLength(stations.length);
});

afterAll(() => {
  console.log(`full-disk: ${ran} cases`);
  if (TMPFS_ABSENT === null) expect(ran).toBe(SIZES_KIB.length);
});

describe.skipIf(TMPFS_ABSENT !== null)(
  `a full disk${TMPFS_ABSENT === null ? '' : ` (skipped: ${TMPFS_ABSENT})`}`,
  () => {
    // In every second case the ledger and the lock are on it as well.
    it.each(SIZES_KIB.map((kibibytes, i) => [kibibytes, i % 2 === 0 ? 'output' : 'work'] as const))(
      'of %i KiB for the %s folder: what is there is whole, and with room again a run completes it',
      async (kibibytes, what) => {
        ran++;
        const disk = mountTmpfs(kibibytes);
        try {
          const output = join(disk, 'output');
          const workdir = what === 'work' ? disk : space.path(`work${ran}`);
          const outcome = await runCase({ workdir, output, input });
          expect(outcome, outcome.stderr).toMatchObject({ code: 6, stdout: '' });
          expect(outcome.stderr).toMatch(/no space left on the device \(ENOSPC\) \[ENOSPC\]/);
          const files = stationFiles(output);
          expect(Object.keys(files).length).toBeLessThan(stations.length);
          for (const [name, hash] of Object.entries(files)) {
            expect(hash, name).toBe(expected[name]);
            await checkStructure(join(output, name));
          }
          expect(leftovers(disk)).toEqual([]);

          execFileSync('mount', ['-o', `remount,size=${ROOM_KIB}k`, disk], { stdio: 'pipe' });
          expect(await runCase({ workdir, output, input })).toMatchObject({ code: 0, stderr: '' });
          expect(stationFiles(output)).toEqual(expected);
          expect(leftovers(disk)).toEqual([]);
        } finally {
          unmountTmpfs(disk);
        }
      },
    );
  },
);
