import { expect, it } from 'vitest';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';
import { fuzzUadb } from '../support/uadb-fuzz.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

it(`mutated UADB files, the full number: ${MUTANTS}`, async () => {
  const { results, errors } = await fuzzUadb(MUTANTS, 20_260_303);
  sayCases('mutated uadb', MUTANTS, `${results} read, refused ${JSON.stringify(errors)}`);
  expect(results + Object.values(errors).reduce((sum, n) => sum + n, 0)).toBe(MUTANTS);
  // Most damage is local: were most mutants refused at their first line, little would have been tested.
  expect(results).toBeGreaterThan(MUTANTS * 0.6);
  expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
});
