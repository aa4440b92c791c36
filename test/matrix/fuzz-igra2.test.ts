import { describe, expect, it } from 'vitest';
import { fuzzSoundings, fuzzStationList } from '../support/igra2-fuzz.js';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

describe('mutated IGRA 2 files, the full number', () => {
  it(`soundings: ${MUTANTS}`, async () => {
    const { results, errors } = await fuzzSoundings(MUTANTS, 20_260_301);
    sayCases('mutated igra2 soundings', MUTANTS, `${results} read, refused ${JSON.stringify(errors)}`);
    expect(results + Object.values(errors).reduce((sum, n) => sum + n, 0)).toBe(MUTANTS);
    // Most damage is local: were most mutants refused at their first line, little would have been tested.
    expect(results).toBeGreaterThan(MUTANTS * 0.6);
    expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
  });

  it(`station list: ${MUTANTS}`, async () => {
    const { results, errors } = await fuzzStationList(MUTANTS, 20_260_302);
    sayCases('mutated igra2 station list', MUTANTS, `${results} read, refused ${JSON.stringify(errors)}`);
    expect(results + Object.values(errors).reduce((sum, n) => sum + n, 0)).toBe(MUTANTS);
    expect(results).toBeGreaterThan(MUTANTS * 0.6);
  });
});
