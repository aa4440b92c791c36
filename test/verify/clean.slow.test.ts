/** Nothing is wrong with any file of the demo and of the real samples, and reading their sources again gives the same. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stationFilesOf } from '../../src/reading/files.js';
import type { HarvestOptions } from '../../src/run/options.js';
import { writeDemoArchives } from '../support/demo/archive.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';
import { verifierOf } from './planted.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-all-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Harvests and verifies; `files` is how many there are at least. */
async function expectClean(
  source: string,
  input: readonly string[],
  files: number,
  options: Partial<HarvestOptions> = {},
): Promise<void> {
  const output = mkdtempSync(join(folder, 'output-'));
  await harvestQuietly({ source, input, output, workdir: `${output}.work`, ...options });
  const workdir = `${output}.work`;
  // Reading a file of hundreds of stations again for each of them takes minutes.
  const again = !input.some((path) => path.endsWith('/temp.bufr'));
  const verify = verifierOf({ workdir, ...(again && { against: input }) });
  const paths = await stationFilesOf([output]);
  expect(paths.length).toBeGreaterThanOrEqual(files);
  for (const path of paths) {
    const { findings, rows } = await verify(path);
    expect(findings, path).toEqual([]);
    expect(rows, path).toBeGreaterThan(0);
  }
}

describe('the demo', () => {
  const archives = join(folder, 'sources');
  beforeAll(async () => {
    await writeDemoArchives(archives);
  });

  it.each([
    ['igra2', 8],
    ['ncar', 3],
    ['era5_1', 3],
    ['era5_1759', 2],
    ['era5_1761', 2],
    ['era5_3188', 2],
    ['bufr', 3],
  ] as const)('%s', { timeout: 600_000 }, async (source, files) => {
    await expectClean(source, [join(archives, source)], files);
    await expectClean(source, [join(archives, source)], files, { profile: 'cuon' });
  });
});

describe.skipIf(skipSamples())(samplesTitle('the samples'), () => {
  const lists = [samplePath('metadata/igra2-station-list.txt')];
  const soundings = ['AUM00011035-data.txt.gz', 'ASM00094703-data.txt.zip', 'USM00070026-data.txt.zip'];
  const igra2 = [
    ...soundings,
    'USM00072558-20250308.txt',
    'hour99-1935.txt',
    'BRM00082930-data.excerpt.txt',
  ].map((name) => samplePath(`igra2/${name}`));
  const odb = [samplePath('era5_odb/odc_example_landTEMP_20210618.odb')];
  const bufr = [
    'temp.bufr',
    'temp_small.bufr',
    'temp_102.bufr',
    'temp_106.bufr',
    'pilo_91.bufr',
    'temp_hires.bufr',
  ].map((name) => samplePath(`bufr/${name}`));
  it.each<readonly [string, readonly string[], number, Partial<HarvestOptions>]>([
    ['igra2', [...igra2, ...lists], 6, {}],
    ['igra2', [...igra2, ...lists], 6, { profile: 'cuon' }],
    ['igra2', igra2.slice(0, 3), 3, { splitByYear: true }],
    ['ncar', [samplePath('ncar/uadb_trhc_82930.excerpt.txt')], 1, {}],
    ['era5_1', odb, 7, {}],
    ['era5_1', odb, 7, { profile: 'cuon' }],
    ['era5_3188', odb, 7, {}],
    // One by one, for they overlap.
    ...bufr.map((path) => ['bufr', [path], 1, {}] as const),
  ])('%s of %j, at least %i files, with %o', { timeout: 600_000 }, async (source, input, files, options) => {
    await expectClean(source, input, files, options);
  });
});
