/** Files that an archive serves and that are not what their names say, or are so much less than before that nobody should believe it. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOfRun, type RunReport } from '../../src/run/reports/report.js';
import { hashTree } from '../cli/built.js';
import type { ArchiveServer } from '../support/archive-server.js';
import {
  archiveStation,
  archiveStations,
  outputName,
  STATION_LIST,
  STATIONS_FOLDER,
  stationId,
  stationList,
  stationZip,
  zipName,
  zipPath,
} from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { writeZip } from '../support/zip.js';
import { askedFor, harvestFrom, newWorkdir, serve, stampsOf, statesOf, touchedBetween } from './archived.js';

const LIST = 'igra2-station-list.txt';
const output = (n: number): string => join('igra2', outputName(stationId(n)));
const localOf = (workdir: string, n: number): string => join(workdir, 'sources/igra2', zipName(stationId(n)));

/** Names and codes of what could not be fetched, with the code of what is wrong with the file. */
function missingOf({ downloads }: RunReport): string[][] {
  return (downloads?.missing ?? []).map(({ name, error }) => {
    const { cause } = error;
    return [name, error.code, ...(cause instanceof Error && 'code' in cause ? [String(cause.code)] : [])];
  });
}

/** An archive that was fetched and harvested. */
async function harvested(stations = 2, soundings = 4): Promise<{ server: ArchiveServer; workdir: string }> {
  const server = await serve(archiveStations(stations, soundings));
  const workdir = newWorkdir();
  expect(exitCodeOfRun(await harvestFrom(server, workdir))).toBe(0);
  return { server, workdir };
}

const content = (n: number): Buffer => encodeIgra2(archiveStation(n, 6).soundings);

