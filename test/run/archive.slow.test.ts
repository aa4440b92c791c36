/** Harvests of an archive that changes, fails and comes back: what is asked of it, what is rewritten, what the exit code says. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { exitCodeOfRun, type RunReport } from '../../src/run/reports/report.js';
import { hashTree } from '../cli/built.js';
import { partBegun } from '../support/archive-server-client.js';
import {
  archiveStation,
  archiveStations,
  damagedZip,
  igra2Archive,
  outputName,
  STATION_LIST,
  STATIONS_FOLDER,
  stationId,
  stationList,
  stationZip,
  zipName,
  zipPath,
} from '../support/igra2-archive.js';
import { askedFor, harvestFrom, newWorkdir, serve, stampsOf, statesOf, touchedBetween } from './archived.js';

// The waits before further attempts are half a minute in all; what happens after them is the matter here.
vi.mock('p-retry', async (original) => {
  const { default: retry } = await original<typeof import('p-retry')>();
  const quick: typeof retry = (input, options) => retry(input, { ...options, minTimeout: 1, maxTimeout: 5 });
  return { default: quick };
});

const LISTED = `200 ${STATIONS_FOLDER}`;
const SAME_LIST = `304 ${STATION_LIST}`;
const fetched = (n: number): string => `200 ${zipPath(stationId(n))}`;
const output = (n: number): string => join('igra2', outputName(stationId(n)));
const all = (states: readonly string[]): Record<string, string> =>
  Object.fromEntries(states.map((state, i) => [stationId(i + 1), state]));

/** Hashes of what a harvest of these files makes in a new work folder. */
async function fresh(files: ReadonlyMap<string, Buffer>): Promise<Record<string, string>> {
  const server = await serve([]);
  for (const [path, content] of files) server.files.set(path, content);
  const workdir = newWorkdir();
  expect(exitCodeOfRun(await harvestFrom(server, workdir))).toBe(0);
  return hashTree(join(workdir, 'output'));
}

function downloadsOf(report: RunReport) {
  const { missing, ...counts } = report.downloads ?? { missing: [] };
  return { ...counts, missing: missing.map(({ name, error }) => `${name} ${error.code}`) };
}

