/** Charts of the real samples: nothing overlaps, and the numbers are those of the launches. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartOfFile, chartOfFolder, type PlotOptions } from '../../src/cli/plot-charts.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';
import { textBoxes, textFaults } from './text-boxes.js';

const INPUTS: [source: string, samples: string[]][] = [
  [
    'igra2',
    [
      'AUM00011035-data.txt.gz',
      'ASM00094703-data.txt.zip',
      'USM00070026-data.txt.zip',
      'hour99-1935.txt',
    ].map((name) => `igra2/${name}`),
  ],
  ['ncar', ['ncar/uadb_trhc_82930.excerpt.txt']],
  ['era5_1', ['era5_odb/odc_example_landTEMP_20210618.odb']],
  ['bufr', ['bufr/temp_hires.bufr', 'bufr/temp_102.bufr', 'bufr/pilo_91.bufr']],
];

const SIZES: PlotOptions[] = [800, 1600].map((width) => ({
  width,
  height: undefined,
  top: undefined,
  time: undefined,
  background: 'first-guess',
  withFailed: true,
}));

describe.skipIf(skipSamples())(samplesTitle('charts of the samples'), () => {
  const folder = mkdtempSync(join(tmpdir(), 'plot-samples-'));
  const output = join(folder, 'output');
  beforeAll(async () => {
    for (const [source, samples] of INPUTS) {
      const input = samples.map(samplePath);
      if (source === 'igra2') input.push(samplePath('metadata/igra2-station-list.txt'));
      await harvestQuietly({ source, workdir: folder, input, output });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('have no texts that overlap or leave the page', async () => {
    const files = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.nc'),
    );
    expect(files.length).toBeGreaterThan(15);
    for (const name of files)
      for (const options of SIZES) {
        const draw = async (kind: Parameters<typeof chartOfFile>[1]): Promise<void> => {
          const { svg } = await chartOfFile(join(output, name), kind, options);
          expect(textFaults(svg), `${name}, ${kind}`).toEqual([]);
        };
        await draw('skewt');
        await draw('availability');
        if (name.startsWith('era5_1/')) await draw('departures');
      }
    for (const options of SIZES)
      for (const kind of ['map', 'timeline'] as const) {
        const { svg, failures } = await chartOfFolder(output, kind, options);
        expect(textFaults(svg), kind).toEqual([]);
        expect(failures).toEqual([]);
      }
  });

  it('show the launch of Vienna on 28 June 2015', async () => {
    const path = join(output, 'igra2', '0-20000-0-11035_igra2_harvested.nc');
    const [options] = SIZES;
    const { svg, facts } = await chartOfFile(path, 'skewt', {
      ...(options as PlotOptions),
      time: '2015-06-28T00:00',
    });
    const texts = textBoxes(svg).boxes.map(({ text }) => text);
    // The header of the report in the sample: nominal 00 UTC, released at 23:31, 48.2331 N 16.3500 E.
    expect(texts).toContain('2015-06-27 23:31 UTC, nominal 2015-06-28 00:00 UTC; 48.23°N 16.35°E, 198 m');
    expect(texts).toEqual(expect.arrayContaining(['40 levels, 41 winds', 'heights of the launch']));
    expect(facts).toMatchObject({ temperature_levels: 40, winds: 41 });
    expect(facts.surface_parcel).toMatchObject({ start_pa: 99_300 });
  });
});
