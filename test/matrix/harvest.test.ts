/** The long version of the fault tests: kills at random points, disks of many sizes, damaged inputs end to end. */
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { checkStructure } from '../../src/netcdf4/index.js';
import { sumOf } from '../../src/records/tally.js';
import { exitCodeOfReport } from '../../src/run/harvest.js';
import { totalTally } from '../../src/run/report.js';
import { hashTree, listing, runHarvest } from '../cli/built.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { mountTmpfs, TMPFS_ABSENT, unmountTmpfs } from '../faults/tmpfs.js';
import { harvestInto } from '../run/station-file.js';
import { mutate, seededRandom } from '../support/mutate.js';

const space = createWorkspace();
const stations = ['AAM00000001', 'BBM00000002', 'CCM00000003', 'DDM00000004'];
for (const [i, id] of stations.entries()) space.write(`in/${id}.txt`, stationBytes(id, 150, i));

describe('kill -9', () => {
  it('known fault: a killed harvest cannot be resumed. Killed at 20 random points, the last run undisturbed: the files are those of one undisturbed run', async () => {
    const expected = space.path('undisturbed');
    const started = performance.now();
    expect((await runHarvest([space.path('in')], expected, ['--quiet'])).code).toBe(0);
    const duration = performance.now() - started;
    const final = hashTree(expected);
    expect(Object.keys(final)).toHaveLength(stations.length);
    const random = seededRandom(20);
    const output = space.path('killed');
    let killed = 0;
    for (let i = 0; i < 20; i++) {
      if (i % 5 === 0) rmSync(output, { recursive: true, force: true });
      const after = duration * (0.2 + 0.8 * random());
      const outcome = await runHarvest([space.path('in')], output, ['--quiet'], {
        started: (child) => void wait(after).then(() => child.kill('SIGKILL')),
      });
      if (outcome.signal === 'SIGKILL') killed++;
      else expect(outcome.code).toBe(0);
      // Whatever stands under a final name is whole.
      for (const [name, hash] of Object.entries(hashTree(output)))
        if (name.endsWith('.nc')) expect(hash, name).toBe(final[name]);
        else expect(name).toMatch(/^igra2\/\.[^/]*\.tmp$/);
    }
    expect(killed).toBeGreaterThan(5);
    expect((await runHarvest([space.path('in')], output, ['--quiet'])).code).toBe(0);
    const left = hashTree(output);
    expect(Object.fromEntries(Object.entries(left).filter(([name]) => name.endsWith('.nc')))).toEqual(final);
  });
});

describe.skipIf(TMPFS_ABSENT !== null)(
  `a full disk${TMPFS_ABSENT === null ? '' : ` (skipped: ${TMPFS_ABSENT})`}`,
  () => {
    it.each([4, 8, 32, 64, 128, 256, 512, 768, 1024, 1536])(
      'of %i KiB: what is there is whole',
      async (kibibytes) => {
        const folder = mountTmpfs(kibibytes);
        try {
          const outcome = await runHarvest([space.path('in')], folder, ['--quiet']);
          expect(outcome.code).toBe(6);
          expect(outcome.stderr).toMatch(/no space left on the device \(ENOSPC\) \[ENOSPC\]/);
          for (const name of listing(folder)) {
            expect(name).toMatch(/_harvested\.nc$/);
            await checkStructure(`${folder}/${name}`);
          }
        } finally {
          unmountTmpfs(folder);
        }
      },
    );
  },
);

describe('damaged inputs, end to end', () => {
  const whole = stationBytes('USM00072558', 12);
  const meaningful = Uint8Array.from(Buffer.from('#\n\r -019AB'));

  it('200 of them: a result whose counts add up, or an error of the input; never an unexpected one', async () => {
    const random = seededRandom(7);
    const outcomes = new Map<string, number>();
    const input = space.path('mutated.txt');
    for (let i = 0; i < 200; i++) {
      writeFileSync(input, mutate(whole, random, meaningful));
      const report = await harvestInto(space.folder, [input], { output: space.path('mutated') });
      const errors = [...report.refused, ...report.stations].flatMap(({ error }) => (error ? [error] : []));
      for (const error of errors) expect(error, `mutation ${i}`).toBeInstanceOf(HarvestError);
      const { fields, rows, dropped } = totalTally(report);
      expect(fields, `mutation ${i}`).toBe(rows + sumOf(dropped));
      const code = exitCodeOfReport(report);
      expect([0, 3, 5], `mutation ${i}`).toContain(code);
      outcomes.set(`exit code ${code}`, (outcomes.get(`exit code ${code}`) ?? 0) + 1);
    }
    // The damage is neither always fatal nor never noticed.
    expect(outcomes.get('exit code 0')).toBeGreaterThan(20);
    expect(outcomes.get('exit code 3')).toBeGreaterThan(20);
  });
});