describe('an archive that is harvested day by day', async () => {
  const server = await serve(archiveStations(4));
  const workdir = newWorkdir();
  const folder = join(workdir, 'output');
  let before = stampsOf(folder);
  /** One run: its report, what was asked, what was touched. */
  const run = async (options: Parameters<typeof harvestFrom>[2] = {}) => {
    before = stampsOf(folder);
    const report = await harvestFrom(server, workdir, options);
    return { report, asked: askedFor(server), touched: touchedBetween(before, stampsOf(folder)) };
  };

  it('is fetched and harvested as a whole first', async () => {
    const { report, asked } = await run();
    expect(exitCodeOfRun(report)).toBe(0);
    expect(statesOf(report)).toEqual(all(['done', 'done', 'done', 'done']));
    expect(asked).toEqual([LISTED, ...[1, 2, 3, 4].map(fetched), `200 ${STATION_LIST}`].sort());
    expect(downloadsOf(report)).toMatchObject({ listed: 4, fetched: 5, unchanged: 0, missing: [] });
    for (const n of [1, 2, 3, 4])
      expect(readFileSync(join(workdir, 'sources/igra2', zipName(stationId(n))))).toEqual(
        server.files.get(zipPath(stationId(n))),
      );
  });

  it('unchanged, is asked for its listing and, on a condition, its station list; nothing is written', async () => {
    const { report, asked, touched } = await run();
    expect(exitCodeOfRun(report)).toBe(0);
    expect(asked).toEqual([LISTED, SAME_LIST]);
    expect(touched).toEqual([]);
    expect(statesOf(report)).toEqual(all(['unchanged', 'unchanged', 'unchanged', 'unchanged']));
    expect(downloadsOf(report)).toMatchObject({ listed: 4, fetched: 0, unchanged: 5, bytes: 0 });
  });

  it('with one station that has grown, costs that station', async () => {
    server.files.set(zipPath(stationId(2)), stationZip(archiveStation(2, 6)));
    const { report, asked, touched } = await run();
    expect(asked).toEqual([LISTED, fetched(2), SAME_LIST].sort());
    expect(touched).toEqual([output(2)]);
    expect(statesOf(report)).toEqual(all(['unchanged', 'done', 'unchanged', 'unchanged']));
    expect(report.stations[1]?.reports).toBe(6);
  });

  it('with a new station, costs that station', async () => {
    server.files.set(zipPath(stationId(5)), stationZip(archiveStation(5)));
    const { asked, touched } = await run();
    expect(asked).toEqual([LISTED, fetched(5), SAME_LIST].sort());
    expect(touched).toEqual([output(5)]);
  });

  it('whose station list says something new of one station, costs that station', async () => {
    const stations = archiveStations(5);
    const third = { ...stations[2]!, entry: { ...stations[2]!.entry, name: 'MOVED', elevation: 77 } };
    server.files.set(STATION_LIST, stationList(stations.with(2, third)));
    const { asked, touched } = await run();
    expect(asked).toEqual([LISTED, `200 ${STATION_LIST}`]);
    // The fifth has a line of its own now, too.
    expect(touched).toEqual([output(3), output(5)]);
  });

  it('that lists a station no more, says so; its files stay', async () => {
    server.files.delete(zipPath(stationId(5)));
    const { report, touched } = await run();
    expect(exitCodeOfRun(report)).toBe(0);
    expect(downloadsOf(report)).toMatchObject({ listed: 4, withdrawn: [zipName(stationId(5))] });
    expect(touched).toEqual([]);
    expect(existsSync(join(folder, output(5)))).toBe(true);
    server.files.set(zipPath(stationId(5)), stationZip(archiveStation(5)));
  });

  it('sends a damaged file: the old one stays, what came is kept aside, and the next run fetches it again', async () => {
    const grown = stationZip(archiveStation(4, 6));
    server.files.set(zipPath(stationId(4)), damagedZip(archiveStation(4, 6)));
    const old = readFileSync(join(workdir, 'sources/igra2', zipName(stationId(4))));
    const first = await run();
    expect(exitCodeOfRun(first.report)).toBe(4);
    expect(first.touched).toEqual([]);
    expect(new Set(Object.values(statesOf(first.report)))).toEqual(new Set(['unchanged']));
    expect(downloadsOf(first.report).missing).toEqual([`${zipName(stationId(4))} DOWNLOAD_DAMAGED`]);
    expect(readFileSync(join(workdir, 'sources/igra2', zipName(stationId(4))))).toEqual(old);
    expect(existsSync(join(workdir, 'sources/igra2', `${zipName(stationId(4))}.quarantine`))).toBe(true);
    server.files.set(zipPath(stationId(4)), grown);
    const second = await run();
    expect(exitCodeOfRun(second.report)).toBe(0);
    expect(second.touched).toEqual([output(4)]);
  });

  it('whose files on disk were cut short or deleted, is asked for these again; the outputs stay', async () => {
    const local = (n: number): string => join(workdir, 'sources/igra2', zipName(stationId(n)));
    writeFileSync(local(1), readFileSync(local(1)).subarray(0, 300));
    rmSync(local(2));
    const { report, asked, touched } = await run();
    expect(exitCodeOfRun(report)).toBe(0);
    expect(asked).toEqual([LISTED, fetched(1), fetched(2), SAME_LIST].sort());
    expect(touched).toEqual([]);
    expect(readFileSync(local(1))).toEqual(server.files.get(zipPath(stationId(1))));
  });

  it('is left alone with --offline, and by a dry run, which writes nothing at all', async () => {
    const offline = await run({ offline: true });
    expect(exitCodeOfRun(offline.report)).toBe(0);
    expect(offline.asked).toEqual([]);
    expect(offline.touched).toEqual([]);
    const stamps = stampsOf(workdir);
    const reports = readdirSync(join(folder, 'reports'));
    const dry = await run({ dryRun: true });
    expect(exitCodeOfRun(dry.report)).toBe(0);
    expect(dry.asked).toEqual([]);
    expect(dry.report.stations.map(({ reports }) => reports)).toEqual([4, 6, 4, 6, 4]);
    expect(touchedBetween(stamps, stampsOf(workdir))).toEqual([]);
    expect(readdirSync(join(folder, 'reports'))).toEqual(reports);
  });

  it('is harvested again with --force, to the same bytes, without being fetched again', async () => {
    const hashes = hashTree(folder);
    const { report, asked, touched } = await run({ force: true });
    expect(statesOf(report)).toEqual(all(['done', 'done', 'done', 'done', 'done']));
    expect(asked).toEqual([LISTED, SAME_LIST]);
    expect(touched).toEqual([1, 2, 3, 4, 5].map(output));
    expect(hashTree(folder)).toEqual(hashes);
  });

  it('in the end gives what a harvest from nothing gives', async () => {
    expect(hashTree(folder)).toEqual(await fresh(server.files));
  });
});

