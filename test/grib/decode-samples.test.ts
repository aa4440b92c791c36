/** Values of the sample files against those of ecCodes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Decoded, DecodeRoom, decode } from '../../src/grib/decode.js';
import { scanAll } from '../support/grib-reading.js';
import { type ExpectedField, gribSamples } from '../support/grib-samples.js';
import { samplesTitle, skipSamples } from '../support/samples.js';

/** Difference of a double that counts as none, relative to the value. */
const SAME = 1e-15;
/** The same for sums, relative to the sum of sizes. */
const SAME_SUM = 1e-13;

/** A sum that loses nothing: the remainders are summed up, too. */
class Sum {
  #sum = 0;
  #rest = 0;

  add(value: number): void {
    const next = this.#sum + (value - this.#rest);
    this.#rest = next - this.#sum - (value - this.#rest);
    this.#sum = next;
  }

  get value(): number {
    return this.#sum;
  }
}

function statistics({ values }: Decoded): { min: number; max: number; sum: number; size: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  const sum = new Sum();
  const size = new Sum();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum.add(value);
    size.add(Math.abs(value));
  }
  return { min, max, sum: sum.value, size: size.value };
}

/** What differs between a field and its expectation, in words. */
function differences(expected: ExpectedField, decoded: Decoded): string[] {
  const found: string[] = [];
  const compare = (what: string, actual: number, wanted: unknown, tolerance: number): void => {
    if (typeof wanted !== 'number') return;
    if (!(Math.abs(actual - wanted) <= tolerance)) found.push(`${what} ${actual}, not ${wanted}`);
  };
  const { values, missing } = decoded;
  const { min, max, sum, size } = statistics(decoded);
  compare('points', values.length, expected.points, 0);
  compare('missing', missing, expected.missing, 0);
  // The difference of exp(Y) and the parameter is as exact as those two.
  const logarithms = expected.packingType === 'grid_simple_log_preprocessing';
  const floor = logarithms ? Math.max(Math.abs(min), Math.abs(max)) : 0;
  const places = (expected.at ?? []) as readonly number[];
  const wantedValues = (expected.values ?? []) as readonly (number | null)[];
  for (const [i, index] of places.entries()) {
    const wanted = wantedValues[i]!;
    const value = values[index]!;
    if (wanted === null) compare(`missing at ${index}`, Number.isNaN(value) ? 1 : 0, 1, 0);
    else compare(`value at ${index}`, value, wanted, Math.max(Math.abs(wanted), floor) * SAME);
  }
  compare('min', min, expected.min, Math.max(Math.abs(min), floor) * SAME);
  compare('max', max, expected.max, Math.max(Math.abs(max), floor) * SAME);
  compare('sum of sizes', size, expected.sum_abs, size * SAME_SUM);
  compare('mean', sum / (values.length - missing), expected.mean, (size * SAME_SUM) / values.length);
  return found;
}

/** Packings of sample files that are refused, by the ecCodes name. */
const REFUSED = new Map([['spectral_complex', 'UNSUPPORTED_PACKING']]);

describe.skipIf(skipSamples())(samplesTitle('values of GRIB samples'), () => {
  const room = new DecodeRoom();
  for (const { name, path, expected } of gribSamples())
    it(`${name} has the values that ecCodes finds`, async () => {
      const { fields } = await scanAll(readFileSync(path));
      const wanted = expected.filter(({ error, points }) => error === undefined && points !== undefined);
      for (const field of wanted) {
        const ours = fields.find(
          ({ message, number }) => message.offset === field.offset && number === field.field,
        )!;
        const code = REFUSED.get(String(field.packingType));
        if (code !== undefined) await expect(decode(ours, room)).rejects.toMatchObject({ code });
        else
          expect({ ...field, found: differences(field, await decode(ours, room)) }).toEqual({
            ...field,
            found: [],
          });
      }
    });
});
