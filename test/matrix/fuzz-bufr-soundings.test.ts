import { describe, expect, it } from 'vitest';
import { fuzzBufrSoundings } from '../support/bufr-reading-fuzz.js';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

describe('mutated files of BUFR soundings', () => {
  it(`${MUTANTS} give reports or typed refusals, every field accounted for`, async () => {
    const { reports } = await fuzzBufrSoundings(MUTANTS, 2);
    sayCases('mutated bufr soundings', MUTANTS, `${reports} reports`);
    expect(reports).toBeGreaterThan(MUTANTS);
  });
});
