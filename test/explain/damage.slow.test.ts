/** Damaged sources: what the readers still make of them, the locators find in the same bytes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { createWorkspace } from '../cli/workspace.js';
import { CORPUS, CORPUS_SOURCES } from '../support/corpus.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { misfits } from '../support/locators.js';
import { MATRIX_FACTOR } from '../support/matrix.js';
import { mutate, seededRandom } from '../support/mutate.js';
import { contentOf } from './reparse.js';

const space = createWorkspace();

/** What does not fit; a file that the reader refuses has no rows. */
async function faultsOf(dataset: string, path: string): Promise<{ rows: number; faults: string[] }> {
  try {
    return await misfits(dataset, [path]);
  } catch (error) {
    if (error instanceof HarvestError) return { rows: 0, faults: [] };
    throw error;
  }
}

describe('the corpus of damaged inputs', () => {
  it.each(Object.entries(CORPUS_SOURCES))('of %s', async (format, dataset) => {
    const folder = join(CORPUS, format);
    const found = { rows: 0, faults: [] as string[] };
    for (const name of readdirSync(folder)) {
      const { rows, faults } = await faultsOf(dataset, join(folder, name));
      found.rows += rows;
      found.faults.push(...faults);
    }
    expect(found.rows).toBeGreaterThan(100);
    expect(found.faults).toEqual([]);
  });
});

/** Separators, signs, and the first bytes of headers and messages. */
const MEANINGFUL = Uint8Array.from(Buffer.from('\n\r\t -0#H.\x00\xff', 'latin1'));
const MUTANTS = 40 * MATRIX_FACTOR;

describe('files of the demo with random damage', () => {
  it.each([
    ['igra2', 'XXM00099005-data.txt'],
    ['ncar', 'uadb_trhc_99001.txt'],
    ['era5_1761', 'era5.1761.conv._9:967.gz'],
    ['era5_1', 'era5.conv.several.odb'],
    ['bufr', 'ships.bfr'],
  ])('%s %s', async (dataset, name) => {
    const content = contentOf(join(await demoOutputs(), 'sources', dataset, name));
    const random = seededRandom(6);
    const found = { rows: 0, faults: [] as string[] };
    for (let i = 0; i < MUTANTS; i++) {
      const path = space.write(`${dataset}.mutant`, mutate(content, random, MEANINGFUL));
      const { rows, faults } = await faultsOf(dataset, path);
      found.rows += rows;
      found.faults.push(...faults);
    }
    expect(found.rows).toBeGreaterThan(1000);
    expect(found.faults).toEqual([]);
  });
});