describe('one station', () => {
  it.each(['99001', '0-20000-0-99001', stationId(1)])('%s is fetched alone', async (name) => {
    const server = await serve(archiveStations(3));
    const workdir = newWorkdir();
    const report = await harvestFrom(server, workdir, { station: [name] });
    expect(statesOf(report)).toEqual({ [stationId(1)]: 'done' });
    expect(askedFor(server)).toEqual([LISTED, fetched(1), `200 ${STATION_LIST}`]);
    expect(readdirSync(join(workdir, 'output/igra2'))).toEqual([outputName(stationId(1))]);
  });

  it('that the archive does not have is a usage error', async () => {
    const server = await serve(archiveStations(2));
    const workdir = newWorkdir();
    await harvestFrom(server, workdir);
    await expect(harvestFrom(server, workdir, { station: ['99777'] })).rejects.toMatchObject({
      code: 'UNKNOWN_STATION',
    });
  });
});

describe('a network that goes away', () => {
  it('in the middle of the downloads: what came is harvested, what is missing named, the next run completes', async () => {
    const server = await serve(archiveStations(12));
    const workdir = newWorkdir();
    let cut: Promise<void> | undefined;
    const first = await harvestFrom(server, workdir, {
      onEvent: (event) => {
        if (event.type === 'download' && event.done === 4) cut ??= server.down();
      },
    });
    await cut;
    expect(exitCodeOfRun(first)).toBe(4);
    const { missing, listed } = downloadsOf(first);
    expect(listed).toBe(12);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.length).toBeLessThanOrEqual(9);
    for (const text of missing)
      expect(text).toMatch(/^XXM000990\d\d-data\.txt\.zip HTTP_(?:CONNECTION|LENGTH)$/);
    // Twelve stations and the station list, each on one side.
    expect(first.stations.length + missing.length).toBe(12);
    expect(new Set(Object.values(statesOf(first)))).toEqual(new Set(['done']));
    await server.up();
    const second = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(second)).toBe(0);
    expect(Object.keys(statesOf(second))).toHaveLength(12);
    expect(hashTree(join(workdir, 'output'))).toEqual(await fresh(server.files));
  });

  it('for some files only: they alone are missing', async () => {
    const server = await serve(archiveStations(4));
    const workdir = newWorkdir();
    const part = join(workdir, 'sources', 'igra2', `${zipName(stationId(2))}.part`);
    server.setFault(zipPath(stationId(2)), { kind: 'reset', at: 0.5, once: partBegun(part) });
    server.setFault(zipPath(stationId(3)), { kind: 'status', status: 404 });
    const first = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(first)).toBe(4);
    expect(downloadsOf(first).missing).toEqual([
      `${zipName(stationId(2))} HTTP_CONNECTION`,
      `${zipName(stationId(3))} HTTP_404`,
    ]);
    expect(statesOf(first)).toEqual({ [stationId(1)]: 'done', [stationId(4)]: 'done' });
    server.clearFaults();
    askedFor(server);
    const second = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(second)).toBe(0);
    expect(askedFor(server)).toEqual([LISTED, `206 ${zipPath(stationId(2))}`, fetched(3), SAME_LIST].sort());
    expect(hashTree(join(workdir, 'output'))).toEqual(await fresh(server.files));
  });

  it('before it all, with files on disk: they are harvested, and the exit code is that of the network', async () => {
    const files = igra2Archive(archiveStations(3));
    const server = await serve([]);
    for (const [path, content] of files) server.files.set(path, content);
    const workdir = newWorkdir();
    await harvestFrom(server, workdir, { from: 0, to: 1 });
    await server.down();
    const report = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(report)).toBe(4);
    expect(statesOf(report)).toEqual(all(['done', 'done', 'done']));
    expect(downloadsOf(report).missing).toEqual([
      `${STATIONS_FOLDER} HTTP_CONNECTION`,
      'igra2-station-list.txt HTTP_CONNECTION',
    ]);
    expect(hashTree(join(workdir, 'output'))).toEqual(await fresh(files));
  });

  it('before it all, with nothing on disk: the network error itself', async () => {
    const server = await serve(archiveStations(1));
    await server.down();
    await expect(harvestFrom(server, newWorkdir())).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'HTTP_CONNECTION',
      hint: expect.stringContaining('run the same command again'),
    });
  });

  it('but for a page that is no listing: nothing is taken as withdrawn, and what is here is harvested', async () => {
    const server = await serve(archiveStations(4));
    const workdir = newWorkdir();
    await harvestFrom(server, workdir);
    for (const kind of ['empty-listing', 'truncated-listing'] as const) {
      server.setFault(STATIONS_FOLDER, { kind });
      const before = stampsOf(join(workdir, 'output'));
      const report = await harvestFrom(server, workdir);
      expect(exitCodeOfRun(report), kind).toBe(4);
      expect(report.downloads?.withdrawn, kind).toEqual([]);
      expect(statesOf(report), kind).toEqual(all(['unchanged', 'unchanged', 'unchanged', 'unchanged']));
      expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);
    }
  });
});
