/** Reports of runs that ended early, beside damaged ones and ones of another clock: what was written last can be looked up. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportCommand } from '../../src/cli/report.js';
import { describeStatus } from '../../src/cli/status.js';
import { exitCodeOf } from '../../src/errors.js';
import { acquireLock } from '../../src/run/lock/lock.js';
import type { StoredReport } from '../../src/run/reports/json.js';
import { exitCodeOfRun } from '../../src/run/reports/report.js';
import { latestReports, listReports, readReport, saveReport } from '../../src/run/reports/stored.js';
import type { WorkdirStatus } from '../../src/run/status.js';
import { archiveStation, archiveStations, stationId, zipName, zipPath } from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { harvestFrom, newWorkdir, serve, statesOf } from './archived.js';
import { reportOf } from './stored-report.js';

const input = join(newWorkdir(), '1.txt');
writeFileSync(input, encodeIgra2(archiveStation(1).soundings));
const reportsIn = (workdir: string): string => join(workdir, 'output/reports');
afterEach(() => vi.restoreAllMocks());

async function statusOf(workdir: string): Promise<WorkdirStatus> {
  return JSON.parse(await describeStatus({ workdir, json: true }));
}

async function onlyReport(workdir: string): Promise<StoredReport> {
  const [report, ...more] = await listReports(reportsIn(workdir));
  expect(more).toEqual([]);
  return await readReport(report?.path ?? '');
}

describe('a run that ends before its first station', () => {
  it('because it was interrupted while it fetched leaves a report that says so', async () => {
    const server = await serve(archiveStations(2));
    server.setFault(zipPath(stationId(2)), { kind: 'stall', at: 0.5, times: 1 });
    const workdir = newWorkdir();
    const stop = new AbortController();
    const first = join(workdir, 'sources/igra2', zipName(stationId(1)));
    await expect(
      harvestFrom(server, workdir, {
        signal: stop.signal,
        onEvent: ({ type }) => {
          if (type === 'download' && existsSync(first)) stop.abort();
        },
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await onlyReport(workdir)).toMatchObject({
      dataset: 'igra2',
      interrupted: true,
      exit_code: 130,
      stations: [],
    });
    const [dataset] = (await statusOf(workdir)).datasets;
    expect(dataset).toMatchObject({ stations: 0, lastRun: { exit_code: 130, interrupted: true } });
    expect(await describeStatus({ workdir, json: false })).toMatch(
      /^igra2: 0 stations; last run \d{4}-\d\d-\d\dT\d\d:\d\dZ, exit code 130$/,
    );
    const again = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(again)).toBe(0);
    expect(statesOf(again)).toEqual({ [stationId(1)]: 'done', [stationId(2)]: 'done' });
    expect((await statusOf(workdir)).datasets[0]?.lastRun).toMatchObject({
      exit_code: 0,
      interrupted: false,
    });
  });

  it('because its tables are not usable leaves a report that says why; wrong words leave none', async () => {
    const workdir = newWorkdir();
    const tables = newWorkdir();
    const error: unknown = await harvestFrom(null, workdir, { input: [input], tables }).catch(
      (thrown: unknown) => thrown,
    );
    expect(exitCodeOf(error)).toBe(8);
    const stored = await onlyReport(workdir);
    expect(stored).toMatchObject({ interrupted: false, exit_code: 8, stations: [], error: { exit_code: 8 } });
    expect(error).toMatchObject({ code: stored.error?.code });
    await expect(harvestFrom(null, workdir, { input: [input], station: ['99777'] })).rejects.toMatchObject({
      code: 'UNKNOWN_STATION',
    });
    expect((await onlyReport(workdir)).run).toBe(stored.run);
  });
});

describe('a run that is under way', () => {
  it('is in the status of its work folder, with its shard, for as long as it goes', async () => {
    const workdir = newWorkdir();
    for (const [scope, part] of [
      ['main', ''],
      ['shard-2-of-4', ' (shard-2-of-4)'],
    ] as const) {
      const lock = await acquireLock(join(workdir, 'ledger'), { scope, what: 'the work folder' });
      const { running } = await statusOf(workdir);
      const text = await describeStatus({ workdir, json: false });
      await lock.release();
      expect(running).toMatchObject([{ scope, pid: process.pid, host: hostname() }]);
      const started = running[0]?.started ?? '';
      expect(Math.abs(Date.parse(started) - Date.now())).toBeLessThan(60_000);
      const since = `${started.slice(0, 16)}Z`;
      expect(text.split('\n')).toEqual([
        `under way: process ${process.pid} on ${hostname()} since ${since}${part}`,
        `nothing was harvested in ${workdir} yet`,
      ]);
      expect((await statusOf(workdir)).running).toEqual([]);
    }
  });
});

describe('the report of a run', () => {
  it('stays where all that are kept seem newer, since a clock was set back', async () => {
    const workdir = newWorkdir();
    for (const day of ['01', '02', '03'])
      await saveReport(reportsIn(workdir), reportOf({ run: `209901${day}T000000Z-igra2` }));
    const report = await harvestFrom(null, workdir, { input: [input], keepReports: 2 });
    expect(exitCodeOfRun(report)).toBe(0);
    expect(report.path).toBeDefined();
    expect((await listReports(reportsIn(workdir))).map(({ path }) => path)).toEqual([
      join(reportsIn(workdir), '20990103T000000Z-igra2.json'),
      join(reportsIn(workdir), '20990102T000000Z-igra2.json'),
      report.path,
    ]);
  });

  it('is found behind newer ones that are damaged, by status and by report', async () => {
    const workdir = newWorkdir();
    const { path = '', run } = await harvestFrom(null, workdir, { input: [input] });
    const text = readFileSync(path, 'utf8');
    for (const [day, content] of [
      ['01', ''],
      ['02', text.slice(0, text.length >> 1)],
      ['03', '{}'],
    ])
      writeFileSync(join(reportsIn(workdir), `209901${day}T000000Z-igra2.json`), content ?? '');
    await saveReport(reportsIn(workdir), reportOf({ run: '20261102T000000Z-ncar', dataset: 'ncar' }));
    const { datasets } = await statusOf(workdir);
    expect(datasets.map(({ dataset, lastRun }) => [dataset, lastRun?.run]).sort()).toEqual([
      ['igra2', run],
      ['ncar', '20261102T000000Z-ncar'],
    ]);
    let printed = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
    const code = await reportCommand({ workdir, json: true });
    vi.restoreAllMocks();
    expect(code).toBe(0);
    const runs: StoredReport[] = JSON.parse(printed);
    expect(runs.map((report) => report.run).sort()).toEqual([run, '20261102T000000Z-ncar'].sort());
  });

  it('of a shard is joined with those of the others that are sound', async () => {
    const folder = reportsIn(newWorkdir());
    const shard = (index: number) => ({ index, of: 3 });
    for (const index of [1, 2, 3])
      await saveReport(
        folder,
        reportOf({ run: `20261121T084312Z-igra2-shard-${index}-of-3`, shard: shard(index) }),
      );
    writeFileSync(join(folder, '20261121T084312Z-igra2-shard-2-of-3.json'), '{"format":1');
    expect((await latestReports(folder)).get('igra2')).toMatchObject({ missing_shards: [2] });
  });
});
