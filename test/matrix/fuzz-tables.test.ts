import { describe, expect, it } from 'vitest';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';
import { fuzzCodeTables, fuzzDefinitions } from '../support/tables-fuzz.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

describe('mutated table files, the full number', () => {
  it(`code tables: ${MUTANTS}`, () => {
    const { results, errors } = fuzzCodeTables(MUTANTS);
    sayCases('mutated code tables', results + errors, `${results} read, ${errors} refused`);
    expect(results + errors).toBe(MUTANTS);
    expect(results).toBeGreaterThan(MUTANTS / 2);
    expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
  });

  it(`definitions: ${MUTANTS}`, () => {
    const { results, errors } = fuzzDefinitions(MUTANTS);
    sayCases('mutated definitions', results + errors, `${results} read, ${errors} refused`);
    expect(results + errors).toBe(MUTANTS);
    expect(results).toBeGreaterThan(MUTANTS / 20);
  });
});
