/** A harvest cut into shards that run side by side as processes of their own, on one shared folder, against one archive. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredReport } from '../../src/run/reports/json.js';
import { isInShard } from '../../src/run/shard.js';
import { hashTree, listing, type Outcome, type RunOptions, runCli } from '../cli/built.js';
import type { ArchiveServer } from '../support/archive-server.js';
import { archiveStations, outputName, STATION_LIST, stationId, zipPath } from '../support/igra2-archive.js';
import { askedFor, newWorkdir, serve, stampsOf, touchedBetween } from './archived.js';

const STATIONS = 10;
const OF = 4;

interface Run extends Outcome {
  report: StoredReport;
}

/** One run of the command line on the archive, in a work folder. */
async function run(
  server: ArchiveServer,
  workdir: string,
  more: readonly string[] = [],
  options: RunOptions = {},
): Promise<Run> {
  const outcome = await runCli(
    [
      ...['--source', 'igra2', '--tables', 'bundled', '--workdir', workdir, '--json'],
      ...['--mirror', `igra2=${server.url}`, ...more],
    ],
    options,
  );
  return { ...outcome, report: outcome.stdout === '' ? undefined : JSON.parse(outcome.stdout) };
}

const shardWords = (index: number, of = OF): string[] => ['--shard', `${index}/${of}`];
const indices = (of = OF): number[] => Array.from({ length: of }, (_, i) => i + 1);

/** Numbers of the stations of a shard, told from their ids alone. */
function stationsOf(index: number, of = OF): string[] {
  return Array.from({ length: STATIONS }, (_, i) => stationId(i + 1)).filter((id) =>
    isInShard({ index, of }, `0-20000-0-${id.slice(-5)}`),
  );
}

/** What a report says of the harvest, wherever it ran: run id, times, folders and the counts of transfers aside. */
function meaning({ run: _, started: __, finished: ___, shard: ____, downloads, ...rest }: StoredReport) {
  return {
    ...rest,
    stations: rest.stations.map(({ files, ...station }) => ({
      ...station,
      files: files.map((path) => path.slice(path.lastIndexOf('/') + 1)),
    })),
    downloads: downloads && {
      listed: downloads.listed,
      missing: downloads.missing,
      withdrawn: downloads.withdrawn,
    },
  };
}

async function merge(workdir: string): Promise<Run> {
  const outcome = await runCli(['report', '--merge', join(workdir, 'output'), '--json']);
  return { ...outcome, report: JSON.parse(outcome.stdout) };
}

describe('four shards at once on one folder', async () => {
  const server = await serve(archiveStations(STATIONS));
  const workdir = newWorkdir();
  const output = join(workdir, 'output');
  const single = newWorkdir();
  let whole: Run;

  it('fetch and harvest every station once', async () => {
    const runs = await Promise.all(indices().map((index) => run(server, workdir, shardWords(index))));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    for (const [i, { report, stderr }] of runs.entries()) {
      expect(stderr).toBe('');
      expect(report.shard).toEqual({ index: i + 1, of: OF });
      expect(report.stations.map(({ station }) => station)).toEqual(stationsOf(i + 1));
    }
    const asked = askedFor(server);
    for (let n = 1; n <= STATIONS; n++)
      expect(asked.filter((line) => line.endsWith(zipPath(stationId(n))))).toHaveLength(1);
    expect(asked.filter((line) => line.endsWith(STATION_LIST)).length).toBeLessThanOrEqual(OF);
  });

  it('leave the files of a single run', async () => {
    whole = await run(server, single);
    expect(whole.code).toBe(0);
    expect(hashTree(output)).toEqual(hashTree(join(single, 'output')));
    expect(Object.keys(hashTree(output))).toHaveLength(STATIONS);
  });

  it('and, merged, its report', async () => {
    const { code, report } = await merge(workdir);
    expect(code).toBe(0);
    expect(report.run).toMatch(/-merged$/);
    expect(report.missing_shards).toBeUndefined();
    expect(meaning(report)).toEqual(meaning(whole.report));
    const { downloads } = report;
    // Every shard looks at the station list; each station's file is settled by one of them.
    expect(downloads?.fetched).toBeGreaterThanOrEqual(STATIONS + 1);
    expect((downloads?.fetched ?? 0) + (downloads?.unchanged ?? 0)).toBe(STATIONS + OF);
  });

  it('are known to a main run afterwards, which takes their ledgers over', async () => {
    const before = stampsOf(output);
    expect(readdirSync(join(workdir, 'ledger')).filter((name) => name.startsWith('shard-'))).not.toEqual([]);
    const after = await run(server, workdir);
    expect(after.code).toBe(0);
    expect(new Set(Object.values(states(after)))).toEqual(new Set(['unchanged']));
    expect(touchedBetween(before, stampsOf(output))).toEqual([]);
    expect(askedFor(server).filter((line) => line.includes('.zip') && line.startsWith('200'))).toHaveLength(
      // The single run in a folder of its own fetched everything once more.
      STATIONS,
    );
    expect(readdirSync(join(workdir, 'ledger')).filter((name) => name.endsWith('.journal'))).toEqual([
      'main.journal',
    ]);
  });

  it('and again as shards, find nothing to do', async () => {
    const before = stampsOf(output);
    const runs = await Promise.all(indices().map((index) => run(server, workdir, shardWords(index))));
    for (const each of runs) {
      expect(each.code).toBe(0);
      expect(Object.values(states(each)).every((state) => state === 'unchanged')).toBe(true);
    }
    expect(touchedBetween(before, stampsOf(output))).toEqual([]);
    expect(askedFor(server).filter((line) => line.includes('.zip'))).toEqual([]);
  });
});

