import { describe, expect, it } from 'vitest';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';
import { fuzzOdbText } from '../support/odb-fuzz.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

describe('mutated ODB text exports, the full number', () => {
  it(`${MUTANTS}`, async () => {
    const { results, rows, errors } = await fuzzOdbText(MUTANTS, 20_260_311);
    sayCases(
      'mutated ODB text',
      MUTANTS,
      `${results} read with ${rows} rows, refused ${JSON.stringify(errors)}`,
    );
    expect(results + Object.values(errors).reduce((sum, n) => sum + n, 0)).toBe(MUTANTS);
    // Most damage is local: were most mutants refused at their first line, little would have been tested.
    expect(results).toBeGreaterThan(MUTANTS * 0.6);
    expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
  });
});
