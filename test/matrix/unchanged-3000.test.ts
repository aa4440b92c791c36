/** An archive of three thousand stations in which nothing has changed: one look at its listing, nothing written. The bench takes the time. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/built.js';
import { newWorkdir, serve, stampsOf, touchedBetween } from '../run/archived.js';
import {
  archiveStations,
  outputName,
  STATION_LIST,
  STATIONS_FOLDER,
  stationId,
} from '../support/igra2-archive.js';

const STATIONS = 3000;
const RUNS = 3;
let cases = 0;
afterAll(() => {
  console.log(`unchanged: ${cases} cases`);
  expect(cases).toBe(RUNS);
});

describe(`${STATIONS} stations`, async () => {
  const server = await serve(archiveStations(STATIONS, 1));
  const workdir = newWorkdir();
  const output = join(workdir, 'output');
  const words = [
    ...['--source', 'igra2', '--tables', 'bundled', '--workdir', workdir, '--mirror', `igra2=${server.url}`],
  ];

  it('are harvested once', async () => {
    const begin = performance.now();
    const { code, stderr } = await runCli([...words, '--quiet']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    console.log(`first run: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    expect(lstatSync(join(output, 'igra2', outputName(stationId(STATIONS)))).size).toBeGreaterThan(0);
  });

  it('and then left alone: two requests, nothing written', async () => {
    const before = stampsOf(output);
    expect(Object.keys(before)).toHaveLength(STATIONS);
    const seconds: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      server.requests.length = 0;
      const begin = performance.now();
      const { code, stdout } = await runCli(words);
      seconds.push((performance.now() - begin) / 1000);
      expect(code).toBe(0);
      expect(stdout).toContain(`${STATIONS} of ${STATIONS} stations, ${STATIONS} of them unchanged`);
      expect(server.requests.map(({ path }) => path)).toEqual([STATIONS_FOLDER, STATION_LIST]);
      expect(touchedBetween(before, stampsOf(output))).toEqual([]);
      cases++;
    }
    console.log(`unchanged run: ${seconds.map((s) => s.toFixed(2)).join(', ')} s`);
  });
});
