/** Random observations of every source's demo files: the raw bytes that an explanation names give the value in the file. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources } from '../../src/sources/registry.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { randomFaults } from './random-rows.js';

/** The demo has no files of `era5_2`, whose format is that of `era5_1`. */
const DATASETS = [...sources.keys()].filter((dataset) => dataset !== 'era5_2');

describe('200 random observations of the demo files', () => {
  it.each(DATASETS)('of %s stand where their explanations say', async (dataset) => {
    const demo = await demoOutputs();
    const { explained, faults } = await randomFaults(
      join(demo, 'output', dataset),
      join(demo, 'sources', dataset),
      { observations: 200, reports: 4, seed: 6 },
    );
    expect(explained).toBe(200);
    expect(faults).toEqual([]);
  });
});
