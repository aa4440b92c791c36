import { describe, expect, it } from 'vitest';
import { fuzzBufr } from '../support/bufr-fuzz.js';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

describe('mutated BUFR streams, the full number', () => {
  it(`${MUTANTS} give subsets or typed errors`, async () => {
    const { decoded, refused } = await fuzzBufr(MUTANTS, 20_260_303);
    sayCases('mutated bufr', MUTANTS, `${decoded} messages decoded, refused ${JSON.stringify(refused)}`);
    // Most damage is local: were most messages refused, little would have been tested.
    expect(decoded).toBeGreaterThan(MUTANTS * 0.6);
    expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
  });
});