function states({ report }: Run): Record<string, string> {
  return Object.fromEntries(report.stations.map(({ station, state }) => [station, state]));
}

describe('a shard', () => {
  it('without stations ends with exit code 0 and an empty report', async () => {
    const server = await serve(archiveStations(2));
    const workdir = newWorkdir();
    const of = 50;
    const empty = indices(of).find((index) =>
      [1, 2].every((n) => !isInShard({ index, of }, `0-20000-0-${stationId(n).slice(-5)}`)),
    );
    const { code, report } = await run(server, workdir, shardWords(empty ?? 0, of));
    expect(code).toBe(0);
    expect(report.stations).toEqual([]);
    expect(listing(join(workdir, 'output')).filter((name) => name.endsWith('.nc'))).toEqual([]);
  });

  it('that none of the wanted stations is in ends with exit code 0, too', async () => {
    const server = await serve(archiveStations(STATIONS));
    const shards = indices(2).map(async (index) => {
      const { code, report } = await run(server, newWorkdir(), [
        ...shardWords(index, 2),
        '--station',
        '99001',
      ]);
      return { code, stations: report?.stations.map(({ station }) => station) };
    });
    const [one, two] = await Promise.all(shards);
    const mine = stationsOf(1, 2).includes(stationId(1)) ? [one, two] : [two, one];
    expect(mine).toEqual([
      { code: 0, stations: [stationId(1)] },
      { code: 0, stations: [] },
    ]);
  });

  it('that is killed and run again makes the harvest whole', async () => {
    const server = await serve(archiveStations(STATIONS));
    const workdir = newWorkdir();
    const victim = indices(2).find((index) => stationsOf(index, 2).length > 1) ?? 1;
    const [slow = ''] = stationsOf(victim, 2);
    server.setFault(zipPath(slow), { kind: 'stall', at: 0.5, times: 1 });
    const killed = run(server, workdir, shardWords(victim, 2), {
      started: (child) => killOnceAsked(server, zipPath(slow), child),
    });
    const [other, { signal }] = await Promise.all([run(server, workdir, shardWords(3 - victim, 2)), killed]);
    expect(signal).toBe('SIGKILL');
    expect(other.code).toBe(0);
    const incomplete = await merge(workdir);
    expect(incomplete.code).toBe(1);
    expect(incomplete.report.missing_shards).toEqual([victim]);
    const again = await run(server, workdir, shardWords(victim, 2));
    expect(again.code).toBe(0);
    expect(Object.keys(states(again))).toEqual(stationsOf(victim, 2));
    const merged = await merge(workdir);
    expect(merged.code).toBe(0);
    expect(merged.report.missing_shards).toBeUndefined();
    const names = Array.from({ length: STATIONS }, (_, i) => `igra2/${outputName(stationId(i + 1))}`);
    expect(listing(join(workdir, 'output'))).toEqual(names);
    const parts = readdirSync(join(workdir, 'sources/igra2')).filter((name) => /part|tmp/.test(name));
    expect(parts).toEqual([]);
    expect(existsSync(join(workdir, 'output/reports'))).toBe(true);
  });
});

function killOnceAsked(server: ArchiveServer, path: string, child: ChildProcess): void {
  const timer = setInterval(() => {
    if (!server.requests.some((request) => request.path === path)) return;
    clearInterval(timer);
    // So that half of the file is on the disk.
    setTimeout(() => child.kill('SIGKILL'), 150);
  }, 5);
  child.on('close', () => clearInterval(timer));
}
