/** `harvest report`: what a run did, told again from its stored report, with its exit code. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HarvestOptions } from '../../src/run/options.js';
import { type RunReport, reportAsJson } from '../../src/run/reports/report.js';
import { harvestFrom, newWorkdir, serve } from '../run/archived.js';
import {
  archiveStation,
  archiveStations,
  outputName,
  stationId,
  zipName,
  zipPath,
} from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { type Outcome, runCli } from './built.js';

const report = (words: readonly string[]): Promise<Outcome> => runCli(['report', ...words]);

/** A folder of inputs: stations that are sound, and one whose file breaks off. */
function inputs(sound: number, damaged = false): string {
  const folder = newWorkdir();
  for (let n = 1; n <= sound; n++)
    writeFileSync(join(folder, `${n}.txt`), encodeIgra2(archiveStation(n).soundings));
  if (damaged) {
    const bytes = gzipSync(encodeIgra2(archiveStation(9, 8).soundings));
    writeFileSync(join(folder, '9.txt.gz'), bytes.subarray(0, Math.floor(bytes.length * 0.8)));
  }
  return folder;
}

async function harvested(options: Partial<HarvestOptions>): Promise<{ workdir: string; made: RunReport }> {
  const workdir = newWorkdir();
  return { workdir, made: await harvestFrom(null, workdir, options) };
}

describe.concurrent('the report of the last run', () => {
  it('is the table that the run printed, and as JSON the report itself', async () => {
    const { workdir, made } = await harvested({ input: [inputs(2)] });
    const [text, json] = await Promise.all([
      report(['--workdir', workdir]),
      report(['--workdir', workdir, '--json']),
    ]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    const lines = text.stdout.split('\n');
    expect(lines[0]).toBe(`igra2, ${made.run}`);
    expect(lines[1]).toMatch(/^station +primary id +reports +rows +first +last +file$/);
    expect(lines.filter((line) => line.startsWith('XXM000'))).toHaveLength(2);
    expect(text.stdout).toContain(outputName(stationId(1)));
    expect(text.stdout).toMatch(/^2 of 2 stations; 8 reports with \d+ levels read; \d+ values read = /m);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toEqual(JSON.parse(JSON.stringify(reportAsJson(made))));
  });

  it('can be named by its file', async () => {
    const { made } = await harvested({ input: [inputs(1)] });
    const { code, stdout } = await report([made.path ?? '', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).run).toBe(made.run);
  });

  it('of a station that failed names it, and the exit code is that of the run', async () => {
    const { workdir } = await harvested({ input: [inputs(2, true)] });
    const { code, stdout, stderr } = await report(['--workdir', workdir]);
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`^harvest: station ${stationId(9)}: .*\\[GZIP_TRUNCATED\\]$`, 'm'));
    expect(stdout).toContain('2 of 3 stations');
    expect(stdout).toMatch(new RegExp(`^${stationId(9)} .* failed$`, 'm'));
  });

  it('of files that could not be fetched names them', async () => {
    const server = await serve(archiveStations(2));
    server.setFault(zipPath(stationId(2)), { kind: 'status', status: 403 });
    const workdir = newWorkdir();
    await harvestFrom(server, workdir);
    const { code, stdout, stderr } = await report(['--workdir', workdir]);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      new RegExp(`^harvest: not fetched: ${zipName(stationId(2))}: .*\\[HTTP_403\\]$`, 'm'),
    );
    expect(stdout).toMatch(/^archive: 2 files listed; 2 fetched \(\d+ kB\), 0 unchanged, 1 not fetched$/m);
  });

  it('of a run that was interrupted has its exit code and the stations that were done', async () => {
    const stop = new AbortController();
    const { workdir } = await harvested({
      input: [inputs(3)],
      workers: 1,
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type === 'finished') stop.abort();
      },
    });
    const { code, stdout } = await report(['--workdir', workdir, '--json']);
    expect(code).toBe(130);
    const stored = JSON.parse(stdout);
    expect(stored.interrupted).toBe(true);
    expect(stored.stations).toHaveLength(1);
    expect(readdirSync(join(workdir, 'output/igra2'))).toHaveLength(1);
  });

  it('of an unchanged run says so in one line', async () => {
    const folder = inputs(2);
    const { workdir } = await harvested({ input: [folder] });
    await harvestFrom(null, workdir, { input: [folder] });
    const { stdout } = await report(['--workdir', workdir]);
    expect(stdout).toContain('2 of 2 stations, 2 of them unchanged');
    expect(stdout).not.toContain(stationId(1));
  });

  it('keeps control characters of names away from the terminal', async () => {
    const folder = newWorkdir();
    writeFileSync(join(folder, 'two\nharvest: fine\u001b[2J.txt'), 'nonsense');
    writeFileSync(join(folder, 'sound.txt'), encodeIgra2(archiveStation(1).soundings));
    const { workdir } = await harvested({ input: [folder] });
    const { code, stdout, stderr } = await report(['--workdir', workdir]);
    expect(code).toBe(3);
    expect(`${stdout}${stderr}`).not.toContain('\u001b');
    expect(stderr.split('\n').filter((line) => line.startsWith('harvest: '))).toHaveLength(1);
  });
});

describe.concurrent('a report that is not there', () => {
  it('in a work folder without runs: exit code 2', async () => {
    const { code, stdout, stderr } = await report(['--workdir', newWorkdir()]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/\[NO_REPORTS\]\n {2}Name the work folder/);
  });

  it('a file of another kind: exit code 5; one that is missing: exit code 6', async () => {
    const path = join(newWorkdir(), 'x.json');
    writeFileSync(path, '{"format": 2}');
    const [other, missing] = await Promise.all([report([path]), report([`${path}.no`])]);
    expect(other.code).toBe(5);
    expect(other.stderr).toContain('[NOT_A_REPORT]');
    expect(missing.code).toBe(6);
  });
});

describe.concurrent('reports of shards', () => {
  it('are joined; one that is missing is named, and the exit code is 1', async () => {
    const folder = inputs(4);
    const workdir = newWorkdir();
    const reports = join(workdir, 'output/reports');
    for (const index of [1, 2])
      await harvestFrom(null, workdir, { input: [folder], shard: { index, of: 2 } });
    const whole = await report(['--merge', join(workdir, 'output')]);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout).toMatch(/^igra2, \d{8}T\d{6}Z-igra2-merged/);
    expect(whole.stdout).toContain('4 of 4 stations');
    for (const name of readdirSync(reports))
      if (/merged|shard-2-of-2/.test(name)) rmSync(join(reports, name));
    const half = await report(['--merge', reports]);
    expect(half.code).toBe(1);
    expect(half.stderr).toMatch(/^no report of shard 2$/m);
  });

  it('that are not there: exit code 2', async () => {
    const { workdir } = await harvested({ input: [inputs(1)] });
    const { code, stderr } = await report(['--merge', join(workdir, 'output')]);
    expect(code).toBe(2);
    expect(stderr).toContain('[NO_REPORTS]');
  });
});
