/** Runs that are ended from outside: nothing half done, and the next run makes up for it. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hashTree, listing, runHarvest } from '../cli/built.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { makeStation } from '../support/soundings.js';

const space = createWorkspace();
const FIRST = 'igra2/0-20000-0-00001_igra2_harvested.nc';
const SECOND = 'igra2/0-20000-0-00002_igra2_harvested.nc';
space.write('in/a.txt', stationBytes('AAM00000001', 2));
// Some seconds of work: the same soundings in four files of one station.
const year = encodeIgra2(makeStation(2, { id: 'BBM00000002', soundings: 1500 }));
for (let i = 0; i < 4; i++) space.write(`in/b${i}.txt`, year);

/** Sends the signal once the temporary file of the second station has content under way. */
async function endInSecondStation(output: string, signal: NodeJS.Signals): ReturnType<typeof runHarvest> {
  const watch = (child: ChildProcess): void => {
    const timer = setInterval(() => {
      const names = listing(output);
      if (!names.includes(FIRST) || !names.some((name) => name.includes('00002') && name.endsWith('.tmp')))
        return;
      clearInterval(timer);
      child.kill(signal);
    }, 5);
    child.on('close', () => clearInterval(timer));
  };
  return await runHarvest([space.path('in')], output, [], { started: watch });
}

describe.concurrent('a run that is ended from outside', () => {
  it('by Ctrl-C: exit code 130, one line, the finished station is there, no trace of the other', async () => {
    const output = space.path('interrupted');
    const outcome = await endInSecondStation(output, 'SIGINT');
    expect(outcome).toMatchObject({ code: 130, signal: null, stdout: '' });
    expect(outcome.stderr).toMatch(/^interrupted: finished stations are complete.*\n$/);
    expect(listing(output)).toEqual([FIRST]);
  });

  it('by SIGTERM: the same', async () => {
    const output = space.path('terminated');
    expect(await endInSecondStation(output, 'SIGTERM')).toMatchObject({ code: 130, signal: null });
    expect(listing(output)).toEqual([FIRST]);
  });

  it('by SIGKILL: only a temporary file and the lock are left over, and the next run removes them and gives what an undisturbed one gives', async () => {
    const output = space.path('killed');
    const outcome = await endInSecondStation(output, 'SIGKILL');
    expect(outcome).toMatchObject({ code: null, signal: 'SIGKILL' });
    const left = listing(output).filter((name) => name !== 'igra2/main.lock');
    expect(left).toHaveLength(2);
    expect(left).toContain(FIRST);
    expect(left.find((name) => name !== FIRST)).toMatch(/^igra2\/\.0-20000-0-00002_.*\.tmp$/);

    const again = await runHarvest([space.path('in')], output, ['--quiet']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    const undisturbed = space.path('undisturbed');
    expect((await runHarvest([space.path('in')], undisturbed, ['--quiet'])).code).toBe(0);
    const hashes = hashTree(output);
    expect(hashes[FIRST]).toBe(hashTree(undisturbed)[FIRST]);
    expect(hashes[SECOND]).toBe(hashTree(undisturbed)[SECOND]);
    expect(listing(output)).toEqual([FIRST, SECOND]);
  });

  it('by Ctrl-C while it waits for standard input: at once, and the copy is removed', async () => {
    const output = space.path('waiting');
    mkdirSync(space.path('tmp'));
    const watch = (child: ChildProcess): void => {
      const timer = setInterval(() => {
        if (!listing(space.path('tmp')).some((name) => name.endsWith('standard-input'))) return;
        clearInterval(timer);
        child.kill('SIGINT');
      }, 5);
      child.on('close', () => clearInterval(timer));
    };
    const outcome = await runHarvest(['-'], output, [], {
      openInput: true,
      started: watch,
      env: { TMPDIR: space.path('tmp') },
    });
    expect(outcome).toMatchObject({ code: 130, signal: null, stdout: '' });
    expect(listing(output)).toEqual([]);
    expect(readdirSync(space.path('tmp'))).toEqual([]);
  });
});
