import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keysOf } from '../../src/grib/keys.js';
import { expectedKeys } from '../support/grib-expected.js';
import { scanAll } from '../support/grib-reading.js';
import { gribSamples } from '../support/grib-samples.js';
import { samplesTitle, skipSamples } from '../support/samples.js';

describe.skipIf(skipSamples())(samplesTitle('keys of GRIB samples'), () => {
  for (const { name, path, expected } of gribSamples())
    it(`${name}: as ecCodes reads them`, async () => {
      const { fields } = await scanAll(readFileSync(path));
      const wanted = expected.filter(({ error }) => error === undefined).map(expectedKeys);
      const found = fields.map((field, i) => {
        const keys = keysOf(field);
        const names = Object.keys(wanted[i] ?? {}) as (keyof typeof keys)[];
        return Object.fromEntries(names.map((key) => [key, keys[key]]));
      });
      expect(found).toEqual(wanted);
    });
});
