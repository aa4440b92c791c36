/** One run per folder of outputs, whichever work folder it has and whichever way leads to the outputs. */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/errors.js';
import type { HarvestOptions } from '../../src/run/options.js';
import { exitCodeOfRun } from '../../src/run/reports/report.js';
import { listing } from '../cli/built.js';
import { archiveStation, archiveStations, outputName, stationId, zipPath } from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { harvestFrom, newWorkdir, serve, stampsOf, touchedBetween } from './archived.js';

const input = join(newWorkdir(), '2.txt');
writeFileSync(input, encodeIgra2(archiveStation(2).soundings));

/** Work and output folders of a first and a second run, in a new folder. */
const PLACES: [string, (folder: string) => [Places, Places]][] = [
  [
    'two work folders and one output folder',
    (folder) => [
      { workdir: join(folder, 'one'), output: join(folder, 'shared') },
      { workdir: join(folder, 'two'), output: join(folder, 'shared') },
    ],
  ],
  [
    'outputs inside the work folder of the other',
    (folder) => [
      { workdir: join(folder, 'one'), output: join(folder, 'one/output') },
      { workdir: join(folder, 'two'), output: join(folder, 'one/output') },
    ],
  ],
  [
    'outputs that the other has inside its work folder',
    (folder) => [
      { workdir: join(folder, 'two'), output: join(folder, 'one/output') },
      { workdir: join(folder, 'one'), output: join(folder, 'one/output') },
    ],
  ],
  [
    'a link to the output folder',
    (folder) => {
      mkdirSync(join(folder, 'one/output'), { recursive: true });
      symlinkSync(join(folder, 'one/output'), join(folder, 'link'));
      return [
        { workdir: join(folder, 'one'), output: join(folder, 'one/output') },
        { workdir: join(folder, 'two'), output: join(folder, 'link') },
      ];
    },
  ],
  [
    'a link in place of the folder of the dataset',
    (folder) => {
      for (const name of ['one/output/igra2', 'two/output'])
        mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, 'one/output/igra2/notes.txt'), 'mine');
      symlinkSync(join(folder, 'one/output/igra2'), join(folder, 'two/output/igra2'));
      return [
        { workdir: join(folder, 'one'), output: join(folder, 'one/output') },
        { workdir: join(folder, 'two'), output: join(folder, 'two/output') },
      ];
    },
  ],
  [
    'one work folder and two output folders',
    (folder) => [
      { workdir: join(folder, 'one'), output: join(folder, 'one/output') },
      { workdir: join(folder, 'one'), output: join(folder, 'other') },
    ],
  ],
];

type Places = Pick<HarvestOptions, 'workdir' | 'output'>;

describe('a second run with', () => {
  it.each(PLACES)('%s ends with exit code 7 while the first is under way', async (_, placesIn) => {
    const folder = newWorkdir();
    const [first, second] = placesIn(folder);
    const server = await serve(archiveStations(1));
    server.setFault(zipPath(stationId(1)), { kind: 'stall', at: 0.5 });
    const stop = new AbortController();
    let report = (_: boolean): void => {};
    const underWay = new Promise<boolean>((resolve) => {
      report = resolve;
    });
    const running = harvestFrom(server, first.workdir, {
      ...first,
      signal: stop.signal,
      onEvent: ({ type }) => report(type === 'download'),
    }).catch((error: unknown) => error);
    expect(await underWay).toBe(true);

    const before = stampsOf(first.output);
    const again = await harvestFrom(null, second.workdir, { ...second, input: [input] }).catch(
      (error: unknown) => error,
    );
    expect(again).toMatchObject({ name: 'LockError', code: 'LOCK_HELD' });
    expect(exitCodeOf(again)).toBe(7);
    expect(touchedBetween(before, stampsOf(first.output))).toEqual([]);
    stop.abort();
    await running;

    // The way is free as soon as the first has ended, and no lock is left.
    const freed = await harvestFrom(null, second.workdir, { ...second, input: [input] });
    expect(exitCodeOfRun(freed)).toBe(0);
    expect(listing(join(second.output, 'igra2'))).toContain(outputName(stationId(2)));
    expect(listing(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('another output folder beside the first is no trouble', async () => {
    const folder = newWorkdir();
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) =>
        harvestFrom(null, join(folder, name), { input: [input], output: join(folder, 'outputs', name) }),
      ),
    );
    expect([one, two].map((report) => report && exitCodeOfRun(report))).toEqual([0, 0]);
  });
});

describe('the folder of the outputs', () => {
  const nothing = { input: [input], from: (Date.UTC(2020, 0, 1) - Date.UTC(1900, 0, 1)) / 1000 };

  it('is not left behind where nothing was written', async () => {
    const workdir = newWorkdir();
    expect(exitCodeOfRun(await harvestFrom(null, workdir, nothing))).toBe(0);
    expect(existsSync(join(workdir, 'output/igra2'))).toBe(false);
  });

  it("stays where it was there before: its owner and mode are somebody's choice", async () => {
    const workdir = newWorkdir();
    mkdirSync(join(workdir, 'output/igra2'), { recursive: true });
    expect(exitCodeOfRun(await harvestFrom(null, workdir, nothing))).toBe(0);
    expect(readdirSync(join(workdir, 'output/igra2'))).toEqual([]);
  });
});
