/** `harvest status` after runs of different fate. */
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeStatus } from '../../src/cli/status.js';
import type { HarvestOptions } from '../../src/run/options.js';
import { exitCodeOfRun } from '../../src/run/reports/report.js';
import type { WorkdirStatus } from '../../src/run/status.js';
import { harvestFrom, newWorkdir, serve, stampsOf, touchedBetween } from '../run/archived.js';
import {
  archiveStation,
  archiveStations,
  outputName,
  stationId,
  zipName,
  zipPath,
} from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { ROOT, runCli } from './built.js';

const input = newWorkdir();
const inputOf = (n: number): string => join(input, `${n}.txt`);
const write = (n: number): void => writeFileSync(inputOf(n), encodeIgra2(archiveStation(n).soundings));
const realNow = Date.now;

beforeAll(() => {
  for (const n of [1, 2, 3]) write(n);
});
afterEach(() => vi.restoreAllMocks());

/** A harvest of the three stations, or of others, ten seconds from now: files that were just written are not remembered. */
async function harvestInputs(workdir: string, options: Partial<HarvestOptions> = {}): Promise<number> {
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 10_000);
  const report = await harvestFrom(null, workdir, { input: [input], workers: 1, ...options });
  vi.restoreAllMocks();
  return exitCodeOfRun(report);
}

const text = (workdir: string): Promise<string> => describeStatus({ workdir, json: false });
async function json(workdir: string): Promise<WorkdirStatus> {
  return JSON.parse(await describeStatus({ workdir, json: true }));
}

const LAST = /last run \d{4}-\d\d-\d\dT\d\d:\d\dZ/;

