/** Every dataset's demo files at random all over, and the real samples: explanations are read again, locators compared with readers. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources } from '../../src/sources/registry.js';
import { filesBelow } from '../cli/built.js';
import { createWorkspace } from '../cli/workspace.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { misfits } from '../support/locators.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';
import { randomFaults } from './random-rows.js';

const space = createWorkspace();
const DATASETS = [...sources.keys()].filter((dataset) => dataset !== 'era5_2');

describe('the demo files', () => {
  it.each(DATASETS)('of %s: 200 observations from 25 reports', async (dataset) => {
    const demo = await demoOutputs();
    const folders = [join(demo, 'output', dataset), join(demo, 'sources', dataset)] as const;
    const picked = await randomFaults(...folders, { observations: 200, reports: 25, seed: 5 });
    expect(picked).toEqual({ explained: 200, faults: [] });
  });

  it.each(DATASETS)('of %s: every row of every report', async (dataset) => {
    const files = filesBelow(join(await demoOutputs(), 'sources', dataset));
    const found = await misfits(
      dataset,
      files.filter((path) => !path.includes('station-list')),
    );
    expect(found.rows).toBeGreaterThan(100);
    expect(found.faults).toEqual([]);
  });
});

const IGRA2 = [
  'AUM00011035-data.txt.gz',
  'ASM00094703-data.txt.zip',
  'USM00070026-data.txt.zip',
  'USM00072558-20250308.txt',
  'hour99-1935.txt',
  'BRM00082930-data.excerpt.txt',
];
const BUFR = skipSamples() ? [] : readdirSync(samplePath('bufr')).filter((name) => name.endsWith('.bufr'));
const FILES: [dataset: string, path: string][] = [
  ...IGRA2.map((name): [string, string] => ['igra2', `igra2/${name}`]),
  ['ncar', 'ncar/uadb_trhc_82930.excerpt.txt'],
  ['era5_1', 'era5_odb/odc_example_landTEMP_20210618.odb'],
  ['era5_1', 'era5_odb/text/landTEMP_full_precision.txt.gz'],
  ['era5_1', 'era5_odb/text/landTEMP_aligned_default.txt.gz'],
  ...BUFR.map((name): [string, string] => ['bufr', `bufr/${name}`]),
];
/** Of very long files some reports are enough. */
const EVERY: Readonly<Record<string, number>> = { 'igra2/AUM00011035-data.txt.gz': 5, 'bufr/temp.bufr': 5 };

describe.skipIf(skipSamples())(samplesTitle('the real samples'), () => {
  it.each(FILES)('%s %s: every row is where its explanation says', async (dataset, name) => {
    expect((await misfits(dataset, [samplePath(name)], EVERY[name] ?? 1)).faults).toEqual([]);
  });

  it.each(['igra2', 'ncar', 'era5_1', 'bufr'])('of %s: 200 random observations', async (dataset) => {
    const input = FILES.filter(([of, path]) => of === dataset && !path.includes('/text/')).map(([, path]) =>
      samplePath(path),
    );
    const output = space.path(dataset);
    await harvestQuietly({ source: dataset, input, output });
    const picked = await randomFaults(output, samplePath('.'), { observations: 200, reports: 20, seed: 4 });
    expect(picked).toEqual({ explained: 200, faults: [] });
  });
});
