/** An archive that is away, with the waits of a real run: the command ends within a minute, and says what is missing. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { StoredReport } from '../../src/run/reports/json.js';
import { hashTree, type Outcome, runCli } from '../cli/built.js';
import { harvestFrom, newWorkdir, serve, stampsOf, touchedBetween } from '../run/archived.js';
import type { ArchiveServer } from '../support/archive-server.js';
import { archiveStations, STATIONS_FOLDER, stationId, zipName, zipPath } from '../support/igra2-archive.js';

const CASES = 4;
const LIMIT_MS = 60_000;
let cases = 0;
afterAll(() => {
  console.log(`outages: ${cases} cases`);
  expect(cases).toBe(CASES);
});

/** One run of the command line, which ends in time. */
async function run(
  name: string,
  server: ArchiveServer,
  workdir: string,
  more: readonly string[] = [],
): Promise<Outcome> {
  const begin = performance.now();
  const words = ['--source', 'igra2', '--tables', 'bundled', '--workdir', workdir, ...more];
  const outcome = await runCli([...words, '--mirror', `igra2=${server.url}`]);
  const elapsed = performance.now() - begin;
  console.log(`${name}: exit code ${outcome.code} after ${(elapsed / 1000).toFixed(1)} s`);
  expect(elapsed).toBeLessThan(LIMIT_MS);
  cases++;
  return outcome;
}

const messagesOf = ({ stderr }: Outcome): string[] =>
  stderr.split('\n').filter((line) => line.startsWith('harvest: '));

describe.concurrent('an archive that is away', () => {
  it('from the beginning, with files on disk: they are harvested, exit code 4', async () => {
    const server = await serve(archiveStations(3));
    const workdir = newWorkdir();
    const undisturbed = newWorkdir();
    await harvestFrom(server, undisturbed);
    // Fetched, but harvested for another period: every station has work to do.
    await harvestFrom(server, workdir, { from: 0, to: 1 });
    await server.down();
    const outcome = await run('files on disk', server, workdir);
    expect(outcome.code).toBe(4);
    expect(messagesOf(outcome)[0]).toMatch(
      new RegExp(`^harvest: not fetched: ${STATIONS_FOLDER}: .*ECONNREFUSED.*\\[HTTP_CONNECTION\\]$`),
    );
    expect(outcome.stderr).toContain('run the same command again');
    expect(outcome.stdout).toContain('3 of 3 stations');
    expect(hashTree(join(workdir, 'output'))).toEqual(hashTree(join(undisturbed, 'output')));
  });

  it('from the beginning, with all of it harvested: nothing is touched, exit code 4', async () => {
    const server = await serve(archiveStations(2));
    const workdir = newWorkdir();
    await harvestFrom(server, workdir);
    const before = stampsOf(join(workdir, 'output'));
    await server.down();
    const outcome = await run('all harvested', server, workdir, ['--quiet']);
    expect(outcome).toMatchObject({ code: 4, stdout: '' });
    expect(touchedBetween(before, stampsOf(join(workdir, 'output')))).toEqual([]);
  });

  it('from the beginning, with nothing on disk: one message, exit code 4', async () => {
    const server = await serve(archiveStations(2));
    await server.down();
    const outcome = await run('nothing on disk', server, newWorkdir());
    expect(outcome).toMatchObject({ code: 4, stdout: '' });
    expect(messagesOf(outcome)).toHaveLength(1);
    expect(messagesOf(outcome)[0]).toMatch(/ECONNREFUSED.*\[HTTP_CONNECTION\]$/);
  });

  it('for the files of some stations: the others are harvested, report and messages name these', async () => {
    const server = await serve(archiveStations(5));
    const workdir = newWorkdir();
    for (const n of [2, 4]) server.setFault(zipPath(stationId(n)), { kind: 'reset', at: 0.5 });
    const outcome = await run('in the middle', server, workdir, ['--json']);
    expect(outcome.code).toBe(4);
    const report: StoredReport = JSON.parse(outcome.stdout);
    const missing = [2, 4].map((n) => zipName(stationId(n)));
    expect(report.downloads?.missing.map(({ name }) => name)).toEqual(missing);
    expect(report.stations.map(({ station }) => station)).toEqual([1, 3, 5].map(stationId));
    for (const name of missing) expect(outcome.stderr).toContain(`harvest: not fetched: ${name}: `);
    server.clearFaults();
    const undisturbed = newWorkdir();
    await harvestFrom(server, workdir);
    await harvestFrom(server, undisturbed);
    expect(hashTree(join(workdir, 'output'))).toEqual(hashTree(join(undisturbed, 'output')));
  });
});
