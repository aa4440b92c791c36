import { describe, expect, it } from 'vitest';
import { fuzzOdb2 } from '../support/odb2-fuzz.js';

const MUTANTS = 10_000 * (process.env.NIGHTLY === undefined ? 1 : 10);

describe('mutated ODB-2 files, the full number', () => {
  it(`${MUTANTS} are read as far as they can be`, async () => {
    const { read, damage, errors } = await fuzzOdb2(MUTANTS, 20_260_304);
    console.log(`odb2: of ${read} at least one frame read, damage ${JSON.stringify(damage)}`);
    expect(errors).toEqual({});
    // Were the damage to one frame to cost the others, most mutants would give nothing.
    expect(read).toBeGreaterThan(MUTANTS * 0.3);
    expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
  });
});
