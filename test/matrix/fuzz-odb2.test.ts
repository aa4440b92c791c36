import { describe, expect, it } from 'vitest';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';
import { fuzzOdb2 } from '../support/odb2-fuzz.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

describe('mutated ODB-2 files, the full number', () => {
  it(`${MUTANTS} are read as far as they can be`, async () => {
    const { read, damage, errors } = await fuzzOdb2(MUTANTS, 20_260_304);
    sayCases('mutated odb2', MUTANTS, `of ${read} at least one frame read, damage ${JSON.stringify(damage)}`);
    expect(errors).toEqual({});
    // Were the damage to one frame to cost the others, most mutants would give nothing.
    expect(read).toBeGreaterThan(MUTANTS * 0.3);
    expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
  });
});
