/** Folders of outputs for the tests of the page: harvested from small made-up archives, some with everything wrong that there can be. */
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { HarvestOptions } from '../../src/run/options.js';
import { type RunReport, reportAsJson } from '../../src/run/reports/report.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { archiveStation, outputName, stationId, stationList } from '../support/igra2-archive.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';

/** A name that runs a script where it is not escaped; the station list has room for thirty characters. */
export const HOSTILE_NAME = '<img src=x onerror=alert(1)>&"';
export const HOSTILE_FILE = `<svg onload=alert(1)>'"&.nc`;

export interface OutputFolder {
  path: string;
  report: RunReport;
  /** Path of the station file of the `n`-th station. */
  file(n: number): string;
}

/** Harvests the first `count` stations with four soundings each; the second has a name that is not meant well. */
export async function harvestFolder(
  count: number,
  options: Partial<HarvestOptions> & { broken?: boolean } = {},
): Promise<OutputFolder> {
  const { broken = false, ...rest } = options;
  const work = temporaryFolder();
  const stations = Array.from({ length: count }, (_, i) => archiveStation(i + 1));
  const input = stations.map(({ id, soundings }) => {
    const path = join(work, `${id}-data.txt`);
    writeFileSync(path, encodeIgra2(soundings));
    return path;
  });
  const list = stations.map((station, i) =>
    i === 1 ? { ...station, entry: { ...station.entry, name: HOSTILE_NAME } } : station,
  );
  writeFileSync(join(work, 'igra2-station-list.txt'), stationList(list));
  if (broken) {
    const gzip = gzipSync(encodeIgra2(archiveStation(count + 1, 8).soundings));
    writeFileSync(join(work, 'broken.txt.gz'), gzip.subarray(0, Math.floor(gzip.length * 0.8)));
    const cut = encodeIgra2(archiveStation(count + 2).soundings);
    writeFileSync(join(work, 'cut.txt'), cut.subarray(0, cut.length - 700));
    input.push(join(work, 'broken.txt.gz'), join(work, 'cut.txt'));
  }
  const path = join(work, 'output');
  const report = await harvestQuietly({
    input: [...input, join(work, 'igra2-station-list.txt')],
    output: path,
    ...rest,
  });
  return { path, report, file: (n) => join(path, 'igra2', outputName(stationId(n))) };
}

/** A harvested folder to which much has happened: files cut, emptied, foreign, gone; stations failed, input skipped. */
export async function troubledFolder(): Promise<OutputFolder> {
  const folder = await harvestFolder(4, { broken: true });
  truncateSync(folder.file(3), 30_000);
  rmSync(folder.file(4));
  writeFileSync(join(folder.path, 'igra2', 'empty.nc'), '');
  writeFileSync(join(folder.path, HOSTILE_FILE), 'no netCDF at all');
  const stored = { ...reportAsJson(folder.report), warnings: ['</td><script>alert(1)</script>'] };
  const reports = join(folder.path, 'reports');
  for (const name of readdirSync(reports)) writeFileSync(join(reports, name), JSON.stringify(stored));
  return folder;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'harvest-page-'));
  folders.push(folder);
  return folder;
}
