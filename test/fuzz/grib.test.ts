import { describe, expect, it } from 'vitest';
import { fuzzGrib, GRIB_KINDS } from '../support/grib-fuzz.js';

describe('mutated GRIB messages', () => {
  for (const [kind, wholes] of GRIB_KINDS)
    it(`300 of ${kind} give fields or named damage`, async () => {
      const { fields, refused } = await fuzzGrib(wholes, 300, 14);
      expect(fields).toBeGreaterThan(200);
      expect(Object.keys(refused).filter((code) => !code.startsWith('GRIB_'))).toEqual([]);
      expect(Object.keys(refused).length).toBeGreaterThan(3);
    });
});