describe('the status of a work folder', () => {
  it('without a harvest', async () => {
    const workdir = newWorkdir();
    expect(await text(workdir)).toBe(`nothing was harvested in ${workdir} yet`);
    expect(await json(workdir)).toMatchObject({ workdir, datasets: [], damagedLines: 0 });
    expect(readdirSync(workdir)).toEqual([]);
  });

  it('after a harvest: one line, and nothing is written by asking', async () => {
    const workdir = newWorkdir();
    expect(await harvestInputs(workdir)).toBe(0);
    const before = stampsOf(workdir);
    const lines = (await text(workdir)).split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^igra2: 3 stations; last run .*, exit code 0, tables bundled 4261905$/);
    expect(lines[0]).toMatch(LAST);
    const status = await json(workdir);
    expect(status.datasets).toMatchObject([
      { dataset: 'igra2', stations: 3, failed: [], stale: [], missing: [], lastRun: { exit_code: 0 } },
    ]);
    expect(touchedBetween(before, stampsOf(workdir))).toEqual([]);
  });

  it('with inputs that have changed or are gone: which stations are out of date, and why', async () => {
    const workdir = newWorkdir();
    await harvestInputs(workdir);
    appendFileSync(inputOf(1), encodeIgra2(archiveStation(1, 5).soundings.slice(4)));
    rmSync(inputOf(2));
    try {
      expect((await json(workdir)).datasets[0]?.stale).toEqual([
        { station: stationId(1), reason: `${inputOf(1)} has changed` },
        { station: stationId(2), reason: `${inputOf(2)} is gone` },
      ]);
      expect(await text(workdir)).toContain(
        `\n  out of date: ${stationId(1)} (${inputOf(1)} has changed), ${stationId(2)} (${inputOf(2)} is gone)`,
      );
    } finally {
      write(1);
      write(2);
    }
  });

  it('with outputs that are gone or were changed', async () => {
    const workdir = newWorkdir();
    await harvestInputs(workdir);
    rmSync(join(workdir, 'output/igra2', outputName(stationId(1))));
    const path = join(workdir, 'output/igra2', outputName(stationId(3)));
    const content = readFileSync(path);
    content[1000] = (content[1000] ?? 0) ^ 1;
    writeFileSync(path, content);
    const reason = 'its files are gone or were changed';
    expect((await json(workdir)).datasets[0]?.stale).toEqual([
      { station: stationId(1), reason },
      { station: stationId(3), reason },
    ]);
  });

  it('with stations of other tables than those of the last run', async () => {
    const workdir = newWorkdir();
    await harvestInputs(workdir);
    const edition = join(newWorkdir(), 'edition');
    cpSync(join(ROOT, 'cdm-tables/bundled'), edition, { recursive: true });
    appendFileSync(join(edition, 'tables/duration.csv'), '99,a code that nothing uses,1\n');
    await harvestInputs(workdir, { tables: edition, station: [stationId(2)] });
    const reason = 'the last run used other tables';
    expect((await json(workdir)).datasets[0]?.stale).toEqual([
      { station: stationId(1), reason },
      { station: stationId(3), reason },
    ]);
  });

  it('after a run in which a station failed', async () => {
    const workdir = newWorkdir();
    const damaged = join(newWorkdir(), 'damaged.txt.gz');
    const bytes = gzipSync(encodeIgra2(archiveStation(4, 8).soundings));
    writeFileSync(damaged, bytes.subarray(0, Math.floor(bytes.length * 0.8)));
    expect(await harvestInputs(workdir, { input: [input, damaged] })).toBe(3);
    const [status] = (await json(workdir)).datasets;
    expect(status).toMatchObject({ stations: 3, lastRun: { exit_code: 3, interrupted: false } });
    expect(await text(workdir)).toMatch(/^igra2: 3 stations; last run .*, exit code 3/);
    expect(status?.failed).toEqual([stationId(4)]);
    expect(await text(workdir)).toContain(`\n  failed: ${stationId(4)}`);
  });

  it('after a run that was interrupted', async () => {
    const workdir = newWorkdir();
    const stop = new AbortController();
    const code = await harvestInputs(workdir, {
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type === 'finished') stop.abort();
      },
    });
    expect(code).toBe(130);
    const [status] = (await json(workdir)).datasets;
    expect(status).toMatchObject({ stations: 1, lastRun: { exit_code: 130, interrupted: true } });
    expect(await text(workdir)).toContain('exit code 130');
  });

  it('after a run in which files could not be fetched', async () => {
    const workdir = newWorkdir();
    const server = await serve(archiveStations(3));
    server.setFault(zipPath(stationId(2)), { kind: 'status', status: 404 });
    expect(exitCodeOfRun(await harvestFrom(server, workdir))).toBe(4);
    expect((await json(workdir)).datasets[0]).toMatchObject({
      stations: 2,
      missing: [zipName(stationId(2))],
    });
    expect(await text(workdir)).toContain(`\n  not fetched: ${zipName(stationId(2))}`);
  });

  it('with a ledger that was damaged', async () => {
    const workdir = newWorkdir();
    await harvestInputs(workdir);
    const journal = join(workdir, 'ledger/main.journal');
    writeFileSync(journal, readFileSync(journal, 'latin1').replace('["station"', '["stat?on"'), 'latin1');
    expect((await json(workdir)).damagedLines).toBe(1);
    expect(await text(workdir)).toMatch(/\nledger: 1 lines? could not be used/);
  });

  it('that has its outputs elsewhere goes by both folders', async () => {
    const workdir = newWorkdir();
    const output = newWorkdir();
    await harvestInputs(workdir, { output });
    expect(await describeStatus({ workdir, output, json: false })).toMatch(/^igra2: 3 stations/);
    expect(await text(workdir)).toContain('nothing was harvested');
  });

  it('lists ten stations, and says how many more there are', async () => {
    const workdir = newWorkdir();
    const many = newWorkdir();
    for (let n = 1; n <= 12; n++)
      writeFileSync(join(many, `${n}.txt`), encodeIgra2(archiveStation(n, 1).soundings));
    await harvestInputs(workdir, { input: [many] });
    rmSync(join(workdir, 'output/igra2'), { recursive: true });
    const line = (await text(workdir)).split('\n').find((one) => one.startsWith('  out of date: '));
    expect(line).toContain(`${stationId(10)} (`);
    expect(line).not.toContain(stationId(11));
    expect(line).toContain('and 2 more (--json lists all)');
    expect((await json(workdir)).datasets[0]?.stale).toHaveLength(12);
  });
});

it('is what the command prints', async () => {
  const workdir = newWorkdir();
  await harvestInputs(workdir);
  const [plain, asJson] = await Promise.all([
    runCli(['status', '--workdir', workdir]),
    runCli(['status', '--workdir', workdir, '--json']),
  ]);
  expect(plain).toMatchObject({ code: 0, stdout: `${await text(workdir)}\n`, stderr: '' });
  expect(JSON.parse(asJson.stdout)).toEqual(await json(workdir));
});
