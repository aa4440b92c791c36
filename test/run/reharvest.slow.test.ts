/** What makes a station be harvested again, and what does not: exactly what decides the bytes of its files. */
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HarvestOptions } from '../../src/run/options.js';
import { exitCodeOfRun } from '../../src/run/reports/report.js';
import { hashTree, listing, ROOT } from '../cli/built.js';
import { archiveStation, archiveStations, outputName, stationId } from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { createRandom } from '../support/random.js';
import { harvestFrom, newWorkdir, stampsOf, statesOf, touchedBetween } from './archived.js';

const ALL = [1, 2, 3].map((n) => join('igra2', outputName(stationId(n))));
const SECOND = ALL[1] ?? '';
const inputs = newWorkdir();
const inputOf = (n: number): string => join(inputs, `${n}.txt`);
const INPUTS = [1, 2, 3].map(inputOf);
const writeInput = (n: number): void => writeFileSync(inputOf(n), encodeIgra2(archiveStation(n).soundings));

/** Sets the time of a file back. */
function settle(path: string): void {
  utimesSync(path, 1_600_000_000, 1_600_000_000);
}

describe('a second run', () => {
  const workdir = newWorkdir();
  const output = join(workdir, 'output');
  const run = async (options: Partial<HarvestOptions> = {}) => {
    const before = stampsOf(output);
    const report = await harvestFrom(null, workdir, { input: INPUTS, ...options });
    expect(exitCodeOfRun(report)).toBe(0);
    return { report, touched: touchedBetween(before, stampsOf(output)) };
  };
  let hashes: Record<string, string> = {};
  beforeAll(async () => {
    for (const [i] of archiveStations(3).entries()) writeInput(i + 1);
    expect((await run()).touched).toEqual(ALL);
    hashes = hashTree(output);
  });

  it('of the same writes nothing, in whatever order the inputs are named', async () => {
    expect((await run()).touched).toEqual([]);
    expect((await run({ input: INPUTS.toReversed() })).touched).toEqual([]);
    expect((await run({ input: [inputs] })).touched).toEqual([]);
  });

  it('of inputs that were touched, or are other files with the same bytes, writes nothing', async () => {
    settle(inputOf(1));
    const content = readFileSync(inputOf(2));
    rmSync(inputOf(2));
    writeFileSync(inputOf(2), content);
    const { touched, report } = await run();
    expect(touched).toEqual([]);
    expect(new Set(Object.values(statesOf(report)))).toEqual(new Set(['unchanged']));
  });

  it('of an input with another byte, the same size and the same time, rewrites that station', async () => {
    settle(inputOf(2));
    await run();
    const content = readFileSync(inputOf(2), 'latin1');
    writeFileSync(inputOf(2), content.replace('ncdc6301', 'ncdc6302'), 'latin1');
    settle(inputOf(2));
    expect(readFileSync(inputOf(2), 'latin1')).not.toBe(content);
    expect((await run()).touched).toEqual([SECOND]);
    writeInput(2);
    expect((await run()).touched).toEqual([SECOND]);
    expect(hashTree(output)).toEqual(hashes);
  });

  it('with one station of its inputs not named leaves its file', async () => {
    const { touched, report } = await run({ input: INPUTS.slice(1) });
    expect(touched).toEqual([]);
    expect(report.stations.map(({ station }) => station)).toEqual([2, 3].map(stationId));
    expect((await run()).touched).toEqual([]);
  });

  it('makes an output anew that is gone', async () => {
    rmSync(join(output, SECOND));
    expect((await run()).touched).toEqual([SECOND]);
    expect(hashTree(output)).toEqual(hashes);
  });

  it('makes an output anew that was changed, also where its size is the same', async () => {
    const path = join(output, SECOND);
    const content = readFileSync(path);
    content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, content);
    expect((await run()).touched).toEqual([SECOND]);
    expect(hashTree(output)).toEqual(hashes);
    appendFileSync(path, 'x');
    expect((await run()).touched).toEqual([SECOND]);
    expect(hashTree(output)).toEqual(hashes);
  });

  it('leaves an output that was only touched', async () => {
    const path = join(output, SECOND);
    settle(path);
    expect((await run()).touched).toEqual([]);
    copyFileSync(path, `${path}.copy`);
    rmSync(path);
    copyFileSync(`${path}.copy`, path);
    rmSync(`${path}.copy`);
    expect((await run()).touched).toEqual([]);
  });

  it.each<[string, Partial<HarvestOptions>]>([
    ['another profile', { profile: 'cuon' }],
    ['another first day', { from: (Date.UTC(1999, 0, 1) - Date.UTC(1900, 0, 1)) / 1000 }],
    ['another time that keys the records', { recordTime: 'nominal' }],
  ])('with %s rewrites all, and so does the way back', async (_, options) => {
    expect((await run(options)).touched).toEqual(ALL);
    expect((await run(options)).touched).toEqual([]);
    expect((await run()).touched).toEqual(ALL);
    expect(hashTree(output)).toEqual(hashes);
  });

  it('with another SOURCE_DATE_EPOCH rewrites all', async () => {
    const epoch = process.env.SOURCE_DATE_EPOCH ?? '';
    process.env.SOURCE_DATE_EPOCH = '1800000000';
    try {
      expect((await run()).touched).toEqual(ALL);
      expect((await run()).touched).toEqual([]);
    } finally {
      process.env.SOURCE_DATE_EPOCH = epoch;
    }
    expect((await run()).touched).toEqual(ALL);
    expect(hashTree(output)).toEqual(hashes);
  });

  it('with another edition of the tables rewrites all, and so does the way back', async () => {
    const edition = join(newWorkdir(), 'edition');
    cpSync(join(ROOT, 'cdm-tables/bundled'), edition, { recursive: true });
    appendFileSync(join(edition, 'tables/duration.csv'), '99,a code that nothing uses,1\n');
    expect((await run({ tables: edition })).touched).toEqual(ALL);
    expect((await run({ tables: edition })).touched).toEqual([]);
    expect((await run()).touched).toEqual(ALL);
    expect(hashTree(output)).toEqual(hashes);
  });

  it('with one file per year takes the files of the whole away, and the other way round', async () => {
    const split = { splitByYear: true };
    const years = ALL.flatMap((name) => ['1998', '1999'].map((year) => name.replace('.nc', `_${year}.nc`)));
    await run({ ...split, station: [stationId(2)] });
    expect(listing(output)).toEqual([ALL[0], ...years.slice(2, 4), ALL[2]]);
    await run(split);
    expect(listing(output)).toEqual(years);
    expect((await run(split)).touched).toEqual([]);
    await run();
    expect(hashTree(output)).toEqual(hashes);
  });

  it('with a shorter period in years takes the years away that are no more', async () => {
    await run({ splitByYear: true });
    await run({ splitByYear: true, to: (Date.UTC(1999, 0, 1) - Date.UTC(1900, 0, 1)) / 1000 });
    expect(listing(output)).toEqual(ALL.map((name) => name.replace('.nc', '_1998.nc')));
    await run();
    expect(hashTree(output)).toEqual(hashes);
  });

  it('of a period without soundings takes the files away', async () => {
    const { report } = await run({ from: (Date.UTC(2020, 0, 1) - Date.UTC(1900, 0, 1)) / 1000 });
    expect(new Set(Object.values(statesOf(report)))).toEqual(new Set(['empty']));
    expect(listing(output)).toEqual([]);
    await run();
    expect(hashTree(output)).toEqual(hashes);
  });

  it('of an input that is damaged leaves what was made of the sound one', async () => {
    writeFileSync(inputOf(2), 'not a sounding');
    const before = stampsOf(output);
    const report = await harvestFrom(null, workdir, { input: INPUTS });
    expect(exitCodeOfRun(report)).toBe(3);
    expect(report.refused.map(({ path }) => path)).toEqual([inputOf(2)]);
    expect(touchedBetween(before, stampsOf(output))).toEqual([]);
    writeInput(2);
    expect((await run()).touched).toEqual([]);
  });

  it('into another folder makes the same there, and leaves the first as it is', async () => {
    const other = newWorkdir();
    expect((await run({ output: other })).touched).toEqual([]);
    expect(hashTree(other)).toEqual(hashes);
    const before = stampsOf(other);
    expect((await run()).touched).toEqual([]);
    expect((await run({ output: other })).touched).toEqual([]);
    expect(touchedBetween(before, stampsOf(other))).toEqual([]);
  });

  it('with a file of nobody among the outputs leaves it alone', async () => {
    const own = join(output, 'igra2', 'notes.txt');
    writeFileSync(own, 'mine');
    await run({ force: true });
    expect(readFileSync(own, 'utf8')).toBe('mine');
    rmSync(own);
  });

  it('with a damaged ledger is right all the same, and at most does it again', async () => {
    const ledger = join(workdir, 'ledger');
    const random = createRandom(7);
    for (const share of [0.1, 0.5, 0.9]) {
      for (const name of readdirSync(ledger).filter((file) => file.endsWith('.journal'))) {
        const content = readFileSync(join(ledger, name));
        for (let i = 0; i < 40; i++) content[Math.floor(content.length * share) + i] = random.integer(0, 255);
        writeFileSync(join(ledger, name), content);
      }
      await run();
      expect(hashTree(output)).toEqual(hashes);
      expect((await run()).touched).toEqual([]);
    }
  });

  it('with no ledger makes the same bytes again', async () => {
    rmSync(join(workdir, 'ledger'), { recursive: true });
    expect((await run()).touched).toEqual(ALL);
    expect(hashTree(output)).toEqual(hashes);
    expect(existsSync(join(workdir, 'ledger'))).toBe(true);
  });

  it('of a work folder that was moved writes nothing', async () => {
    const moved = newWorkdir();
    cpSync(workdir, moved, { recursive: true, preserveTimestamps: true });
    const before = stampsOf(join(moved, 'output'));
    await harvestFrom(null, moved, { input: INPUTS });
    expect(touchedBetween(before, stampsOf(join(moved, 'output')))).toEqual([]);
  });
});
