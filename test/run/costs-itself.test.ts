/** One thing that is in the way, of inputs or of outputs, costs what it concerns and nothing else. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOfRun, type RunReport } from '../../src/run/reports/report.js';
import { listing } from '../cli/built.js';
import { archiveStation, outputName, stationId, stationZip, zipName } from '../support/igra2-archive.js';
import { harvestFrom, newWorkdir, statesOf } from './archived.js';

const ALL = [1, 2, 3];
const done = (...stations: number[]): Record<string, string> =>
  Object.fromEntries(stations.map((n) => [stationId(n), 'done']));
const outputs = (workdir: string): string[] => listing(join(workdir, 'output/igra2'));

/** A work folder with three stations of the archive, and the folder that holds them. */
function withSources(): { workdir: string; sources: string } {
  const workdir = newWorkdir();
  const sources = join(workdir, 'sources/igra2');
  mkdirSync(sources, { recursive: true });
  for (const n of ALL) writeFileSync(join(sources, zipName(stationId(n))), stationZip(archiveStation(n)));
  return { workdir, sources };
}

/** Paths and codes of the inputs that could not be read at all. */
function refusedOf({ refused }: RunReport): unknown[] {
  return refused.map(({ path, error }) => [path, 'code' in error ? error.code : error.message]);
}

describe('a folder in the place of the output of one station', () => {
  it('costs that station, until it is gone', async () => {
    const { workdir } = withSources();
    const place = join(workdir, 'output/igra2', outputName(stationId(2)));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'notes.txt'), 'mine');
    const report = await harvestFrom(null, workdir);
    expect(report.error).toBeUndefined();
    expect(exitCodeOfRun(report)).toBe(3);
    expect(statesOf(report)).toEqual({ ...done(1, 2, 3), [stationId(2)]: 'failed' });
    expect(report.stations[1]?.error).toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining(outputName(stationId(2))),
    });
    const notes = `${outputName(stationId(2))}/notes.txt`;
    expect(outputs(workdir)).toEqual([outputName(stationId(1)), notes, outputName(stationId(3))]);

    rmSync(place, { recursive: true });
    const again = await harvestFrom(null, workdir);
    expect(exitCodeOfRun(again)).toBe(0);
    expect(statesOf(again)).toMatchObject({ [stationId(1)]: 'unchanged', [stationId(2)]: 'done' });
    expect(outputs(workdir)).toEqual(ALL.map((n) => outputName(stationId(n))));
  });
});

describe('among the inputs', () => {
  it('a link that leads round and round, and a name that is no UTF-8, are refused; the rest is harvested', async () => {
    const { workdir, sources } = withSources();
    symlinkSync('loop.zip', join(sources, 'loop.zip'));
    const name = Buffer.from([0x6b, 0xe4, 0x73, 0x65]);
    writeFileSync(Buffer.concat([Buffer.from(`${sources}/`), name]), 'cheese');
    const report = await harvestFrom(null, workdir);
    expect(exitCodeOfRun(report)).toBe(3);
    expect(statesOf(report)).toEqual(done(...ALL));
    expect(refusedOf(report)).toEqual([
      [join(sources, 'k\ufffdse'), 'ENOENT'],
      [join(sources, 'loop.zip'), 'ELOOP'],
    ]);
    expect(outputs(workdir)).toEqual(ALL.map((n) => outputName(stationId(n))));
  });

  it('a file that vanishes once it was listed is refused, and one that vanishes once it was planned fails its station', async () => {
    const { workdir, sources } = withSources();
    const [first = '', second = ''] = [1, 2].map((n) => join(sources, zipName(stationId(n))));
    const listed = await harvestFrom(null, workdir, {
      onEvent: ({ type }) => {
        if (type === 'listing') rmSync(first);
      },
    });
    expect(exitCodeOfRun(listed)).toBe(3);
    expect(refusedOf(listed)).toEqual([[first, 'ENOENT']]);
    expect(statesOf(listed)).toEqual(done(2, 3));
    const planned = await harvestFrom(null, workdir, {
      force: true,
      onEvent: ({ type }) => {
        if (type === 'planned') rmSync(second);
      },
    });
    expect(exitCodeOfRun(planned)).toBe(3);
    expect(statesOf(planned)).toEqual({ [stationId(2)]: 'failed', ...done(3) });
    expect(outputs(workdir)).toEqual([2, 3].map((n) => outputName(stationId(n))));
  });
});
