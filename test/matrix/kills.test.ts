/** `kill -9` at random points of a harvest: what stands under a final name is whole, and the next run makes up for it. */
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { leftovers, runCase, stationFiles } from '../faults/harvest-process.js';
import { MATRIX_FACTOR } from '../support/matrix.js';
import { seededRandom } from '../support/mutate.js';

const KILLS = 50 * MATRIX_FACTOR;
/** Kills in a row before a run may come to its end. */
const IN_A_ROW = 5;
const STATIONS = 12;
const SOUNDINGS = 60;

const space = createWorkspace();
for (let i = 1; i <= STATIONS; i++) {
  const id = `XXM000${String(10_000 + i)}`;
  space.write(`in/${id}.txt`, stationBytes(id, SOUNDINGS, i));
}
const input = [space.path('in')];
let expected: Record<string, string>;
let durationMs: number;
let kills = 0;

beforeAll(async () => {
  const workdir = space.path('undisturbed');
  const started = performance.now();
  expect(await runCase({ workdir, input })).toMatchObject({ code: 0, stderr: '' });
  durationMs = performance.now() - started;
  expected = stationFiles(workdir);
  expect(Object.keys(expected)).toHaveLength(STATIONS);
});

afterAll(() => console.log(`kills: ${kills} cases`));

describe('kill -9', () => {
  it(`known fault: a killed harvest cannot be resumed. ${KILLS} kills at random points, up to ${IN_A_ROW} in a row: every file under a final name is one of an undisturbed run, and a run to the end makes what is missing, and repeats no more than was in work`, async () => {
    const random = seededRandom(20);
    const workdir = space.path('killed');
    let completed = 0;
    let inWork = 0;
    let runs = 0;
    for (let row = 0; kills < KILLS; row = (row + 1) % IN_A_ROW) {
      // A run may be faster than the kill, but not always.
      expect(++runs).toBeLessThan(5 * KILLS);
      const after = durationMs * (0.1 + 0.9 * random());
      const lanes = 1 + (runs % 2);
      const outcome = await runCase(
        { workdir, input, more: ['--workers', String(lanes)] },
        { started: (child) => void wait(after).then(() => child.kill('SIGKILL')) },
      );
      if (outcome.signal === 'SIGKILL') kills++;
      else expect(outcome).toMatchObject({ code: 0, stderr: '' });
      const files = Object.entries(stationFiles(workdir));
      for (const [name, hash] of files) expect(hash, name).toBe(expected[name]);
      if (files.length > 0 && files.length < STATIONS) inWork++;
      if (outcome.signal === 'SIGKILL' && row < IN_A_ROW - 1) continue;
      const last = await runCase({ workdir, input, more: ['--json'] });
      expect(last).toMatchObject({ code: 0, stderr: '' });
      const states = JSON.parse(last.stdout).stations.map(({ state }: { state: string }) => state);
      // What was published is not made again, but for the station whose entry in the ledger the last kill came before.
      const repeated = STATIONS - states.filter((state: string) => state === 'unchanged').length;
      expect(repeated).toBeLessThanOrEqual(STATIONS - files.length + lanes);
      expect(stationFiles(workdir)).toEqual(expected);
      expect(leftovers(workdir)).toEqual([]);
      rmSync(workdir, { recursive: true });
      completed++;
    }
    expect(kills).toBe(KILLS);
    expect(completed).toBeGreaterThanOrEqual(KILLS / IN_A_ROW);
    // The kills did come while stations were written, not only before or after.
    expect(inWork).toBeGreaterThan(KILLS / 5);
  });
});
