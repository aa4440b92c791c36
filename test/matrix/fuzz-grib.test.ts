import { describe, expect, it } from 'vitest';
import { fuzzGrib, GRIB_KINDS } from '../support/grib-fuzz.js';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';

const MUTANTS = 10_000 * MATRIX_FACTOR;

describe('mutated GRIB messages, the full number', () => {
  for (const [kind, wholes] of GRIB_KINDS)
    it(`${MUTANTS} of ${kind} give fields or named damage`, async () => {
      const { fields, refused } = await fuzzGrib(wholes, MUTANTS, 20_261_201);
      sayCases(`mutated grib, ${kind}`, MUTANTS, `${fields} fields, refused ${JSON.stringify(refused)}`);
      // Most damage is local: were most messages refused, little would have been tested.
      expect(fields).toBeGreaterThan(MUTANTS * 0.6);
      expect(process.memoryUsage().heapUsed).toBeLessThan(500 * 2 ** 20);
    });
});
