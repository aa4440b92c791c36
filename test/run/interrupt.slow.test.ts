/** Ctrl-C during downloads and during a harvest over workers: two seconds, a word on how to go on, and nothing half done. */
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashTree, listing, type Outcome, runCli } from '../cli/built.js';
import {
  archiveStations,
  igra2Archive,
  outputName,
  stationId,
  zipName,
  zipPath,
} from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { makeStation } from '../support/soundings.js';
import { harvestFrom, newWorkdir, serve } from './archived.js';

/** Two seconds are promised; a machine that does other things meanwhile gets half a second more. */
const LIMIT_MS = 2500;

interface Interrupted extends Outcome {
  /** From the signal to the end of the process. */
  afterMs: number;
}

/** Runs the command line and sends SIGINT as soon as `ready` says so. */
async function interruptWhen(words: readonly string[], ready: () => boolean): Promise<Interrupted> {
  let sent = 0;
  const started = (child: ChildProcess): void => {
    const timer = setInterval(() => {
      if (!ready()) return;
      clearInterval(timer);
      sent = performance.now();
      child.kill('SIGINT');
    }, 5);
    child.on('close', () => clearInterval(timer));
  };
  const outcome = await runCli(words, { started });
  expect(sent, 'the run ended before it was interrupted').toBeGreaterThan(0);
  return { ...outcome, afterMs: performance.now() - sent };
}

function expectInterrupted({ code, signal, stderr, stdout, afterMs }: Interrupted): void {
  expect({ code, signal, stdout }).toEqual({ code: 130, signal: null, stdout: '' });
  expect(stderr).toMatch(/^interrupted.*: .*run the same command again/m);
  expect(stderr).not.toContain('    at ');
  expect(afterMs).toBeLessThan(LIMIT_MS);
}

const temporaries = (folder: string): string[] => listing(folder).filter((name) => name.endsWith('.tmp'));

describe.concurrent('a run that is interrupted', () => {
  it('during downloads: what came is kept and not fetched again', async () => {
    const stations = archiveStations(6);
    const server = await serve(stations);
    const workdir = newWorkdir();
    const output = join(workdir, 'output');
    const stalled = [stationId(5), stationId(6)];
    for (const id of stalled) server.setFault(zipPath(id), { kind: 'stall', at: 0.5, times: 1 });
    const words = [
      ...[
        '--source',
        'igra2',
        '--tables',
        'bundled',
        '--workdir',
        workdir,
        '--mirror',
        `igra2=${server.url}`,
      ],
    ];
    const outcome = await interruptWhen(words, () => {
      const done = listing(join(workdir, 'sources/igra2'));
      const halves = stalled.every((id) => done.includes(`${zipName(id)}.part`));
      return halves && stations.slice(0, 4).every(({ id }) => done.includes(zipName(id)));
    });
    expectInterrupted(outcome);
    expect(listing(output).filter((name) => name.endsWith('.nc'))).toEqual([]);
    expect(temporaries(workdir)).toEqual([]);

    server.requests.length = 0;
    const again = await runCli([...words, '--quiet']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    const zips = server.requests.filter(({ path }) => path.endsWith('.zip'));
    // One whose bytes had not reached the disk yet comes whole.
    expect(zips.map(({ path }) => path).sort()).toEqual(stalled.map(zipPath));
    const undisturbed = newWorkdir();
    await harvestFrom(server, undisturbed);
    expect(hashTree(output)).toEqual(hashTree(join(undisturbed, 'output')));
  });

  it('during a harvest over two workers: finished stations stay, those in work leave nothing', async () => {
    const input = newWorkdir();
    for (const [path, content] of igra2Archive(archiveStations(2)))
      writeFileSync(join(input, path.slice(path.lastIndexOf('/') + 1)), content);
    // Some seconds of work each: the largest are harvested first, so that nothing is finished when the signal comes.
    for (const id of ['AAM00000001', 'BBM00000002']) {
      const soundings = encodeIgra2(makeStation(2, { id, soundings: 1500 }));
      for (const part of [1, 2, 3]) writeFileSync(join(input, `${id}-${part}.txt`), soundings);
    }
    const workdir = newWorkdir();
    const output = join(workdir, 'output');
    const words = ['--source', 'igra2', '--tables', 'bundled', '--workdir', workdir, '--workers', '2'];
    const inWork = (): boolean =>
      ['00001', '00002'].every((wmo) => temporaries(output).some((name) => name.includes(wmo)));
    expectInterrupted(await interruptWhen([...words, '--input', input], inWork));
    expect(temporaries(output)).toEqual([]);
    expect(listing(output).filter((name) => name.endsWith('.nc'))).toEqual([]);

    const again = await runCli([...words, '--quiet', '--input', input]);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    const names = ['AAM00000001', 'BBM00000002', stationId(1), stationId(2)].map(outputName);
    expect(listing(output)).toEqual(names.map((name) => `igra2/${name}`).sort());
    const undisturbed = newWorkdir();
    await harvestFrom(null, undisturbed, { input: [input] });
    expect(hashTree(output)).toEqual(hashTree(join(undisturbed, 'output')));
  });
});
