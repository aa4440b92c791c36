/** Damaged inputs, end to end: the long version. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { sumOf } from '../../src/records/tally.js';
import { exitCodeOfRun, totalTally } from '../../src/run/reports/report.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { harvestInto } from '../run/station-file.js';
import { mutate, seededRandom } from '../support/mutate.js';

const space = createWorkspace();

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
      const code = exitCodeOfRun(report);
      expect([0, 3, 5], `mutation ${i}`).toContain(code);
      outcomes.set(`exit code ${code}`, (outcomes.get(`exit code ${code}`) ?? 0) + 1);
    }
    // The damage is neither always fatal nor never noticed.
    expect(outcomes.get('exit code 0')).toBeGreaterThan(20);
    expect(outcomes.get('exit code 3')).toBeGreaterThan(20);
  });
});
