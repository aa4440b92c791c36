/** Harvests of a served archive inside the process of a test: the same bytes each time, and a record of what was touched. */
import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { HarvestOptions } from '../../src/run/options.js';
import type { RunReport } from '../../src/run/reports/report.js';
import { listing } from '../cli/built.js';
import { type ArchiveServer, startArchiveServer } from '../support/archive-server.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { type ArchiveStation, igra2Archive } from '../support/igra2-archive.js';

process.env.SOURCE_DATE_EPOCH = '1700000000';

/** An archive that is served until the tests of the file are done. */
export async function serve(stations: readonly ArchiveStation[]): Promise<ArchiveServer> {
  const server = await startArchiveServer({ files: igra2Archive(stations) });
  servers.push(server);
  return server;
}

const servers: ArchiveServer[] = [];
const folders: string[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new work folder, removed when the tests of the file are done. */
export function newWorkdir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'harvest-run-'));
  folders.push(folder);
  return folder;
}

/** A harvest of IGRA 2 from the server (null: from the local files alone) in a work folder, with the bundled tables. */
export async function harvestFrom(
  server: ArchiveServer | null,
  workdir: string,
  options: Partial<HarvestOptions> = {},
): Promise<RunReport> {
  return await harvestQuietly({
    input: [],
    workdir,
    output: join(workdir, 'output'),
    offline: server === null,
    mirrors: server === null ? [] : [server.url],
    ...options,
  });
}

/** What any writing to a file changes: inode and times of every file below a folder, reports of runs aside. */
export function stampsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    listing(folder).map((name) => {
      const { ino, mtimeNs, ctimeNs } = lstatSync(join(folder, name), { bigint: true });
      return [name, `${ino} ${mtimeNs} ${ctimeNs}`];
    }),
  );
}

/** Names of files that are new, gone or were written between two looks, sorted. */
export function touchedBetween(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

/** States of the stations by id. */
export function statesOf({ stations }: RunReport): Record<string, string> {
  return Object.fromEntries(stations.map(({ station, state }) => [station, state]));
}

/** Paths that a server was asked for since the last call, in order of names. */
export function askedFor(server: ArchiveServer): string[] {
  return server.requests
    .splice(0)
    .map(({ path, status }) => `${status} ${path}`)
    .sort();
}