describe('a zip of the archive', () => {
  it('of another station, or with another member, is not taken: the old one and all outputs stay, and it is named', async () => {
    const { server, workdir } = await harvested(4);
    const bad = [2, 3, 4];
    const old = bad.map((n) => readFileSync(localOf(workdir, n)));
    const member = `${stationId(3)}-data.txt`;
    server.files.set(zipPath(stationId(2)), stationZip(archiveStation(1, 6)));
    server.files.set(zipPath(stationId(3)), writeZip([{ name: member, content: content(1) }]));
    server.files.set(zipPath(stationId(4)), writeZip([{ name: 'data.txt', content: content(4) }]));
    const before = stampsOf(join(workdir, 'output'));
    const report = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(report)).toBe(4);
    expect(missingOf(report)).toEqual(
      bad.map((n) => [zipName(stationId(n)), 'DOWNLOAD_DAMAGED', 'WRONG_MEMBER']),
    );
    expect(bad.map((n) => readFileSync(localOf(workdir, n)))).toEqual(old);
    expect(report.stations.map(({ state }) => state)).toEqual(new Array(4).fill('unchanged'));
    expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);

    // The archive mends it.
    for (const n of bad) server.files.set(zipPath(stationId(n)), stationZip(archiveStation(n, 6)));
    expect(exitCodeOfRun(await harvestFrom(server, workdir))).toBe(0);
    expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual(bad.map(output));
    expect(readdirSync(join(workdir, 'sources/igra2')).sort()).toEqual(
      [LIST, ...[1, 2, 3, 4].map((n) => zipName(stationId(n)))].sort(),
    );
  });

  it('of another station, the first time: neither station gets what is not its own', async () => {
    const server = await serve(archiveStations(2));
    server.files.set(zipPath(stationId(2)), stationZip(archiveStation(1, 6)));
    const workdir = newWorkdir();
    const report = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(report)).toBe(4);
    expect(missingOf(report)).toEqual([[zipName(stationId(2)), 'DOWNLOAD_DAMAGED', 'WRONG_MEMBER']]);
    expect(existsSync(localOf(workdir, 2))).toBe(false);
    expect(report.stations).toMatchObject([{ station: stationId(1), state: 'done', reports: 4 }]);
    expect(Object.keys(hashTree(join(workdir, 'output')))).toEqual([output(1)]);
  });

  it('of less than half its size is not taken, until the old one is deleted', async () => {
    const { server, workdir } = await harvested(2, 12);
    const old = readFileSync(localOf(workdir, 2));
    const small = stationZip(archiveStation(2, 2));
    expect(small.length).toBeLessThan(old.length / 2);
    server.files.set(zipPath(stationId(2)), small);
    const before = stampsOf(join(workdir, 'output'));
    const refused = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(refused)).toBe(4);
    expect(missingOf(refused)).toEqual([[zipName(stationId(2)), 'DOWNLOAD_DAMAGED', 'DOWNLOAD_SHRUNK']]);
    expect(readFileSync(localOf(workdir, 2))).toEqual(old);
    expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);
    rmSync(localOf(workdir, 2));
    const report = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(report)).toBe(0);
    expect(readFileSync(localOf(workdir, 2))).toEqual(small);
    expect(report.stations[1]).toMatchObject({ state: 'done', reports: 2 });
  });

  it('of more than half its size is taken: archives do withdraw soundings', async () => {
    const { server, workdir } = await harvested(2, 12);
    const smaller = stationZip(archiveStation(2, 9));
    const { size } = statSync(localOf(workdir, 2));
    expect(smaller.length).toBeGreaterThan(size / 2);
    expect(smaller.length).toBeLessThan(size);
    server.files.set(zipPath(stationId(2)), smaller);
    const report = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(report)).toBe(0);
    expect(report.stations[1]).toMatchObject({ state: 'done', reports: 9 });
  });

  it('that was damaged on disk, with its size and times as they were, is told and fetched again by the next run', async () => {
    const { server, workdir } = await harvested();
    const path = localOf(workdir, 2);
    const [sound, { atime, mtime }] = [readFileSync(path), statSync(path)];
    const damaged = Buffer.from(sound);
    const middle = damaged.length >> 1;
    damaged[middle] = (damaged[middle] ?? 0) ^ 0x55;
    writeFileSync(path, damaged);
    utimesSync(path, atime, mtime);
    const hashes = hashTree(join(workdir, 'output'));
    askedFor(server);
    // Who has nothing to do looks into no file.
    const first = await harvestFrom(server, workdir, { force: true });
    expect(exitCodeOfRun(first)).toBe(3);
    expect(askedFor(server)).toEqual([`200 ${STATIONS_FOLDER}`, `304 ${STATION_LIST}`]);
    const errors = [...first.refused, ...first.stations].flatMap(({ error }) => error ?? []);
    expect(errors).toMatchObject([
      { code: expect.stringMatching(/^ZIP_(?:DAMAGED|CRC|SIZE)$/), position: { file: path } },
    ]);
    expect(hashTree(join(workdir, 'output'))).toEqual(hashes);

    const second = await harvestFrom(server, workdir, { force: true });
    expect(askedFor(server)).toEqual([
      `200 ${STATIONS_FOLDER}`,
      `200 ${zipPath(stationId(2))}`,
      `304 ${STATION_LIST}`,
    ]);
    expect(exitCodeOfRun(second)).toBe(0);
    expect(readFileSync(path)).toEqual(sound);
    expect(statesOf(second)).toEqual({ [stationId(1)]: 'done', [stationId(2)]: 'done' });
    expect(hashTree(join(workdir, 'output'))).toEqual(hashes);
  });
});

describe('a station list', () => {
  const moved = (): Buffer => {
    const [first, second] = archiveStations(2);
    if (first === undefined || second === undefined) throw new Error('two stations');
    return stationList([first, { ...second, entry: { ...second.entry, elevation: 77 } }]);
  };

  it('whose end nobody announces is not taken, since it may be cut anywhere; one that comes in chunks is', async () => {
    const { server, workdir } = await harvested();
    const path = join(workdir, 'sources/igra2', LIST);
    const old = readFileSync(path);
    const before = stampsOf(join(workdir, 'output'));
    server.files.set(STATION_LIST, moved());
    server.setFault(STATION_LIST, { kind: 'no-length', close: true });
    const refused = await harvestFrom(server, workdir);
    expect(exitCodeOfRun(refused)).toBe(4);
    expect(missingOf(refused)).toEqual([[LIST, 'HTTP_LENGTH']]);
    expect(readFileSync(path)).toEqual(old);
    expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);

    server.setFault(STATION_LIST, { kind: 'no-length' });
    expect(exitCodeOfRun(await harvestFrom(server, workdir))).toBe(0);
    expect(readFileSync(path)).toEqual(moved());
    expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([output(2)]);
  });
});
